// Small helps on every page. Each page works without them.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// A fault was told: bring the reader to it.
document.querySelector("[data-focus]")?.focus();

// Sample accounts fill the form in; they send nothing by themselves.
for (const button of all("[data-login]")) {
  button.addEventListener("click", () => {
    document.getElementById("login").value = button.dataset.login;
    document.getElementById("password").value = button.dataset.password;
    document.querySelector(".gate-form .button--primary").focus();
  });
}

for (const form of all("form[data-confirm]:not([data-send])")) {
  form.addEventListener("submit", (event) => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
}

// Leaving: what was kept on this machine goes with the sign-in.
for (const form of all("[data-leaving]")) {
  form.addEventListener("submit", () => {
    const mine = new RegExp(`^kurumaza-\\d+-${form.dataset.leaving}-`); // what somebody else left here unsent stays, sealed, for them
    for (const name of Object.keys(localStorage)) if (mine.test(name)) localStorage.removeItem(name);
  });
}

// Rows that can be added to: the last one is copied, emptied and given the next number. Rows may hold rows of their own.
for (const button of all("[data-add-row]")) button.hidden = false;
addEventListener("click", ({ target }) => {
  const button = target.closest("[data-add-row]");
  if (!button) return;
  const rows = button.closest("[data-rows]");
  const last = [...rows.children].filter((each) => each.matches(".row-item")).at(-1);
  const next = last.cloneNode(true);
  const prefix = rows.dataset.rows || /^(.*?)-\d+-/.exec(next.querySelector("[name]").name)[1];
  const number = Number(next.querySelector(`[name^="${prefix}-"]`).name.slice(prefix.length + 1).split("-")[0]);
  for (const inner of all("[data-rows]", next)) for (const extra of all(".row-item", inner).slice(1)) extra.remove();
  for (const part of all("[id], [name], [for], [data-rows]", next)) {
    for (const attribute of ["id", "name", "for", "aria-describedby", "data-rows"]) {
      const value = part.getAttribute(attribute);
      if (value) part.setAttribute(attribute, value.replaceAll(`${prefix}-${number}-`, `${prefix}-${number + 1}-`));
    }
    if (part.type === "checkbox") part.checked = part.defaultChecked;
    else if ("value" in part && part.tagName !== "BUTTON") part.value = "";
  }
  for (const message of all(".error", next)) message.remove();
  for (const field of all(".field--error", next)) field.classList.remove("field--error");
  last.after(next);
  next.querySelector("input:not([type=hidden]), select").focus();
});

for (const output of all("[data-sum]")) {
  const form = output.closest("form");
  const add = () => {
    const sum = all(`[name$="-${output.dataset.sum}"]`, form).reduce((total, field) => total + (Number(field.value) || 0), 0);
    output.textContent = `${output.dataset.sumOf} ${sum} ${output.dataset.sumUnit}`;
  };
  form.addEventListener("input", add);
  add();
}

for (const output of all("[data-count]")) {
  const form = output.closest("form");
  form.addEventListener("change", () => {
    output.textContent = `${all(`[name="${output.dataset.count}"]:checked`, form).length} ${output.dataset.countWords}`;
  });
}

// Of what is said about each choice, only what belongs to the chosen one.
for (const list of all("[data-hints]")) {
  const field = document.getElementById(list.dataset.hints);
  const show = () => { for (const hint of list.children) hint.hidden = hint.dataset.value !== field.value; };
  field.addEventListener("change", show);
  show();
}

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const link of all("[data-dialog]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.dataset.dialog).showModal();
  });
}

// What is still open, at the closing: a point goes when its field is filled in, and comes back when it is emptied.
for (const form of all("form.closing")) {
  const filled = (name) => !["", "0"].includes((form.elements[name]?.value ?? "").trim());
  const recheck = () => {
    for (const point of all("[data-until]", form)) point.hidden = filled(point.dataset.until);
    const left = (root) => all(".open-point:not([hidden])", root).length;
    for (const none of all("[data-open-none]", form)) none.hidden = left(none.parentElement) > 0;
    for (const count of all("[data-open-count]", form)) {
      count.textContent = left(count.closest("section"));
      count.hidden = count.textContent === "0";
    }
    for (const asked of all("[data-open-asked]", form)) asked.hidden = left(asked) === 0;
    for (const button of all("[data-open-none-label]", form)) {
      button.dataset.label ??= button.textContent;
      const settled = all("[data-open-asked][hidden]", form).length > 0;
      button.textContent = settled ? button.dataset.openNoneLabel : button.dataset.label;
      button.value = settled ? "1" : "knowing";
    }
  };
  form.addEventListener("input", recheck);
  recheck();
}

// A menu closes when one turns to something else.
addEventListener("click", ({ target }) => {
  for (const menu of all("details.me[open], details.presence[open]")) if (!menu.contains(target)) menu.open = false;
});

// A long form that was typed into is not left by accident.
for (const form of all("form.form")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
}

// "/" brings one to the box above a list, wherever one does not just write.
addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-find]");
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (!box || event.key !== "/" || writing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
