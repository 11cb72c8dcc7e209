"""The papers of a request: the list of records, the notice of the decision, the notice of a longer time, who saw it.

Each is a row of blocks (exports/blocks.py) made from a plain dict, which is what is kept as JSON under its hash when the paper
goes out: a request that changes later does not change what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
import hashlib
import json

from core import clock
from core.office import office
from disclosure.models import DisclosureRequest, IssuedPaper
from disclosure.sources import LAW_NAMES
from disclosure.terms import Terms
from disclosure.words import PaperKind, Verdict
from exports.blocks import Block, End, Line, Note, Pairs, Point, Table, Text, Title
from stationery import choices

PLACES = {"system": "電子", "filed": "綴り", "sealed": "封緘", "sent": "送信"}
STANDINGS = {"final": "確定", "draft": "案", "kept": "記録", "gone": "廃棄・削除済み"}
HEAD = ("番号", "文書の種類", "文書番号等", "日付", "件数", "状態", "関わり", "保管", "判断", "根拠")
SHARES = (13, 32, 34, 26, 13, 14, 17, 13, 21, 24)  # no head and no day is broken in two
BLANK = "\u3000" * 12


def content(request: DisclosureRequest, kind: PaperKind) -> dict:
    """What stands on a paper, in plain words and numbers: nobody's name but that of the office."""
    here = office()
    words = dict(kind=kind.value, number=request.number, office=here.name, sender=(here.letter_sender or f"{here.name}長").split("\n"),
                 contact=here.letter_contact, mark=here.handling_mark, route=request.capacity.route, own=request.capacity.own,
                 capacity=request.capacity.law_name, received_on=_day(request.received_on), wanted=request.wanted)
    return words | {PaperKind.INVENTORY: _inventory, PaperKind.NOTICE: _notice, PaperKind.EXTENSION: _extension}[kind](request)


def issue(request: DisclosureRequest, by, kind: PaperKind) -> IssuedPaper:
    """Keep a paper as it goes out, under its hash."""
    kept = json.dumps(content(request, kind), ensure_ascii=False, sort_keys=True)
    made = IssuedPaper(kind=kind, content=kept, hash=hashlib.sha256(kept.encode()).hexdigest(), made_by=by)
    request.papers.append(made)
    return made


def sound(paper: IssuedPaper) -> bool:
    """Whether a kept paper is still what was issued."""
    return hashlib.sha256(paper.content.encode()).hexdigest() == paper.hash


def lay_out(words: dict) -> Iterator[Block]:
    """The blocks of a paper."""
    yield from {"inventory": _list, "notice": _decision, "extension": _longer}[words["kind"]](words)


def title(words: dict) -> str:
    return words["title"]


def _inventory(request: DisclosureRequest) -> dict:
    rows = [[LAW_NAMES.get(each.kind, each.kind), each.number, choices.day(each.dated_on, "short", False) if each.dated_on else "", f"{each.count:,}" if each.count > 1 else "1", STANDINGS[each.standing],
             "直接" if each.direct else "世帯", PLACES[each.place], each.verdict.law_name, article(each.ground)] for each in request.items]
    return dict(title="対象文書一覧", as_of=clock.wareki(clock.local(request.gathered_at).date(), False) if request.gathered_at else "", rows=rows)


def _notice(request: DisclosureRequest) -> dict:
    shown = [each for each in request.items if each.verdict not in (Verdict.OUTSIDE, Verdict.WAITING)]
    rows = [[LAW_NAMES.get(each.kind, each.kind), each.number, _day(each.dated_on), each.verdict.law_name, article(each.ground)] for each in shown]
    hides = request.decision is not None and request.decision.value in ("unconfirmed", "absent", "rejected")
    return dict(title=request.decision.notice if request.decision else "決定通知書（案）", decision=request.decision.law_name if request.decision else "",
                hands_out=bool(request.decision and request.decision.hands_out), refuses=bool(request.decision and request.decision.refuses),
                decided_on=_day(request.decided_on), ground=request.ground, reason=request.reason, remedies=Terms.now().remedies,
                delivery=request.delivery.law_name if request.delivery else "", rows=[] if hides else rows)


