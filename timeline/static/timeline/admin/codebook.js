// Beside the type of an event: the codebook's entry of the type that is chosen, and what supports it as it is coded.

const place = document.getElementById("codebook");
const form = place?.closest("form");

function show() {
  const data = new FormData(form);
  const actuality = data.get("actuality");
  for (const entry of place.querySelectorAll("[data-type]")) entry.hidden = entry.dataset.type !== data.get("event_type");
  for (const line of place.querySelectorAll("[data-actuality]")) line.hidden = Boolean(actuality) && line.dataset.actuality !== actuality;
}

if (form?.elements.event_type) {
  form.addEventListener("change", show);
  show();
}
