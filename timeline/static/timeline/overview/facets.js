// Search within a long facet: what is typed goes to the page that lists all its values, and the values found there
// take the place of the first ones.

import { say } from "./swap.js";

const PAUSE = 150; // milliseconds without a key before the values are looked up
const MOST_SHOWN = 40;

/** Return the facet's values that match, each a link that toggles it. */
async function find(address, words, signal) {
  const url = new URL(address);
  url.searchParams.set("find", words);
  const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status} at ${url}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return [...page.querySelectorAll("a.value")];
}

function item(link) {
  const made = document.createElement("li");
  made.append(link);
  return made;
}

class Search {
  constructor(facet, all) {
    this.all = all;
    this.list = facet.querySelector(".values");
    this.first = [...this.list.children];
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "search", className: "facet__find", autocomplete: "off" });
    Object.assign(this.input, { id: `find-${facet.dataset.facet}`, placeholder: "Search within" });
    this.input.setAttribute("aria-label", `Search within ${facet.dataset.label}`);
    this.input.addEventListener("input", () => this.type());
    this.list.before(this.input);
  }

  type() {
    clearTimeout(this.timer);
    this.running?.abort();
    if (this.input.value.trim()) this.timer = setTimeout(() => this.look(), PAUSE);
    else this.list.replaceChildren(...this.first);
  }

  async look() {
    const mine = (this.running = new AbortController());
    try {
      const links = await find(this.all.href, this.input.value.trim(), mine.signal);
      this.list.replaceChildren(...links.slice(0, MOST_SHOWN).map(item));
      say(`${links.length} found${links.length > MOST_SHOWN ? `, ${MOST_SHOWN} of them shown` : ""}`);
    } catch {
      if (!mine.signal.aborted) location.assign(this.all.href);
    }
  }
}

export function start() {
  for (const facet of document.querySelectorAll("[data-facet]")) {
    const all = facet.querySelector("a[data-all]");
    if (all && !facet.querySelector(".facet__find")) new Search(facet, all);
  }
}
