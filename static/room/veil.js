// The sign-in ended: nothing of the case stays in the page until the same person has signed in again, here or in another
// tab. Then the room is put back as it was, with every text that was being written.
import { pause, room, words } from "./here.js";
import { store } from "./store.js";

const asking = document.getElementById("sign-in-again");
let stood = null; // where the cursor was
const away = new Map(); // what was taken out of the page, by the mark that holds its place

export const veiled = () => away.size > 0;

/** Take the room out of the page; `how`: "out" (signed out) or "other" (another person signed in on this browser). */
export function veil(how) {
  if (!asking) return location.reload(); // the wall: the door asks who it is
  if (!veiled()) {
    stood = document.activeElement;
    for (const part of [...document.querySelectorAll("dialog, .toasts"), room]) {
      if (part === asking || !part.isConnected) continue;
      if (part.open) part.close();
      const mark = document.createComment("");
      part.replaceWith(mark);
      away.set(mark, part);
    }
    document.title = words.veiledTitle;
    asking.showModal();
  }
  for (const told of asking.querySelectorAll("[data-how]")) told.hidden = told.dataset.how !== how;
}

const title = document.title;
export function unveil() {
  for (const [mark, part] of away) mark.replaceWith(part);
  away.clear();
  document.title = title;
  asking.querySelector("form").reset();
  fault("");
  asking.close();
  stood?.focus();
  dispatchEvent(new Event("back"));
}

let left = false;
/** What this person may see here has ended: the page is emptied before it leaves. Their own words that were not sent are
 * told first, to be taken along; of what others wrote nothing stays, not even where somebody was changing it. */
export async function gone() {
  if (left) return;
  left = true;
  const stood = new Map([...document.querySelectorAll("form [name=text], form [name=outcome]")].map((field) => [nameOf(field.form), field.defaultValue]));
  document.body.replaceChildren();
  document.title = words.veiledTitle;
  await pause(300); // what was on its way comes back into the store
  const unsent = Object.entries(store.kept).flatMap(([name, kept]) => [kept].flat().map((each) => own(each.fields ?? each, stood.get(name) ?? "")));
  if (unsent.some(Boolean)) tell(unsent.filter(Boolean));
  else location.assign("/");
}

const nameOf = (form) => form.dataset.keep ?? (form.dataset.outcome ? `outcome-${form.dataset.outcome}` : form.closest(".entry")?.id);
const TYPED = ["text", "source", "outcome", "what", "need", "wished", "enables", "nearest", "word", "question"];

/** What this person put into a text that `stood` there. */
function own(fields, stood) {
  const typed = TYPED.map((name) => fields[name]).filter(Boolean).join("\n");
  const room = Math.min(typed.length, stood.length);
  let start = 0, end = 0;
  while (start < room && typed[start] === stood[start]) start += 1;
  while (end < room - start && typed.at(-1 - end) === stood.at(-1 - end)) end += 1;
  return typed.slice(start, typed.length - end).trim();
}

function tell(unsent) {
  const page = document.createElement("main");
  page.className = "page page--narrow stack";
  page.append(made("h1", words.unsent.replace("{n}", unsent.length)), made("p", words.unsentWhy));
  for (const text of unsent) {
    const field = made("textarea", text);
    field.readOnly = true;
    field.rows = 3;
    field.setAttribute("aria-label", words.unsentText);
    const copy = made("button", words.copy);
    copy.type = "button";
    copy.className = "button button--small";
    copy.addEventListener("click", () => { field.select(); (navigator.clipboard?.writeText(text) ?? Promise.reject()).catch(() => document.execCommand("copy")).then(() => { copy.textContent = words.copied; }); });
    page.append(field, copy);
  }
  const on = made("a", words.goOn);
  on.className = "button button--primary";
  on.href = "/";
  page.append(on);
  document.body.append(page);
  page.querySelector("h1").tabIndex = -1;
  page.querySelector("h1").focus();
}

const made = (name, text) => Object.assign(document.createElement(name), { textContent: text });

export function fault(text) {
  const place = asking.querySelector("[role=alert]");
  place.hidden = !text;
  place.textContent = text;
}

asking?.addEventListener("cancel", (event) => event.preventDefault()); // Escape shows nothing
