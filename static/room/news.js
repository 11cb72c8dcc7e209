// News: the version by Server-Sent Events, or asked for every two seconds where a proxy holds them back.
import { words } from "./here.js";
import { refresh } from "./table.js";

let news = null;

/** Hear of news from now on. */
export function listen() {
  const source = new EventSource(words.stream);
  source.onmessage = () => refresh();
  source.addEventListener("ended", () => { source.close(); refresh(); setTimeout(listen, 5000); });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 15000);
    refresh();
  };
  news = source;
}

setInterval(() => { if (news && news.readyState !== EventSource.OPEN) refresh(); }, 2000);
