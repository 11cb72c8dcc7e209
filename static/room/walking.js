// From the field for new lines up into the lines, and back, without the mouse.
import { capture } from "./capture.js";
import { midWord } from "./typing.js";

const fields = () => [...document.querySelectorAll("#entries textarea.entry-text")];
const oneRow = (area) => area.scrollHeight < 2 * parseFloat(getComputedStyle(area).lineHeight);

function stand(area) {
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  (area.closest(".entry") ?? area).scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", (event) => {
  if (!capture || event.defaultPrevented || midWord(event) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { target, key } = event;
  const own = capture.elements.text;
  const all = fields();
  const at = all.indexOf(target);
  let to = null;
  if (target === own && !own.value && key === "ArrowUp") to = all.at(-1);
  else if (at >= 0 && key === "ArrowUp" && (oneRow(target) || !target.selectionEnd)) to = all[at - 1];
  else if (at >= 0 && key === "ArrowDown" && (oneRow(target) || target.selectionStart === target.value.length)) to = all[at + 1] ?? own;
  else if (at >= 0 && key === "Escape") to = own;
  if (!to) return;
  event.preventDefault();
  stand(to);
});
