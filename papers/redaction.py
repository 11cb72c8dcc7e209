"""Withheld passages (不開示部分) taken out of the minutes: what stands in their place tells neither the words nor how many.

A passage is named by its place in the frozen minutes ("hearings.0.facts.2.text") and, for a part of it, by the characters
from `start` to `end`. Every text of the paper has a place, those that a later version of the paper adds too. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
import re
import unicodedata

from exports.minutes import Minutes
from papers.variants import SECTIONS

BLACK = "■■■■"  # always four, whatever stood there
UNDECIDED = "【未検討】"  # before a text that nobody has decided on
_JOINER = "\u200d"
_FIXED = {"title", "office", "document_number", "legal_kind", "handling_mark", "reference", "status", "content_hash", "copy", "case_number", "finalised_on",
          "retention", "disclosure"}
_HEAD = {"legal_ground": "根拠", "held": "日時", "place": "場所", "mode": "開催方法", "purpose": "会議の目的", "to_decide": "本日決めること",
         "facilitator": "進行役", "note_taker": "記録者", "timekeeper": "タイムキーパー", "rules": "グランドルール", "next_meeting": "次回",
         "confirmation": "確認状況", "reopened": "再開の経緯", "author": "作成者", "written_on": "作成日", "public": "公開・非公開",
         "quorum": "定足数", "agenda": "次第", "materials": "資料", "course": "開催経過"}
_PART = {name: each.title for each in SECTIONS for name in each.part} | {
    "held": "時間", "purpose": "目的", "to_decide": "本日決めること", "attendees": "出席者", "assignments": "役割分担", "lead_agency": "主担当機関",
    "circulated": "確認状況"}
_COLUMN = {"agency": "所属", "job": "職", "name": "氏名", "role": "役割", "attendance": "出欠", "acknowledged": "グランドルールの確認", "text": "内容",
           "by": "機関", "source": "出所・時点", "question": "問い", "about": "対象の文", "what": "何を", "who": "誰が", "by_when": "いつまでに",
           "rank": "区分", "confirmation": "確認状況", "due": "いつまでに", "state": "状況", "need": "ニーズ", "wished": "この資源があれば",
           "enables": "こんな支援ができる", "kind": "種類", "nearest": "今ある近いもの", "first_step": "最初の一歩", "forum": "検討の場",
           "owner": "担当", "turn": "回", "held": "開催日時", "how": "方法・場所", "topics": "主な議題", "present": "出席者数"}
# what stands above the cases, or above 出席者 where there is none
_OPENING = ("held", "place", "mode", "public", "legal_ground", "facilitator", "note_taker", "timekeeper", "quorum", "rules", "purpose", "to_decide",
            "agenda", "materials")
_ORDER = [name for each in SECTIONS for name in (*each.head, *each.part)]


@dataclass(frozen=True)
class Cell:
    """One text of the paper."""

    place: str
    text: str
    case: str  # the number of the case it belongs to; "" for the paper's head and end
    part: str  # as the paper calls the part: 共有された情報（事実）
    where: str  # 案件1 共有された情報（事実） 2行目 内容
    kind: str  # the field, without counting: facts.text
    limited: bool = False
    here: str = ""  # its place on the paper at hand, where that holds some of the cases only
    same: bool = True  # its words are those of the whole paper (what is counted there is counted anew from fewer cases)


@dataclass(frozen=True)
class Passage:
    """What is withheld at one place: the whole text (`end` None) or the characters from start to end, and why."""

    place: str
    start: int = 0
    end: int | None = None
    kind: str = ""  # 第三者情報, 評価・判断 …
    article: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Withheld:
    """One line of the list of what was withheld."""

    number: int
    where: str
    kind: str
    article: str
    reason: str


def cells(minutes: Minutes, limited: Callable = lambda row: getattr(row, "limited", False)) -> list[Cell]:
    """Every text of the paper that can be withheld, in the order of the paper. `limited(row)` says whether a line was told
    to some of the table only."""
    head = [each for each in _texts(minutes, "", lambda _row: False) if not each[0].startswith("hearings.") and each[0] not in _FIXED]
    found = [Cell(place, text, "", _HEAD.get(_name(place), "その他の記載"), _HEAD.get(_name(place), "その他の記載") + _counted(place), _kind(place))
             for place, text, _limited in sorted(head, key=lambda each: _rank(each[0]))]
    opening = [each for each in found if _name(each.place) in _OPENING]
    parts = [cell for at, hearing in enumerate(minutes.hearings) for cell in _of_case(minutes, at, hearing, limited)]
    return [*opening, *parts, *(each for each in found if each not in opening)]


def placed(cells: Iterable[Cell], paper: Minutes, whole: Minutes) -> list[Cell]:
    """The cells of a paper that holds some of the cases, by their places in the whole."""
    at = {each.case_number: place for place, each in enumerate(whole.hearings)}
    words = {place: text for place, text, _limited in _texts(whole, "", lambda _row: False)}
    found = []
    for cell in cells:
        steps = cell.place.split(".")
        if steps[0] == "hearings":
            steps[1] = str(at[paper.hearings[int(steps[1])].case_number])
        place = ".".join(steps)
        found.append(replace(cell, place=place, here=cell.place, same=words.get(place) == cell.text))
    return found


def redacted(minutes: Minutes, passages: Iterable[Passage], shown: Iterable[Cell]) -> tuple[Minutes, list[Withheld]]:
    """The paper with these passages really taken out, and the list of them, counted in the order of the paper (`shown`:
    its cells). Passages of a place that is not shown are left away; those that overlap become one black."""
    at: dict[str, list[Passage]] = {}
    for each in passages:
        at.setdefault(each.place, []).append(each)
    listed, texts = [], {}
    for cell in shown:
        if cell.place in at:
            texts[cell.here or cell.place] = _blackened(cell, at[cell.place], listed)
    return _rebuilt(minutes, "", texts), listed


def pointed_out(minutes: Minutes, waiting: Iterable[Cell]) -> Minutes:
    """The paper with 【未検討】 before each of these texts."""
    return _rebuilt(minutes, "", {each.here or each.place: f"{UNDECIDED}{each.text}" for each in waiting})


def overlapping(passage: Passage, others: Iterable[Passage]) -> bool:
    """Whether a part of it is withheld already."""
    end = lambda each: each.end if each.end is not None else 10**9  # noqa: E731
    return any(each.place == passage.place and passage.start < end(each) and each.start < end(passage) for each in others)


def ranges(text: str, passages: Iterable[Passage]) -> list[tuple[int, int, list[Passage]]]:
    """(start, end, its passages) of every black of a text, from left to right, none touching what another covers."""
    made: list[tuple[int, int, list[Passage]]] = []
    for start, end, passage in sorted(((*widened(text, each.start, each.end), each) for each in passages), key=lambda each: each[:2]):
        if made and start < made[-1][1]:
            first, last, together = made.pop()
            made.append((first, max(last, end), [*together, passage]))
        else:
            made.append((start, end, [passage]))
    return made


def widened(text: str, start: int, end: int | None) -> tuple[int, int]:
    """The range with every sign that it cuts through taken in whole: a voicing mark, a selector or a joined part left behind
    would tell what stood before it."""
    end = len(text) if end is None else min(end, len(text))
    start = min(start, end)
    while _inside(text, start):
        start -= 1
    while _inside(text, end):
        end += 1
    return start, end


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, from left to right."""
    return [match.span() for match in re.finditer(re.escape(words), text)] if words else []


