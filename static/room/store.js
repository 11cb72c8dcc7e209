// What is kept on this machine, encrypted, until the server has said that it has it.
//
// Each tab keeps a slot of its own, so that two tabs of one meeting never overwrite each other; a tab that died leaves its
// slot to the next one that opens or is still there (a lock that the browser lets go with the tab tells which are dead).
// The key belongs to the sign-in and never touches the disk: see accounts/models.py, SignIn.
import { keyOf, words } from "./here.js";

const slots = `kurumaza-${words.draftName}-`;
const fault = document.getElementById("store-state");
const mine = slots + keyOf().slice(0, 12);
const heard = new Set([mine]);

export const store = {
  kept: {},
  keys: new Map(),
  /** Read what dead tabs left; `found(names)` is called when one dies later and leaves something. */
  async open(found) {
    // Without HTTPS (but for this very machine) browsers lend no cipher: then it is kept for this tab only.
    this.box = globalThis.crypto?.subtle ? localStorage : sessionStorage;
    await this.learn(words.draftKeys);
    navigator.locks?.request(mine, () => new Promise(() => {})); // ours as long as this page lives
    for (const name of Object.keys(this.box)) if (name.startsWith(slots)) await this.inherit(name, found);
    addEventListener("storage", ({ key, newValue }) => { if (newValue && key.startsWith(slots)) this.inherit(key, found); });
  },
  /** The keys of this person's sign-ins, as "12:key 9:key", that of the present one first. What is kept is sealed anew with it. */
  async learn(keys) {
    for (const each of crypto.subtle ? keys.split(" ").reverse() : []) {
      const [id, secret] = each.split(":");
      const bits = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
      this.keys.set(id, await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]));
      this.key = id;
    }
    if (Object.keys(this.kept).length) await this.write();
  },
  async inherit(name, found) {
    if (heard.has(name)) return;
    heard.add(name);
    const take = async () => {
      const names = this.merge(await this.read(name));
      await this.write();
      this.box.removeItem(name);
      return names;
    };
    if (!navigator.locks) return void await take();
    const free = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => { if (lock) await take(); return lock; });
    if (!free) navigator.locks.request(name, async () => found(await take())); // its tab lives: should it die, we take over
  },
  async read(name) {
    try { return JSON.parse(await this.decrypt(this.box.getItem(name))) ?? {}; } catch { return {}; } // sealed with a key that is gone
  },
  /** Put what another tab left beside what is ours; nothing of either is lost. */
  merge(left) {
    const { tray = [], ...texts } = left;
    if (tray.length) this.kept.tray = [...(this.kept.tray ?? []), ...tray];
    const names = tray.length ? ["tray"] : [];
    for (const [name, value] of Object.entries(texts)) {
      const ours = this.kept[name];
      if (!ours) this.kept[name] = value;
      else if ((value.text ?? value.what) && value.text !== ours.text) {
        const capture = this.kept.capture ?? value;
        this.kept.capture = { ...capture, limited: capture.limited || value.limited || "", began: [capture.began, value.began].filter(Boolean).sort()[0] ?? "",
          text: capture === value ? value.text : [capture.text, value.text ?? value.what].filter(Boolean).join("\n") };
        names.push("capture");
      }
      names.push(name);
    }
    return names;
  },
  async decrypt(text) {
    if (!text || !crypto.subtle) return text;
    const [id, sealed] = text.split(".");
    const bytes = Uint8Array.from(atob(sealed), (each) => each.charCodeAt(0));
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, this.keys.get(id), bytes.slice(12)));
  },
  async encrypt(text) {
    if (!crypto.subtle) return text;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.keys.get(this.key), new TextEncoder().encode(text)));
    return `${this.key}.${btoa([...iv, ...sealed].map((byte) => String.fromCharCode(byte)).join(""))}`;
  },
  writing: Promise.resolve(),
  write() {
    // one after the other, so that an older text never overtakes a newer one
    this.writing = this.writing.then(async () => {
      try {
        if (Object.keys(this.kept).length) this.box.setItem(mine, await this.encrypt(JSON.stringify(this.kept)));
        else this.box.removeItem(mine);
        if (fault) fault.hidden = true;
      } catch { // full, or forbidden in this window: the text is in the page alone, and is told so
        if (fault) fault.hidden = false;
      }
    });
    return this.writing;
  },
  put(name, value) { this.kept[name] = value; return this.write(); },
  drop(name) { delete this.kept[name]; return this.write(); },
};
