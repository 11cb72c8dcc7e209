// The room: nothing typed is lost. Every keystroke is kept on this machine until the server has said that it has it;
// what the server has is sent once (keys), and others' news never touches a line somebody is writing in.
import { addToTable, carryOut } from "./adding.js";
import { capture, empty, keepCapture, takeLine } from "./capture.js";
import "./began.js";
import "./wall.js";
import "./cards.js";
import "./signs.js";
import "./strokes.js";
import "./moving.js";
import "./walking.js";
import { tick } from "./clock.js";
import { words } from "./here.js";
import { putBack } from "./kept.js";
import "./keys.js";
import { lineChanged, saveLine } from "./lines.js";
import "./insight.js";
import "./map.js";
import "./near.js";
import { listen } from "./news.js";
import { linked, say, signInAgain } from "./server.js";
import "./signal.js";
import { store } from "./store.js";
import { dress, refresh, refreshAll, rescue } from "./table.js";
import { grow, midWord, wordEnds } from "./typing.js";

addEventListener("offline", () => linked("off"));
addEventListener("online", () => refresh());
addEventListener("back", () => { listen(); refreshAll(); });
addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); }); // a machine that slept

addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-line]")) lineChanged(form);
  else if (form === capture) keepCapture();
  else if (form?.matches("[data-add]")) store.put(`add-${form.dataset.add}`, Object.fromEntries(new FormData(form)));
  if (target.matches("textarea")) grow(target);
});

addEventListener("focusout", ({ target }) => { if (target.form?.matches("[data-line]")) saveLine(target.form); });

addEventListener("submit", (event) => {
  const form = event.target;
  const act = form.matches("[data-line]") ? saveLine : form === capture ? takeLine
    : form.matches("[data-add]") ? addToTable : form.matches("[data-send]") ? carryOut : form.matches("[data-again]") ? signInAgain : null;
  if (act) {
    event.preventDefault();
    act(form);
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || midWord(event)) return;
  if (event.target === capture?.elements.text && !event.shiftKey) {
    event.preventDefault();
    capture.requestSubmit();
  } else if (event.target.form?.matches("[data-line]") && !event.shiftKey) {
    event.preventDefault();
    saveLine(event.target.form);
  }
});

// Alt and a digit choose the kind of the next line, from wherever the hands are.
addEventListener("keydown", (event) => {
  const kinds = capture?.querySelectorAll('[name="kind"]') ?? [];
  const chosen = event.altKey && !midWord(event) ? kinds[Number(event.code.replace("Digit", "")) - 1] : null;
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
  capture.elements.text.focus();
});

function restore(names = Object.keys(store.kept)) {
  for (const name of names) {
    const value = store.kept[name];
    const form = name.startsWith("entry-") ? document.querySelector(`#${name} [data-line]`)
      : name.startsWith("add-") ? document.querySelector(`[data-add="${name.slice(4)}"]`) : name === "capture" ? capture : null;
    if (!form) continue;
    for (const [field, text] of Object.entries(value)) {
      if (field !== "csrf_token" && form.elements[field]) form.elements[field].value = text;
    }
    if (name.startsWith("entry-")) lineChanged(form);
    else if (name.startsWith("add-")) form.closest("details").open = true;
    else say(capture.querySelector("[data-save]"), "saving", words.typed);
  }
  for (const name of names) if (name.startsWith("entry-") && !document.getElementById(name)) rescue(name);
  putBack();
  if (capture && store.kept.tray) empty();
}

/** Another tab of this room died and left its texts to this one. */
async function inherit(names) {
  await wordEnds();
  restore(names);
}

(async () => {
  if (document.getElementById("room")) {
    await store.open(inherit);
    restore();
    if (capture && !document.querySelector(".room--console") && matchMedia("(hover: hover)").matches) capture.elements.text.focus(); // a phone's keyboard stays away
    const list = document.getElementById("entries");
    list.scrollTop = list.scrollHeight;
  }
  dress();
  setInterval(() => tick(), 1000);
  listen();
  document.documentElement.dataset.ready = "room";
})();
