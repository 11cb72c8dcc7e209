// Forms of one's own (a word in a round, an answer to a role): kept on this machine at every keystroke, handed in by their
// button, and tried again until the server has said that it has them.
import { capture, keepCapture } from "./capture.js";
import { words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refreshAll } from "./table.js";
import { grow, wordEnds } from "./typing.js";

// What somebody opened stays open, whatever news come.
globalThis.htmx?.registerExtension("stays-open", { htmx_before_morph_attr: (_element, { attrName }) => attrName !== "open" });

const typed = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => form.elements[name]?.type !== "hidden"));

addEventListener("input", ({ target }) => { if (target.form?.matches("[data-keep]")) keep(target.form); });

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-keep]")) return;
  event.preventDefault();
  handIn(event.target, event.submitter);
});

function keep(form) {
  form.setAttribute("hx-morph-skip", ""); // others' news does not touch it while it is mine
  say(form.querySelector("[data-save]"), "saving", words.typed);
  store.put(form.dataset.keep, typed(form));
}

async function handIn(form, button) {
  if (form.sending) return;
  form.sending = true;
  clearTimeout(form.later);
  await wordEnds();
  const place = form.querySelector("[data-save]");
  const sent = JSON.stringify(typed(form));
  say(place, "saving", words.saving);
  const answer = await send(form.action, new FormData(form, button));
  await wordEnds();
  form.sending = false;
  tell(form, "");
  if (answer === null || answer.status === 401) {
    say(place, "off", answer ? words.signedOut : words.off);
    form.later = setTimeout(() => handIn(form, button), 3000); // sent twice, it stands once
  } else if (answer.ok) {
    await taken(form, sent, answer.headers.get("X-Number"));
  } else {
    await refuse(form, answer);
  }
}

async function taken(form, sent, number) {
  if (JSON.stringify(typed(form)) === sent) {
    await store.drop(form.dataset.keep);
    form.removeAttribute("hx-morph-skip");
    form.reset();
    const around = form.closest("details");
    if (around) around.open = false;
  } else { // written on meanwhile
    if (number && form.elements.read) form.elements.read.value = number;
    keep(form);
  }
  await refreshAll();
}

// What was answered to may have changed meanwhile: show it as it stands now, with what was typed still in the field.
async function refuse(form, answer) {
  const why = await reason(answer);
  form.removeAttribute("hx-morph-skip");
  await refreshAll();
  putBack();
  const now = document.querySelector(`[data-keep="${form.dataset.keep}"]`);
  if (!now) return;
  tell(now, why);
  say(now.querySelector("[data-save]"), "off", words.refused);
}

function tell(form, text) {
  const place = form.querySelector(".add-fault");
  if (!place) return;
  place.hidden = !text;
  place.textContent = text;
}

/** Put what was typed and not handed in yet back into its fields. */
export function putBack() {
  for (const form of document.querySelectorAll("[data-keep]")) {
    const kept = store.kept[form.dataset.keep];
    if (!kept) continue;
    for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
    for (const around of [form.closest("details")]) if (around) around.open = true;
    form.querySelectorAll("textarea").forEach(grow);
    form.setAttribute("hx-morph-skip", "");
    say(form.querySelector("[data-save]"), "saving", words.typed);
  }
}

// A round that is over, a role that has gone: what was typed for it and not handed in goes on in the field for a line.
function rescue() {
  for (const [name, kept] of Object.entries(store.kept)) {
    if (!(mine ? /^(round|answer)-\d+$/ : /^round-\d+$/).test(name) || document.querySelector(`[data-keep="${name}"]`)) continue;
    const text = kept.text ?? kept.word;
    delete store.kept[name];
    if (!text || !capture) { store.write(); continue; }
    const { value } = capture.elements.text;
    capture.elements.text.value = value ? `${value}\n${text}` : text;
    capture.closest("details")?.setAttribute("open", "");
    grow(capture.elements.text);
    keepCapture();
  }
}

const mine = document.getElementById("mine");
for (const part of [mine, document.getElementById("round")].filter(Boolean)) {
  new MutationObserver(rescue).observe(part, { childList: true, subtree: true });
}
