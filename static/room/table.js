// The newest state of the table, put into the page without touching what somebody is writing in.
import { bind, capture, fault, keepCapture } from "./capture.js";
import { tick } from "./clock.js";
import { room, words } from "./here.js";
import { ask } from "./server.js";
import { store } from "./store.js";
import { grow, wordEnds } from "./typing.js";
import { veiled } from "./veil.js";

let tag = "";
let lines = words.lines ?? ""; // which lines this page has, as the server put it
let wanted = []; // … and those of which it wants to have the newest anew
let refreshing = null;
let again = null;

// News that come while we are looking make us look once more: what we are reading may be older than they are.
export function refresh() {
  if (refreshing) return again ??= refreshing.then(() => { again = null; return refresh(); });
  refreshing = look().finally(() => { refreshing = null; });
  return refreshing;
}

/** Look even if nothing is new; `line` was left alone by the news of before. */
export function refreshAll(line) {
  const next = refreshing ?? Promise.resolve();
  return next.then(() => {
    tag = "";
    if (line) wanted.push(line.id.replace("entry-", ""));
    return refresh();
  });
}

async function look() {
  await wordEnds(); // never move anything under an open IME
  const asked = wanted;
  const answer = await ask(words.table, { ...(tag && { "If-None-Match": tag }), ...(lines && { "X-Lines": [lines, ...asked].join(" ") }) });
  if (answer?.status === 503) setTimeout(refresh, 500 + 1000 * Math.random()); // many look at this moment: saves go first
  if (!answer || answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  await wordEnds();
  if (veiled()) return; // the sign-in ended while the word was written
  tag = answer.headers.get("ETag") ?? "";
  tick(page);
  if (document.getElementById("room")) {
    lines = page.getElementById("fresh").dataset.lines ?? "";
    wanted = wanted.filter((each) => !asked.includes(each));
    const list = document.getElementById("entries");
    const atEnd = list && list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    for (const part of page.querySelectorAll("[data-part]")) await renew(document.getElementById(part.dataset.part), part);
    if (atEnd) list.scrollTop = list.scrollHeight;
  } else {
    await morph(room, page.body.innerHTML);
  }
  dress();
}

async function renew(target, part) {
  if (!target) return;
  if (part.dataset.order === undefined) return morph(target, part.innerHTML);
  const order = part.dataset.order.split(" ").filter(Boolean).map((id) => `entry-${id}`);
  for (const line of target.querySelectorAll("[hx-morph-skip]")) if (!order.includes(line.id)) rescue(line.id);
  const under = target.contains(document.activeElement) && document.activeElement.matches("textarea") && document.activeElement.closest("li");
  if (under && !order.includes(under.id)) goOn();
  if (part.hasAttribute("data-whole")) return morph(target, part.innerHTML);
  for (const line of [...part.children]) {
    const mine = document.getElementById(line.id);
    if (mine) await morph(mine, line.outerHTML, "outerMorph");
    else target.append(document.importNode(line, true));
  }
  if (!arrange(target, order)) { // rights have changed meanwhile, or the last line went: begin anew
    tag = lines = "";
    refresh();
  }
}

/** Put the lines into this order and take away those that are not in it; false when one is missing. */
function arrange(list, order) {
  const wantedOnes = new Set(order);
  for (const line of [...list.children]) if (!wantedOnes.has(line.id)) line.remove();
  let place = list.firstElementChild;
  for (const id of order) {
    const line = document.getElementById(id);
    if (!line) return false;
    if (line === place) place = place.nextElementSibling;
    else if (list.moveBefore) list.moveBefore(line, place); // keeps the cursor of somebody who stands in it
    else list.insertBefore(line, place);
  }
  return order.length > 0;
}

// Somebody removed the line I am writing in: my words go on in the field for new lines.
export function rescue(name) {
  const { text, ...more } = store.kept[name] ?? {};
  if (!text || !capture) return;
  bind(more);
  const typed = capture.elements.text.value;
  capture.elements.text.value = typed ? `${typed}\n${text}` : text;
  fault(words.removed);
  delete store.kept[name];
  keepCapture();
}

/** … and so do my hands. */
function goOn() {
  const field = capture?.elements.text;
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

/** Put the newer state into a part of the page. A form in it that somebody is filling in stays as it is until it is sent. */
async function morph(target, text, swap = "innerMorph") {
  const writing = [...target.querySelectorAll("form:not([hx-morph-skip])")].filter(begun);
  for (const form of writing) form.setAttribute("hx-morph-skip", "");
  await htmx.swap({ target, text, swap, sourceElement: target, transition: false });
  for (const form of writing) form.removeAttribute("hx-morph-skip");
}

const begun = (form) => !form.matches("[data-line]") && [...form.elements].some((field) =>
  field.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])") ? field.value !== field.defaultValue
    : field.matches("[type=radio], [type=checkbox]") && field.checked !== field.defaultChecked);

export function dress() {
  for (const area of document.querySelectorAll("textarea.entry-text")) {
    // A morph leaves the field somebody stands in alone; when they have nothing unsent there, it shows what stands now.
    if (area.value !== area.defaultValue && !area.closest("[hx-morph-skip]")) {
      const { selectionStart, selectionEnd } = area;
      area.value = area.defaultValue;
      if (area === document.activeElement) area.setSelectionRange(selectionStart, selectionEnd);
    }
    grow(area);
  }
  tick();
}
