// Long files: how much has come is shown beside the link. Without this, or for very large ones, the link is a link.
const least = 2_000_000; // bytes; less is there at once
const most = 200_000_000; // bytes that a tab may hold

function sized(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function fetchShown(link, status) {
  const response = await fetch(link.href);
  if (!response.ok) throw new Error((await response.json()).errors?.export?.[0] ?? `${response.status}`);
  const parts = [];
  let size = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    status.textContent = ` ${sized(size)} of about ${sized(Math.max(size, link.dataset.size))}`;
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? "events";
  save(new Blob(parts, { type: response.headers.get("Content-Type") }), name);
  status.textContent = ` ${sized(size)}, complete`;
}

function save(blob, name) {
  const made = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  made.click();
  setTimeout(() => URL.revokeObjectURL(made.href), 60_000);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-download]");
  const size = Number(link?.dataset.size);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !(size >= least && size <= most)) return;
  event.preventDefault();
  if (link.dataset.running) return;
  link.dataset.running = "yes";
  const status = link.parentElement.appendChild(document.createElement("span"));
  status.setAttribute("role", "status");
  try {
    await fetchShown(link, status);
  } catch (error) {
    status.textContent = ` The transfer broke, and nothing was saved. ${error.message}`;
  }
  delete link.dataset.running;
});