def digest(decided: Iterable[tuple]) -> str:
    """The marks in one value, to know later whether what was approved is what stands."""
    return sha256(repr(sorted(decided, key=repr)).encode("utf-8", "surrogatepass")).hexdigest()


def _of_case(minutes: Minutes, at: int, hearing, limited: Callable) -> Iterator[Cell]:
    prefix, several = f"hearings.{at}.", len(minutes.hearings) > 1
    case = f"案件{at + 1}　" if several else ""
    texts = [each for each in _texts(hearing, "", limited) if each[0] not in _FIXED]
    for place, text, confined in sorted(texts, key=lambda each: _rank(each[0])):
        part = _PART.get(_name(place), "その他の記載")
        yield Cell(prefix + place, text, hearing.case_number, f"{case}{part}", f"{case}{part}{_counted(place)}", _kind(place), confined)


def _texts(thing, prefix: str, limited: Callable, confined: bool = False) -> Iterator[tuple[str, str, bool]]:
    """(place, text, whether it is limited) of every text in a frozen dataclass, whatever fields it has."""
    confined = confined or bool(limited(thing)) if hasattr(thing, "limited") else confined
    for each in fields(thing):
        value, place = getattr(thing, each.name), f"{prefix}{each.name}"
        rows = [(place, value)] if not isinstance(value, tuple) else [(f"{place}.{count}", row) for count, row in enumerate(value)]
        for where, row in rows:
            if isinstance(row, str) and row:
                yield where, row, confined
            elif is_dataclass(row):
                yield from _texts(row, f"{where}.", limited, confined)


