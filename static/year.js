// How far an export is: it is a plain download; beside it, this page asks every second how much has been sent.
const form = document.querySelector("[data-year]");
const bar = form?.querySelector(".year-bar");

let waiting = 0;

form?.addEventListener("submit", () => {
  clearTimeout(waiting);
  form.elements.key.value = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
  bar.hidden = false;
  show({});
  waiting = setTimeout(ask, 500);
});

async function ask() {
  let next = 1000;
  try {
    const answer = await fetch(`${form.dataset.progress}?key=${encodeURIComponent(form.elements.key.value)}`, { headers: { Accept: "application/json" } });
    const now = answer.ok ? await answer.json() : {};
    show(now);
    if (now.ended) return;
  } catch {
    next = 5000; // the network: the download shows by itself whether it goes on
  }
  waiting = setTimeout(ask, next);
}

function show({ done = 0, total = 0, ended = false, whole = false }) {
  const words = bar.querySelector("p");
  const meter = bar.querySelector("progress");
  if (total) {
    meter.max = total;
    meter.value = done;
  } else meter.removeAttribute("value");
  if (ended) words.textContent = whole ? form.dataset.whole : form.dataset.cut;
  else words.textContent = total ? form.dataset.words.replace("{done}", done).replace("{total}", total) : form.dataset.wait;
}
