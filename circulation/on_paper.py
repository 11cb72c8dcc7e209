"""How a round is told on the minutes: one sentence for each case, counted from those who sat for it."""

from __future__ import annotations

from collections import Counter

from circulation.readers import tables
from circulation.windows import Standing
from circulation.words import Outcome, RemarkKind
from core import clock
from meetings.table import Hearing

COUNTED = {Standing.AGREED: "異議なし", Standing.REMARKED: "訂正の申出", Standing.DISSENTS: "異議", Standing.UNANSWERED: "未回答"}
DEEMED = "回答のなかった{}名は、字句に限り確認したものとみなした（みなし確認。役割への同意を含まない）。"


def told(circulation, hearing: Hearing) -> list[tuple[str, bool]]:
    """(sentence, whether it is limited) about a round, for the minutes of one case."""
    turn = circulation.meeting.hearings.index(hearing) + 1
    readers = [each for each in circulation.readers if turn in tables(each)]
    if not readers:
        return []
    counts = Counter(each.standing_at(hearing) for each in readers)
    parts = [f"第{circulation.number}回回覧　{_day(circulation)}から、意見の期限 {clock.wareki(circulation.answer_by)}。{len(readers)}名に回覧し、"
             + "、".join(f"{word}{counts[kind]}名" for kind, word in COUNTED.items() if counts[kind] or kind == Standing.AGREED) + "。"]
    parts += [DEEMED.format(counts[Standing.DEEMED])] if counts[Standing.DEEMED] else []
    return [("".join(parts + _remarks(circulation, hearing, False)), False),
            *(("".join(["限定共有の部分について、", *said]), True) for said in [_remarks(circulation, hearing, True)] if said)]


def _remarks(circulation, hearing: Hearing, limited: bool) -> list[str]:
    said = [each for each in circulation.remarks if each.hearing_id == hearing.id and each.confined == limited and not each.withdrawn_at]
    asked = [each for each in said if each.kind == RemarkKind.CORRECT]
    if not asked:
        return []
    came = "、".join(f"{outcome.law_name}{count}件" for outcome in Outcome if (count := sum(each.outcome == outcome for each in asked)))
    waits = sum(each.outcome is None for each in asked)
    state = f"うち回答待ち{waits}件" if waits else "すべて回答済み"
    return [f"訂正の申出{len(asked)}件、{state}{f'（{came}）' if came else ''}。"]


def _day(circulation) -> str:
    return clock.wareki(clock.local(circulation.opened_at).date())


