// The newest state of the table, put into the page without touching what somebody is writing in.
import { capture, fault, keepCapture } from "./capture.js";
import { tick } from "./clock.js";
import { room, words } from "./here.js";
import { linked } from "./server.js";
import { store } from "./store.js";
import { grow, wordEnds } from "./typing.js";

let tag = "";
let refreshing = null;
let again = null;

// News that come while we are looking make us look once more: what we are reading may be older than they are.
export function refresh() {
  if (refreshing) return again ??= refreshing.then(() => { again = null; return refresh(); });
  refreshing = look().finally(() => { refreshing = null; });
  return refreshing;
}

export function refreshAll() {
  const next = refreshing ?? Promise.resolve();
  return next.then(() => { tag = ""; return refresh(); });
}

async function look() {
  await wordEnds(); // never move anything under an open IME
  let answer;
  try {
    answer = await fetch(words.table, { headers: { "X-Part": "1", ...(tag && { "If-None-Match": tag }) }, cache: "no-store" });
  } catch { return linked("off"); }
  if (answer.status === 404) return location.assign("/");
  if (answer.status === 401) return Object.keys(store.kept).length ? linked("out") : location.reload();
  linked("on");
  if (answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  await wordEnds();
  tag = answer.headers.get("ETag") ?? "";
  tick(page);
  if (document.getElementById("room")) {
    const list = document.getElementById("entries");
    for (const line of list.querySelectorAll("[hx-morph-skip]")) if (!page.getElementById(line.id)) rescue(line.id);
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    for (const part of page.querySelectorAll("[data-part]")) await morph(document.getElementById(part.dataset.part), part.innerHTML);
    if (atEnd) list.scrollTop = list.scrollHeight;
  } else {
    await morph(room, page.body.innerHTML);
  }
  dress();
}

// Somebody removed the line I am writing in: my words go on in the field for new lines.
export function rescue(name) {
  const { text } = store.kept[name] ?? {};
  if (!text || !capture) return;
  const typed = capture.elements.text.value;
  capture.elements.text.value = typed ? `${typed}\n${text}` : text;
  fault(words.removed);
  delete store.kept[name];
  keepCapture();
}

const morph = (target, text) => htmx.swap({ target, text, swap: "innerMorph", sourceElement: target, transition: false });

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
