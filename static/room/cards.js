// Clue cards: the deck opens by a key or a tap and is picked from by number; what came of a card is kept on this machine
// until the server has it; after a while without anything new, a quiet line says so.
import { now, room, words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refreshAll } from "./table.js";

const deck = document.getElementById("deck");
const QUIET = 6 * 60_000;

addEventListener("click", (event) => {
  if (!deck || !event.target.closest("[data-deck]")) return;
  event.preventDefault();
  deck.showModal();
});

deck?.addEventListener("keydown", (event) => {
  const card = event.ctrlKey || event.altKey || event.metaKey ? null : deck.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
  if (!card) return;
  event.preventDefault();
  card.click();
});
deck?.addEventListener("submit", (event) => { if (event.target.matches("[data-send]")) deck.close(); });

addEventListener("input", ({ target }) => {
  const form = target.form?.matches("[data-outcome]") ? target.form : null;
  if (!form) return;
  form.setAttribute("hx-morph-skip", ""); // others' news does not touch it while somebody writes
  store.put(`outcome-${form.dataset.outcome}`, fieldsOf(form));
  say(form.querySelector("[data-save]"), "saving", words.typed);
});

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-outcome]")) return;
  event.preventDefault();
  keep(event.target);
});

const fieldsOf = ({ elements: { outcome, read, began } }) => ({ outcome: outcome.value, read: read.value, began: began.value });

async function keep(form) {
  if (form.sending) return;
  form.sending = true;
  const place = form.querySelector("[data-save]");
  say(place, "saving", words.saving);
  const sent = form.elements.outcome.value;
  const answer = await send(form.action, new FormData(form));
  form.sending = false;
  form.querySelector("[data-theirs]")?.remove();
  if (answer === null || answer.status === 401) {
    say(place, "off", answer ? words.signedOut : words.off);
  } else if (answer.ok && form.elements.outcome.value !== sent) { // written on meanwhile
    form.elements.read.value = answer.headers.get("X-Mark");
    store.put(`outcome-${form.dataset.outcome}`, fieldsOf(form));
    say(place, "saving", words.typed);
  } else if (answer.ok) {
    form.removeAttribute("hx-morph-skip");
    await store.drop(`outcome-${form.dataset.outcome}`);
    say(place, "saved", words.saved);
    await refreshAll();
  } else if (answer.status === 409) {
    clash(form, await answer.text());
  } else {
    say(place, "off", await reason(answer));
  }
}

// Somebody else wrote what came of it meanwhile: their text stands beside ours, and ours goes in when it is sent once more.
function clash(form, page) {
  const told = new DOMParser().parseFromString(page, "text/html").querySelector("[data-read]");
  const place = form.querySelector("[data-save]");
  say(place, "off", words.refused);
  if (!told) return;
  told.dataset.theirs = "";
  form.append(told);
  told.scrollIntoView({ block: "nearest" });
  form.elements.read.value = told.dataset.read;
  form.setAttribute("hx-morph-skip", "");
  store.put(`outcome-${form.dataset.outcome}`, fieldsOf(form));
}

addEventListener("click", ({ target }) => {
  if (!target.matches("[data-both]")) return;
  const { outcome } = target.form.elements;
  outcome.value = [target.closest("[data-theirs]").querySelector("[data-text]").textContent, outcome.value].filter(Boolean).join("\n");
  outcome.dispatchEvent(new Event("input", { bubbles: true }));
  target.remove();
});

// A card's form may come and go with the news: what was typed for it goes with it.
function bringBack() {
  for (const form of document.querySelectorAll("[data-outcome]:not([hx-morph-skip])")) {
    const kept = store.kept[`outcome-${form.dataset.outcome}`];
    if (!kept) continue;
    for (const [name, value] of Object.entries(kept)) form.elements[name].value = value ?? "";
    form.setAttribute("hx-morph-skip", "");
    say(form.querySelector("[data-save]"), "saving", words.typed);
    const drawer = form.closest("details");
    if (drawer) drawer.open = true;
  }
}

function hint() {
  for (const line of document.querySelectorAll("[data-quiet-since]")) {
    const due = now() - Date.parse(line.dataset.quietSince) > QUIET;
    const text = due ? line.dataset.quiet : "";
    const place = line.querySelector("[data-quiet-words]");
    if (place.textContent !== text) place.textContent = text;
    line.classList.toggle("is-due", due);
  }
}

if (room?.id === "room") setInterval(() => { bringBack(); hint(); }, 1000);
