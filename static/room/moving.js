// Lines put elsewhere: by Alt+↑ and Alt+↓, by the two buttons, by the handle under mouse or finger.
import { capture } from "./capture.js";
import { carry } from "./strokes.js";
import { refreshAll } from "./table.js";
import { hold, midWord } from "./typing.js";

const list = document.getElementById("entries");
const lines = () => [...list.querySelectorAll(":scope > .entry")];
let sending = Promise.resolve();

// Shown at once, then said to the server: one move after the other, and no news in between.
function put(line) {
  const after = line.previousElementSibling?.id.replace("entry-", "") ?? "0";
  const url = line.querySelector("[data-move]").formAction;
  hold(true);
  sending = sending.then(() => carry(url, { after })).finally(() => {
    hold(false);
    refreshAll(); // not waited for: it waits itself until the last move is told
  });
}

function step(line, up) {
  const other = up ? line.previousElementSibling : line.nextElementSibling;
  if (!other?.matches(".entry")) return;
  if (up) line.after(other); // the other one goes round it: the line somebody stands in keeps the focus
  else line.before(other);
  line.scrollIntoView({ block: "nearest" });
  put(line);
}

// The others change their places, not the line itself: it keeps the pointer that holds it, and the focus.
function goRound(line, others, place) {
  const now = lines().indexOf(line);
  for (const each of others.slice(now, place)) line.before(each);
  for (const each of others.slice(place, now).reverse()) line.after(each);
}

addEventListener("submit", (event) => {
  const way = event.submitter?.dataset.move;
  if (way) step(event.target.closest(".entry"), way === "up");
});

addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || midWord(event)) return;
  const line = event.target === capture?.elements.text ? lines().at(-1) : event.target.closest?.(".entry");
  if (!line?.querySelector("[data-line]")) return;
  event.preventDefault();
  step(line, event.key === "ArrowUp");
});

list?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  const line = handle.closest(".entry");
  const home = line.nextElementSibling;
  handle.setPointerCapture(event.pointerId);
  hold(true);
  line.classList.add("is-carried");

  const drag = ({ clientY }) => {
    const { top, bottom } = list.getBoundingClientRect();
    if (clientY < top + 30) list.scrollTop -= 12;
    if (clientY > bottom - 30) list.scrollTop += 12;
    const others = lines().filter((each) => each !== line);
    const above = others.filter((each) => clientY > each.getBoundingClientRect().top + each.offsetHeight / 2);
    goRound(line, others, above.length);
  };
  const drop = ({ type }) => {
    for (const name of ["pointermove", "pointerup", "pointercancel"]) handle.removeEventListener(name, name === "pointermove" ? drag : drop);
    line.classList.remove("is-carried");
    if (type === "pointercancel") list.insertBefore(line, home); // not meant
    if (line.nextElementSibling !== home) put(line);
    hold(false);
  };
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", drop);
});
