// Between the page and the stored text: the page counts in UTF-16 inside nodes, the text in code points.

const WORD_CHARACTER = /[\p{Lu}\p{Ll}\p{Lt}\p{Nd}]/u;
const GOES_ON = /[\p{M}\u200d]/u; // of the character before it
export const LONGEST = 5000; // characters of a quote

const lengthOf = (text) => { let n = 0; for (const _ of text) n += 1; return n; };

const allSpots = () => [...document.querySelectorAll(".spot-text")];
export let spots = allSpots();
export function readAgain() { spots = allSpots(); } // after passages were exchanged
export const startOf = (spot) => Number(spot.dataset.start);
export const stretchOf = (spot) => spot.closest(".stretch");

const endOf = (spot) => (spot.lastPlace ??= startOf(spot) + lengthOf(spot.textContent));

function* textNodes(spot) {
  const walker = document.createTreeWalker(spot, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

// The characters of a stretch, and where in the text the first of them is.
export function textOf(stretch) {
  if (!stretch.characters) {
    const passages = [...stretch.querySelectorAll(".spot-text")];
    stretch.characters = [...passages.map((spot) => spot.textContent).join("")];
    stretch.first = startOf(passages[0]);
  }
  return stretch;
}

export const words = (stretch, { start, end }) => textOf(stretch).characters.slice(start - stretch.first, end - stretch.first).join("");

// Where a point of the page is in the text; null for a point outside every passage.
function placeOf(node, offset) {
  const spot = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".spot-text");
  if (!spot) return null;
  const range = document.createRange();
  range.setStart(spot, 0);
  range.setEnd(node, offset);
  return { spot, at: startOf(spot) + lengthOf(range.toString()) };
}

// The stretch a selection begins in and what of its words is selected, not yet made whole; null: no words.
export function selected(range) {
  const touched = spots.filter((spot) => range.intersectsNode(spot));
  if (!touched.length || range.collapsed) return null;
  const from = placeOf(range.startContainer, range.startOffset) ?? { spot: touched[0], at: startOf(touched[0]) };
  const last = touched.at(-1);
  const to = placeOf(range.endContainer, range.endOffset) ?? { spot: last, at: endOf(last) };
  return { stretch: stretchOf(from.spot), start: from.at, end: to.at };
}

// The same words without cut words and white space at the ends, inside one speaker's words; `trimmed`: some are left out.
export function madeWhole({ stretch, start, end }) {
  const { characters, first } = textOf(stretch);
  const [least, most] = [Number(stretch.dataset.start), Number(stretch.dataset.end)];
  const trimmed = end > first + characters.length || /\S/.test(characters.slice(most - first, Math.max(0, end - first)).join(""));
  const at = (place) => characters[place - first] ?? "";
  const cuts = (place) => (WORD_CHARACTER.test(at(place - 1)) && WORD_CHARACTER.test(at(place))) || GOES_ON.test(at(place)) || at(place - 1) === "\u200d";
  [start, end] = [Math.max(start, least), Math.min(end, most)];
  while (start < end && /\s/.test(at(start))) start += 1;
  while (end > start && /\s/.test(at(end - 1))) end -= 1;
  if (start >= end) return null;
  while (start > least && cuts(start)) start -= 1;
  while (end < most && cuts(end)) end += 1;
  return { stretch, start, end, trimmed };
}

// The passage that holds a place.
export function spotAt(place) {
  let low = 0;
  for (let high = spots.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if (startOf(spots[middle]) <= place) low = middle;
    else high = middle;
  }
  return spots[low];
}

function pointAt(place, isEnd) {
  const spot = spotAt(isEnd ? place - 1 : place);
  let left = place - startOf(spot);
  let node = null;
  for (node of textNodes(spot)) {
    const length = lengthOf(node.data);
    if (left < length || (isEnd && left === length)) break;
    left -= length;
  }
  return [node, [...node.data].slice(0, left).join("").length];
}

export function rangeOf({ start, end }) {
  const range = document.createRange();
  range.setStart(...pointAt(start, false));
  range.setEnd(...pointAt(end, true));
  return range;
}
