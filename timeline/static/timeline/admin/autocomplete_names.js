// A list that is searched is named by its field's label, or the head of its column, also while nothing is selected.

let number = 0;

function headOf(select) {
  const column = [...(select.closest("td")?.classList ?? [])].find((name) => name.startsWith("field-"));
  return column && select.closest("table").querySelector(`th.column-${column.slice("field-".length)}`);
}

function nameLists(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-selection");
    const label = select.labels[0] ?? headOf(select);
    if (!box || !label) continue;
    label.id ||= `autocomplete-name-${number++}`;
    const selected = box.querySelector(".select2-selection__rendered"); // the name of the row, empty at first
    selected.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${selected.id}`);
  }
}

// After the lists have been built, which waits for the document too.
window.django?.jQuery(() => nameLists(document));
document.addEventListener("formset:added", (event) => nameLists(event.target));
