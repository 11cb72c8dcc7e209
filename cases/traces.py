"""What in the words of an example, or of an idea on its way out of its case, could tell whose case it was: labels, names,
dates, ages, numbers, places. Pure.

An example is read by people who may not know the household, and in training by people outside. So nothing that can be
looked up may stand in it: a day (it is told in months), an age (in bands), a number, a place, a name of the roster. A
finding is a question, not a verdict: 「6/10」 may be six of ten. Somebody takes the words out or says why they may stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
import enum
from hashlib import sha256
import re
import unicodedata

from core.languages import later

AROUND = 14  # letters shown on either side of a finding


class FindingKind(enum.Enum):
    LABEL = "label"
    NAME = "name"
    ROSTER = "roster"
    DATE = "date"
    AGE = "age"
    NUMBER = "number"
    TELEPHONE = "telephone"
    PLACE = "place"
    RECORD = "record"
    RARE = "rare"

    @property
    def label(self):
        return {"label": later("Label of the case"), "name": later("Name or address of the household"), "roster": later("Name of an agency or a person of the roster"),
                "date": later("Day or year"), "age": later("Exact age"), "number": later("Number of four digits or more"), "telephone": later("Telephone number"),
                "place": later("Place name"), "record": later("Words of the case record"), "rare": later("Rare together")}[self.value]

    @property
    def advice(self):
        return {"label": later("Call the people by their part in the household: the person, the mother."), "name": later("Take it out."),
                "roster": later("Write the domain instead: an agency for care of the elderly."), "date": later("Write the months since the intake."),
                "age": later("Write the age band: in the eighties."), "number": later("Leave the number out, or round it."), "telephone": later("Take it out."),
                "place": later("Take it out, or write: in the same district."), "record": later("Say it anew, so that it holds for other households too."),
                "rare": later("Leave one of them out, or tell it more widely.")}[self.value]


@dataclass(frozen=True)
class Finding:
    """Words of a field that may tell too much, with what stands around them. `words` is empty where only the line is known."""

    field: str
    kind: FindingKind
    words: str
    before: str
    after: str
    key: str  # the same as long as the line stays as it is


_DIGIT = "[0-9〇一二三四五六七八九十元]"
# Numbers in kana as they are said up to 199: はちじゅうに, ひゃくさん. One kana alone (に, ご, し, く) is a number where no other word goes before.
_NUMERAL = "[0-9〇零一二三四五六七八九十百元]"
_ONES = "いち|いっ|にぃ?|さん|よん|しち|しぃ|ごぉ?|ろく|ろっ|なな|はち|はっ|きゅう|くぅ?|よ|し"
_TEN = "じゅう|じゅっ"
_TENS = f"(?:に|さん|よん|し|ご|ろく|しち|なな|はち|はっ|きゅう|く)?(?:{_TEN})(?:{_ONES})?"
_SAID = f"(?:ひゃく(?:{_TENS}|{_ONES})?|{_TENS}|いち|いっ|よん|しち|ろく|なな|はち|はっ|きゅう|(?<![ぁ-んァ-ヶー一-鿿々A-Za-z])(?:さん|に|ご|し|く|よ))"
_SAID_KATA = "".join(chr(ord(each) + 96) if "ぁ" <= each <= "ん" else each for each in _SAID).replace("[ァ-ンァ-ヶー", "[ぁ-んァ-ヶー")
_ERA = "令和|平成|昭和|大正|れいわ|へいせい|しょうわ|たいしょう"
_THOUSANDS = "(?<![数何0-9〇一二三四五六七八九十])(?:[0-9〇一二三四五六七八九]{1,2})?千[0-9〇零一二三四五六七八九十百]+年|(?<![数何0-9〇一二三四五六七八九十])[12一二]千年"
_DASH = "[-‐‑–—―−ーｰ]"
_LOOKS = (  # the first that finds a place keeps it
    (FindingKind.TELEPHONE, re.compile(rf"(?<![0-9])(?:0[0-9]{{1,4}}\s?{_DASH}?\s?\(?[0-9]{{1,4}}\)?\s?{_DASH}\s?[0-9]{{3,4}}|[0-9]{{3,4}}{_DASH}[0-9]{{4}}|0[0-9]{{9,10}})(?![0-9])")),
    (FindingKind.DATE, re.compile(rf"(?:(?:{_ERA}|[RHS](?=[0-9]))\s?{_DIGIT}{{1,3}}(?:年(?:\s?{_DIGIT}{{1,3}}月(?:\s?{_DIGIT}{{1,3}}日)?)?|\.[0-9]{{1,2}}\.[0-9]{{1,2}})"
                                  rf"|(?:{_ERA})(?:がん|{_SAID})(?:年|ねん)|(?:{_THOUSANDS})(?:\s?{_DIGIT}{{1,3}}月(?:\s?{_DIGIT}{{1,3}}日)?)?"
                                  rf"|[0-9]{{4}}年(?:\s?[0-9]{{1,2}}月(?:\s?[0-9]{{1,2}}日)?)?|{_DIGIT}{{1,3}}月\s?{_DIGIT}{{1,3}}日"
                                  rf"|(?<![0-9/])[0-9]{{1,4}}[{_DASH[1:-1]}/.][0-9]{{1,2}}[{_DASH[1:-1]}/.][0-9]{{1,2}}(?![0-9])|(?<![0-9/])[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/]))")),
    (FindingKind.AGE, re.compile(rf"(?:満)?(?:{_NUMERAL}{{1,5}}\s?[歳才]|(?:{_SAID}|{_SAID_KATA})\s?[歳才]|(?:{_TENS})さい|(?<![ぁ-ん])はたち|[0-9]{{1,3}}\s?さい)(?!代)")),
    (FindingKind.PLACE, re.compile(rf"{_DIGIT}+\s?(?:丁目|番地|番(?={_DIGIT})|号室)|(?:大字|小字)[一-鿿々ヶケァ-ン]{{1,6}}|[一-鿿々ヶケノァ-ン]{{1,8}}[市区町村郡県](?![部場販況街])"
                                   rf"|[ぁ-ん]{{2,6}}[市区町村郡](?![民内役立営長外域部場販況街会])|[一-鿿々ヶケ]{{1,6}}字(?=[一-鿿]|{_DIGIT})")),
    (FindingKind.PLACE, re.compile(rf"(?<=[一-鿿々ヶケ])[0-9]{{1,4}}{_DASH}[0-9]{{1,4}}(?![0-9回人名件か日月年時分割週歳世年])|{_DIGIT}{{1,4}}の{_DIGIT}{{1,4}}(?:の{_DIGIT}{{1,4}})?(?![一-鿿])|[A-Z一-鿿]棟\s?[0-9]+")),
    (FindingKind.NUMBER, re.compile(r"[0-9](?:,?[0-9]){3,}")),
)
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")  # digit by digit, as some write a telephone number or a year
_OF_AREA = re.compile("(?:第?[0-9０-９一二三四五六七八九]?(?:小|中)学?校?区|(?:日常生活)?圏域|地区|学区|地域|町内会?|自治会)$")
_EVERYWHERE = re.compile("(?:市|区|町|村|県|都|府)?(?:内|全域|全体|全市|全区|全町|全村|中央|中部|東部|西部|南部|北部|東|西|南|北|その他|不明|日常生活|圏域|地区|学区|地域|域)*(?:市|区|町|村|県)?(?:内|全域)?")
_NO_PLACE = re.compile("(?:本|当|同|各|他|全|自|都|隣|市区町|市町|区市町|近隣市町|全市町)[市区町村郡県]|(?:同じ|各|当該|担当|隣|他|この|その)?[地校学]区|(?:小|中)学校区"
                       "|都道府県|(?:文|数|漢|赤|黒|苗|名|太|細|大|小)字|.*[るすうのいたなくむはがをにで][市区町村郡]")


def find(texts: dict[str, str], known: Iterable[tuple[FindingKind, str]], naming: Callable[[str], bool] = lambda _line: False,
         names: Iterable[str] = ()) -> list[Finding]:
    """All findings in `texts` (field → text), in the order in which they stand.

    `known` are labels and names of the roster; `naming` tells whether a line gives the household away, and `names` are the
    words that do, for somebody who may know them.
    """
    words = sorted({(kind, form) for kind, word in known for form in _forms(word)}, key=lambda each: -len(each[1]))
    names = [_folded(each) for each in names]
    return [each for field, text in texts.items() for each in _in_text(field, text, words, naming, names)]


def districts(areas: Iterable[str]) -> list[str]:
    """The names in these areas (東ヶ丘中学校区) by which a district is called, whole and without what kind of area it is; none of those that
    every town has, such as 中央 or 全市."""
    names = {form for each in areas for form in (each.strip(), _OF_AREA.sub("", each.strip()))}
    return sorted(each for each in names if len(each) > 1 and not _EVERYWHERE.fullmatch(each))


def _in_text(field, text, words, naming, names) -> Iterator[Finding]:
    for line in text.split("\n"):
        if line and naming(line):
            shown = next((each for each in names if each in _folded(line)), "")
            at = _folded(line).find(shown) if shown else 0
            end = at + len(shown)
            yield Finding(field, FindingKind.NAME, line[at:end], line[max(0, at - AROUND):at], line[end:end + AROUND] if shown else "", _key(field, "name", line, ""))
        for kind, start, end in sorted(_spans(_folded(line), words), key=lambda each: each[1]):
            yield Finding(field, kind, line[start:end], line[max(0, start - AROUND):start], line[end:end + AROUND], _key(field, kind.value, line, str(start)))


def _spans(line: str, words) -> list[tuple[FindingKind, int, int]]:
    found: list[tuple[FindingKind, int, int]] = []
    for kind, word in words:
        found += _free(found, kind, ((at.start(), at.end()) for at in re.finditer(re.escape(word), line)))
    for kind, look in _LOOKS:
        hits = [at for at in look.finditer(line) if kind != FindingKind.PLACE or not _NO_PLACE.fullmatch(at[0])]
        found += _free(found, kind, ((at.start(), at.end()) for at in hits))
    for kind, look in _LOOKS:
        if kind in (FindingKind.TELEPHONE, FindingKind.DATE, FindingKind.NUMBER):
            found += _free(found, kind, ((at.start(), at.end()) for at in look.finditer(line.translate(_KANJI))))
    return found


def _free(taken, kind, spans):
    return [(kind, start, end) for start, end in spans if all(end <= other[1] or start >= other[2] for other in taken)]


def _forms(word: str) -> set[str]:
    """A name as it may be typed: whole, without its space, and its parts of two letters or more."""
    plain = _folded(word.strip())
    return {each for each in (plain, re.sub(r"\s", "", plain), *plain.split()) if len(each) > 1}


def _folded(text: str) -> str:
    """Full-width letters and digits as half-width ones, letter by letter: places stay where they were."""
    return "".join(one if len(one := unicodedata.normalize("NFKC", each)) == 1 else each for each in text)


def _key(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
