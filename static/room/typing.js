// Whether an input method is composing (かな漢字変換): then nothing is sent, replaced or moved.
import { pause } from "./here.js";

let composing = false;
addEventListener("compositionstart", () => { composing = true; });
addEventListener("compositionend", () => { composing = false; });

/** Whether somebody is in the middle of a word. */
export const midWord = (event) => composing || Boolean(event?.isComposing) || event?.keyCode === 229;

/** Wait until the word is written. */
export async function wordEnds() {
  while (composing) await pause(100);
}

/** Let a field grow with its text, where the browser does not do it by itself. */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
