// While an event is entered: asks, whenever type, date or actors change, for events that may be the same.

const PAUSE = 400; // ms without a change

const place = document.getElementById("alike");
const form = place?.closest("form");
let waiting, asked;

function told() {
  const chosen = new URLSearchParams();
  const data = new FormData(form);
  chosen.set("event_type", data.get("event_type") ?? "");
  chosen.set("edtf", data.get("edtf") ?? "");
  for (const [name, value] of data) {
    if (/^participations-\d+-actor$/.test(name) && value) chosen.append("actor", value);
  }
  return chosen;
}

async function ask() {
  const chosen = told();
  const text = chosen.toString();
  if (text === asked) return;
  asked = text;
  if (!chosen.get("event_type") || !chosen.get("edtf") || !chosen.has("actor")) return place.replaceChildren();
  try {
    const response = await fetch(`${place.dataset.url}?${text}`);
    if (response.ok && text === asked) place.innerHTML = await response.text();
  } catch {
    asked = undefined; // asked again with the next change, and in any case when the form is saved
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

if (form) {
  form.addEventListener("input", soon);
  window.django?.jQuery(form).on("change", soon); // the lists that are searched tell jQuery alone
  soon();
}
