// A list without a mouse: j and k (or the arrows, once in the list) go from row to row, Enter opens the one that is reached: it is
// its link that has the focus. "?" shows the keys; "/" is page.js. The list works without this.
const help = document.getElementById("keys");
const links = () => [...document.querySelectorAll("[data-row-link]")].filter((each) => each.checkVisibility());
const writing = (field) => field?.closest?.("input, textarea, select, [contenteditable]");

function go(step) {
  const all = links();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + step))];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

const KEYS = { j: () => go(1), k: () => go(-1), ArrowDown: () => go(1), ArrowUp: () => go(-1), "?": () => help.showModal() };

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.startsWith("Arrow") && !event.target.matches?.("[data-row-link]")) return; // elsewhere they scroll
  if (!(key in KEYS)) return;
  event.preventDefault();
  KEYS[key]();
});

for (const button of document.querySelectorAll("[data-rows-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
