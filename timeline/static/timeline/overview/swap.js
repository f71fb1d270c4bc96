// Show another address of this page without loading it again: fetch it, take out the parts that bear data-swap, put them
// in place. Whatever goes wrong, the browser loads the address as it would without script.

const USUAL = "960"; // pixels of the lanes as the server draws them, not knowing better
const HEAD = 'link[rel="canonical"], link[rel="alternate"], meta[name="description"], meta[property]';

let shown = subject(location);
let running = null;
let next = null; // id of a link that was followed while a page was on its way: its address would undo that page's

/** Return the address without the event whose card is open: the chart sees to that itself. */
function subject({ pathname, search }) {
  const query = new URLSearchParams(search);
  query.delete("event");
  return `${pathname}?${query}`;
}

/** Give up the address that is being fetched, if any. */
export function cancel() {
  running?.abort();
  running = next = null;
}

/** Fetch an address of this page and show it. `push`: it becomes a step of the history. `from`: what was clicked. */
export async function go(address, { push = true, scroll, from } = {}) {
  const url = new URL(address, location.href);
  cancel();
  const mine = (running = new AbortController());
  busy(true);
  try {
    const fresh = await read(url, mine.signal);
    const parts = pairs(fresh);
    if (push) {
      history.replaceState({ ...history.state, scroll: scrollY }, "");
      history.pushState({}, "", url);
    }
    replace(parts, fresh, url, scroll, from);
  } catch (error) {
    if (mine.signal.aborted) return;
    if (push) location.assign(url);
    else location.reload();
  } finally {
    if (running === mine) running = null;
    if (!running) {
      busy(false);
      document.getElementById(next)?.click();
      next = null;
    }
  }
}

function busy(is) {
  document.querySelector("main").setAttribute("aria-busy", is);
}

/** Return the address that has the lanes drawn as wide as they are here, where that is not the usual width. */
function asWide(url) {
  const width = document.querySelector("lane-chart .lanes-figure")?.dataset.width ?? USUAL;
  if (width === USUAL) return url;
  const wide = new URL(url);
  wide.searchParams.set("px", width);
  return wide;
}

async function read(url, signal) {
  const response = await fetch(asWide(url), { signal, headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Error(`${response.status} at ${url}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function pairs(fresh) {
  return [...document.querySelectorAll("[data-swap]")].map((old) => {
    const next = fresh.getElementById(old.id);
    if (!next) throw new Error(`The new page has no part “${old.id}”.`);
    return [old, next];
  });
}

function replace(parts, fresh, url, scroll, from) {
  const restore = hold(from);
  const open = new Map([...document.querySelectorAll("main details[id]")].map(({ id, open }) => [id, open]));
  for (const [old, next] of parts) old.replaceWith(next);
  document.querySelectorAll("main details[id]").forEach((details) => (details.open = open.get(details.id) ?? details.open));
  document.head.querySelectorAll(HEAD).forEach((old) => old.remove());
  document.head.append(...fresh.head.querySelectorAll(HEAD));
  document.title = fresh.title;
  shown = subject(url);
  document.dispatchEvent(new CustomEvent("timeline:changed", { detail: { url: url.href } }));
  say(document.querySelector("h1").textContent);
  settle(url, scroll, restore);
}

/** Remember what has the focus, and at which height of the window what was clicked is; return what restores both. */
function hold(clicked) {
  const focused = document.activeElement;
  const again = remember(focused);
  const anchor = remember(clicked ?? focused);
  return () => {
    if (again) focus(again.find());
    if (anchor) scrollBy({ top: anchor.find().getBoundingClientRect().top - anchor.top, behavior: "instant" });
  };
}

/** Return how to find an element of a part, or else the part, after the parts are replaced; null for what stays. */
function remember(element) {
  const part = element?.closest("[data-swap]");
  if (!part) return null;
  const find = () => (element.id && document.getElementById(element.id)) || document.getElementById(part.id);
  return { find, top: element.getBoundingClientRect().top };
}

function settle(url, scroll, restore) {
  const target = url.hash && document.getElementById(url.hash.slice(1));
  if (scroll !== undefined) scrollTo({ top: scroll, behavior: "instant" });
  else if (target) {
    focus(target);
    target.scrollIntoView({ behavior: "instant" });
  } else restore();
}

function focus(element) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Tell what has changed to those who do not see it. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

function follow(event) {
  const link = event.target.closest?.("main a[href]");
  const other = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || other || !link || link.hasAttribute("target") || link.hasAttribute("download")) return;
  const url = new URL(link.getAttribute("href"), location.href);
  const here = url.origin === location.origin && url.pathname === location.pathname;
  if (!here || (url.hash && url.search === location.search)) return;
  event.preventDefault();
  if (running && link.id) next = link.id;
  else go(url, { from: link });
}

function submit(event) {
  const form = event.target;
  const url = new URL(form.action, location.href);
  if (event.defaultPrevented || form.method !== "get" || url.pathname !== location.pathname) return;
  event.preventDefault();
  url.search = new URLSearchParams(new FormData(form));
  go(url);
}

export function start() {
  document.addEventListener("click", follow);
  document.addEventListener("submit", submit);
  addEventListener("popstate", ({ state }) => {
    if (subject(location) === shown) cancel();
    else go(location.href, { push: false, scroll: state?.scroll });
  });
}
