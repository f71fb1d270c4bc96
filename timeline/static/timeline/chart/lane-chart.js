// <lane-chart>: the lanes, as the server drew them: walked by keyboard, with a card beneath, and drawn again where the page
// is wider or narrower than the server knew. Which days are shown is the filter's period.

import { Card } from "./card.js";
import { Keys } from "./keys.js";

const NOT_OF_MARKS = ["after", "before", "event", "page"]; // of the list, and of the card
const [NARROW, NAMES] = [640, 160]; // pixels: up to there the lanes' names are above, else beside, so wide
const GRAIN = 40; // pixels: drawings are asked for in multiples of it, so that they can be cached

/** Return the address without the event whose card is open. */
function subject() {
  const query = new URLSearchParams(location.search);
  query.delete("event");
  return `${location.pathname}?${query}`;
}

class LaneChart extends HTMLElement {
  connectedCallback() {
    if (!this.firstElementChild || this.listeners) return;
    this.subject = subject();
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    this.keys = new Keys(this, signal);
    this.card = new Card(this, signal);
    this.addEventListener("click", (event) => this.use(event), { signal });
    addEventListener("popstate", () => subject() === this.subject && this.card.follow(), { signal });
    this.sizes = new ResizeObserver(() => this.fitWidth());
    this.sizes.observe(this);
    if (this.figure) this.take();
    else this.draw();
  }

  disconnectedCallback() {
    this.listeners?.abort();
    this.sizes?.disconnect();
    this.listeners = null;
  }

  get figure() {
    return this.querySelector("figure");
  }

  /** Return the width of the plot in pixels, as many as it had if an em of the page were 16 of them. */
  get width() {
    const em = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const all = this.getBoundingClientRect().width / em;
    return all > NARROW ? all - NAMES : all;
  }

  /** Return the width that a drawing is asked for in. */
  get px() {
    return Math.max(GRAIN, Math.round(this.width / GRAIN) * GRAIN);
  }

  /** Take over what the server drew. */
  take() {
    this.querySelectorAll("[data-tool=help]").forEach((button) => (button.hidden = false));
    this.keys.take();
    this.card.mark();
  }

  /** Have the server draw what the address says, as wide as there is room. */
  async draw() {
    this.running?.abort();
    const mine = (this.running = new AbortController());
    const text = await this.fetch(this.source, mine.signal);
    if (text !== null) this.put(text);
  }

  /** Return what the server answers; null where another drawing is wanted by now, or nothing comes of it. */
  async fetch(url, signal) {
    try {
      const response = await fetch(url, { signal });
      if (response.ok) return await response.text();
    } catch {
      if (signal.aborted) return null;
    }
    if (this.figure) location.reload();
    return null;
  }

  put(text) {
    const restore = this.keys.hold();
    const open = [...this.querySelectorAll("details[open]")].map(({ id }) => id);
    this.querySelector("[data-figure]").innerHTML = text;
    open.forEach((id) => (document.getElementById(id).open = true));
    this.take();
    restore();
  }

  get source() {
    const url = new URL(this.dataset.marksUrl, location.href);
    url.search = location.search;
    NOT_OF_MARKS.forEach((name) => url.searchParams.delete(name));
    url.searchParams.set("px", this.px);
    return url;
  }

  fitWidth() {
    if (!this.figure || this.width <= 0) return; // not laid out: hidden, or about to be
    const ratio = this.width / this.figure.dataset.width;
    if (ratio > 1.25 || ratio < 0.8) this.draw();
  }

  use(event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const tool = event.target.closest("[data-tool]")?.dataset.tool;
    const mark = event.target.closest(".mark, [data-event]");
    if (tool) this.act(tool);
    else if (!mark || !this.open(mark)) return;
    event.preventDefault();
  }

  act(tool) {
    if (tool === "help") this.querySelector("dialog").showModal();
    else if (tool === "close") this.card.close();
    else document.getElementById(`lanes-${tool}`).click();
  }

  /** Open what a mark stands for; return whether it was more than a link. */
  open(mark) {
    const { event, group, day } = mark.dataset;
    if (event) this.card.event(event);
    else if (group) this.card.group(group);
    else if (day) this.card.cell(day, mark);
    else return false;
    return true;
  }

  /** Tell what has happened to those who do not see it. */
  say(text) {
    this.querySelector("[data-said]").textContent = text.trim();
  }
}

customElements.define("lane-chart", LaneChart);
