// Keep the address of a filter short: leave out what is empty or says only what holds anyway.
const defaults = { when: "possible", order: "date" };

function shorten({ formData }) {
  const order = formData.get("order");
  for (const [name, value] of [...formData]) {
    if (value.trim() === "" || value === defaults[name]) formData.delete(name);
  }
  if (order && formData.keys().next().done) formData.set("order", order); // an address without any has the owner's order
}

document.addEventListener("formdata", shorten);

// Words of a period are asked of the site before the page is left: what it refuses is told beside its field, and the list stays.
const plain = /^\s*(\d{4}(-\d{2}(-\d{2})?)?)?\s*$/;

async function askFirst(event) {
  const form = event.target;
  if (form.id !== "filter-form") return;
  const periods = ["from", "to", "known_by", "reported_from", "reported_to"].map((name) => form.elements[name]?.value ?? "");
  if (periods.every((text) => plain.test(text))) return;
  event.preventDefault();
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  try {
    const response = await fetch(address);
    if (response.status !== 400) return location.assign(response.url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    form.replaceWith(document.adoptNode(page.getElementById("filter-form")));
    document.querySelector("#filter-form [aria-invalid]")?.focus();
  } catch {
    location.assign(address);
  }
}

document.addEventListener("submit", askFirst);
