// Selecting words in the transcript. Without this script they are copied into the form.

import * as keyboard from "./keyboard.js";
import * as mouse from "./mouse.js";
import * as panel from "./panel.js";
import { restore } from "./picked.js";
import { spots } from "./places.js";

const isInField = ({ target }) => target.closest("input, select, textarea, [contenteditable]");

const KEYS = {
  t: keyboard.goToText,
  n: () => document.querySelector(".pick-bar [name=_new]")?.click(),
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
