// <lane-chart>: the lanes, as the server drew them, to be looked at more closely. Moving and zooming stretch the drawing;
// when it comes to rest, the address says what is shown and the server draws that. The filter is never touched.

import { Card } from "./card.js";
import { days, same, shifted, span, within, zoomed } from "./days.js";
import { listen } from "./gestures.js";
import { Keys } from "./keys.js";

const VIEW = ["axis", "event", "first", "lanes", "last"];
const NOT_OF_MARKS = ["after", "before", "event"]; // of the list, and of the card
const REST = 180; // milliseconds without a movement
const [NARROW, NAMES] = [640, 160]; // pixels: up to there the lanes' names stand above, else beside, so wide
const GRAIN = 40; // pixels: drawings are asked for in multiples of it, so that they can be kept
const MOVES = {
  earlier: ({ shown }) => shifted(shown, -0.5),
  later: ({ shown }) => shifted(shown, 0.5),
  in: ({ shown, keys }) => zoomed(shown, 0.5, keys.day()),
  out: ({ shown, keys }) => zoomed(shown, 2, keys.day()),
  fit: ({ whole }) => whole,
};

/** Return the address without the view: the filter alone. */
function subject() {
  const query = new URLSearchParams(location.search);
  VIEW.forEach((name) => query.delete(name));
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
    listen(this, signal);
    this.addEventListener("click", (event) => this.use(event), { signal });
    addEventListener("popstate", () => subject() === this.subject && this.follow(), { signal });
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

  get plot() {
    return this.querySelector(".lanes__axis .plot").getBoundingClientRect();
  }

  /** Return the width of the plot in pixels, as many as it had if an em of the page were 16 of them. */
  get width() {
    const em = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const all = this.getBoundingClientRect().width / em;
    return all > NARROW ? all - NAMES : all;
  }

  /** Take over what the server drew. */
  take() {
    const { first, last, least, most } = this.figure.dataset;
    this.drawn = this.shown = span(first, last);
    this.whole = span(least, most);
    this.views = [...this.figure.querySelectorAll("[data-view]")];
    this.querySelectorAll("[data-tool=help]").forEach((button) => (button.hidden = false));
    this.keys.take();
    this.card.mark();
  }

  // ---- what is shown

  /** Show a window at once, by stretching the drawing; once it rests, have it drawn. */
  show(wanted, { rest = true } = {}) {
    this.shown = within(this.whole, wanted);
    this.frame ??= requestAnimationFrame(() => this.stretch());
    clearTimeout(this.timer);
    if (rest) this.timer = setTimeout(() => this.settle(), REST);
  }

  stretch() {
    this.frame = null;
    const { start, end } = this.shown;
    const x = (100 * (this.drawn.start - start)) / (end - start);
    const width = (100 * (this.drawn.end - this.drawn.start)) / (end - start);
    for (const view of this.views) {
      view.setAttribute("x", `${x}%`);
      view.setAttribute("width", `${width}%`);
    }
  }

  settle() {
    clearTimeout(this.timer);
    if (same(this.shown, this.drawn)) return;
    this.go(days(this.shown));
  }

  /** Make another view a step of the history, and have it drawn. */
  go({ first, last }) {
    const url = new URL(location.href);
    const isWhole = same(span(first, last), this.whole);
    for (const [name, day] of [["first", first], ["last", last]]) {
      if (isWhole) url.searchParams.delete(name);
      else url.searchParams.set(name, day);
    }
    history.pushState({}, "", url);
    this.draw();
  }

  /** Follow the history to where the address says. */
  follow() {
    this.draw();
    this.card.follow();
  }

  /** Have the server draw what the address says, as wide as there is room. */
  async draw() {
    this.running?.abort();
    const mine = (this.running = new AbortController());
    const text = await this.fetch(this.source, mine.signal);
    if (text !== null) this.put(text);
  }

  /** Return what the server answers; null where another view is wanted by now, or nothing comes of it. */
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
    const wasDrawn = Boolean(this.figure);
    const restore = this.keys.hold();
    this.querySelector("[data-figure]").innerHTML = text;
    this.take();
    restore();
    if (wasDrawn) this.say(this.figure.querySelector("[data-shown]").textContent);
  }

  get source() {
    const url = new URL(this.dataset.marksUrl, location.href);
    url.search = location.search;
    NOT_OF_MARKS.forEach((name) => url.searchParams.delete(name));
    url.searchParams.set("px", Math.max(GRAIN, Math.round(this.width / GRAIN) * GRAIN));
    return url;
  }

  fitWidth() {
    if (!this.figure || this.width <= 0) return; // not laid out: hidden, or about to be
    const ratio = this.width / this.figure.dataset.width;
    if (ratio > 1.25 || ratio < 0.8) this.draw();
  }

  // ---- what is chosen

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
    else this.show(MOVES[tool](this));
  }

  /** Open what a mark stands for; return whether it was more than a link. */
  open(mark) {
    const query = new URL(mark.href.baseVal ?? mark.href, location.href).searchParams;
    if (mark.dataset.event) this.card.event(mark.dataset.event, mark);
    else if (mark.dataset.group) this.card.group(mark.dataset.group, mark);
    else if (query.has("first")) this.show(span(query.get("first"), query.get("last")));
    else if (mark.closest("[data-lane]")) this.card.cell(query.get("from"), query.get("to"), mark);
    else return false;
    return true;
  }

  /** Tell what has happened to those who do not see it. */
  say(text) {
    this.querySelector("[data-said]").textContent = text.trim();
  }
}

customElements.define("lane-chart", LaneChart);
