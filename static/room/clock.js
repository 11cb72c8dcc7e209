// Clocks: what is left of the step, and when the meeting will end as things go. The server's own clock counts.
import { now, words } from "./here.js";

const twoDigits = (number) => String(number).padStart(2, "0");
const put = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };

/** Set every clock of a page, or of one that is to be put into it. */
export function tick(page = document) {
  const moment = now();
  let left = 0;
  for (const clock of page.querySelectorAll("[data-clock]")) left = stepClock(clock, moment);
  for (const used of page.querySelectorAll("[data-used-since]")) {
    const seconds = Math.max(0, moment - Date.parse(used.dataset.usedSince)) / 1000;
    put(used, used.dataset.usedWords.replace("{n}", Math.round(seconds / 60)));
  }
  for (const since of page.querySelectorAll("[data-since]")) {
    put(since, since.dataset.sinceWords.replace("{n}", Math.max(0, Math.floor((moment - Date.parse(since.dataset.since)) / 60000))));
  }
  for (const end of page.querySelectorAll("[data-end]")) {
    const minutes = Math.ceil((Date.parse(end.dataset.end) - moment) / 60000);
    const place = end.querySelector("[data-end-words]");
    put(place, minutes > 0 ? place.dataset.endWords.replace("{n}", minutes) : "");
  }
  for (const place of page.querySelectorAll("[data-pace]")) pace(place, moment, Math.max(0, left));
}

function stepClock(clock, moment) {
  const planned = clock.dataset.minutes * 60;
  const left = Math.round(planned - (moment - Date.parse(clock.dataset.started)) / 1000);
  const share = Math.min(100, Math.max(0, 100 * (1 - left / planned)));
  const digits = `${Math.floor(Math.abs(left) / 60)}:${twoDigits(Math.abs(left) % 60)}`;
  put(clock.querySelector(".clock-left"), digits);
  clock.classList.toggle("is-long", digits.length > 4);
  put(clock.querySelector("[data-clock-word]"), left < 0 ? words.over : words.left);
  clock.querySelector(".clock-used")?.setAttribute("stroke-dasharray", `${share} 100`);
  const soon = left >= 0 && left <= Math.max(60, planned / 5);
  clock.classList.toggle("is-soon", soon);
  clock.classList.toggle("is-over", left < 0);
  put(clock.querySelector(".agenda-words"), left < 0 ? words.late : soon ? words.soon : words.fresh);
  return left;
}

// As core/clock.py and core/pages.py say it: 午後2時5分, or 14:05.
function hours(at) {
  const hour = Math.floor(at / 60), minute = at % 60;
  if (document.documentElement.lang !== "ja") return `${twoDigits(hour)}:${twoDigits(minute)}`;
  if (at === 720) return "正午";
  return `${hour < 12 ? "午前" : "午後"}${hour % 12}時${minute ? `${minute}分` : ""}`;
}

// The same sum as on the server (meetings/agenda.py): now, what is left of this step, and what the others still take.
function pace(place, moment, left) {
  const late = Math.trunc((moment + 1000 * (left + Number(place.dataset.rest)) - Date.parse(place.dataset.pace)) / 60000);
  const at = (Number(place.dataset.dueMinutes) + late + 1440) % 1440;
  const text = late > 0 ? place.dataset.paceLate : late < 0 ? place.dataset.paceEarly : place.dataset.paceEven;
  put(place, text.replace("{t}", hours(at)).replace("{n}", Math.abs(late)));
  place.classList.toggle("is-soon", late > 0 && late < 5);
  place.classList.toggle("is-over", late >= 5);
}
