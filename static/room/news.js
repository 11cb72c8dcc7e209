// News: the version by Server-Sent Events, or asked for every two seconds where a proxy holds them back.
import { pause, words } from "./here.js";
import { refresh } from "./table.js";

const FIRST = 4000; // a line that says nothing for so long at first …
const BEAT = 40000; // … or for so long later is being held back on its way (the server beats every 15 seconds)

let source = null;
let until = 0;

/** Hear of news from now on. */
export function listen() {
  source?.close();
  const mine = source = new EventSource(words.stream);
  const again = (milliseconds) => { mine.close(); setTimeout(() => { if (source === mine) listen(); }, milliseconds * (0.5 + Math.random())); };
  until = Date.now() + FIRST;
  const heard = () => { until = Date.now() + BEAT; };
  mine.addEventListener("beat", heard);
  mine.onmessage = () => { heard(); refresh(); };
  mine.addEventListener("ended", () => { again(5000); refresh(); });
  mine.onerror = () => {
    if (mine.readyState === EventSource.CLOSED) again(15000);
    refresh();
  };
}

const heldBack = () => source && (source.readyState !== EventSource.OPEN || Date.now() > until);

(async () => {
  for (;;) {
    await pause(1500 + 1000 * Math.random());
    if (heldBack()) await refresh();
  }
})();
