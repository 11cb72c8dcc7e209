"""Official letters (公文書) of an office as plain data, and as a row of blocks to be drawn.

The plain form of a municipal letter: number and date on the right, the addressee on the left, the sender on the right,
the matter in the middle, what is wished in a few sentences without 拝啓, then 記 with counted points, and 以上.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
import json

from .blocks import Block, End, Line, Pairs, Point, Table

BLANK = "\u00a0"
ANSWER = "\n".join([BLANK] * 5)  # room for a pen


@dataclass(frozen=True)
class Letter:
    """One letter to one agency's head; every text ready to print."""

    number: str  # 文書番号, "" when the office gives it by hand
    date: str
    addressee: tuple[str, ...]  # postal code, address, head
    sender: tuple[str, ...]
    title: str
    body: tuple[str, ...]
    points: tuple[tuple[str, str], ...]  # 記: label and text
    mark: str = ""
    reference: str = ""
    agency: str = ""
    questions: tuple[str, ...] = ()  # with questions, a sheet for the answers follows on a page of its own
    due: str = ""

    def to_json(self) -> str:
        """The letter as JSON, the form in which it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, kept: str) -> Letter:
        """Read back what `to_json` wrote."""
        plain = json.loads(kept)
        for name in ("addressee", "sender", "body", "questions"):
            plain[name] = tuple(plain[name])
        return cls(**plain | dict(points=tuple(tuple(each) for each in plain["points"])))


def lay_out(letters: Iterable[Letter]) -> Iterator[Block]:
    """The blocks of one or several letters; each begins on a page of its own."""
    for place, letter in enumerate(letters):
        yield from _letter(letter, new_page=place > 0)
        if letter.questions:
            yield from _answers(letter)


def _letter(letter: Letter, new_page: bool) -> Iterator[Block]:
    yield Line(letter.number or "第　　　　号", "right", new_page)
    yield Line(letter.date, "right")
    yield Line("")
    yield from (Line(f"　{each}") for each in letter.addressee)
    yield Line("")
    yield from (Line(f"{each}　", "right") for each in letter.sender)
    yield Line("")
    yield Line(letter.title, "center")
    yield Line("")
    yield from (Line(f"　{each}", "both") for each in letter.body)
    yield Line("")
    yield Line("記", "center")
    yield Line("")
    yield from (Point(number, label, text) for number, (label, text) in enumerate(letter.points, 1))
    yield End()


def _answers(letter: Letter) -> Iterator[Block]:
    yield Line("回　答　票", "center", new_page=True)
    yield Line("")
    yield from (Line(f"{each}　宛て") for each in letter.sender[-1:])
    yield Line(f"回答期限　{letter.due}", "right")
    yield Pairs("回答者", (("整理番号", letter.reference), ("機関名", letter.agency), ("記入者の職・氏名", BLANK), ("回答日", BLANK)))
    rows = tuple((f"{number}　{text}", ANSWER) for number, text in enumerate(letter.questions, 1))
    yield Table("回答", (55, 105), ("お尋ねすること", "回答"), rows)
    yield Pairs("回答できないとき", (("回答できないときは、その理由", "\n".join([BLANK] * 3)),))
    yield Line("※ この票は取扱注意です。封をして、持参又は郵送で御返送ください。")
