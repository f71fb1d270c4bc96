// Selecting words in the transcript. Without this script they are copied into the form.

import * as keyboard from "./keyboard.js";
import * as mouse from "./mouse.js";
import { restore } from "./picked.js";
import { spots } from "./places.js";

const transcript = document.getElementById("transcript");
if (transcript && spots.length && document.getElementById("words-form")) {
  document.querySelector("[data-keys]").hidden = false;
  mouse.listen(transcript);
  keyboard.listen(transcript);
  addEventListener("pageshow", restore);
}
