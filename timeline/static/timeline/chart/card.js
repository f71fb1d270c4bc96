// The card beneath the chart: one event, or the events of a mark. The address says which event it is.

const PAGE = ["after", "axis", "before", "event", "page", "scale"]; // what no card asks for

export class Card {
  constructor(chart, signal) {
    this.chart = chart;
    this.box = chart.querySelector("[data-card]");
    chart.addEventListener("focusin", ({ target }) => target.matches(".mark") && (this.from = target), { signal });
    this.mark();
  }

  get isOpen() {
    return this.box.childElementCount > 0;
  }

  get shown() {
    return this.box.firstElementChild?.dataset.id ?? "";
  }

  /** Open the card of one event, as a step of the history. */
  async event(id) {
    this.say(id);
    await this.fetch(this.address(id));
  }

  address(id) {
    return new URL(this.chart.dataset.cardUrl.replace("/-/", `/${id}/`), location.href);
  }

  group(id) {
    this.say("");
    this.put(document.getElementById(id).content.cloneNode(true));
  }

  async cell(day, mark) {
    this.say("");
    const url = new URL(this.chart.dataset.cellUrl, location.href);
    await this.fetch(url, { first: day, last: day, number: mark.closest(".lane").dataset.lane });
  }

  /** Have the address name the event whose card is open, none where it is empty. */
  say(id) {
    const url = new URL(location.href);
    if ((url.searchParams.get("event") ?? "") === id) return;
    if (id) url.searchParams.set("event", id);
    else url.searchParams.delete("event");
    history.pushState({}, "", url);
  }

  /** Follow the history: show the card that the address names, or none. */
  follow() {
    const id = new URLSearchParams(location.search).get("event") ?? "";
    if (id === this.shown) return;
    if (id) this.fetch(this.address(id));
    else this.put("");
  }

  async fetch(url, more = {}) {
    url.search = location.search;
    PAGE.forEach((name) => url.searchParams.delete(name));
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    const mine = (this.wanted = url.href);
    const response = await fetch(url);
    const text = await response.text();
    if (mine !== this.wanted) return;
    this.put(document.createRange().createContextualFragment(response.ok ? text : ""));
  }

  put(content) {
    this.box.replaceChildren(content);
    this.box.firstElementChild?.focus({ preventScroll: true });
    this.box.firstElementChild?.scrollIntoView({ block: "nearest" });
    this.mark();
  }

  /** Show in the drawing which event the card is of. */
  mark() {
    this.chart.querySelector(".mark[aria-current]")?.removeAttribute("aria-current");
    const { shown } = this;
    if (shown) this.chart.querySelector(`.mark[data-event="${shown}"]`)?.setAttribute("aria-current", true);
  }

  close() {
    this.say("");
    this.wanted = null;
    this.put("");
    const { current } = this.chart.keys;
    current?.focus({ preventScroll: true });
  }
}
