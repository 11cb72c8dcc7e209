// Where we are: the room's own words and settings, as the page gave them.
export const room = document.querySelector("#room, [data-projection]");
export const words = room.dataset;
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const skew = words.now ? Date.parse(words.now) - Date.now() : 0;

/** The server's clock, in milliseconds. */
export const now = () => Date.now() + skew;

/** A name that nothing else has: what is sent twice under it is kept once. */
export const keyOf = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
