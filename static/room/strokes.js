// One stroke on a line: another kind of it, a role, an idea, another place; and what one did last, undone and done again.
import { capture, fault } from "./capture.js";
import { saveLine } from "./lines.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refreshAll } from "./table.js";
import { midWord } from "./typing.js";
import { words } from "./here.js";

const tell = (text) => (capture ? fault(text) : text && alert(text));

/** Send one act; tell why it was refused. Gives whether it was done. */
export async function carry(url, fields) {
  const answer = await send(url, fields);
  if (answer === null || answer.status === 401) tell(answer ? words.signedOut : words.off);
  else tell(answer.ok ? "" : await reason(answer));
  return Boolean(answer?.ok);
}

async function stroke(form, button) {
  const line = form.closest("li");
  if (line.busy) return;
  line.busy = true;
  if (store.kept[line.id]) await saveLine(line.querySelector("[data-line]")); // what was typed comes first
  if (!store.kept[line.id]) {
    const { read, key } = Object.fromEntries(new FormData(form));
    const done = await carry(button.getAttribute("formaction") ?? form.action, { read, key, ...(button.name && { [button.name]: button.value }) });
    if (done && button.dataset.shows) showSide(button.dataset.shows);
    await refreshAll();
  }
  line.busy = false;
}

function showSide(name) {
  const tab = document.querySelector(`[name="side"][value="${name}"]`);
  if (tab) tab.checked = true;
}

// The form of an idea, with the line in it; what was typed there already stays.
function openIdea(link) {
  const form = document.querySelector('[data-add="idea"]');
  const text = link.closest("li").querySelector("textarea.entry-text").value;
  const { wished, enables, entry_id: of, need } = form.elements;
  showSide("ideas");
  const view = document.querySelector('.room-views [value="side"]');
  if (view) view.checked = true;
  form.closest("details").open = true;
  if (!wished.value.includes(text)) wished.value = wished.value ? `${wished.value}\n${text}` : text;
  of.value = link.dataset.idea;
  wished.dispatchEvent(new Event("input", { bubbles: true }));
  ([enables, need].find((each) => !each.value) ?? wished).focus(); // what is wanted next
}

async function takeBack(button) {
  if (store.kept.tray?.length) return; // a line is still on its way
  if (await carry(button.formAction, {})) say(capture.querySelector("[data-save]"), "saved", button.dataset.said);
  await refreshAll();
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-act], [data-acts]")) return;
  event.preventDefault();
  if (form.matches("[data-acts]")) takeBack(event.submitter);
  else if (!event.submitter.dataset.move) stroke(form, event.submitter); // moving.js moves
});

addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-idea]");
  if (!link || !document.querySelector('[data-add="idea"]')) return;
  event.preventDefault();
  openIdea(link);
});

addEventListener("keydown", (event) => {
  if (midWord(event)) return;
  const { target, code } = event;
  const line = target.closest?.(".entry");
  const button = event.altKey && line?.querySelector(`[data-stroke="${code}"]`);
  const empty = target === capture?.elements.text && !target.value;
  const again = code === "KeyY" || (code === "KeyZ" && event.shiftKey);
  const back = empty && (event.ctrlKey || event.metaKey) && (again || code === "KeyZ");
  if (!button && !back) return;
  event.preventDefault();
  if (button) button.click();
  else document.querySelectorAll('button[form="acts"]')[again ? 1 : 0].click();
});
