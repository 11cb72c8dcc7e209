// When a line (or what came of a card) was begun, by the server's clock. A line begun while only some of the table shared in what was said (限定共有)
// stays theirs, however late it is sent: after a lost connection, from the tray, or once the step is over.
import { now } from "./here.js";

addEventListener("beforeinput", ({ target }) => {
  const field = ["text", "outcome"].includes(target.name) && target.form?.elements.began;
  if (field && target.value === target.defaultValue) {
    field.value = new Date(now()).toISOString();
    if (target.form.matches("[data-capture]")) target.form.elements.limited.value = ""; // what was limited was emptied out
  }
});
