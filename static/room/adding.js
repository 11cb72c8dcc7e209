// Roles and ideas put on the table, and buttons that do one thing.
//
// What is on its way is frozen with its key until the server has answered, however often it is tried. What is typed
// meanwhile is something else: it stays in the form under a key of its own, and is never taken for what arrived.
import { keyOf, words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refresh, refreshAll } from "./table.js";
import { wordEnds } from "./typing.js";

const same = (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]);

export async function addToTable(form) {
  const place = form.querySelector("[data-save]");
  const message = form.querySelector(".add-fault");
  const name = `add-${form.dataset.add}`;
  if (form.sending) return;
  form.sending = true;
  clearTimeout(form.later);
  await wordEnds();
  say(place, "saving", words.saving);
  const sent = form.sent ??= new FormData(form);
  const answer = await send(form.action, sent);
  await wordEnds();
  form.sending = false;
  message.hidden = answer === null || answer.ok;
  if (answer === null || answer.status === 401) {
    say(place, "off", answer ? words.signedOut : words.off);
    form.later = setTimeout(() => addToTable(form), 3000); // its key sees to it that it is there once
    return;
  }
  form.sent = null;
  if (answer.ok) {
    const more = !same(sent, new FormData(form));
    if (!more) form.reset();
    form.elements.key.value = keyOf();
    const of = form.elements.entry_id;
    if (of?.value === sent.get("entry_id")) of.value = ""; // the next one is not of the same line
    await (more ? store.put(name, Object.fromEntries(new FormData(form))) : store.drop(name));
    say(place, more ? "saving" : "saved", more ? words.more : words.saved);
    await refresh();
  } else {
    message.textContent = await reason(answer);
    say(place, "off", words.refused);
  }
}

/** A button that does one thing at once. */
export async function carryOut(form) {
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const answer = await send(form.action, new FormData(form));
  if (answer?.ok) form.reset(); // the newer state may be put in its place
  else if (answer) alert(await reason(answer));
  await refreshAll();
}
