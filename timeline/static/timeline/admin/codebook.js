// Beside the type of an event: the codebook's entry of the selected type, and what supports it as it is coded.

import { whenFormIsThere } from "./form_parts.js";

whenFormIsThere("codebook", (place, form) => {
  if (!form.elements.event_type) return;

  function show() {
    const data = new FormData(form);
    const actuality = data.get("actuality");
    for (const entry of place.querySelectorAll("[data-type]")) entry.hidden = entry.dataset.type !== data.get("event_type");
    for (const line of place.querySelectorAll("[data-actuality]")) line.hidden = Boolean(actuality) && line.dataset.actuality !== actuality;
  }

  form.addEventListener("change", show);
  show();
});
