// When a line was begun, by the server's clock. A line begun while only some of the table shared in what was said (限定共有)
// stays theirs, however late it is sent: after a lost connection, from the tray, or once the step is over.
import { now } from "./here.js";

addEventListener("beforeinput", ({ target }) => {
  const field = target.name === "text" && target.form?.elements.began;
  if (field && target.value === target.defaultValue) field.value = new Date(now()).toISOString();
});
