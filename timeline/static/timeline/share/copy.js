// Buttons that copy: the address of what is on the screen, or the text of a field. The style shows them only where
// this runs; clicks are heard on the document, so that parts of the page may be exchanged.
const view = ["axis", "event", "lane", "lanes", "measure", "scale"]; // what the address says beside the filter
const PAUSE = 3000; // milliseconds

function address() {
  const whole = document.getElementById("permalink") ?? document.querySelector("link[rel=canonical]");
  const link = new URL(whole?.href ?? location.href);
  const here = new URL(location.href).searchParams;
  for (const name of view) for (const text of here.getAll(name)) if (text) link.searchParams.append(name, text);
  return link.href;
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field ? field.value : address());
    say(button, "Copied");
  } catch {
    field?.select();
    say(button, field ? "Selected: copy it by keyboard" : "Not allowed: copy the link beside it");
  }
}

function say(button, words) {
  button.dataset.label ??= button.textContent;
  button.textContent = words;
  setTimeout(() => (button.textContent = button.dataset.label), PAUSE);
}

if (navigator.clipboard) {
  document.documentElement.classList.add("can-copy");
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy], [data-copy-link]");
    if (button) copy(button);
  });
}
