// Words selected with the mouse or a finger; a double click takes the sentence.

import { madeWhole, rangeOf, selected, startOf, stretchOf } from "./places.js";
import { take } from "./picked.js";

const PAUSE = 200; // ms in which the selection stays unchanged: a finger moves its ends one by one

let waiting = 0;
let isDown = false;

function read() {
  const selection = document.getSelection();
  if (isDown || !selection.rangeCount || selection.isCollapsed) return;
  const marked = selected(selection.getRangeAt(0));
  const picked = marked && madeWhole(marked);
  if (!picked) return;
  take(picked);
  if (matchMedia("(pointer: fine)").matches) show(picked); // a finger still moves the ends
}

// Select on the page what was taken: whole words, one speaker's.
function show(picked) {
  const { startContainer, startOffset, endContainer, endOffset } = rangeOf(picked);
  const now = document.getSelection().getRangeAt(0);
  if (now.toString() !== rangeOf(picked).toString()) {
    document.getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }
}

function sentence(spot) {
  const marked = selected(document.getSelection().getRangeAt(0));
  if (!marked) return null;
  const ends = spot.dataset.ends.split(" ").map(Number);
  const end = ends.find((place) => place > marked.start) ?? ends.at(-1);
  const start = ends.filter((place) => place <= marked.start).at(-1) ?? startOf(spot);
  return madeWhole({ stretch: stretchOf(spot), start, end });
}

export function listen(transcript) {
  document.addEventListener("pointerdown", () => { isDown = true; });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => { isDown = false; wait(); });
  }
  document.addEventListener("selectionchange", wait);
  transcript.addEventListener("dblclick", ({ target }) => {
    const spot = target.closest(".spot-text");
    const picked = spot && sentence(spot);
    if (picked) show(picked);
  });
}

function wait() {
  clearTimeout(waiting);
  if (!isDown && !document.activeElement?.closest("form, [role=toolbar]")) waiting = setTimeout(read, PAUSE);
}
