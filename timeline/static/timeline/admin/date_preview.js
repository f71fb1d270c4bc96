// Below a date field: what is understood of it, while it is typed. Works for lines added later, too.

const PAUSE = 250; // ms without a key

const waiting = new WeakMap();

function say(place, text, wrong) {
  place.textContent = text;
  place.classList.toggle("not-understood", wrong);
}

async function preview(input, place) {
  const text = input.value.trim();
  if (!text) return say(place, "", false);
  try {
    const response = await fetch(`${place.dataset.preview}?${new URLSearchParams({ text })}`);
    const answer = await response.json();
    if (input.value.trim() !== text) return; // typed on meanwhile
    say(place, answer.statement || answer.error, !answer.statement);
  } catch {
    say(place, "The date could not be checked just now; it is checked again when you save.", true);
  }
}

document.addEventListener("input", ({ target }) => {
  const place = target.closest(".date-words")?.querySelector("[data-preview]");
  if (!place) return;
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(preview, PAUSE, target, place));
});
