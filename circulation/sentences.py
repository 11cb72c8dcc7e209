"""The sentences of a draft, each with its place. Pure: no web, no database.

A place is "1.facts.0": the case on the paper (from 1), the section, the how-manieth there. It is the same for whoever reads,
and never shown: its gaps would tell that lines are left out of somebody's copy. What is shown instead is a key, made from
the place and the seal of the whole draft, which binds it to this draft and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from exports.minutes import Hearing, Minutes

SPOKEN = {"decisions": "決定事項", "taken_back": "持ち帰り・保留事項", "facts": "共有された情報（事実）", "formulations": "見立て",
          "issues": "論点", "opinions": "主な意見"}
WORDS = {"purpose": "目的", "to_decide": "本日決めること", "household": "世帯の概要", "own_words": "本人の言葉", "verdict": "プランの適切性・評価の結論",
         "emergency": "緊急時の連絡体制", "next_meeting": "次回"}
ORDER = ("purpose", "to_decide", "household", "own_words", "attendees", "decisions", "assignments", "taken_back", "ideas", "verdict",
         "next_meeting", "facts", "formulations", "issues", "opinions", "cards", "emergency")
WHOLE = "whole"  # the place of what is said of a case's record as a whole


@dataclass(frozen=True)
class Sentence:
    """One sentence (or row) of the draft."""

    key: str
    place: str
    number: str  # of the case
    section: str  # as it is headed on the paper
    text: str
    by: str = ""
    limited: bool = False
    line: int | None = 0  # of the record, as the draft says it

    @property
    def whole(self) -> bool:
        """Whether this stands for the record of the case as a whole."""
        return self.place.endswith(WHOLE)


def sentences(minutes: Minutes, seal: str) -> list[Sentence]:
    """All sentences of a draft in the order of the paper; of each case first the one that stands for the whole of it."""
    found = []
    for turn, hearing in enumerate(minutes.hearings, 1):
        for section, heading, count, text, by, limited, line in _of(hearing, minutes if len(minutes.hearings) == 1 else hearing):
            place = f"{turn}.{section}.{count}" if section != WHOLE else f"{turn}.{WHOLE}"
            found.append(Sentence(_key(seal, place), place, hearing.case_number, heading, text, by, limited, line))
    return found


def _key(seal: str, place: str) -> str:
    return sha256(f"{seal}/{place}".encode()).hexdigest()[:12]


def _of(hearing: Hearing, head) -> Iterator[tuple]:
    """(section, its heading, count, text, by, limited, line). `head` says the aims: the paper where the case is alone, else itself."""
    yield WHOLE, "この案件の記録全体", 0, "", "", False, 0
    for section in ORDER:
        if section in SPOKEN:
            yield from ((section, SPOKEN[section], count, each.text, each.by, each.limited, each.line) for count, each in enumerate(getattr(hearing, section)))
        elif section in WORDS:
            text = getattr(head if section in ("purpose", "to_decide", "next_meeting") else hearing, section)
            yield from [(section, WORDS[section], 0, text, "", False, 0)] if text else []
        else:
            yield from _rows(section, hearing)


def _rows(section: str, hearing: Hearing) -> Iterator[tuple]:
    if section == "attendees":
        yield from ((section, "出席者（敬称略）", count, "　".join(filter(None, (each.agency, each.job, each.name, each.role, each.attendance))), "", False, 0)
                    for count, each in enumerate(hearing.attendees))
    elif section == "assignments":
        yield from ((section, "役割分担", count, "　".join(filter(None, (each.what, each.who, each.by_when, each.rank))).replace("\n", " "), "", each.limited, each.line)
                    for count, each in enumerate(hearing.assignments))
    elif section == "ideas":
        yield from ((section, "資源開発", count, "　".join(filter(None, (each.need, each.wished, each.enables))), "", each.limited, each.line)
                    for count, each in enumerate(hearing.ideas))
    else:
        yield from ((section, "糸口カード", count, f"{each.source}　{each.text}".strip(), "", each.limited, each.line) for count, each in enumerate(hearing.cards))
