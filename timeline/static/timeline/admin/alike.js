// While an event is entered: asks, whenever type, date or actors change, for events that may be the same.

import { whenFormIsThere } from "./form_parts.js";

// A new event begins with its title: the admin's script, which may run after this one, begins with the first button, which
// chooses other words.
addEventListener("load", () => {
  if (document.activeElement?.name === "_other_words") document.getElementById("id_title").focus({ preventScroll: true });
});

const PAUSE = 400; // ms without a change

function entered(form) {
  const query = new URLSearchParams();
  const data = new FormData(form);
  query.set("event_type", data.get("event_type") ?? "");
  query.set("edtf", data.get("edtf") ?? "");
  for (const [name, value] of data) {
    if (/^participations-\d+-actor$/.test(name) && value) query.append("actor", value);
  }
  return query;
}

whenFormIsThere("alike", (place, form) => {
  let waiting, lastQuery;

  async function ask() {
    const query = entered(form);
    const text = query.toString();
    if (text === lastQuery) return;
    lastQuery = text;
    if (!query.get("event_type") || !query.get("edtf") || !query.has("actor")) return place.replaceChildren();
    try {
      const response = await fetch(`${place.dataset.url}?${text}`);
      if (response.ok && text === lastQuery) place.innerHTML = await response.text();
    } catch {
      lastQuery = undefined; // searched again with the next change, and in any case when the form is saved
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  soon();
});
