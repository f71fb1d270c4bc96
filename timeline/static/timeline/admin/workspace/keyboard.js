// Words chosen with the keyboard: one passage is a stop of the Tab key, arrows choose in it.

import { madeWhole, rangeOf, spotAt, spots, startOf, stretchOf, textOf } from "./places.js";
import { clear, light, take } from "./picked.js";

let here = spots[0];
let anchor = -1; // numbers of words in the stretch; -1: none chosen
let head = -1;
let next = -1; // the word to go on from; -1: the first of the passage

function wordsOf(stretch) {
  if (!stretch.words) {
    const { characters, first } = textOf(stretch);
    stretch.words = [];
    let at = first;
    for (const part of characters.join("").split(/(\s+)/u)) {
      const length = [...part].length;
      if (part.trim()) stretch.words.push({ start: at, end: at + length });
      at += length;
    }
  }
  return stretch.words;
}

function move(to) {
  if (!to) return;
  here.tabIndex = -1;
  here = to;
  here.tabIndex = 0;
  anchor = head = next = -1;
  here.focus();
}

const firstHere = (list) => (next >= 0 ? next : list.findIndex(({ start }) => start >= startOf(here)));

function choose(number, extends_) {
  const stretch = stretchOf(here);
  const list = wordsOf(stretch);
  head = Math.max(0, Math.min(list.length - 1, number));
  if (!extends_ || anchor < 0) anchor = head;
  const picked = wholeWords();
  light("picked", [rangeOf(picked)]);
  follow(list[head]);
}

function wholeWords() {
  const stretch = stretchOf(here);
  const list = wordsOf(stretch);
  const [low, high] = [Math.min(anchor, head), Math.max(anchor, head)];
  return madeWhole({ stretch, start: list[low].start, end: list[high].end });
}

function follow(word) {
  const box = rangeOf(word).getBoundingClientRect();
  if (box.top < 80) scrollBy(0, box.top - 160);
  else if (box.bottom > innerHeight - 80) scrollBy(0, box.bottom - innerHeight + 160);
}

function step(by, extends_) {
  const list = wordsOf(stretchOf(here));
  choose(head < 0 ? firstHere(list) : head + by, extends_);
}

// To the end of the sentence the head is in, or of the next; backwards to its beginning.
function sentence(forwards) {
  const stretch = stretchOf(here);
  const list = wordsOf(stretch);
  const ends = [...stretch.querySelectorAll(".spot-text")].flatMap((spot) => spot.dataset.ends.split(" ").map(Number));
  const at = head < 0 ? firstHere(list) : head;
  if (anchor < 0) anchor = at;
  if (forwards) {
    const from = head < 0 ? list[at].start : list[at].end;
    const end = ends.find((place) => place > from) ?? list.at(-1).end;
    choose(list.findLastIndex((word) => word.start < end), true);
  } else {
    const begin = ends.filter((place) => place < list[at].start).at(-1) ?? 0;
    choose(list.findIndex((word) => word.start >= begin), true);
  }
}

// Choose the sentence behind those chosen, or the next to go on with, in whatever passage it is.
export function nextSentence() {
  const list = wordsOf(stretchOf(here));
  const behind = head < 0 ? firstHere(list) : Math.max(anchor, head) + 1;
  const isHere = behind >= 0 && behind < list.length;
  const to = isHere ? spotAt(list[behind].start) : spots[spots.findLastIndex((spot) => stretchOf(spot) === stretchOf(here)) + 1];
  if (!to) return;
  move(to);
  next = isHere ? behind : -1;
  sentence(true);
}

// Choose the sentence before those chosen, or before the place to go on from: the one that was cited last.
export function previousSentence() {
  const list = wordsOf(stretchOf(here));
  const at = head < 0 ? firstHere(list) : Math.min(anchor, head);
  const before = at > 0 ? stretchOf(here) : spots[spots.findIndex((spot) => stretchOf(spot) === stretchOf(here)) - 1]?.closest(".stretch");
  if (!before) return;
  const last = at > 0 ? at - 1 : wordsOf(before).length - 1;
  move(spotAt(wordsOf(before)[last].start));
  anchor = head = last;
  sentence(false);
}

// Use what the keys have chosen; what the mouse has selected is used already.
export function useChosen() {
  if (anchor >= 0) takeChosen();
}

function takeChosen() {
  const stretch = stretchOf(here);
  const whole = { stretch, start: startOf(here), end: startOf(here) + [...here.textContent].length };
  const picked = anchor < 0 ? madeWhole(whole) : wholeWords();
  take(picked).querySelector("button").focus();
}

const KEYS = {
  ArrowDown: ({ shiftKey }) => (shiftKey ? sentence(true) : move(spots[spots.indexOf(here) + 1])),
  ArrowUp: ({ shiftKey }) => (shiftKey ? sentence(false) : move(spots[spots.indexOf(here) - 1])),
  ArrowRight: ({ shiftKey }) => step(1, shiftKey),
  ArrowLeft: ({ shiftKey }) => step(-1, shiftKey),
  Enter: takeChosen,
  Escape: letGo,
};

function letGo() {
  anchor = head = -1;
  clear();
}

// Go on behind words that end at this place: the next step chooses from there.
export function goOnBehind(place) {
  const last = spotAt(place - 1);
  const words = wordsOf(stretchOf(last));
  const behind = words.findIndex(({ start }) => start >= place);
  const isHere = behind >= 0 && spotAt(words[behind].start) === last;
  move(isHere ? last : spots[spots.indexOf(last) + 1] ?? last);
  next = isHere ? behind : -1;
}

export const goToText = () => here.focus();

export function listen(transcript) {
  here.tabIndex = 0;
  transcript.addEventListener("pointerdown", () => { anchor = head = -1; });
  transcript.addEventListener("focusin", ({ target }) => {
    if (target !== here && target.matches(".spot-text")) move(target);
  });
  transcript.addEventListener("keydown", (event) => {
    const isOurs = event.target === here && !event.ctrlKey && !event.altKey && !event.metaKey && KEYS[event.key];
    if (isOurs) {
      event.preventDefault();
      isOurs(event);
    } else if (event.key === "Escape" && event.target.closest(".pick-bar")) {
      letGo();
      here.focus();
    }
  });
}
