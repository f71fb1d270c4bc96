// The chart by keyboard: one stop for Tab, arrows from mark to mark, letters while a mark has the focus.

const TOOLS = { "+": "in", "=": "in", "-": "out", "[": "earlier", "]": "later", 0: "fit", "?": "help" };

/** Return where a mark is, in per cent of the drawing: its beginning and its middle. */
function place(mark) {
  const [x, width] = ["x", "width"].map((name) => parseFloat(mark.querySelector("rect").getAttribute(name)));
  return { x, middle: x + width / 2 };
}

function nearest(marks, middle) {
  const far = (mark) => Math.abs(place(mark).middle - middle);
  return marks.reduce((best, mark) => (best && far(best) <= far(mark) ? best : mark), null);
}

export class Keys {
  constructor(chart, signal) {
    this.chart = chart;
    chart.addEventListener("keydown", (event) => this.press(event), { signal });
    chart.addEventListener("focusin", ({ target }) => target.matches(".mark") && this.arrive(target), { signal });
  }

  /** Take over a new drawing: its marks, lane by lane. */
  take() {
    const lanes = [...this.chart.figure.querySelectorAll(".lane")].map((lane) => [...lane.querySelectorAll(".mark")]);
    this.lanes = lanes.filter((marks) => marks.length);
    this.stop(this.lanes[0]?.[0]);
  }

  /** Let Tab stop at this mark, and at no other. */
  stop(mark) {
    this.current?.setAttribute("tabindex", -1);
    this.current = mark;
    mark?.setAttribute("tabindex", 0);
  }

  arrive(mark) {
    this.stop(mark);
    this.chart.say(this.words(mark));
  }

  focus(mark) {
    if (!mark) return;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest" });
  }

  /** Return what is said of a mark: its name, its lane if it is a column, which of the events it is if all are marks. */
  words(mark) {
    const name = mark.querySelector("title").textContent;
    const all = this.lanes.flat().sort((left, right) => place(left).x - place(right).x);
    if (all.some((other) => !other.dataset.n)) return name;
    const counts = all.map((other) => Number(other.dataset.n));
    const total = counts.reduce((sum, n) => sum + n, 0);
    const before = counts.slice(0, all.indexOf(mark)).reduce((sum, n) => sum + n, 0);
    const last = before + Number(mark.dataset.n);
    const which = last === before + 1 ? `event ${last}` : `events ${before + 1} to ${last}`;
    return `${name}, ${which} of ${total}`;
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && this.chart.card.isOpen) this.chart.card.close();
    else if (!this.isReached(event.target) || !this.move(event.key)) return;
    event.preventDefault();
  }

  /** Return whether keys are for the chart: a mark has the focus, or the chart, which a new period has replaced. */
  isReached(target) {
    return this.current && (target.matches(".mark") || target === this.chart);
  }

  /** Do what a key asks for; return whether it asks for anything. */
  move(key) {
    const lane = this.lanes.findIndex((marks) => marks.includes(this.current));
    const marks = this.lanes[lane];
    const at = marks.indexOf(this.current);
    if (TOOLS[key]) this.chart.act(TOOLS[key]);
    else if (key === "ArrowLeft") this.focus(marks[at - 1]);
    else if (key === "ArrowRight") this.focus(marks[at + 1]);
    else if (key === "ArrowUp") this.across(lane - 1);
    else if (key === "ArrowDown") this.across(lane + 1);
    else if (key === "Home") this.focus(marks[0]);
    else if (key === "End") this.focus(marks.at(-1));
    else if (key === "Escape") this.focus(this.lanes[0][0]);
    else return false;
    return true;
  }

  across(lane) {
    const marks = this.lanes[lane];
    if (marks) this.focus(nearest(marks, place(this.current).middle));
  }

  /** Remember where the focus is; return what brings it back there in a new drawing. */
  hold() {
    const { activeElement } = document;
    if (!this.chart.figure?.contains(activeElement)) return () => {};
    if (!activeElement.matches(".mark")) {
      return () => activeElement.id && document.getElementById(activeElement.id)?.focus({ preventScroll: true });
    }
    const { key } = activeElement.dataset;
    const lane = activeElement.closest(".lane").dataset.lane;
    const { middle } = place(activeElement);
    return () => this.again(key, lane, middle);
  }

  /** Focus the mark that has this key, else the one nearest to this place, in its lane if there is any. */
  again(key, lane, middle) {
    const all = this.lanes.flat();
    const beside = all.filter((mark) => mark.closest(".lane").dataset.lane === lane);
    const same = key && all.find((mark) => mark.dataset.key === key);
    const near = nearest(beside.length ? beside : all, middle);
    (same || near || document.getElementById("lanes-fit"))?.focus({ preventScroll: true });
  }
}
