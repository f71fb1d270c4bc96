// A field to search for a row of another table, after the combobox of the ARIA Authoring Practices. The row chosen is that of a
// hidden list, which is what the form sends. Enter waits for the answer to what is typed: no row of an older list is taken,
// and before the list was seen only the row that has just this name, or the only one.

import { openFields } from "./quick_add.js";

const PAUSE = 120; // ms without a key before the server is asked
const [EXACTLY, NEAREST] = ["exactly", "nearest"]; // what is wanted of an answer: the row that has just this name, or else the only one
let number = 0;

class Picker {
  constructor(list) {
    this.list = list;
    this.rows = [];
    this.active = -1;
    this.term = null; // what the rows answer; null: nothing
    this.build(`picker-${number++}`);
    this.show();
  }

  build(id) {
    const { list } = this;
    const make = (tag, attributes) => Object.entries(attributes).reduce((made, [name, text]) => (made.setAttribute(name, text), made), document.createElement(tag));
    this.box = make("span", { class: "picker" });
    this.input = make("input", {
      type: "text", id, class: "picker-words", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-rows`, "aria-describedby": `${id}-said`,
    });
    this.options = make("ul", { id: `${id}-rows`, class: "picker-rows", role: "listbox", hidden: "" });
    this.said = make("span", { id: `${id}-said`, class: "picker-said", role: "status" });
    const label = list.labels[0];
    if (label) label.htmlFor = id;
    const name = list.getAttribute("aria-label") || label?.textContent.replace(/:\s*$/, "");
    for (const part of [this.input, this.options]) part.setAttribute("aria-label", name);
    if (list.getAttribute("aria-invalid")) this.input.setAttribute("aria-invalid", "true");
    list.before(this.box);
    this.box.append(this.input, this.options, this.said, list);
    list.classList.add("picker-list");
    list.tabIndex = -1;
    list.setAttribute("aria-hidden", "true");
    list.picker = this;
    this.listen();
  }

  listen() {
    const { input, options, list } = this;
    list.addEventListener("focus", () => input.focus());
    list.addEventListener("change", () => this.show());
    window.django?.jQuery(list).on("change", () => this.show()); // a window in which a row was added tells jQuery alone
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("click", () => this.open());
    input.addEventListener("blur", () => this.left());
    options.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
    options.addEventListener("click", ({ target }) => {
      const at = [...options.querySelectorAll("[role=option]")].indexOf(target.closest("[role=option]"));
      if (at >= 0) this.take(at);
    });
  }

  get words() { return this.input.value.trim(); }
  get chosen() { return this.list.selectedOptions[0]?.value ? this.list.selectedOptions[0].text : ""; }
  get isOpen() { return !this.options.hidden; }
  get isSettled() { return this.input.value.trim() === this.chosen; } // what is seen is what will be sent

  // Show what is chosen.
  show() {
    this.input.value = this.chosen;
    this.say("");
    this.close();
  }

  say(text) {
    this.said.textContent = text;
    this.box.classList.toggle("is-open-question", Boolean(text));
  }

  typed() {
    this.wanted = "";
    if (this.words === "") this.choose("", "");
    this.say("");
    this.options.replaceChildren();
    this.rows = [];
    this.term = null;
    this.active = -1;
    this.ask();
  }

  // Forget the question that is not answered yet.
  drop() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.pending = null;
  }

  // Ask for the rows of what is typed now; what an older question is answered counts no more.
  ask(pause = PAUSE) {
    const term = this.isSettled ? "" : this.words;
    const address = `${this.list.dataset.picker}&${new URLSearchParams({ term })}`;
    this.drop();
    const asking = (this.asking = new AbortController());
    this.pending = new Promise((done) => {
      this.waiting = setTimeout(async () => {
        try {
          const response = await fetch(address, { signal: asking.signal, redirect: "error" });
          if (!response.ok) throw new Error(response.statusText);
          const answer = await response.json();
          if (asking.signal.aborted) return;
          this.fill(term, answer);
        } catch {
          if (asking.signal.aborted) return;
          this.say("The list could not be loaded. Press Enter to try again.");
          this.pending = null;
        }
        done();
      }, pause);
    });
  }

  fill(term, { results, pagination }) {
    this.pending = null;
    this.term = term;
    this.rows = [...results];
    if (term && this.list.dataset.add && !results.some((row) => row.exact)) this.rows.push({ adds: true, text: `Add “${term}” …`, detail: `as a new ${this.list.dataset.of}` });
    this.options.replaceChildren(...this.rows.map((row, at) => this.option(row, at)));
    if (pagination.more) this.options.append(this.note("There are more: type on."));
    if (!results.length) this.options.prepend(this.note(term ? "Nothing found." : "Nothing is here yet."));
    if (document.activeElement === this.input && !this.wanted) this.expand();
    this.point(term && this.rows.length ? 0 : -1);
    if (this.wanted) this.decide();
  }

  note(text) {
    return Object.assign(document.createElement("li"), { className: "picker-note", textContent: text });
  }

  option(row, at) {
    const line = Object.assign(document.createElement("li"), { id: `${this.options.id}-${at}`, textContent: row.text });
    line.setAttribute("role", "option");
    if (row.detail) line.append(Object.assign(document.createElement("small"), { textContent: ` ${row.detail}` }));
    return line;
  }

  expand() {
    this.options.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.options.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  open() {
    if (this.isOpen) return;
    if (this.term === null && !this.pending) this.ask(0);
    else if (!this.pending) this.expand();
  }

  point(at) {
    const lines = [...this.options.querySelectorAll("[role=option]")];
    this.active = at;
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", lines[at].id);
    if (this.isOpen) lines[at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || (event.altKey && key !== "ArrowDown")) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) return this.open();
      const step = key === "ArrowDown" ? 1 : -1;
      if (this.rows.length) this.point((this.active + step + this.rows.length) % this.rows.length);
    } else if (key === "Enter") {
      event.preventDefault();
      this.enter();
    } else if (key === "Escape" && (this.isOpen || !this.isSettled)) {
      event.preventDefault();
      event.stopPropagation();
      this.drop();
      this.show();
    }
  }

  enter() {
    this.wanted = "";
    if (this.isOpen && this.term === (this.isSettled ? "" : this.words) && !this.pending && this.active >= 0) return this.take(this.active);
    if (this.isSettled) return this.open();
    this.wanted = NEAREST;
    if (!this.pending) this.ask(0);
  }

  // The answer to what was typed is here, and a row was wanted before it could be seen.
  decide() {
    const mayBeOther = this.wanted === NEAREST;
    this.wanted = "";
    const offered = this.rows.filter((row) => !row.adds);
    const exact = offered.filter((row) => row.exact);
    const isSure = exact.length === 1 || exact[0]?.nearness < exact[1]?.nearness; // its name goes before another's other name
    const sure = isSure ? exact[0] : mayBeOther && offered.length === 1 ? offered[0] : null;
    if (sure) return this.take(this.rows.indexOf(sure));
    this.say(offered.length ? "No row has exactly this name: choose one." : "Nothing has this name: type another, or add it.");
    if (document.activeElement === this.input) this.expand();
  }

  take(at) {
    const row = this.rows[at];
    if (row.adds) this.add(this.term);
    else this.choose(row.id, row.text);
  }

  choose(id, text) {
    const { list } = this;
    for (const option of [...list.options]) if (option.value) option.remove();
    if (id) list.append(new Option(text, id, true, true));
    list.value = id;
    this.term = null;
    if (id) this.input.value = text;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  add(name) {
    this.close();
    this.isAdding = true;
    openFields({ address: this.list.dataset.add, name, token: this.list.form?.elements.csrfmiddlewaretoken?.value, after: this.box }).then((row) => {
      if (row) this.choose(String(row.id), row.text);
      this.isAdding = false;
      this.input.focus();
    });
  }

  // What is typed and not chosen stays, and says so; a row of just this name is taken as soon as that is known.
  left() {
    this.close();
    if (this.isSettled || this.isAdding) return;
    this.wanted ||= EXACTLY;
    if (this.pending) return;
    if (this.term === this.words) this.decide();
    else this.ask(0);
  }
}

function enhance(root) {
  for (const list of root.querySelectorAll("select[data-picker]")) {
    if (!list.picker && !list.closest(".empty-form")) new Picker(list);
  }
}

const unsettledIn = (form) => [...form.querySelectorAll("select[data-picker]")].map((list) => list.picker).filter((picker) => picker && !picker.isSettled);

// A form waits for what its pickers are asked for, and is not sent with words that name no row.
addEventListener("submit", (event) => {
  const form = event.target;
  const unsettled = unsettledIn(form);
  if (!unsettled.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const picker of unsettled) picker.left();
  Promise.all(unsettled.map((picker) => picker.pending)).then(() => {
    const [first] = unsettledIn(form);
    if (!first) return form.requestSubmit(event.submitter);
    first.input.focus();
    first.expand();
  });
}, { capture: true });

enhance(document);
document.addEventListener("formset:added", ({ target }) => {
  enhance(target);
  target.querySelector(".picker-words")?.focus();
});
document.addEventListener("fields:added", ({ target }) => enhance(target));
