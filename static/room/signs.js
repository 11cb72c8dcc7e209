// Signs before a line, read while it is typed: shown at once and taken out of the text; Backspace gives them back as text.
// Several agencies that a sign may mean stand in a small list, for the arrow keys or the mouse.
import { capture, fault, keepCapture } from "./capture.js";
import { meantBy, read } from "./prefix.js";
import { grow, midWord } from "./typing.js";

const field = capture?.elements.text;
const list = document.getElementById("capture-names");
const names = [...(capture?.elements.agency_id.options ?? [])].filter((each) => each.dataset.names)
  .map((each) => [Number(each.value), each.dataset.names.split("|")]);
let taken = null; // the last sign that was read, and what was chosen before it
let spared = false; // it was given back: whatever stands there now is text
let sure = null; // the text that is to be kept as it stands, whatever its @ means
const CALL = /^[@＠]([^ \u3000\t\n:：、，,@＠]{1,20})/u;

const chosen = () => ({ kind: capture.elements.kind.value, agency: capture.elements.agency_id.value });

function choose({ kind, agency }) {
  if (kind) capture.elements.kind.value = kind;
  if (agency) capture.elements.agency_id.value = agency;
}

function put(text, caret) {
  field.value = text;
  field.setSelectionRange(caret, caret);
  keepCapture();
  grow(field);
}

function look() {
  if (!field.value) forget();
  if (spared || !field.value) return void shut();
  const line = read(field.value, names, false);
  if (line.kind || line.agency) {
    const sign = field.value.slice(0, field.value.length - line.text.length);
    taken = { sign, ...chosen() };
    choose(line);
    put(line.text, Math.max(0, field.selectionStart - sign.length));
  }
  const called = field.value.match(/^[@＠]([^ \u3000\t\n:：、，,@＠]{0,20})$/u);
  show(called ? meantBy(called[1], names, true) : line.several);
}

function show(ids) {
  list.replaceChildren(...names.filter(([id]) => ids.includes(id)).map(([id, [name]], turn) => {
    const item = document.createElement("li");
    Object.assign(item, { id: `called-${id}`, role: "option", textContent: name, ariaSelected: String(turn === 0 && ids.length === 1) }); // of several none is chosen for anybody
    item.dataset.id = id;
    return item;
  }));
  list.hidden = !list.childElementCount;
  if (list.hidden) field.removeAttribute("aria-activedescendant");
  else if (marked()) field.setAttribute("aria-activedescendant", marked().id);
  else field.removeAttribute("aria-activedescendant");
}

function forget() {
  taken = sure = null;
  spared = false;
}

const shut = () => show([]);
const marked = () => list.querySelector('[aria-selected="true"]');

function walk(step) {
  const items = [...list.children];
  const at = items.indexOf(marked());
  const next = at < 0 ? items.at(step > 0 ? 0 : -1) : items[(at + step + items.length) % items.length];
  for (const each of items) each.ariaSelected = String(each === next);
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

// Whom an @ means is asked, not guessed; Esc, or a second Enter where nobody fits, keeps the line as it is written.
function inDoubt() {
  const called = field.value.match(CALL)?.[1];
  if (!called || spared || sure === field.value) return false;
  const ids = meantBy(called, names, true);
  if (ids.length === 1) return false;
  show(ids);
  fault(ids.length ? capture.dataset.several : capture.dataset.nobody.replace("{name}", called));
  if (!ids.length) sure = field.value;
  return true;
}

function close() {
  sure = field.value;
  fault("");
  shut();
}

function pick(item) {
  if (!item) return void fault(capture.dataset.several);
  fault("");
  const sign = field.value.match(/^[@＠][^ \u3000\t\n:：、，,@＠]*[ \u3000\n:：、，,]*/u)?.[0] ?? "";
  taken = { sign, ...chosen() };
  choose({ agency: item.dataset.id });
  put(field.value.slice(sign.length), 0);
  shut();
  field.focus();
}

function giveBack() {
  capture.elements.kind.value = taken.kind;
  capture.elements.agency_id.value = taken.agency;
  spared = true;
  put(taken.sign + field.value, taken.sign.length);
  taken = null;
}

function pressed(event) {
  if (midWord(event)) return;
  const open = !list.hidden;
  const act = open && { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: () => pick(marked()), Tab: () => pick(marked()), Escape: close }[event.key];
  const back = event.key === "Backspace" && taken && field.selectionStart === 0 && field.selectionEnd === 0;
  if (!act && !back) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  (act || giveBack)();
}

if (capture) {
  capture.elements.literal.value = "1"; // what is sent from here was read here
  field.addEventListener("input", (event) => { if (!event.isComposing) look(); });
  field.addEventListener("compositionend", () => setTimeout(look)); // the word is written once the browser has put it in
  field.addEventListener("keydown", pressed);
  field.addEventListener("blur", shut);
  capture.addEventListener("submit", (event) => {
    if (inDoubt()) {
      event.preventDefault();
      event.stopPropagation(); // main.js would take the line
      field.focus();
    } else {
      setTimeout(() => {
        if (!field.value) forget();
        shut();
      });
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => { if (target.dataset.id) pick(target); });
}
