// The console and the record without a mouse: one key for everything that carries data-key, while nobody writes in a field.
// What a key does is said by data-key-label; other parts of the page join in by these two attributes.
import { midWord } from "./typing.js";

const help = document.getElementById("keys");
const jump = document.getElementById("jump");
const capture = () => document.querySelector("[data-capture]");
const writes = (field) => field?.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])");
const carriers = () => [...document.querySelectorAll("[data-key]")].filter((each) => !each.disabled);
const keysOf = (element) => element.dataset.key.split(" ");
const NAMES = { ArrowRight: "→", ArrowLeft: "←", " ": "Space" };

/** Press what carries this key; gives whether there is such a thing. */
function press(key) {
  const target = carriers().find((each) => keysOf(each).includes(key));
  if (!target) return false;
  reveal(target);
  target.click();
  if (target.matches("summary")) target.parentElement.querySelector(":scope[open] :is(textarea, input:not([type=hidden]), select)")?.focus();
  if (target.matches("[type=radio]")) target.dataset.opens ? open(target.dataset.opens) : arrive(target);
  return true;
}

// What lies under another tab is brought forward first.
function reveal(target) {
  const panel = target.closest(".tab-panel");
  if (!panel || panel.checkVisibility()) return;
  const panels = [...panel.parentElement.querySelectorAll(":scope > .tab-panel")];
  panel.parentElement.querySelectorAll(":scope > .tab-list [type=radio]")[panels.indexOf(panel)].checked = true;
}

// The form of a role or an idea: opened, and its first field is ready.
function open(name) {
  const form = document.querySelector(`[data-add="${name}"]`);
  form.closest("details").open = true;
  form.querySelector("textarea, input:not([type=hidden]), select").focus();
}

// A tab was chosen: go on inside it; a kind of line was chosen: write it.
function arrive(radio) {
  if (radio.name === "kind") return capture().elements.text.focus();
  const panel = [...radio.closest(".tabs").querySelectorAll(":scope > .tab-panel")].find((each) => each.checkVisibility());
  const first = panel?.querySelector("a, button, summary") ?? panel;
  first?.focus();
}

function leave(field) {
  const drawer = field.closest("details.add");
  if (drawer) drawer.open = false;
  field.blur();
}

// What moves the meeting comes first, what stands in the bar last.
const place = (element) => ["main", ".region--side", ".region--left", "body"].findIndex((each) => element.closest(each));

function showKeys() {
  const order = carriers().sort((one, other) => place(one) - place(other));
  const rows = order.map((each) => [keysOf(each).map((key) => NAMES[key] ?? key.toUpperCase()), each.dataset.keyLabel || each.textContent.trim()]);
  if (capture()) rows.push([["/", "Enter"], help.dataset.line]);
  help.querySelector("[data-keys-here]").replaceChildren(...rows.map(([keys, label]) => {
    const row = document.createElement("div"), left = document.createElement("dt"), right = document.createElement("dd");
    for (const key of keys) left.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    right.textContent = label;
    row.append(left, right);
    return row;
  }));
  help.showModal();
}

function onKey(event) {
  const form = document.activeElement?.form;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.matches("[data-add]") && !midWord(event)) return form.requestSubmit();
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || midWord(event)) return;
  const field = document.activeElement;
  if (document.querySelector("dialog[open]")) return; // a dialog has its own keys, Esc closes it
  if (event.key === "Escape" && field !== document.body) return leave(field);
  if (writes(field)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const free = !field?.matches("a, button, summary, input");
  if (field?.matches("[type=radio]") && key.startsWith("Arrow")) return; // there they choose
  if (key === "/" || (key === "Enter" && free)) capture()?.elements.text.focus();
  else if (!press(key)) return;
  event.preventDefault();
}

function onJump() {
  const field = jump.querySelector("input");
  const number = Number(field.value.normalize("NFKC")); // ３ as well as 3
  if (jump.returnValue === "go" && number) document.querySelector(`[data-step="${number}"]`)?.requestSubmit();
  field.value = jump.returnValue = "";
}

if (help) {
  capture()?.querySelectorAll('[name="kind"]').forEach((each, place) => {
    each.dataset.key = String(place + 1);
    each.dataset.keyLabel = each.parentElement.textContent.trim();
  });
  addEventListener("keydown", onKey);
  jump?.addEventListener("close", onJump);
  addEventListener("click", (event) => {
    const way = event.target.closest("[data-press]");
    if (way && press(way.dataset.press)) event.preventDefault();
    if (event.target.closest("[data-jump]")) jump.showModal();
    if (event.target.closest("[data-keys]")) showKeys();
  });
}
