// Roles and ideas put on the table, and buttons that do one thing.
import { keyOf, words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refresh, refreshAll } from "./table.js";
import { wordEnds } from "./typing.js";

const typed = (form) => JSON.stringify([...new FormData(form)]);

export async function addToTable(form) {
  const place = form.querySelector("[data-save]");
  const message = form.querySelector(".add-fault");
  if (form.sending) return;
  form.sending = true;
  clearTimeout(form.later);
  await wordEnds();
  say(place, "saving", words.saving);
  const sent = typed(form);
  const answer = await send(form.action, new FormData(form));
  await wordEnds();
  form.sending = false;
  message.hidden = answer === null || answer.ok;
  if (answer === null || answer.status === 401) {
    say(place, "off", answer ? words.signedOut : words.off);
    form.later = setTimeout(() => addToTable(form), 3000); // its key sees to it that it is there once
  } else if (answer.ok) {
    if (typed(form) === sent) form.reset(); // else somebody wrote on meanwhile: that is the beginning of another one
    form.elements.key.value = keyOf();
    if (form.elements.entry_id) form.elements.entry_id.value = ""; // the next one is not of the same line
    await store.drop(`add-${form.dataset.add}`);
    say(place, "saved", words.saved);
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
