"""A mail that says that a written inquiry waits, until when, and nothing of the case."""

from __future__ import annotations

from flask import current_app, url_for

from core import clock, outbox
from core.office import office
from meetings.invitations import mail_on


def send(inquiry) -> tuple[int, list]:
    """Tell everybody who sits for the agency; give how many letters went out, and whom no mail reaches."""
    members = [seat.member for seat in inquiry.hearing.seats if seat.member.agency_id == inquiry.agency_id]
    reached = [each for each in members if each.email]
    for member in reached:
        meeting = inquiry.hearing.meeting
        outbox.post(f"{meeting.topic}/inquiries", member.email, f"【{office().name}】書面照会のお願い（{meeting.reference}）", _words(inquiry, member))
    return len(reached), [each for each in members if not (each.email and mail_on())]


def _words(inquiry, member) -> str:
    meeting, base = inquiry.hearing.meeting, current_app.config["KURUMAZA"].base_url
    link = f"{base}{url_for('inquiries.show', inquiry_id=inquiry.id)}" if base else ""
    return "\n".join([
        member.agency.name, f"{member.name} 様", "", "次の会議について、書面でお尋ねしたいことがあります。御回答をお願いします。", "",
        f"会議　{meeting.name}（{meeting.reference}）", f"期限　{clock.wareki(inquiry.due_on)}", "",
        "グランドルールを確認のうえ、車座で御回答ください。", *filter(None, [link]),
        "アカウントをお持ちでない方は、お送りする回答票か電話でお知らせください。", "",
        "このメールには案件の内容を記載していません。", "", office().name])
