// The map of what exists: looked up while typing, in its dialog and below the field of an idea that asks for the nearest thing.
// What is looked for goes by POST and is kept nowhere. A word that is still being composed is not looked for.
import { send } from "./server.js";
import { midWord } from "./typing.js";

const WAIT = 250; // milliseconds after the last key
const dialog = document.getElementById("map");
const finder = dialog?.querySelector("[data-map-search]");
let latest = 0;

/** Look up what these fields say and show it in `place`; an answer that was overtaken by a newer one is not shown. */
async function look(url, fields, place) {
  const mine = ++latest;
  const answer = await send(url, fields);
  if (mine !== latest || !answer?.ok) return;
  place.innerHTML = await answer.text();
  const form = document.querySelector('[data-add="idea"]');
  for (const button of place.querySelectorAll("[data-map-take][hidden]")) button.hidden = !form;
  if (place.dataset.mapNear) place.scrollIntoView({ block: "nearest" }); // its field may be the last one in sight
}

const lookInDialog = () => look(finder.action, new FormData(finder), document.getElementById("map-found"));
const lookNear = (place) => look(place.dataset.mapNear, { nearest: place.closest("form").elements.nearest.value }, place);

function later(work) {
  clearTimeout(later.timer);
  later.timer = setTimeout(work, WAIT);
}

function onTyped({ target, isComposing }) {
  if (isComposing) return;
  const near = target.name === "nearest" && target.form?.querySelector("[data-map-near]");
  if (finder && target.form === finder) later(lookInDialog);
  else if (near) later(() => (target.value.trim() ? lookNear(near) : near.replaceChildren()));
}

/** The name goes into the field, and the hands with it. Below the field it stands for the words it was found by; out of the
    dialog it comes after what is written there. */
function take(name) {
  const form = document.querySelector('[data-add="idea"]');
  if (!form) return;
  const there = dialog?.open ? form.elements.nearest.value.trim() : "";
  if (dialog?.open) dialog.close();
  const tab = document.querySelector('[name="side"][value="ideas"]');
  if (tab) tab.checked = true;
  for (const fold of [form.closest("details"), form.elements.nearest.closest("details")]) if (fold) fold.open = true;
  form.elements.nearest.value = there && !there.split("、").includes(name) ? `${there}、${name}` : there || name;
  form.querySelector("[data-map-near]")?.replaceChildren();
  clearTimeout(later.timer);
  latest += 1;
  form.elements.nearest.focus();
  form.elements.nearest.dispatchEvent(new CustomEvent("input", { bubbles: true })); // kept on this machine, like what is typed
  clearTimeout(later.timer);
}

// What the browser would propose by itself would lie over what the map has.
for (const place of document.querySelectorAll("[data-map-near]")) place.closest("form").elements.nearest.removeAttribute("list");

addEventListener("input", onTyped);
addEventListener("compositionend", onTyped);

addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-map-take]");
  const asked = event.target.closest("[data-map-look]");
  if (!chosen && !asked) return;
  event.preventDefault();
  if (chosen) take(chosen.dataset.mapTake);
  else lookNear(asked.form.querySelector("[data-map-near]"));
});

finder?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!midWord(event)) lookInDialog();
});

// Opened: the field is ready, and what lies in the domains of the case is there at once.
if (dialog) {
  new MutationObserver(() => {
    if (!dialog.open) return;
    finder.elements.text.focus();
    finder.elements.text.select();
    lookInDialog();
  }).observe(dialog, { attributes: true, attributeFilter: ["open"] });
}
