// Selecting words in the transcript. Without this script they are copied into the form.

import * as keyboard from "./keyboard.js";
import * as mouse from "./mouse.js";
import * as panel from "./panel.js";
import { restore } from "./picked.js";
import { spots } from "./places.js";

const isInField = ({ target }) => target.closest("input, select, textarea, [contenteditable]");

function use(way) {
  keyboard.useChosen();
  document.querySelector(`.pick-bar [name=${way}]`)?.click();
}

const KEYS = {
  t: keyboard.goToText,
  s: keyboard.nextSentence,
  S: keyboard.previousSentence,
  n: () => use("_new"),
  c: () => use("_cite"),
  "?": () => {
    const keys = document.querySelector("[data-keys]");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  },
};

const transcript = document.getElementById("transcript");
if (transcript && spots.length && document.getElementById("words-form")) {
  document.querySelector("[data-keys]").hidden = false;
  mouse.listen(transcript);
  keyboard.listen(transcript);
  panel.listen();
  addEventListener("pageshow", restore);
  document.addEventListener("keydown", (event) => {
    const act = !event.ctrlKey && !event.altKey && !event.metaKey && !isInField(event) && KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
