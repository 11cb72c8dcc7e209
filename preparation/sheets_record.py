"""From the sheets and written answers into the record: each fact once, with its source and its agency."""

from __future__ import annotations

import sqlalchemy as sa

from core import clock
from core.database import session
from meetings.capture import Entry, EntryKind
from preparation.inquiries import Inquiry
from preparation.sheets import Sheet


def take_in(hearing, sheets: list[Sheet], inquiries: list[Inquiry], by) -> int:
    """Write the facts of these sheets and answers into the record; give how many are new.

    Pressed twice, nothing is doubled; a line that somebody removed or changed since stays as they left it.
    Raises Refused while the meeting is not open or once its minutes are final.
    """
    hearing.ask_capturing()
    lines = [*_facts(sheets), *_answers(inquiries)]
    there = set(session.scalars(sa.select(Entry.key).where(Entry.hearing_id == hearing.id)))
    fresh = [each for each in lines if each[0] not in there]
    for key, text, source, agency in fresh:
        Entry.capture(hearing, by, key, EntryKind.FACT, text, source, agency)
    return len(fresh)


def _facts(sheets: list[Sheet]):
    return [(fact.key, fact.text, fact.source, sheet.agency) for sheet in sheets for fact in sheet.facts]


def _answers(inquiries: list[Inquiry]):
    return [(question.key, f"{question.text}：{question.answer}", _source(inquiry), inquiry.agency)
            for inquiry in inquiries for question in inquiry.questions if question.answer]


def _source(inquiry: Inquiry) -> str:
    return f"書面照会への回答 {clock.wareki(inquiry.answered_on, False)}（{inquiry.how.law_name}）"
