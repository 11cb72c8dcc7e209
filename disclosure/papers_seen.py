"""Who saw it, as a paper and as a table for the office."""

from __future__ import annotations

from collections.abc import Iterator
from csv import writer
import io

from agencies.exporting import safe
from core import clock
from disclosure.sources import LAW_NAMES
from exports.blocks import Block, End, Note, Pairs, Table, Text, Title

ACTS = {"saw": "閲覧", "changed": "作成・変更", "exported": "出力"}
HEAD = ("職員等", "行為", "記録の種類", "番号", "回数", "最初", "最後")


def rows(looks) -> list[tuple[str, ...]]:
    return [("システム" if each.who == "system" else f"{each.name}（{each.who}）" if each.name != each.who else each.who, ACTS[each.act], LAW_NAMES.get(each.kind, each.kind), each.number,
             str(each.times), _moment(each.first), _moment(each.last)) for each in looks]


def lay_out(request, looks, faults: list[str]) -> Iterator[Block]:
    """The list as a paper; `faults` are those of the audit's chain."""
    yield Title("記録の取扱い状況", "")
    whole = "改変・欠落なし（連鎖を検証済み）" if not faults else f"異常あり（{len(faults)}件。管理者に確認すること。）"
    yield Pairs("概要", (("請求番号", request.number), ("監査記録の完全性", whole), ("作成日", clock.wareki(clock.today(), False))))
    yield Note("会議の記録の閲覧は、会議の画面を開いたことをいう。複数の案件を扱う会議では、この案件の部分を見たとは限らない。")
    found = tuple(rows(looks))
    if found:
        yield Table("記録の取扱い状況", (30, 17, 32, 27, 11, 36, 36), HEAD, found)
    else:
        yield Text("該当する記録は、ない。")
    yield End()


def csv(looks) -> bytes:
    """The same as a table for spreadsheets, no cell of which a spreadsheet would run."""
    out = io.StringIO()
    writer(out).writerows([HEAD, *([safe(each) for each in row] for row in rows(looks))])
    return out.getvalue().encode("utf-8-sig")


def _moment(instant) -> str:
    at = clock.local(instant)
    return f"{clock.wareki(at.date(), False)} {at:%H:%M}"
