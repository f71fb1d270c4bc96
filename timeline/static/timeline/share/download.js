// Long files: how much has come is shown beside the link. Without this, or for very large ones, the link is a link.
const least = 2_000_000; // bytes; less is there at once
const most = 200_000_000; // bytes that a tab may hold

function sized(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

// What is seen of a transfer: a bar, and words that are read out when it begins and ends, not with every part.
function shown(link, expected) {
  const line = document.createElement("p");
  line.className = "transfer";
  const bar = Object.assign(document.createElement("progress"), { max: expected, value: 0 });
  bar.setAttribute("aria-label", link.textContent);
  const words = document.createElement("span");
  const end = document.createElement("span");
  end.setAttribute("role", "status");
  line.append(bar, words, end);
  link.parentElement.querySelector(".transfer")?.remove();
  link.parentElement.append(line);
  const finish = (text) => {
    bar.remove();
    words.remove();
    end.textContent = text;
  };
  return {
    progress(size) {
      bar.max = Math.max(size, expected);
      bar.value = size;
      words.textContent = `${sized(size)} of about ${sized(bar.max)}`;
    },
    done: (size) => finish(`${sized(size)}, complete`),
    broken(why) {
      line.classList.add("transfer--broken");
      finish(`The transfer broke, and nothing was saved. ${why}`);
    },
  };
}

async function fetchShown(link, transfer) {
  const response = await fetch(link.href);
  if (!response.ok) throw new Error((await response.json()).errors?.export?.[0] ?? `${response.status}`);
  const parts = [];
  let size = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    transfer.progress(size);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? "events";
  save(new Blob(parts, { type: response.headers.get("Content-Type") }), name);
  transfer.done(size);
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
  const transfer = shown(link, size);
  try {
    await fetchShown(link, transfer);
  } catch (error) {
    transfer.broken(error.message);
  }
  delete link.dataset.running;
});
