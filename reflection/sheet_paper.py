"""振り返り用紙: the same minute for people without an account. No name, no number, nothing to write in words."""

from __future__ import annotations

from collections.abc import Iterator

from exports.blocks import Block, Line, Table, Text
from reflection.rules import ASKED
from reflection.words import on_paper

TITLE = "会議の一分振り返り"
FILE = "一分振り返り用紙.docx"


def lay_out(cases: bool = True) -> Iterator[Block]:
    """One page, the same for every meeting with cases, and for every one without: not even the day stands on it."""
    yield Line(TITLE, "center")
    yield Line("")
    yield Text("お疲れさまでした。次の会議をよりよくするため、今日の会議について、当てはまる欄に○を一つずつ付けてください。")
    yield Text("お名前や御意見は書かないでください。折って箱に入れてください。5枚以上集まったときだけ、混ぜてから数え、用紙は数えた後に廃棄します。4枚以下のときは、読まずに廃棄します。")
    yield Line("")
    yield Table(TITLE, (14, 86, 20, 24, 20), ("番号", "今日の会議では", "はい", "どちらとも\nいえない", "いいえ"),
                tuple((str(number), f"{on_paper(each, cases)}\n ", "", "", "") for number, each in enumerate(ASKED, 1)))
