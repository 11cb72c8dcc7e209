// Whether an input method is composing (かな漢字変換): then nothing is sent, replaced or moved.
import { pause } from "./here.js";

let composing = false;
addEventListener("compositionstart", () => { composing = true; });
addEventListener("compositionend", () => { composing = false; });

/** Whether somebody is in the middle of a word. */
export const midWord = (event) => composing || Boolean(event?.isComposing) || event?.keyCode === 229;

let held = 0;

/** Hands on something that news must not move: true when they take it, false when they let go. */
export function hold(on) { held += on ? 1 : -1; }

/** Wait until the word is written, and what the hands hold is let go. */
export async function wordEnds() {
  while (composing || held) await pause(100);
}

/** Let a field grow with its text, where the browser does not do it by itself. */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
