// The words picked: shown in the text, in the form, and with a bar of what to do with them.

import { LONGEST, rangeOf, spotAt, stretchOf, words } from "./places.js";

const form = document.getElementById("words-form");
const template = document.getElementById("pick-bar");
let bar = null;
let taken = ""; // "start-end"

function say(text) {
  for (const place of document.querySelectorAll("[data-said]")) place.textContent = text;
}

export function light(name, ranges) {
  if (!window.CSS?.highlights) return; // the form shows the words all the same
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

// The hidden place; where the words occur several times the page has buttons for it instead.
const place = () => form.querySelector("input[type=hidden][name=place]");

export function clear() {
  dropBar();
  light("picked", []);
  say("");
  if (place()) place().value = "";
  form.elements.quote.value = "";
}

function dropBar() {
  bar?.remove();
  bar = null;
}

function showBar(end) {
  bar ??= template.content.firstElementChild.cloneNode(true);
  bar.querySelector("[data-clear]").onclick = () => {
    document.getSelection().removeAllRanges();
    clear();
  };
  const spot = spotAt(end - 1);
  if (spot.nextElementSibling !== bar) spot.after(bar);
  return bar;
}

// Fill the form with these words; return the bar.
export function take(picked) {
  const key = `${picked.start}-${picked.end}`;
  if (bar && taken === key) return bar;
  taken = key;
  const quote = words(picked.stretch, picked);
  light("picked", [rangeOf(picked)]);
  const shown = showBar(picked.end);
  const isLong = [...quote].length > LONGEST;
  form.elements.quote.value = isLong ? "" : quote;
  for (const radio of form.querySelectorAll("input[type=radio][name=place]")) radio.closest("fieldset").remove();
  const hidden = place() ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "place" }));
  hidden.value = isLong ? "" : key;
  form.querySelector(".errorlist")?.remove();
  if (isLong) say(`That is ${[...quote].length} characters; a quote has at most ${LONGEST}. Select fewer words.`);
  else if (picked.trimmed) say(`Only the words of ${speaker(picked.stretch)} are taken: cite each speaker alone.`);
  else say("");
  return shown;
}

const speaker = (stretch) => stretch.querySelector(".who b")?.textContent ?? "one speaker";

// After going back to this page the browser fills the form again: show what is in it.
export function restore() {
  const match = place()?.value.match(/^(\d+)-(\d+)$/);
  if (!match || !form.elements.quote.value) return;
  const picked = { start: Number(match[1]), end: Number(match[2]) };
  picked.stretch = stretchOf(spotAt(picked.start));
  if (words(picked.stretch, picked) === form.elements.quote.value) light("picked", [rangeOf(picked)]);
}

// Other words typed over: they are where they are found, not where these were. Who may not cite has no form.
form?.elements.quote.addEventListener("input", () => {
  if (place()) place().value = "";
  light("picked", []);
  dropBar();
});
