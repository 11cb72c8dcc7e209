"""Proposals on paper: one as a 企画提案書 for the forum it is taken to, or a list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from core import clock
from exports.blocks import Block, End, Heading, Note, Pairs, Table, Text, Title
from resources.counting import OTHERS
from resources.models import IdeaState

STATES = {IdeaState.IDEA: "アイデア", IdeaState.STUDY: "検討", IdeaState.TRIAL: "試行", IdeaState.REAL: "実現", IdeaState.DROPPED: "見送り"}
SUPPRESSED = "世帯が推測されないよう、件数は3件刻みで示し、3件未満は「3件未満」とした。少ない区分は「その他」に合算した。"
OPEN_STILL = "未定"


def one(proposal, counts: dict, domains: dict[str, str], office: str, on: date) -> Iterator[Block]:
    """A proposal for its forum. `counts`: cases, and (part, cases) by domain and area, as they may be told."""
    yield Title("資源開発に関する提案書", f"{clock.wareki(on, False)}　{office}")
    yield Pairs("提案の概要", (
        ("番号", f"第{proposal.id}号"), ("提案する資源", proposal.wished), ("資源の種類", proposal.kind.law_name if proposal.kind else OPEN_STILL),
        ("分野", proposal.domain.ja if proposal.domain else OPEN_STILL), ("提案先", proposal.forum or OPEN_STILL), ("現在の段階", STATES[proposal.state])))
    yield Heading(1, "提案の理由")
    yield Heading(2, "今、足りないこと")
    yield from _lines(proposal.need)
    yield Heading(2, "望まれている件数")
    yield Text(f"支援会議等で扱った案件のうち、{told(counts['cases'])}で同じ資源が望まれている。")
    for label, rows, names in (("分野", counts["domain"], domains), ("地域", counts["area"], {})):
        if rows:
            yield Table(f"{label}別の件数", (90, 50), (label, "件数"), tuple((names.get(part, part) if part != OTHERS else "その他", told(count)) for part, count in rows))
    yield Note(SUPPRESSED)
    yield Heading(1, "提案の内容")
    yield Heading(2, "あったらよい資源")
    yield from _lines(proposal.wished)
    yield Heading(2, "できるようになる支援")
    yield from _lines(proposal.enables)
    yield Heading(2, "今ある近いもの")
    yield from _lines(proposal.nearest or "把握していない。")
    yield Heading(1, "進め方")
    yield Pairs("進め方", (("次に行うこと", proposal.next_step or OPEN_STILL), ("期日", clock.wareki(proposal.next_on, False) if proposal.next_on else OPEN_STILL),
                        ("担当", proposal.in_charge or OPEN_STILL)))
    yield Heading(1, "これまでの経過")
    yield Table("経過", (34, 22, 44, 80), ("年月日", "段階", "検討の場", "内容"),
                tuple((clock.wareki(each.on, False), STATES[each.state], each.forum, each.note) for each in proposal.steps))
    yield End()


def several(proposals: Iterable, told_of: dict[int, int], office: str, on: date, narrowed: str) -> Iterator[Block]:
    """A list of proposals for a forum. `told_of`: cases of each, as they may be told; `narrowed` says how the list was chosen."""
    yield Title("資源の提案一覧", f"{clock.wareki(on, False)}現在　{office}")
    if narrowed:
        yield Text(narrowed)
    rows = tuple((str(each.id), each.wished, each.enables, told(told_of.get(each.id, 0)), STATES[each.state],
                  "\n".join(filter(None, (each.next_step, each.in_charge, clock.wareki(each.next_on, False) if each.next_on else "")))) for each in proposals)
    if rows:
        yield Table("資源の提案", (10, 48, 44, 20, 18, 50), ("番号", "提案する資源", "できるようになる支援", "件数", "段階", "次に行うこと・担当・期日"), rows)
    else:
        yield Text("該当する提案はない。")
    yield Note(SUPPRESSED)
    yield End()


def told(count: int) -> str:
    """3件以上, or 3件未満."""
    return f"{count}件以上" if count else "3件未満"


def _lines(text: str) -> Iterator[Block]:
    yield from (Text(each) for each in text.split("\n") if each)
