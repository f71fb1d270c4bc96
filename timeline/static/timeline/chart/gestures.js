// Pointers and wheel. One pointer moves the drawing sideways, two stretch it; the wheel zooms with Ctrl or Cmd alone, so
// that neither finger nor wheel is ever caught on the way down the page.

import { zoomed } from "./days.js";

const LEAST_DRAG = 4; // pixels; less is a click
const SPEED = 0.0022; // of a wheel's turn, per pixel

export function listen(chart, signal) {
  const drag = new Drag(chart, signal);
  chart.addEventListener("wheel", (event) => turn(chart, event), { signal, passive: false });
  chart.addEventListener("pointerdown", (event) => drag.press(event), { signal });
  chart.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
}

/** Return the day at a place of the screen. */
function at(chart, x) {
  const { left, width } = chart.plot;
  const { start, end } = chart.shown;
  return start + ((x - left) / width) * (end - start);
}

function turn(chart, event) {
  if (!(event.ctrlKey || event.metaKey) || !event.target.closest(".lanes")) return;
  event.preventDefault();
  const pixels = event.deltaMode ? event.deltaY * 16 : event.deltaY;
  chart.show(zoomed(chart.shown, Math.exp(pixels * SPEED), at(chart, event.clientX)));
}

class Drag {
  constructor(chart, signal) {
    Object.assign(this, { chart, pointers: new Map(), moved: false });
    const on = (name, act) => addEventListener(name, act.bind(this), { signal });
    on("pointermove", this.move);
    on("pointerup", this.release);
    on("pointercancel", this.release);
  }

  press(event) {
    if (event.button || !event.target.closest(".lane__plot, .lanes__axis")) return;
    if (!this.pointers.size) this.moved = false;
    this.pointers.set(event.pointerId, event.clientX);
    this.hold();
  }

  /** Remember which days lie under the pointers. */
  hold() {
    this.grips = [...this.pointers].map(([id, x]) => ({ id, x, day: at(this.chart, x) }));
  }

  move(event) {
    if (!this.pointers.has(event.pointerId)) return;
    this.pointers.set(event.pointerId, event.clientX);
    const [grip] = this.grips;
    if (!this.moved && this.grips.length < 2 && Math.abs(event.clientX - grip.x) < LEAST_DRAG) return;
    this.begin(event);
    this.chart.show(this.grips.length < 2 ? this.slide(grip) : this.pinch(), { rest: false });
  }

  begin(event) {
    if (this.moved) return;
    this.moved = true;
    this.chart.classList.add("is-dragging");
    event.target.setPointerCapture?.(event.pointerId);
  }

  /** Return the window that has the held day under the pointer. */
  slide({ id, day }) {
    const { start, end } = this.chart.shown;
    const by = day - at(this.chart, this.pointers.get(id));
    return { start: start + by, end: end + by };
  }

  /** Return the window that has both held days under their pointers. */
  pinch() {
    const [first, second] = this.grips;
    const { left, width } = this.chart.plot;
    const [x, y] = [first, second].map(({ id }) => (this.pointers.get(id) - left) / width);
    const length = (second.day - first.day) / (y - x);
    if (!(length > 0 && Number.isFinite(length))) return this.chart.shown;
    const start = first.day - x * length;
    return { start, end: start + length };
  }

  release(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    this.hold();
    if (this.pointers.size || !this.moved) return;
    this.chart.classList.remove("is-dragging");
    if (event.type === "pointerup") swallowClick();
    this.chart.settle();
  }
}

/** A drag ends with a click on what lies under the pointer; it is not meant. */
function swallowClick() {
  const stop = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
}
