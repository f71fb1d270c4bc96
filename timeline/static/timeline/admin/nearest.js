// A quote that was not found names the nearest passage of the text: a button takes it in place of what was typed.

const NEAREST = /The nearest passage is: “(.+)”\. Copy the words from the source\.$/s;

function offer(line) {
  const passage = line.textContent.trim().match(NEAREST)?.[1];
  const field = line.closest(".form-row, form").querySelector("textarea[name$=quote]");
  if (!passage || !field) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Use this passage" });
  button.addEventListener("click", () => {
    field.value = passage;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  line.append(" ", button);
}

function look() {
  for (const line of document.querySelectorAll("form .errorlist li:not(:has(button))")) offer(line);
}

look();
document.addEventListener("fields:added", look);
