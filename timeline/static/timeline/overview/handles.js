// How a window is drawn on bars: what is chosen, its two ends, and a veil over what is outside. On the bars of a period the
// window is seen only while it is being dragged; on the whole record always, with a slider at each end.

const SVG = "http://www.w3.org/2000/svg";
const HIT = 14; // pixels to either side of an end

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function slider(side, label, height) {
  const middle = side === "from" ? -5 : 5; // pixels: outside the window, so that a short one hides neither
  const grip = element(
    "g",
    { id: `brush-${side}`, class: "brush-slider", role: "slider", tabindex: 0, "aria-label": label, "data-side": side },
    element("rect", { class: "brush-hit", x: middle - HIT, width: 2 * HIT, y: 0, height: "100%" }),
    element("rect", { class: "brush-handle", x: middle - 5, width: 10, y: `${height / 2 - 1}em`, height: "2em", rx: 2 }),
    ...[middle - 1.5, middle + 1.5].map((x) =>
      element("line", { class: "brush-grip", x1: x, x2: x, y1: `${height / 2 - 0.5}em`, y2: `${height / 2 + 0.5}em` }),
    ),
  );
  return element("svg", { x: "0%" }, grip);
}

export class PeriodWindow {
  constructor(brush) {
    this.brush = brush;
    const { plot, isRecord } = brush;
    const hit = plot.querySelector(".m-hit");
    const [y, height] = ["y", "height"].map((name) => parseFloat(hit.getAttribute(name)));
    const rect = (name) => element("rect", { class: name, x: "0%", width: "0%", y: `${y}em`, height: `${height}em` });
    this.drawn = plot.querySelector(".brush-window");
    this.start = this.drawn ? this.ends(this.drawn) : [0, 100];
    this.veils = [rect("b-out"), rect("b-out")];
    this.handles = isRecord
      ? { from: slider("from", "Period from", y + height), to: slider("to", "Period to", y + height) }
      : {};
    plot.append(...this.veils, ...(this.drawn ? [this.drawn] : []), ...Object.values(this.handles));
  }

  ends(rect) {
    const [x, width] = ["x", "width"].map((name) => parseFloat(rect.getAttribute(name)));
    return [x, x + width];
  }

  get sliders() {
    return Object.entries(this.handles).map(([side, handle]) => [side, handle.firstChild]);
  }

  /** Draw the window where the brush has it now. */
  place(isMoving) {
    const { from, to, buckets, plot } = this.brush;
    const limits = { from: [0, to.index], to: [from.index, buckets.length - 1] };
    for (const [side, handle] of Object.entries(this.handles)) slide(handle, this.brush[side], ...limits[side]);
    if (this.drawn) set(this.drawn, { x: `${from.x}%`, width: `${Math.max(to.x - from.x, 0)}%` });
    set(this.veils[0], { width: isMoving ? `${from.x}%` : "0%" });
    set(this.veils[1], { x: `${to.x}%`, width: isMoving ? `${Math.max(100 - to.x, 0)}%` : "0%" });
    const words = plot.querySelector(".brush-words") ?? document.querySelector("#plot .brush-words");
    if (words && (isMoving || this.brush.isRecord)) {
      words.textContent = from.words === to.words ? from.words : `${from.words} to ${to.words}`;
    }
  }
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
