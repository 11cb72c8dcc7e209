// Talking with the server: forms sent under a token of the person who stands here, and the state of the line in words.
import { words } from "./here.js";
import { store } from "./store.js";
import { fault, gone, unveil, veil, veiled } from "./veil.js";

const LONG = 3000; // after so long without an answer the line is called slow
const TOO_LONG = 20000; // … and then lost: a machine that slept holds lines that lead nowhere

let token = document.querySelector('meta[name="csrf-token"]').content;

const call = async (url, more) => {
  const slow = setTimeout(() => linked("slow"), LONG);
  try {
    return await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(TOO_LONG), ...more });
  } catch {
    linked("off");
    return null;
  } finally {
    clearTimeout(slow);
  }
};

/** Who is signed in on this browser now: "on" (the person whose page this is), "out", "other"; null when it cannot be asked. */
async function standing() {
  const answer = await call("/session", { headers: { "X-Part": "1" } });
  if (!answer || answer.status >= 500) return null;
  const { who, csrf, keys } = answer.ok && !answer.redirected ? await answer.json() : {};
  if (who !== Number(words.who)) return who ? "other" : "out";
  token = csrf;
  await store.learn(keys);
  return "on";
}

/** See to it that the screen fits whoever stands here; true when it is the person whose page this is. */
async function recognise() {
  const how = await standing();
  if (how === "on" && veiled()) unveil();
  else if (how && how !== "on") veil(how);
  return how === "on";
}

/** Ask for a part of the page; gives the Response, or null when there is none for this person now. */
export async function ask(url, headers = {}) {
  const answer = await call(url, { headers: { "X-Part": "1", ...headers } });
  if (answer?.status === 503) return answer;
  if (!answer || answer.status >= 500) return null;
  const known = answer.headers.get("X-Who");
  if (known !== words.who || veiled()) { // an error, another person, or the one we wait for
    if (!await recognise()) return null;
    if (answer.status === 404) gone();
    if (known !== words.who) return null;
  }
  linked("on");
  return answer;
}

/** Send a form's fields; gives the Response, or null when the server cannot be reached. */
export async function send(url, fields) {
  const out = () => new Response(null, { status: 401 });
  if (veiled()) return out();
  const body = new URLSearchParams(fields);
  body.delete("csrf_token");
  const post = () => call(url, { method: "POST", body, redirect: "manual", headers: { "X-Part": "1", "X-CSRFToken": token } });
  let answer = await post();
  if (answer?.status === 400) answer = await recognise() ? await post() : out();
  else if (answer?.status === 401) await recognise();
  if (!answer || answer.status >= 500) return null;
  if (!veiled()) linked("on");
  return answer;
}

/** Sign in again without leaving the room: by the same door, as the same person. */
export async function signInAgain(form) {
  const page = await call("/sign-in");
  if (!page?.ok) return fault(words.off);
  const door = new DOMParser().parseFromString(await page.text(), "text/html");
  const body = new URLSearchParams(new FormData(form));
  body.set("csrf_token", door.querySelector('meta[name="csrf-token"]').content);
  const answer = await call("/sign-in", { method: "POST", body, redirect: "manual", headers: { "X-Part": "1" } });
  form.elements.password.value = "";
  if (!answer) fault(words.off);
  else if (answer.type === "opaqueredirect") { if (!await recognise()) fault(words.signInElsewhere); }
  else fault(answer.status === 422 ? words.signInWrong : await reason(answer));
}

const state = document.getElementById("link-state");
export function linked(how) {
  if (!state) return;
  const text = { on: words.on, slow: words.slow, off: words.off }[how];
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("link-state--slow", how === "slow");
  state.classList.toggle("link-state--off", how === "off");
}

export function say(place, kind, text) {
  if (!place) return;
  place.className = `save save--${kind}`;
  place.textContent = text;
}

export const reason = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
