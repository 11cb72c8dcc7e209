"""A reminder to agencies whose sheet is not there yet: it says until when, and nothing of the case."""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app, url_for
import sqlalchemy as sa

from core import clock, outbox
from core.database import session
from core.office import office
from core.outbox import Letter
from meetings.invitations import mail_on


def send(hearing, agencies: list, due_on: date) -> tuple[int, list]:
    """Post a reminder to everybody who sits for one of these agencies; give how many, and whom no mail reaches."""
    wanted = {each.id for each in agencies}
    members = [seat.member for seat in hearing.seats if seat.member.agency_id in wanted and seat.level.value != "inquiry"]
    reached = [each for each in members if each.email]
    for member in reached:
        meeting = hearing.meeting
        outbox.post(_topic(meeting), member.email, f"【{office().name}】準備シートのお願い（{meeting.reference}）", _words(hearing, member, due_on))
    return len(reached), [each for each in members if not (each.email and mail_on())]


def last(meeting) -> datetime | None:
    """When a reminder was last sent for this meeting."""
    return session.scalar(sa.select(sa.func.max(Letter.created_at)).where(Letter.topic == _topic(meeting)))


def _topic(meeting) -> str:
    return f"{meeting.topic}/sheets"  # apart from the invitations, whose letters the page of the meeting shows


def _words(hearing, member, due_on: date) -> str:
    meeting, base = hearing.meeting, current_app.config["KURUMAZA"].base_url
    link = f"{base}{url_for('sheets.index', hearing_id=hearing.id)}" if base else ""
    rows = [member.agency.name, f"{member.name} 様", "", "会議の準備シートがまだ届いていません。御記入をお願いします。", "",
            f"会議　{meeting.name}（{meeting.reference}）", f"日時　{clock.span(meeting.starts_at, meeting.ends_at)}",
            f"期限　{clock.wareki(due_on)}", "", "車座にサインインして御記入ください。分かる範囲で構いません。", *filter(None, [link]),
            "アカウントをお持ちでない方は、お送りする用紙に記入して事務局へお渡しください。", "",
            "このメールには案件の内容を記載していません。", "", office().name]
    return "\n".join(rows)
