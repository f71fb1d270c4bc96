// The few fields of a row that a picker does not find, below it. Resolves to {id, text} of the row; null: given up.

export async function openFields({ address, name, token, after }) {
  const place = document.createElement("div");
  after.append(place);
  const response = await fetch(`${address}?name=${encodeURIComponent(name)}`, { redirect: "error" }).catch(() => null);
  if (!response?.ok) {
    place.textContent = "The fields could not be loaded. Try again.";
    return null;
  }
  place.innerHTML = await response.text();
  place.querySelector("select, input:not([name=name])").focus();
  return new Promise((done) => listen(place, { address, token }, (row) => { place.remove(); done(row); }));
}

function listen(place, { address, token }, finish) {
  const send = async () => {
    const typed = new URLSearchParams();
    for (const field of place.querySelectorAll("[name]")) typed.set(field.name, field.value);
    if (place.querySelector("[data-sure]")) typed.set("sure", "1");
    const answer = await fetch(address, { method: "POST", body: typed, headers: { "X-CSRFToken": token }, redirect: "error" }).catch(() => null);
    if (answer?.status === 201) return finish(await answer.json());
    if (answer?.status !== 422) return say(place, "It could not be added just now. Try again.");
    place.innerHTML = await answer.text();
    for (const [name, words] of typed) if (name !== "sure") place.querySelector(`[name="${name}"]`).value = words;
    place.querySelector(".alike button, .errorlist ~ *, [data-add]").focus();
  };
  place.addEventListener("click", ({ target }) => {
    if (target.closest("[data-cancel]")) finish(null);
    else if (target.closest("[data-id]")) finish(target.closest("[data-id]").dataset);
    else if (target.closest("[data-add]")) send();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") finish(null);
    else if (event.key === "Enter" && !event.ctrlKey && !event.target.closest("button")) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function say(place, text) {
  place.querySelector(".quick-add-ways").before(Object.assign(document.createElement("p"), { className: "errorlist", textContent: text }));
}
