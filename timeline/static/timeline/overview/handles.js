// How the chosen window is drawn: its two handles, its edges, its words, and a veil over what lies outside.

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** Return a rectangle over the height of the bars that has no width yet. */
export function rect(name) {
  return element("rect", { class: name, x: "0%", width: "0%", y: "2.4em", height: "6.2em" });
}

export function handle(side, label) {
  const slider = element(
    "g",
    { id: `brush-${side}`, class: "brush-slider", role: "slider", tabindex: 0, "aria-label": label, "data-side": side },
    element("rect", { class: "brush-hit", x: -14, width: 28, y: "1.55em", height: "7.05em" }),
    element("rect", { class: "brush-handle", x: -5, width: 10, y: "4.1em", height: "2em", rx: 2 }),
    ...[-1.5, 1.5].map((x) => element("line", { class: "brush-grip", x1: x, x2: x, y1: "4.6em", y2: "5.6em" })),
  );
  return element("svg", { x: "0%" }, slider);
}

/** Draw the window of a brush where it stands now. */
export function place(brush, isMoving) {
  const { plot, from, to, handles, buckets } = brush;
  const last = buckets.length - 1;
  slide(handles.from, from, 0, to.index);
  slide(handles.to, to, from.index, last);
  set(plot.querySelector(".brush-span"), { x: `${from.x}%`, width: `${Math.max(to.x - from.x, 0)}%` });
  plot.querySelectorAll(".brush-edge").forEach((edge, number) => {
    const x = `${(number ? to : from).x}%`;
    set(edge, { x1: x, x2: x });
  });
  set(brush.veils[0], { width: isMoving ? `${from.x}%` : "0%" });
  set(brush.veils[1], { x: `${to.x}%`, width: isMoving ? `${100 - to.x}%` : "0%" });
  write(plot, from, to);
}

function slide(handle, { x, index, words }, least, most) {
  set(handle, { x: `${x}%` });
  set(handle.firstChild, {
    "aria-valuemin": least,
    "aria-valuemax": most,
    "aria-valuenow": index,
    "aria-valuetext": words,
  });
}

/** Write the period above its window: from its left edge, or up to its right one, so that it ends inside. */
function write(plot, from, to) {
  const isLeft = from.x < 50;
  const words = from.words === to.words ? from.words : `${from.words} to ${to.words}`;
  plot.querySelectorAll(".brush-words").forEach((text) => {
    const isNarrow = text.classList.contains("axis-narrow");
    const [left, right] = isNarrow ? ["0%", "100%"] : [`${from.x}%`, `${to.x}%`];
    set(text, { x: isLeft ? left : right });
    text.classList.toggle("t-end", !isLeft);
    text.textContent = words;
  });
}
