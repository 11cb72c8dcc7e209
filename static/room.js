// The room: nothing typed is lost. Every keystroke is kept on this machine, encrypted, until the server has said that
// it has it; what the server has is sent once (keys), and others' news never touches a line somebody is writing in.
"use strict";

const room = document.querySelector("#room, [data-projection]");
const words = room.dataset;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const skew = words.now ? Date.parse(words.now) - Date.now() : 0;
let composing = 0;

// -- what is kept on this machine -----------------------------------------------------------------------------------

const store = {
  kept: {},
  name: `kurumaza-${words.draftName}`,
  async open() {
    // Without HTTPS (but for this very machine) browsers lend no cipher: then it is kept for this tab only.
    this.box = globalThis.crypto?.subtle ? localStorage : sessionStorage;
    if (crypto.subtle) {
      const bits = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words.draftKey));
      this.key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    try { this.kept = { ...JSON.parse(await this.decrypt(this.box.getItem(this.name))), ...this.kept }; } catch { /* not ours to read */ }
  },
  async decrypt(text) {
    if (!this.key || !text) return text;
    const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, this.key, bytes.slice(12)));
  },
  async encrypt(text) {
    if (!this.key) return text;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(text)));
    return btoa([...iv, ...sealed].map((byte) => String.fromCharCode(byte)).join(""));
  },
  writing: Promise.resolve(),
  write() {
    // one after the other, so that an older text never overtakes a newer one
    this.writing = this.writing.catch(() => {}).then(async () => {
      if (Object.keys(this.kept).length) this.box.setItem(this.name, await this.encrypt(JSON.stringify(this.kept)));
      else this.box.removeItem(this.name);
    });
    return this.writing;
  },
  put(name, value) { this.kept[name] = value; return this.write(); },
  drop(name) { delete this.kept[name]; return this.write(); },
};

// -- talking with the server -----------------------------------------------------------------------------------------

let token = document.querySelector('meta[name="csrf-token"]').content;

// Another token after signing in again, for the same person only: nobody's words go out under somebody else's name.
async function freshToken() {
  const answer = await fetch("/session", { headers: { "X-Part": "1" } });
  const standing = answer.ok ? await answer.json() : {};
  if (standing.who !== Number(words.who)) return false;
  token = standing.csrf;
  return true;
}

// Send a form's fields; gives the Response, or null when the server cannot be reached.
async function send(url, fields) {
  const body = new URLSearchParams(fields);
  body.delete("csrf_token");
  try {
    const post = () => fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-Part": "1", "X-CSRFToken": token } });
    let answer = await post();
    if (answer.status === 400) answer = await freshToken() ? await post() : new Response(null, { status: 401 });
    linked(answer.status === 401 ? "out" : "on");
    return answer.status >= 500 ? null : answer;
  } catch {
    linked("off");
    return null;
  }
}

const state = document.getElementById("link-state");
function linked(how) {
  if (!state) return;
  const text = { on: words.on, off: words.off, out: words.signedOut }[how];
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("link-state--off", how !== "on");
}

function say(place, kind, text) {
  if (!place) return;
  place.className = `save save--${kind}`;
  place.textContent = text;
}

const reason = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();

// -- the newest state of the table -----------------------------------------------------------------------------------

let tag = "";
let refreshing = null;
let again = null;

// News that come while we are looking make us look once more: what we are reading may be older than they are.
function refresh() {
  if (refreshing) return again ??= refreshing.then(() => { again = null; return refresh(); });
  refreshing = look().finally(() => { refreshing = null; });
  return refreshing;
}

function refreshAll() {
  const next = refreshing ?? Promise.resolve();
  return next.then(() => { tag = ""; return refresh(); });
}

async function look() {
  while (composing) await pause(100); // never move anything under an open IME
  let answer;
  try {
    answer = await fetch(words.table, { headers: { "X-Part": "1", ...(tag && { "If-None-Match": tag }) }, cache: "no-store" });
  } catch { return linked("off"); }
  if (answer.status === 404) return location.assign("/");
  if (answer.status === 401) return Object.keys(store.kept).length ? linked("out") : location.reload();
  linked("on");
  if (answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  while (composing) await pause(100);
  tag = answer.headers.get("ETag") ?? "";
  tick(page);
  if (document.getElementById("room")) {
    const list = document.getElementById("entries");
    for (const line of list.querySelectorAll("[hx-morph-skip]")) if (!page.getElementById(line.id)) rescue(line.id);
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    for (const part of page.querySelectorAll("[data-part]")) await morph(document.getElementById(part.dataset.part), part.innerHTML);
    if (atEnd) list.scrollTop = list.scrollHeight;
  } else {
    await morph(room, page.body.innerHTML);
  }
  dress();
}

// Somebody removed the line I am writing in: my words go on in the field for new lines.
function rescue(name) {
  const { text } = store.kept[name] ?? {};
  if (!text || !capture) return;
  const typed = capture.elements.text.value;
  capture.elements.text.value = typed ? `${typed}\n${text}` : text;
  fault(words.removed);
  delete store.kept[name];
  keepCapture();
}

const morph = (target, text) => htmx.swap({ target, text, swap: "innerMorph", sourceElement: target, transition: false });

// -- news: the version by Server-Sent Events, or asked for where a proxy holds them back ------------------------------

let news = null;

function listen() {
  const source = new EventSource(words.stream);
  source.onmessage = () => refresh();
  source.addEventListener("ended", () => { source.close(); refresh(); setTimeout(listen, 5000); });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 15000);
    refresh();
  };
  news = source;
}