def _rebuilt(thing, prefix: str, texts: dict[str, str]):
    values = {}
    for each in fields(thing):
        value, place = getattr(thing, each.name), f"{prefix}{each.name}"
        if isinstance(value, tuple):
            value = tuple(_put(row, f"{place}.{count}", texts) for count, row in enumerate(value))
        values[each.name] = _put(value, place, texts)
    return replace(thing, **values)


def _put(value, place: str, texts: dict[str, str]):
    if is_dataclass(value):
        return _rebuilt(value, f"{place}.", texts)
    else:
        return texts.get(place, value) if isinstance(value, str) else value


def _blackened(cell: Cell, passages: list[Passage], listed: list[Withheld]) -> str:
    if not cell.same:
        passages = [replace(passages[0], start=0, end=None)]
    kept, last = [], 0
    for start, end, together in ranges(cell.text, passages):
        kept += [cell.text[last:start], BLACK]
        for each in together:
            listed.append(Withheld(len(listed) + 1, cell.where, each.kind, each.article, each.reason))
            kept.append(f"〔{len(listed)}〕")
        last = end
    return "".join([*kept, cell.text[last:]])


def _inside(text: str, at: int) -> bool:
    """Whether what stands at this place belongs to the sign before it."""
    if not 0 < at < len(text):
        return False
    here, before = text[at], text[at - 1]
    flags = len(re.search("[\U0001f1e6-\U0001f1ff]*$", text[:at])[0]) if "\U0001f1e6" <= here <= "\U0001f1ff" else 0
    return (unicodedata.category(here).startswith("M") or before == _JOINER or here in "\u200c\u200d\uff9e\uff9f" or flags % 2 == 1
            or "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f"  # shades of skin, and tags
            or "\u1160" <= here <= "\u11ff" or before + here == "\r\n")


def _name(place: str) -> str:
    return place.partition(".")[0]


def _kind(place: str) -> str:
    return ".".join(each for each in place.split(".") if not each.isdigit())


def _counted(place: str) -> str:
    """facts.2.text: the third line, its words."""
    steps = place.split(".")
    row = f"　{int(steps[1]) + 1}行目" if len(steps) > 1 and steps[1].isdigit() else ""
    return f"{row}　{_COLUMN.get(steps[2], 'その他')}" if len(steps) > 2 else row


def _rank(place: str) -> tuple:
    name = _name(place)
    return (_ORDER.index(name) if name in _ORDER else -1 if name in _PART or name in _HEAD else len(_ORDER),)
