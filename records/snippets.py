"""Where in a paper a word stands, with the words around it. Pure: no web, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
import re
import unicodedata

from core import words
from exports.minutes import Minutes

AROUND = 36  # letters on each side
PLACES = {  # as the paper heads them
    "household": "世帯概要", "own_words": "本人の言葉", "consent": "同意", "attendees": "出席者", "facts": "共有された情報", "formulations": "見立て",
    "issues": "論点", "opinions": "主な意見", "decisions": "決定事項", "taken_back": "持ち帰り・保留事項", "assignments": "役割分担表",
    "carried": "前回からの持ち越し", "cards": "糸口カード", "ideas": "資源開発", "dissents": "異議・少数意見", "circulated": "案の回覧", "verdict": "結論",
    "emergency": "緊急時の連絡体制", "lead_agency": "主担当機関", "held": "日時", "purpose": "会議の目的", "to_decide": "本日決めること",
    "next_meeting": "次回", "title": "件名", "reference": "会議番号", "legal_kind": "会議の種類", "place": "場所", "mode": "開催方法", "reopened": "再開の経緯",
    "case_number": "案件番号",
}
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)


@dataclass(frozen=True)
class Snippet:
    """A place of the paper, and the words there with the one that was looked for in the middle."""

    place: str
    before: str
    hit: str
    after: str


def snippet(paper: Minutes, text: str) -> Snippet | None:
    """Where the first word of a query stands in this paper; None when it is only found elsewhere."""
    asked = [_squeezed(each)[0] for each in words.asked(text)]
    for place, said in _places(paper):
        if found := _first(said, asked):
            start, end = found
            before, after = said[max(0, start - AROUND):start], said[end:end + AROUND]
            return Snippet(place, ("…" if start > AROUND else "") + _one_line(before), said[start:end], _one_line(after) + ("…" if len(said) > end + AROUND else ""))
    return None


def _places(paper: Minutes) -> Iterator[tuple[str, str]]:
    for hearing in paper.hearings:
        case = f"{hearing.case_number} " if hearing.case_number and len(paper.hearings) > 1 else ""
        for each in fields(hearing):
            for said in _said(getattr(hearing, each.name)):
                yield case + PLACES.get(each.name, ""), said
    for name in PLACES:
        for said in _said(getattr(paper, name, "")):
            yield PLACES[name], said


def _said(value) -> Iterator[str]:
    """The texts of one field: of a row, all of them on one line."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            if isinstance(each, str):
                yield each
            else:
                yield " ".join(filter(None, (getattr(each, part.name) for part in fields(each) if isinstance(getattr(each, part.name), str))))


def _first(said: str, asked: list[str]) -> tuple[int, int] | None:
    spelled, places = _squeezed(said)
    for word in filter(None, asked):
        at = spelled.find(word)
        if at >= 0:
            return places[at][0], places[at + len(word) - 1][1]
    return None


def _squeezed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in the one spelling and without blanks, and for each of its letters where it stood."""
    letters, places = [], []
    for cluster in _CLUSTER.finditer(text):
        for letter in words.spelled(unicodedata.normalize("NFKC", cluster[0])):
            if not letter.isspace():
                letters.append(letter)
                places.append(cluster.span())
    return "".join(letters), places


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
