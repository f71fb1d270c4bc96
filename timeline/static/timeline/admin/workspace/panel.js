// An event is entered beside the text: its form is loaded into the panel, and saving it leads on in the text, without another page.

import { done, isUnsaved, store } from "../unsaved.js";
import { goOnBehind, goToText } from "./keyboard.js";
import { clear } from "./picked.js";
import { readAgain } from "./places.js";

const WIDE = matchMedia("(min-width: 75rem)");
const HEADERS = { "X-Layout": "panel" };
const ask = document.getElementById("words-form");
const place = document.getElementById("event-panel");
let end = 0; // in the text, of the words that are entered

const formIn = () => place.querySelector("form");

function say(text) {
  const said = place.querySelector("[data-panel-said]") ?? ask.querySelector(".said");
  said.textContent = text;
}

// Return the answer; null, and say why, where there is none, or none of ours.
async function load(address, options = {}) {
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: HEADERS, ...options }).catch(() => null);
  place.removeAttribute("aria-busy");
  if (!answer || answer.status >= 500) say("The server cannot be reached. Nothing was saved; what you typed is kept.");
  else if (new URL(answer.url).pathname.endsWith("/login/")) say("You are signed out. What you typed is kept: sign in in another window, then save again.");
  else return answer;
  return null;
}

function show(html, address) {
  place.innerHTML = html;
  const form = formIn();
  form.action = address;
  end = Number(form.dataset.end);
  place.hidden = false;
  ask.closest(".workspace").classList.add("is-coding");
  for (const group of place.querySelectorAll(".js-inline-admin-formset")) addRows(group);
  document.dispatchEvent(new CustomEvent("fields:added"));
  const wrong = place.querySelector(".errors .picker-words, .errors input:not([type=hidden]), .errors select:not([data-picker]), .errors textarea");
  showAll(Boolean(wrong));
  (wrong ?? form.elements.title).focus();
  if (!wrong) form.elements.title.select();
}

function showAll(isAll) {
  place.classList.toggle("shows-all", isAll);
  place.querySelector("[data-all]").setAttribute("aria-pressed", String(isAll));
}

// The rows inside the form are added and removed by the admin's own script, as on its page.
function addRows(group) {
  const { name, options } = JSON.parse(group.dataset.inlineFormset);
  const isTable = group.dataset.inlineType === "tabular";
  const selector = `${name}-group ${isTable ? ".tabular.inline-related tbody:first > tr.form-row" : ".inline-related"}`;
  const { jQuery } = window.django;
  jQuery(selector)[isTable ? "tabularFormset" : "stackedFormset"](selector, options);
}

// Open the form for the words that are selected; one that is filled in already cites them instead.
async function open(event) {
  if (!WIDE.matches || event.submitter?.name !== "_new") return;
  event.preventDefault();
  const typed = new FormData(ask, event.submitter);
  if (formIn() && isUnsaved()) {
    await store();
    typed.set("unsaved", formIn().elements.unsaved.value);
    done();
  }
  const answer = await load(ask.action, { method: "POST", body: typed });
  if (!answer) return;
  const html = await answer.text();
  if (!html.includes("data-panel ")) {
    ask.removeEventListener("submit", open); // the words are not found, or twice: the page says so
    return ask.requestSubmit(event.submitter);
  }
  show(html, answer.url);
}

// Open the form of a suggested event, with the words that suggest it.
async function openProposal(event) {
  const link = event.target.closest("a[data-proposal]");
  if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || (formIn() && isUnsaved())) return;
  event.preventDefault();
  const answer = await load(link.href);
  if (answer) show(await answer.text(), answer.url);
}

async function save(event) {
  if (!event.target.closest("#event-panel") || event.submitter?.formAction.includes("/workspace/?")) return;
  event.preventDefault();
  const form = formIn();
  if ("template" in (event.submitter?.dataset ?? {})) return changeTemplate(form, event.submitter);
  const answer = await load(form.action, { method: "POST", body: new FormData(form, event.submitter) });
  if (!answer) return;
  if (answer.status !== 201) return show(await answer.text(), form.action);
  const { message } = await answer.json();
  close();
  await showMarks();
  ask.querySelector(".said").textContent = message;
  goOnBehind(end);
}

export function close() {
  if (formIn()) done();
  place.replaceChildren();
  place.hidden = true;
  ask.closest(".workspace").classList.remove("is-coding");
  clear();
}

// Take the passages that are cited differently now from the page as it is now.
async function showMarks() {
  const answer = await load(location.pathname, { headers: {} });
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelectorAll("#transcript .stretch");
  document.querySelectorAll("#transcript .stretch").forEach((stretch, number) => {
    const now = fresh[number];
    if (now && now.textContent !== stretch.textContent) stretch.replaceWith(now);
    else if (now && now.querySelectorAll("mark").length !== stretch.querySelectorAll("mark").length) stretch.replaceWith(now);
  });
  document.querySelector(".desk-bar").replaceWith(page.querySelector(".desk-bar"));
  readAgain();
}

// Store what the form holds as a template, or delete one; the form stays as it is.
async function changeTemplate(form, button) {
  const answer = await load(button.formAction, { method: "POST", body: new FormData(form, button) });
  if (!answer) return;
  say((await answer.json()).message);
  if (answer.ok) button.closest("li")?.remove();
}

async function beginWith(query) {
  const answer = await load(`${formIn().action.split("?")[0]}${query}`);
  if (answer) show(await answer.text(), answer.url);
}

export function listen() {
  ask.addEventListener("submit", open);
  document.addEventListener("submit", save);
  document.getElementById("transcript").addEventListener("click", openProposal);
  place.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      place.querySelector("#participations-group .add-row a").click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      formIn().requestSubmit(place.querySelector("[name=_save]"));
    } else if (event.key === "Escape" && !isUnsaved()) {
      close();
      goToText();
    }
  });
  place.addEventListener("click", (event) => {
    const { target } = event;
    const start = target.closest("a[data-start]");
    if (start && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      beginWith(start.search);
    } else if (target.closest("[data-same]")) beginWith("?same_as_last=1");
    else if (target.closest("[data-all]")) showAll(!place.classList.contains("shows-all"));
    else if (target.closest("[data-close]")) { close(); goToText(); }
  });
}
