// The wall: what does not fit is set smaller once and then shown page by page, whole lines only; what is not on the page
// is counted. Lists begin with their newest page, rules with the first. Arrow keys turn; nothing turns by itself where the
// system asks for less motion.
import { words } from "./here.js";

const wall = document.querySelector("[data-projection]");
const TURN = 12000;
const places = new Map(); // by name of the part: which page, of how many things
const still = matchMedia("(prefers-reduced-motion: reduce)");

function fitAll() {
  for (const part of wall.querySelectorAll("[data-fit]")) fit(part);
}

function fit(part) {
  const units = [...part.querySelectorAll(part.dataset.units ?? "[data-unit]")];
  part.classList.remove("is-small", "is-paged");
  part.style.removeProperty("--room");
  for (const unit of units) unit.classList.remove("is-off", "is-cut");
  if (over(part)) part.classList.add("is-small");
  const pages = over(part) ? divide(part, units) : [units];
  part.classList.toggle("is-paged", pages.length > 1 || over(part));
  show(part, units, pages);
}

const over = (part) => part.scrollHeight > part.clientHeight + 2;

/** Pages of whole units, the fullest being the first that is shown. A chapter of the rules begins where its first rule still fits. */
function divide(part, units) {
  const room = part.clientHeight - (part.querySelector("thead")?.offsetHeight ?? 0);
  const newest = "newest" in part.dataset;
  const pages = [];
  for (const [place, unit] of (newest ? units.toReversed() : units).entries()) {
    const page = pages.at(-1);
    const ends = page && (newest ? bottom(page.at(-1)) - top(unit) : bottom(unit) - top(page[0]));
    if (!page || ends > room || (!newest && heading(unit) && bottom(units[Math.min(place + 2, units.length - 1)]) - top(page[0]) > room)) pages.push([unit]);
    else if (newest) page.unshift(unit);
    else page.push(unit);
    if (bottom(unit) - top(unit) > room) cut(unit, room);
  }
  return pages.map((page) => (newest ? page.toSorted((one, other) => top(one) - top(other)) : page));
}

const heading = (unit) => unit.matches("h1, h2, h3");
/** The chapter a page goes on with, when it does not begin with its heading. */
const chapter = (units, page) => (page.length && !heading(page[0]) ? units.slice(0, units.indexOf(page[0])).findLast(heading)?.textContent : "");

const top = (unit) => unit.getBoundingClientRect().top;
const bottom = (unit) => unit.getBoundingClientRect().bottom;

/** A single line longer than the wall ends with a whole line and "…". */
function cut(unit, room) {
  const text = unit.querySelector("td, span:last-child, p") ?? unit;
  text.classList.add("is-cut");
  text.style.webkitLineClamp = Math.max(1, Math.floor((room - 24) / parseFloat(getComputedStyle(text).lineHeight)));
}

function show(part, units, pages) {
  const before = places.get(part.dataset.fit);
  const page = before && before.of === units.length ? Math.min(before.page, pages.length - 1) : 0; // news: back to the newest
  places.set(part.dataset.fit, { page, pages: pages.length, of: units.length });
  const seen = pages[page] ?? [];
  for (const unit of units) unit.classList.toggle("is-off", !seen.includes(unit));
  part.style.setProperty("--room", pages.length > 1 ? `${part.clientHeight}px` : "0px");
  part.scrollTop = 0;
  if (seen.length && pages.length > 1) part.scrollTop = top(seen[0]) - part.getBoundingClientRect().top - (part.querySelector("thead")?.offsetHeight ?? 0);
  const told = part.closest(".wall-part").querySelector(".wall-more");
  const left = units.length - seen.length;
  told.textContent = pages.length < 2 ? "" : "newest" in part.dataset ? words.more.replace("{n}", left)
    : [chapter(units, seen), words.page.replace("{n}", page + 1).replace("{m}", pages.length)].filter(Boolean).join("　");
}

function turn(by) {
  for (const place of places.values()) place.page = (place.page + by + place.pages) % place.pages;
  look();
}

const watcher = new MutationObserver((changes) => {
  if (changes.some(({ target }) => !(target.parentElement ?? target).closest(".projection-bar"))) look();
});
function look() {
  watcher.disconnect();
  fitAll();
  watcher.observe(wall, { subtree: true, childList: true, characterData: true, attributes: true });
}

// The console: opened by its key, the choice of the screen is ready under the hands.
addEventListener("toggle", ({ target }) => { if (target.matches(".wall-lead[open]")) target.querySelector("button").focus(); }, true);

if (wall) {
  document.fonts.ready.then(look);
  addEventListener("resize", look);
  addEventListener("keydown", ({ key }) => { if (key === "ArrowRight" || key === "ArrowLeft") turn(key === "ArrowRight" ? 1 : -1); });
  setInterval(() => { if (!still.matches) turn(1); }, TURN);
}
