import { whenFormIsThere } from "./form_parts.js";

// What is typed into a form is kept: in this browser with every key, on the server within seconds. A form that was not saved is put
// back by the server, from what was kept, when its page is opened again: after the way back, a crash, a network that failed.

const SOON = 1500; // ms without a key until the server stores it
const WEEK = 7 * 24 * 60 * 60 * 1000;
let form, account, address, fresh, putBack, isInPanel, prefix, path; // of the form that is open

let before = ""; // what the form held when it was opened
let isLeaving = false;
let waiting = 0;
let said = null;

const key = () => form.elements.unsaved.value;

function fields() {
  const typed = new URLSearchParams();
  for (const [name, text] of new FormData(form)) {
    const isTyped = typeof text === "string" && name !== "csrfmiddlewaretoken" && !name.toLowerCase().includes("password");
    if (isTyped) typed.append(name, text);
  }
  return typed.toString();
}

export const isUnsaved = () => Boolean(form?.isConnected) && fields() !== before;

function copies() {
  const found = [];
  for (let at = localStorage.length - 1; at >= 0; at -= 1) {
    const name = localStorage.key(at);
    if (!name.startsWith(prefix)) continue;
    const copy = JSON.parse(localStorage.getItem(name));
    if (Date.now() - copy.at > WEEK) localStorage.removeItem(name);
    else if (copy.path === path) found.push({ ...copy, key: name.slice(prefix.length) });
  }
  return found.sort((one, other) => other.at - one.at);
}

function keep(marks = {}) {
  try {
    localStorage.setItem(prefix + key(), JSON.stringify({ path, typed: fields(), at: Date.now(), ...marks }));
  } catch {
    say("Too much is kept in this browser: this form is kept on the server alone.");
  }
}

const forget = (which) => localStorage.removeItem(prefix + which);

function say(text) {
  if (!said) {
    said = Object.assign(document.createElement("span"), { className: "unsaved-said" });
    said.setAttribute("role", "status");
    form.querySelector(".submit-row")?.append(said);
  }
  said.textContent = text;
}

async function send({ key: which, path: where, typed }, options = {}) {
  const body = new URLSearchParams({ unsaved: which, path: where, typed });
  const answer = await fetch(address, { method: "POST", body, ...options }).catch(() => null);
  return answer?.status ?? 0;
}

export async function store(options) {
  clearTimeout(waiting);
  const typed = fields();
  const status = await send({ key: key(), path, typed }, options);
  if (status === 204 || status === 202) {
    if (typed === fields()) keep({ isStored: true });
    if (status === 202) say("You are signed out. What you type is kept: sign in in another window, then save here.");
    else say(`Kept at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}, not saved yet.`);
  } else if (status === 205) say("This form was saved or discarded in another window.");
  else if (status === 413) say("This form is too long to be kept on the server; it is kept in this browser.");
  else say("The server cannot be reached. What you type is kept in this browser.");
}

function changed() {
  if (isLeaving) return;
  clearTimeout(waiting);
  if (!isUnsaved()) return;
  keep();
  waiting = setTimeout(store, SOON);
}

// Let the server put this copy back; a form that was saved since is forgotten. Return whether the page changes.
async function putBackCopy(copy) {
  const status = await send(copy);
  if (status === 205) {
    forget(copy.key);
    return false;
  }
  if (status !== 204 && status !== 202) {
    say("What you typed here before is kept in this browser, and cannot be put back just now.");
    return true;
  }
  localStorage.setItem(prefix + copy.key, JSON.stringify({ ...copy, isStored: true }));
  isLeaving = true;
  location.replace(`${path}?${new URLSearchParams({ unsaved: copy.key })}`);
  return true;
}

async function isOpenElsewhere(which) {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name === prefix + which);
}

// What was typed here before, and is open in no other window.
async function earlierCopy() {
  const kept = copies();
  const own = kept.find((copy) => copy.key === history.state?.unsaved);
  if (own) return own;
  for (const copy of kept) if (!(await isOpenElsewhere(copy.key))) return copy;
  return null;
}

function begin(place, itsForm) {
  form = itsForm;
  ({ account, store: address, fresh, putBack } = place.dataset);
  isInPanel = Boolean(form.closest(".event-panel"));
  prefix = `unsaved/${account}/`;
  path = isInPanel ? new URL(form.action).pathname : location.pathname;
  isLeaving = false;
  said = null;
  clearTimeout(waiting);
  if (form.elements.unsaved) watch();
}

async function watch() {
  const { state } = history;
  const { submission } = form.elements;
  if (fresh !== undefined && state?.submission && submission.value) submission.value = state.submission; // the way back makes no second row
  before = fresh === undefined ? "" : fields();
  listenToForm();
  if (isInPanel) return;
  const newer = putBack !== undefined && copies().find((copy) => copy.key === key() && !copy.isStored && copy.typed !== fields());
  const copy = fresh === undefined ? newer : await earlierCopy();
  if (copy && (await putBackCopy(copy))) return;
  history.replaceState({ ...state, unsaved: key(), submission: submission.value }, "");
  navigator.locks?.request(prefix + key(), () => new Promise(() => {})); // held as long as the page is open
  if (fresh === undefined) changed();
}

function listenToForm() {
  const its = form;
  for (const name of ["input", "change"]) its.addEventListener(name, changed);
  its.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (isUnsaved()) keep();
    isLeaving = true;
    clearTimeout(waiting);
    if (event.submitter?.formAction.includes("/unsaved/discard/")) forget(key());
  });
}

// The form in the panel was saved, or its words are exchanged.
export function done() {
  clearTimeout(waiting);
  forget(key());
  form = undefined;
}

for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, () => form && changed());
addEventListener("pageshow", ({ persisted }) => { if (persisted) isLeaving = false; });
addEventListener("beforeunload", (event) => { if (!isLeaving && isUnsaved()) event.preventDefault(); });
document.addEventListener("visibilitychange", () => {
  if (document.hidden && !isLeaving && isUnsaved()) store({ keepalive: fields().length < 60_000 });
});

whenFormIsThere("unsaved", begin);
