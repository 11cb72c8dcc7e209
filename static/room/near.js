// A day chosen in one press stands in the field of the day; a day written by hand is the one that counts.
addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.elements.soon || !form.elements.due_on) return;
  if (target.name === "soon" && target.value) {
    form.elements.due_on.value = target.value;
    form.elements.due_on.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (target.name === "due_on") {
    form.elements.soon.value = "";
  }
});