def _extension(request: DisclosureRequest) -> dict:
    article = "個人情報の保護に関する法律第83条第2項" if request.capacity.own else "情報公開条例"
    return dict(title="決定期限延長通知書", article=article, first=_day(request.first_term), until=_day(request.decide_by), reason=request.extension_reason,
                decided_on=_day(request.extended_on))


def _list(words: dict) -> Iterator[Block]:
    yield Title(words["title"], "")
    yield Pairs("請求の概要", (("請求番号", words["number"]), ("請求の種類", words["route"]), ("請求者の区分", words["capacity"]),
                          ("受付日", words["received_on"]), ("請求の内容", words["wanted"]), ("探索した日", words["as_of"])))
    yield Note("種類・番号・日付のみの一覧である。内容は記載していない。「世帯」は、世帯の記録として本人に関わるものをいう。")
    rows = tuple((str(place), *row) for place, row in enumerate(words["rows"], 1))
    if rows:
        yield Table("対象文書一覧", SHARES, HEAD, rows)
    else:
        yield Text("該当する文書は、見当たらなかった。")
    yield End()


def _decision(words: dict) -> Iterator[Block]:
    yield from _head(words)
    law = "個人情報の保護に関する法律" if words["own"] else "情報公開条例"
    decided = f"次のとおり{words['decision']}することに決定した" if words["hands_out"] else f"次の理由により{words['decision'] or '　　'}とすることに決定した"
    if words["decision"] == "却下":
        decided = "次の理由により請求を却下することに決定した"
    yield Line(f"　{words['received_on']}付けで請求のあった{words['route']}について、{law}の規定に基づき、{decided}ので、通知します。", "both")
    yield Line("")
    yield Line("記", "center")
    yield Line("")
    points = [("請求番号", words["number"]), ("請求のあった情報", words["wanted"])]
    if words["refuses"]:
        points += [("不開示の根拠", words["ground"]), ("理由", words["reason"])]
    if words["hands_out"]:
        points += [("開示の実施の方法", words["delivery"] or "別途御相談のうえ定めます。")]
    points += [("担当", words["contact"])]
    yield from (Point(number, label, text) for number, (label, text) in enumerate([each for each in points if each[1]], 1))
    if words["rows"]:
        yield Line("")
        yield Table("対象となる文書", (44, 42, 34, 22, 38), ("文書の種類", "文書番号等", "日付", "決定", "根拠"), tuple(tuple(each) for each in words["rows"]))
    yield End()
    if words["refuses"]:
        yield Line("教示", "center")
        yield from (Text(each) for each in words["remedies"].split("\n") if each.strip())


def _longer(words: dict) -> Iterator[Block]:
    yield from _head(words)
    yield Line(f"　{words['received_on']}付けで請求のあった{words['route']}については、{words['article']}の規定により、次のとおり決定の期限を延長したので、通知します。", "both")
    yield Line("")
    yield Line("記", "center")
    yield Line("")
    points = (("請求番号", words["number"]), ("延長前の期限", words["first"]), ("延長後の期限", words["until"]), ("延長の理由", words["reason"]), ("担当", words["contact"]))
    yield from (Point(number, label, text) for number, (label, text) in enumerate([each for each in points if each[1]], 1))
    yield End()


def _head(words: dict) -> Iterator[Block]:
    """Number and day on the right, room for the requester's name (written by hand: no name is kept here), the sender."""
    yield Line("第　　　　号", "right")
    yield Line(words["decided_on"] or "令和　　年　　月　　日", "right")
    yield Line("")
    yield Line(f"{BLANK}様")
    yield Line("")
    yield from (Line(f"{each}　", "right") for each in words["sender"])
    yield Line("")
    yield Line(words["title"], "center")
    yield Line("")


def article(ground: str) -> str:
    """The article alone, where room is short: the ground stands whole in the notice."""
    return ground.partition("　")[0]


def _day(day) -> str:
    return clock.wareki(day, False) if day else ""
