// Clocks: what is left of the step and of the meeting.
import { now, words } from "./here.js";

const twoDigits = (number) => String(number).padStart(2, "0");

/** Set every clock of a page, or of one that is to be put into it. */
export function tick(page = document) {
  const moment = now();
  for (const clock of page.querySelectorAll("[data-clock]")) {
    const planned = clock.dataset.minutes * 60;
    const left = Math.round(planned - (moment - Date.parse(clock.dataset.started)) / 1000);
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
    const minutes = Math.ceil((Date.parse(end.dataset.end) - moment) / 60000);
    const place = end.querySelector("[data-end-words]");
    place.textContent = minutes > 0 ? place.dataset.endWords.replace("{n}", minutes) : "";
  }
}
