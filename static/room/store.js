// What is kept on this machine, encrypted, until the server has said that it has it.
import { words } from "./here.js";

export const store = {
  kept: {},
  name: `kurumaza-${words.draftName}`,
  async open() {
    // Without HTTPS (but for this very machine) browsers lend no cipher: then it is kept for this tab only.
    this.box = globalThis.crypto?.subtle ? localStorage : sessionStorage;
    if (crypto.subtle) {
      const bits = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words.draftKey));
      this.key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    try { this.kept = { ...JSON.parse(await this.decrypt(this.box.getItem(this.name))), ...this.kept }; } catch { /* not ours to read */ }
  },
  async decrypt(text) {
    if (!this.key || !text) return text;
    const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, this.key, bytes.slice(12)));
  },
  async encrypt(text) {
    if (!this.key) return text;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(text)));
    return btoa([...iv, ...sealed].map((byte) => String.fromCharCode(byte)).join(""));
  },
  writing: Promise.resolve(),
  write() {
    // one after the other, so that an older text never overtakes a newer one
    this.writing = this.writing.catch(() => {}).then(async () => {
      if (Object.keys(this.kept).length) this.box.setItem(this.name, await this.encrypt(JSON.stringify(this.kept)));
      else this.box.removeItem(this.name);
    });
    return this.writing;
  },
  put(name, value) { this.kept[name] = value; return this.write(); },
  drop(name) { delete this.kept[name]; return this.write(); },
};
