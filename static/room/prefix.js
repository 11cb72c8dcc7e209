// What is typed before a line to say its kind and who said it: 「決 …」「f …」「@包括 …」「包括、…」. Nothing but reading;
// room/prefixes.py reads the same where there is no script, and tests/room/prefixes.json holds both to one answer.
const KINDS = { 事: "fact", 意: "opinion", 見: "formulation", 論: "issue", 決: "decision", 持: "taken_back",
  f: "fact", o: "opinion", m: "formulation", i: "issue", d: "decision", t: "taken_back" };
const KIND = /^(?:([事意見論決持fomidtｆｏｍｉｄｔ])[ \u3000:：]|([FOMIDTＦＯＭＩＤＴ])[:：])[ \u3000]*/u;
const WORD = "([^ \\u3000\\t\\n:：、，,@＠]{2,20})";
const CALLED = new RegExp(`^[@＠]${WORD}(?:[ \\u3000\\n:：、，,]+|$)`, "u");
const CALLED_AND_ENDED = new RegExp(`^[@＠]${WORD}[ \\u3000\\n:：、，,]+`, "u");
const NAMED = new RegExp(`^${WORD}[:：、][ \\u3000]*`, "u");

/** Half width, small letters, hiragana, no spaces. */
const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll(" ", "")
  .replace(/[ァ-ヶ]/g, (each) => String.fromCharCode(each.charCodeAt(0) - 0x60));

function shortens(word, name) {
  const letters = [...word];
  for (const letter of name) if (letter === letters[0]) letters.shift();
  return !letters.length;
}

/** The agencies (of [[id, names]]) in whose names the word stands; with `short`, else those it may shorten (社協). */
export function meantBy(word, names, short = false) {
  const typed = plain(word);
  const those = (fits) => names.filter(([, called]) => called.some((each) => fits(plain(each)))).map(([id]) => id);
  const inside = those((name) => name.includes(typed));
  return inside.length || !short ? inside : those((name) => shortens(typed, name));
}

/** Read the signs at the start of a line. While it is being typed, an agency called by @ may still go on (`ended` false). */
export function read(text, names, ended = true) {
  const line = { kind: "", agency: 0, several: [], text };
  for (let sign = 0; sign < 2; sign += 1) {
    const kind = !line.kind && line.text.match(KIND);
    if (kind) {
      line.kind = KINDS[plain(kind[1] ?? kind[2])];
      line.text = line.text.slice(kind[0].length);
    }
    const called = !line.agency && line.text.match(ended ? CALLED : CALLED_AND_ENDED);
    const named = !line.agency && !called && line.text.match(NAMED);
    if (called || named) {
      const found = called || named;
      const at = /^[@＠]/u.test(line.text);
      const meant = meantBy(found[1], names, at);
      if (meant.length === 1) {
        line.agency = meant[0];
        line.text = line.text.slice(found[0].length);
      } else if (at) line.several = meant;
    }
  }
  return line;
}
