"""A list of roles as a table to take away (CSV), safe to be opened in a spreadsheet."""

from __future__ import annotations

import csv
import io

from actions.models import ActionItem
from agencies.exporting import safe
from core import clock

HEADINGS = ["案件番号", "会議", "会議番号", "開催日", "役割", "機関", "担当者", "主・副・協力", "期限", "経過", "回答", "引き続き調整する人"]  # the office's paper: always Japanese
MOST = 10_000  # rows


def as_csv(roles: list[ActionItem]) -> bytes:
    """In UTF-8 with the mark that Excel asks for."""
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *([safe(each) for each in _row(role)] for role in roles)])
    return out.getvalue().encode("utf-8-sig")


def _row(role: ActionItem) -> list[str]:
    meeting, case, said = role.hearing.meeting, role.hearing.case, role.confirmation
    answer = said.answer.law_name if said else "未回答" if role.held else "未割当"
    return [case.number if case else "", meeting.name, meeting.reference, clock.local(meeting.starts_at).date().isoformat(), role.what,
            role.agency.name if role.agency else "", role.member.name if role.member else "", role.rank.law_name,
            role.due_on.isoformat() if role.due_on else "", role.state.law_name, answer, role.escalation]
