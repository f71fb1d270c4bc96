// A citation that overlaps another one, or goes on in the next paragraph, is marked in pieces. The address leads to
// the first; the others are lit here.
function light() {
  const id = location.hash.startsWith("#q-") ? location.hash.slice(3) : "";
  for (const piece of document.querySelectorAll(".cited")) {
    piece.classList.toggle("is-target", piece.dataset.citation === id);
  }
}

addEventListener("hashchange", light);
light();