// -- lines being changed ---------------------------------------------------------------------------------------------

function lineOf(form) {
  const { csrf_token, ...fields } = Object.fromEntries(new FormData(form));
  return fields;
}

function lineChanged(form) {
  const line = form.closest("li");
  line.setAttribute("hx-morph-skip", ""); // others' news does not touch it while it is mine
  say(line.querySelector("[data-save]"), "saving", words.typed);
  store.put(line.id, lineOf(form));
  clearTimeout(form.later);
  form.later = setTimeout(() => saveLine(form), 1200);
}

async function saveLine(form) {
  clearTimeout(form.later);
  const line = form.closest("li");
  if (!store.kept[line.id] || form.sending) return;
  if (composing) return void (form.later = setTimeout(() => saveLine(form), 300));
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
      await refreshAll();
    }
  } else {
    say(line.querySelector("[data-save]"), "off", `${words.refused} ${await reason(answer)}`);
  }
}

// -- new lines -------------------------------------------------------------------------------------------------------

const capture = document.querySelector("[data-capture]");
const captured = () => Object.fromEntries(new FormData(capture));
const keyOf = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function keepCapture() {
  const { text, source } = captured();
  if (!text && !source) return void store.drop("capture"); // only the kind was chosen
  if (!store.kept.tray) say(capture.querySelector("[data-save]"), "saving", words.typed);
  store.put("capture", captured());
}

// Enter puts the line into the outgoing tray (which outlives a crash) and empties the field for the next one.
function takeLine() {
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
  store.write();
  capture.elements.text.value = capture.elements.source.value = "";
  capture.elements.agency_id.value = capture.dataset.agency; // the next line is not silently said by the same agency
  capture.elements.text.focus();
  capture.elements.key.value = keyOf();
  grow(capture.elements.text);
  empty();
}

let emptying = false;
async function empty() {
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
        document.getElementById("entries").lastElementChild?.scrollIntoView({ block: "nearest" });
      } else {
        await giveBack(fields, answer);
      }
    }
  }
  emptying = false;
}

async function giveBack(fields, answer) {
  fault(await reason(answer));
  say(capture.querySelector("[data-save]"), "off", words.refused);
  const typed = capture.elements.text.value;
  for (const name of ["kind", "source", "agency_id"]) capture.elements[name].value = fields[name];
  capture.elements.text.value = typed ? `${fields.text}\n${typed}` : fields.text;
  capture.elements.key.value = keyOf();
  await store.put("capture", captured());
  grow(capture.elements.text);
}

function fault(text) {
  const place = capture.querySelector(".capture-fault");
  place.hidden = !text;
  place.textContent = text;
}

// -- roles and ideas -------------------------------------------------------------------------------------------------

async function addToTable(form) {
  const place = form.querySelector("[data-save]");
  const message = form.querySelector(".add-fault");
  if (form.sending) return;
  form.sending = true;
  clearTimeout(form.later);
  say(place, "saving", words.saving);
  const answer = await send(form.action, new FormData(form));
  form.sending = false;
  message.hidden = answer === null || answer.ok;
  if (answer === null || answer.status === 401) {
    say(place, "off", answer ? words.signedOut : words.off);
    form.later = setTimeout(() => addToTable(form), 3000); // its key sees to it that it is there once
  } else if (answer.ok) {
    form.reset();
    form.elements.key.value = keyOf();
    await store.drop(`add-${form.dataset.add}`);
    say(place, "saved", words.saved);
    await refresh();
  } else {
    message.textContent = await reason(answer);
    say(place, "off", words.refused);
  }
}

async function carryOut(form) {
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const answer = await send(form.action, new FormData(form));
  if (answer && !answer.ok) alert(await reason(answer));
  await refreshAll();
}

// -- clocks and sizes ------------------------------------------------------------------------------------------------

const twoDigits = (number) => String(number).padStart(2, "0");

