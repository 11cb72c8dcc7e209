// Lines being changed: mine until the server has them, then everybody's.
import { words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refreshAll } from "./table.js";
import { midWord } from "./typing.js";

function lineOf(form) {
  const { csrf_token, ...fields } = Object.fromEntries(new FormData(form));
  return fields;
}

export function lineChanged(form) {
  const line = form.closest("li");
  line.setAttribute("hx-morph-skip", ""); // others' news does not touch it while it is mine
  say(line.querySelector("[data-save]"), "saving", words.typed);
  store.put(line.id, lineOf(form));
  clearTimeout(form.later);
  form.later = setTimeout(() => saveLine(form), 1200);
}

export async function saveLine(form) {
  clearTimeout(form.later);
  const line = form.closest("li");
  if (!store.kept[line.id] || form.sending) return;
  if (midWord()) return void (form.later = setTimeout(() => saveLine(form), 300));
  const sent = JSON.stringify(lineOf(form));
  form.sending = true;
  say(line.querySelector("[data-save]"), "saving", words.saving);
  const answer = await send(form.action, new FormData(form));
  form.sending = false;
  if (answer === null || answer.status === 401) {
    say(line.querySelector("[data-save]"), "off", answer ? words.signedOut : words.off);
    form.later = setTimeout(() => saveLine(form), 2000);
  } else if (answer.ok) {
    if (JSON.stringify(lineOf(form)) !== sent) {
      form.elements.read.value = answer.headers.get("X-Number") ?? form.elements.read.value;
      lineChanged(form);
    } else {
      await store.drop(line.id);
      line.removeAttribute("hx-morph-skip");
      await refreshAll(line);
    }
  } else {
    say(line.querySelector("[data-save]"), "off", `${words.refused} ${await reason(answer)}`);
  }
}
