// Talking with the server: forms sent under a token of the person who stands here, and the state of the line in words.
import { words } from "./here.js";

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
export async function send(url, fields) {
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
export function linked(how) {
  if (!state) return;
  const text = { on: words.on, off: words.off, out: words.signedOut }[how];
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("link-state--off", how !== "on");
}

export function say(place, kind, text) {
  if (!place) return;
  place.className = `save save--${kind}`;
  place.textContent = text;
}

export const reason = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
