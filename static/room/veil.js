// The sign-in ended: nothing of the case stays in the page until the same person has signed in again, here or in another
// tab. Then the room is put back as it was, with every text that was being written.
import { room, words } from "./here.js";

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

/** What this person may see here has ended: the page is emptied before it leaves. */
export function gone() {
  document.body.replaceChildren();
  document.title = words.veiledTitle;
  location.assign("/");
}

export function fault(text) {
  const place = asking.querySelector("[role=alert]");
  place.hidden = !text;
  place.textContent = text;
}

asking?.addEventListener("cancel", (event) => event.preventDefault()); // Escape shows nothing
