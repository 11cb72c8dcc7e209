// What begins comes into sight: a card or a round in the console, and on a phone the button that sends an answer.
const now = document.querySelector(".console-now");
const begun = () => now.querySelector(".card-now, .round-lead:has(.round-table)");
const nameOf = (part) => part?.querySelector("[data-outcome]")?.dataset.outcome ?? part?.querySelector("form")?.action ?? "";

if (now) {
  let seen = nameOf(begun());
  new MutationObserver(() => {
    const part = begun();
    if (nameOf(part) === seen) return;
    seen = nameOf(part);
    if (part) now.scrollTop += part.getBoundingClientRect().top - now.getBoundingClientRect().top;
  }).observe(now, { childList: true, subtree: true });
}

addEventListener("change", ({ target }) => {
  if (target.name === "answer") target.form?.querySelector(".mine-send")?.scrollIntoView({ block: "nearest" });
});
