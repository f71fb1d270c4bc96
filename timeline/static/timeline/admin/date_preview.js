// Below a date, or coordinates: what is understood of it, while it is typed, and what refused words can mean as buttons. Works for lines
// added later, too.

const PAUSE = 250; // ms without a key

const waiting = new WeakMap();

function say(place, text, wrong) {
  place.textContent = text;
  place.classList.toggle("not-understood", wrong);
}

function offer(place, readings = []) {
  const buttons = readings.map(({ edtf, label }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.dataset.edtf = edtf;
    return button;
  });
  place.parentElement.querySelector("[data-readings]").replaceChildren(...buttons);
}

async function preview(input, place) {
  const text = input.value.trim();
  if (!text) return say(place, "", false), offer(place);
  try {
    const response = await fetch(`${place.dataset.preview}?${new URLSearchParams({ text, day: place.dataset.day })}`);
    const answer = await response.json();
    if (input.value.trim() !== text) return; // typed on meanwhile
    say(place, answer.statement || answer.error, !answer.statement);
    offer(place, answer.readings);
  } catch {
    say(place, "This could not be checked just now; it is checked again when you save.", true);
  }
}

document.addEventListener("input", ({ target }) => {
  const place = target.closest(".date-words")?.querySelector("[data-preview]");
  if (!place) return;
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(preview, PAUSE, target, place));
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".date-words [data-edtf]");
  if (!button) return;
  const words = button.closest(".date-words");
  const input = words.querySelector("input");
  input.value = button.dataset.edtf;
  input.focus();
  preview(input, words.querySelector("[data-preview]"));
});
