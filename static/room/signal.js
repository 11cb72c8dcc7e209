// A quiet signal: one tap, and a word below that it has arrived. Nothing of it is kept here.
import { words } from "./here.js";
import { reason, send } from "./server.js";

addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-signal]")) return;
  event.preventDefault();
  const place = form.querySelector("[role=status]");
  form.setAttribute("hx-morph-skip", ""); // the news of it does not wipe out the answer
  const answer = await send(form.action, new FormData(form, event.submitter));
  place.textContent = answer === null ? form.dataset.lost : answer.status === 401 ? words.signedOut
    : answer.ok ? form.dataset.done : await reason(answer);
  clearTimeout(form.later);
  form.later = setTimeout(() => {
    place.textContent = form.dataset.idle;
    form.removeAttribute("hx-morph-skip");
  }, 8000);
});
