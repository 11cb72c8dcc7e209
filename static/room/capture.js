// New lines: Enter puts one into the outgoing tray, which outlives a crash, and empties the field for the next.
import { keyOf, pause, words } from "./here.js";
import { reason, say, send } from "./server.js";
import { store } from "./store.js";
import { refresh } from "./table.js";
import { grow, wordEnds } from "./typing.js";

export const capture = document.querySelector("[data-capture]");
if (capture && matchMedia("(hover: none)").matches) capture.elements.text.placeholder = capture.elements.text.dataset.touch; // no Enter there
const captured = () => Object.fromEntries(new FormData(capture));

export function keepCapture() {
  const { text, source } = captured();
  if (!text && !source) return void store.drop("capture"); // only the kind was chosen
  if (!store.kept.tray) say(capture.querySelector("[data-save]"), "saving", words.typed);
  store.put("capture", captured());
}

// Enter puts the line into the outgoing tray (which outlives a crash) and empties the field for the next one.
export function takeLine() {
  const fields = captured();
  if (!fields.text.trim()) return;
  if (fields.kind === "fact" && !fields.source.trim()) { // the server would send it back: ask before the field is emptied
    capture.elements.source.focus();
    return void fault(words.sourceWanted);
  }
  fault("");
  delete fields.csrf_token;
  store.kept.tray = [...(store.kept.tray ?? []), { url: capture.action, fields }];
  delete store.kept.capture;
  showLast(fields.text);
  store.write();
  capture.elements.text.value = capture.elements.source.value = capture.elements.limited.value = "";
  capture.elements.agency_id.value = capture.dataset.agency; // the next line is not silently said by the same agency
  capture.elements.text.focus();
  capture.elements.key.value = keyOf();
  grow(capture.elements.text);
  empty();
}

// Who takes part does not look at the lines: theirs is shown back to them.
function showLast(text) {
  const place = capture.querySelector("[data-last]");
  if (!place) return;
  place.textContent = text;
  place.parentElement.hidden = false;
}

let emptying = false;
export async function empty() {
  if (emptying) return;
  emptying = true;
  const place = capture.querySelector("[data-save]");
  while (store.kept.tray?.length) {
    say(place, "saving", words.saving);
    const { url, fields } = store.kept.tray[0];
    const answer = await send(url, fields);
    if (answer === null || answer.status === 401) {
      say(place, "off", answer ? words.signedOut : words.off);
      await pause(2000);
    } else {
      store.kept.tray = store.kept.tray.slice(1);
      if (!store.kept.tray.length) delete store.kept.tray;
      if (answer.ok) {
        await store.write();
        if (capture.elements.text.value) say(place, "saving", words.typed);
        else say(place, "saved", words.saved);
        await refresh();
        document.getElementById("entries")?.lastElementChild?.scrollIntoView({ block: "nearest" });
      } else {
        await giveBack(fields, answer);
      }
    }
  }
  emptying = false;
}

async function giveBack(fields, answer) {
  const why = await reason(answer);
  await wordEnds();
  fault(why);
  say(capture.querySelector("[data-save]"), "off", words.refused);
  const typed = capture.elements.text.value;
  bind(fields);
  for (const name of ["kind", "source", "agency_id"]) capture.elements[name].value = fields[name];
  capture.elements.text.value = typed ? `${fields.text}\n${typed}` : fields.text;
  capture.elements.key.value = keyOf();
  await store.put("capture", captured());
  grow(capture.elements.text);
}

/** Other words join those in the field: limited (限定共有) if either are, begun when the first of them were. */
export function bind({ began, limited }) {
  const mine = capture.elements;
  mine.limited.value = mine.limited.value || limited || "";
  if (began && (!mine.text.value || began < mine.began.value)) mine.began.value = began;
}

export function fault(text) {
  const place = capture.querySelector(".capture-fault");
  place.hidden = !text;
  place.textContent = text;
}
