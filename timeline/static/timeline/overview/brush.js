// Choose a period: drag across the bars, or, on the whole record, move the window or its two ends by pointer or keyboard.
// Nothing is sent before the pointer is released or the keys rest; then the address changes, and all that shows the
// filter with it.

import { PeriodWindow } from "./handles.js";
import { cancel, go } from "./swap.js";

const PAUSE = 400; // milliseconds without a key before the period is taken over
const LEAST_DRAG = 5; // pixels; less is a click
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** Return the buckets as the server drew them: where each lies, and the two ends of the period that is it alone. */
function buckets(plot) {
  return [...plot.querySelectorAll(".bucket")].map((link) => {
    const slot = link.querySelector(".m-hit");
    const [x, width] = ["x", "width"].map((name) => parseFloat(slot.getAttribute(name)));
    const query = new URL(link.getAttribute("href"), location.href).searchParams;
    return { link, x, end: x + width, from: query.get("from"), to: query.get("to") };
  });
}

/** Return "2022", "March 2022" or "25 March 2022" for a year, a month or a day as it appears in an address. */
function inWords(text) {
  const [, month, day] = text.split("-");
  const parts = { day: day && "numeric", month: month && "long", year: "numeric" };
  return new Date(text).toLocaleDateString("en-GB", { ...parts, timeZone: "UTC" });
}

export class Brush {
  constructor(plot) {
    this.plot = plot;
    this.isRecord = "record" in plot.dataset; // it shows all there is, and so has the two ends of the period
    this.buckets = buckets(plot);
    this.window = new PeriodWindow(this);
    this.reset();
    this.listen();
  }

  /** Put the ends where the address says. */
  reset() {
    clearTimeout(this.timer);
    const query = new URLSearchParams(location.search);
    const { first, last } = this.plot.dataset;
    const [x, end] = this.window.start;
    this.from = { index: this.at(x), x, words: first, value: query.get("from") ?? "" };
    this.to = { index: this.at(end - 0.001), x: end, words: last, value: query.get("to") ?? "" };
    this.first = `${this.from.value} ${this.to.value}`;
    this.draw(false);
  }

  /** Return the number of the bucket at this per cent of the width. */
  at(percent) {
    const index = this.buckets.findLastIndex((bucket) => bucket.x <= percent);
    return Math.max(index, 0);
  }

  /** Move one end to the edge of a bucket, never past the other end. At the edge of the record the period is open. */
  move(side, index) {
    const last = this.buckets.length - 1;
    const [least, most] = side === "from" ? [0, this.to.index] : [this.from.index, last];
    const at = Math.min(Math.max(index, least), most);
    const bucket = this.buckets[at];
    const isOpen = this.isRecord && at === (side === "from" ? 0 : last);
    const x = side === "from" ? bucket.x : bucket.end;
    this[side] = { index: at, x, words: inWords(bucket[side]), value: isOpen ? "" : bucket[side] };
    if (this.sent) cancel();
    this.sent = false;
    this.draw(true);
  }

  draw(isMoving) {
    this.window.place(isMoving);
    for (const side of ["from", "to"]) {
      const input = document.getElementById(`id_${side}`);
      if (input) input.value = this[side].value;
    }
  }

  /** Take the period over, if it is another one. */
  commit() {
    clearTimeout(this.timer);
    if (this.first === `${this.from.value} ${this.to.value}`) return this.draw(false);
    const url = new URL(this.buckets[0].link.getAttribute("href"), location.href);
    for (const side of ["from", "to"]) {
      if (this[side].value) url.searchParams.set(side, this[side].value);
      else url.searchParams.delete(side);
    }
    this.sent = true;
    go(url);
  }

  listen() {
    for (const [side, slider] of this.window.sliders) {
      slider.addEventListener("keydown", (event) => this.key(side, event));
    }
    if (this.isRecord) this.buckets.forEach(({ link }) => link.setAttribute("tabindex", "-1")); // the ends are their twin for keys
    this.plot.addEventListener("pointerdown", (event) => this.press(event));
    for (const name of ["mousedown", "dragstart"]) {
      this.plot.addEventListener(name, (event) => event.preventDefault()); // else a bar takes the focus, or is dragged
    }
  }

  key(side, event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key] * (event.shiftKey ? 10 : 1);
    if (step) this.move(side, this[side].index + step);
    else if (event.key === "Home") this.move(side, 0);
    else if (event.key === "End") this.move(side, this.buckets.length - 1);
    else if (event.key === "Enter") this.commit();
    else if (event.key === "Escape") this.reset();
    else return;
    event.preventDefault();
    clearTimeout(this.timer);
    if (!["Enter", "Escape"].includes(event.key)) this.timer = setTimeout(() => this.commit(), PAUSE);
  }

  press(event) {
    if (event.button || !event.isPrimary) return;
    const slider = event.target.closest("[role=slider]");
    slider?.focus({ preventScroll: true });
    new Drag(this, event, slider?.dataset.side ?? (event.target.closest(".brush-window") ? "both" : ""));
  }

  percent(event) {
    const box = this.plot.getBoundingClientRect();
    return (100 * (event.clientX - box.left)) / box.width;
  }

  stop() {
    clearTimeout(this.timer);
    this.drag?.end();
  }
}

/** One press of the pointer: of an end, of "both", or, without `side`, a new window from where it was pressed. */
class Drag {
  constructor(brush, event, side) {
    Object.assign(this, { brush, side, from: event.clientX, anchor: brush.at(brush.percent(event)), moved: false });
    this.ends = [brush.from.index, brush.to.index];
    brush.drag = this;
    this.listeners = new AbortController();
    const on = (name, act, more) =>
      addEventListener(name, act.bind(this), { signal: this.listeners.signal, ...more });
    on("pointermove", this.move);
    on("pointerup", this.release);
    on("pointercancel", this.undo);
    on("keydown", (key) => key.key === "Escape" && this.undo());
  }

  move(event) {
    if (!this.moved && Math.abs(event.clientX - this.from) < LEAST_DRAG) return;
    if (!this.moved) this.brush.plot.setPointerCapture(event.pointerId);
    this.moved = true;
    const at = this.brush.at(this.brush.percent(event));
    if (this.side === "both") this.slide(at - this.anchor);
    else if (this.side) this.brush.move(this.side, at);
    else this.span(Math.min(at, this.anchor), Math.max(at, this.anchor));
  }

  /** Move the window as it is, by so many buckets, as far as the record goes. */
  slide(by) {
    const [first, last] = this.ends;
    const steps = Math.min(Math.max(by, -first), this.brush.buckets.length - 1 - last);
    this.span(first + steps, last + steps);
  }

  span(first, last) {
    this.brush.from.index = 0; // so that neither end holds the other up
    this.brush.move("to", last);
    this.brush.move("from", first);
  }

  release() {
    this.end();
    if (!this.moved) return;
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    this.brush.commit();
  }

  undo() {
    this.end();
    this.brush.reset();
  }

  end() {
    this.listeners.abort();
    this.brush.drag = null;
  }
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

let brushes = [];

export function start() {
  brushes.forEach((brush) => brush.stop());
  const plots = ["plot", "strip"].map((id) => document.getElementById(id)).filter(Boolean);
  brushes = plots.filter((plot) => plot.querySelectorAll(".bucket").length > 1).map((plot) => new Brush(plot));
  document.querySelectorAll("[data-script]").forEach((hint) => (hint.hidden = !brushes.length));
}
