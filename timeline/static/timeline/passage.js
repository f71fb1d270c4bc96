// A citation that overlaps another one, or goes on in the next paragraph, is marked in pieces. The address leads to
// the first; the others are lit here.
function light() {
  const id = location.hash.startsWith("#q-") ? location.hash.slice(3) : "";
  openPageOf(id);
  for (const piece of document.querySelectorAll(".cited")) {
    piece.classList.toggle("is-target", piece.dataset.citation === id);
  }
}

// Of a source with many quotes a page has some: the server knows on which page this quote is.
function openPageOf(id) {
  const elsewhere = id && document.querySelector(".pages") && !document.getElementById(`q-${id}`);
  if (elsewhere && new URLSearchParams(location.search).get("quote") !== id) {
    location.replace(`?quote=${encodeURIComponent(id)}${location.hash}`);
  }
}

addEventListener("hashchange", light);
light();