function tick(page = document) {
  const now = Date.now() + skew;
  for (const clock of page.querySelectorAll("[data-clock]")) {
    const planned = clock.dataset.minutes * 60;
    const left = Math.round(planned - (now - Date.parse(clock.dataset.started)) / 1000);
    const share = Math.min(100, Math.max(0, 100 * (1 - left / planned)));
    const digits = `${Math.floor(Math.abs(left) / 60)}:${twoDigits(Math.abs(left) % 60)}`;
    clock.querySelector(".clock-left").textContent = digits;
    clock.classList.toggle("is-long", digits.length > 4);
    const word = clock.querySelector("[data-clock-word]");
    if (word) word.textContent = left < 0 ? words.over : words.left;
    clock.querySelector(".clock-used")?.setAttribute("stroke-dasharray", `${share} 100`);
    const soon = left >= 0 && left <= Math.max(60, planned / 5);
    clock.classList.toggle("is-soon", soon);
    clock.classList.toggle("is-over", left < 0);
    const told = clock.querySelector(".agenda-words");
    const text = left < 0 ? words.late : soon ? words.soon : words.fresh;
    if (told && told.textContent !== text) told.textContent = text;
  }
  for (const end of page.querySelectorAll("[data-end]")) {
    const minutes = Math.ceil((Date.parse(end.dataset.end) - now) / 60000);
    const place = end.querySelector("[data-end-words]");
    place.textContent = minutes > 0 ? place.dataset.endWords.replace("{n}", minutes) : "";
  }
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function dress() {
  for (const area of document.querySelectorAll("textarea.entry-text")) {
    // A morph leaves the field somebody stands in alone; when they have nothing unsent there, it shows what stands now.
    if (area.value !== area.defaultValue && !area.closest("[hx-morph-skip]")) {
      const { selectionStart, selectionEnd } = area;
      area.value = area.defaultValue;
      if (area === document.activeElement) area.setSelectionRange(selectionStart, selectionEnd);
    }
    grow(area);
  }
  tick();
}

// -- the beginning ---------------------------------------------------------------------------------------------------

addEventListener("compositionstart", () => { composing += 1; });
addEventListener("compositionend", () => { composing = 0; });
addEventListener("offline", () => linked("off"));
addEventListener("online", () => refresh());

addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-line]")) lineChanged(form);
  else if (form === capture) keepCapture();
  else if (form?.matches("[data-add]")) store.put(`add-${form.dataset.add}`, Object.fromEntries(new FormData(form)));
  if (target.matches("textarea")) grow(target);
});

addEventListener("focusout", ({ target }) => { if (target.form?.matches("[data-line]")) saveLine(target.form); });

addEventListener("submit", (event) => {
  const form = event.target;
  const act = form.matches("[data-line]") ? saveLine : form === capture ? takeLine
    : form.matches("[data-add]") ? addToTable : form.matches("[data-send]") ? carryOut : null;
  if (act) {
    event.preventDefault();
    act(form);
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || composing || event.keyCode === 229) return;
  if (event.target === capture?.elements.text && !event.shiftKey) {
    event.preventDefault();
    capture.requestSubmit();
  } else if (event.target.form?.matches("[data-line]") && !event.shiftKey) {
    event.preventDefault();
    saveLine(event.target.form);
  }
});

// Alt and a digit choose the kind of the next line, from wherever the hands are.
addEventListener("keydown", (event) => {
  const kinds = capture?.querySelectorAll('[name="kind"]') ?? [];
  const chosen = event.altKey && !event.isComposing ? kinds[Number(event.code.replace("Digit", "")) - 1] : null;
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
  capture.elements.text.focus();
});

function restore() {
  for (const [name, value] of Object.entries(store.kept)) {
    const form = name.startsWith("entry-") ? document.querySelector(`#${name} [data-line]`)
      : name.startsWith("add-") ? document.querySelector(`[data-add="${name.slice(4)}"]`) : name === "capture" ? capture : null;
    if (!form) continue;
    for (const [field, text] of Object.entries(value)) {
      if (field !== "csrf_token" && form.elements[field]) form.elements[field].value = text;
    }
    if (name.startsWith("entry-")) lineChanged(form);
    else if (name.startsWith("add-")) form.closest("details").open = true;
    else say(capture.querySelector("[data-save]"), "saving", words.typed);
  }
  for (const name of Object.keys(store.kept)) if (name.startsWith("entry-") && !document.getElementById(name)) rescue(name);
  if (capture && store.kept.tray) empty();
}

(async () => {
  if (document.getElementById("room")) {
    store.writing = store.open();
    await store.writing;
    restore();
    if (capture && matchMedia("(hover: hover)").matches) capture.elements.text.focus(); // a phone's keyboard stays away
    const list = document.getElementById("entries");
    list.scrollTop = list.scrollHeight;
  }
  dress();
  setInterval(() => tick(), 1000);
  listen();
  setInterval(() => { if (news.readyState !== EventSource.OPEN) refresh(); }, 2000);
  document.documentElement.dataset.ready = "room";
})();
