"""Invitations: a letter and a calendar entry (RFC 5545, RFC 5546) that say when and where, and nothing about the case.

Each letter holds an object of its own, in which only its recipient is named. What an address holds already decides its
UID and SEQUENCE (meetings/held.py). Whose seat is taken away is told so, for themselves alone.
"""

from __future__ import annotations

from email.utils import parseaddr

from flask import current_app, url_for

from core import clock, outbox
from core.database import utcnow
from core.office import office
from meetings import ical
from meetings.held import HeldEntry
from meetings.table import Level, Reply

ROLES = {Level.REQUIRED: "REQ-PARTICIPANT", Level.DESIRED: "OPT-PARTICIPANT", Level.INQUIRY: "NON-PARTICIPANT"}
NOBODY = "kurumaza@localhost.invalid"  # who asks, where no address to send from is given
PARTSTAT = {Reply.NONE: "NEEDS-ACTION", Reply.YES: "ACCEPTED", Reply.MAYBE: "TENTATIVE", Reply.NO: "DECLINED"}


def published(meeting, member=None) -> bytes:
    """The meeting as a file to be taken along (METHOD:PUBLISH: nobody is asked for an answer), for a member's own time."""
    span = meeting.span_of(member) if member else (meeting.starts_at, meeting.ends_at)
    name = HeldEntry.called(meeting, member.email if member else "", span, location(meeting))
    return ical.whole("PUBLISH", [_entry(meeting, name, span, "CANCELLED" if meeting.cancelled else "CONFIRMED")])


def send(meeting, hearings) -> tuple[int, list]:
    """Post the invitation to everybody at these hearings who does not hold it as it stands now; to each for their own time.

    Gives how many letters went into the outbox, and the members whom no mail reaches: those without an address, and
    everybody while mail is switched off (they are to be told on paper or by telephone).
    """
    posted, without, mail = 0, [], mail_on()
    waiting = [seat for hearing in hearings for seat in hearing.seats if not seat.invited]
    for member in {seat.member_id: seat.member for seat in waiting}.values():
        if member.email:
            _ask(meeting, member)
            posted += 1
        if not (mail and member.email):
            without.append(member)
    for seat in waiting:
        seat.invited_at, seat.invited_sequence = utcnow(), meeting.sequence
    meeting.invited_at = utcnow()
    let_go(meeting)  # whoever has another address now is asked there, and not at the old one
    return posted, without


def mail_on() -> bool:
    """Whether this installation can send mail."""
    return bool(current_app.config["KURUMAZA"].smtp_host)


def let_go(meeting) -> list:
    """Tell every address that was invited and is not to come any more, because the meeting is called off or nobody who has
    it sits there; give these members. Nobody is told twice, or after the meeting has begun."""
    if meeting.opened_at:
        return []
    seated = set() if meeting.cancelled else {seat.member.email.casefold() for seat in meeting.seats}
    gone = [held for held in HeldEntry.standing(meeting) if held.address.casefold() not in seated]
    for held in gone:
        _call_off(meeting, held)
    return [held.member for held in gone]


def location(meeting) -> str:
    """Where it is, for a calendar: the place and the online address."""
    return "、".join(filter(None, [meeting.place, meeting.online_url]))


def organized(entry):
    """The entry, asked by the office; answers go to the address its mails come from."""
    address = parseaddr(current_app.config["KURUMAZA"].mail_from)[1]
    ical.organized_by(entry, office().name, address or NOBODY)
    return entry


def answered_by_mail() -> bool:
    """Whether somebody reads what calendars answer; else people answer on the page."""
    return bool(current_app.config["KURUMAZA"].imap_host)


def page(meeting) -> str:
    """The address of the meeting's page, if the installation has one that others can use."""
    base = current_app.config["KURUMAZA"].base_url
    return f"{base}{url_for('meetings.show', meeting_id=meeting.id)}" if base else ""


def _ask(meeting, member) -> None:
    before, span = HeldEntry.of(meeting, member.email), meeting.span_of(member)
    news = before is not None and before.called_off_at is None
    moved = news and before.span != span
    seat = next(seat for seat in meeting.seats if seat.member_id == member.id)
    held = HeldEntry.give(meeting, member, span, location(meeting))
    entry = _entry(meeting, (held.uid, held.recurs, held.sequence), span, "CONFIRMED")
    ical.invite(entry, member.name, member.email, ROLE=ROLES[seat.level], PARTSTAT=PARTSTAT[seat.reply], RSVP="TRUE" if answered_by_mail() else "FALSE", CUTYPE="INDIVIDUAL")
    what = "日程変更のお知らせ" if moved else "変更のお知らせ" if news else "開催のご案内"
    _post(meeting, member, what, _words(meeting, member, span, "次のとおり会議を開きますので、ご出席をお願いします。"), ical.whole("REQUEST", [entry]))


def _call_off(meeting, held: HeldEntry) -> None:
    held.call_off()
    span = held.span or (meeting.starts_at, meeting.ends_at)
    # RFC 5546, 3.2.5: CANCELLED calls the whole event off; whoever is let go from one that goes on does not get it
    entry = _entry(meeting, (held.uid, held.recurs, held.sequence), span, "CANCELLED" if meeting.cancelled else "")
    ical.invite(entry, held.member.name, held.address)
    what = "中止のお知らせ" if meeting.cancelled else "ご案内取消しのお知らせ"
    opening = "次の会議は中止しました。" if meeting.cancelled else "次の会議は、ご出席いただかなくてよいことになりました。先のご案内を取り消します。"
    _post(meeting, held.member, what, _words(meeting, held.member, span, opening, ask=False), ical.whole("CANCEL", [entry]), held.address)


def _entry(meeting, name, span, status: str):
    uid, recurs, sequence = name
    entry = ical.entry(uid, sequence, span, f"{meeting.name}（{meeting.reference}）", location(meeting), status, page(meeting), recurs)
    return organized(entry)


def _post(meeting, member, what: str, words: str, calendar: bytes, address: str = "") -> None:
    outbox.post(meeting.topic, address or member.email, f"【{office().name}】{meeting.name} {what}（{meeting.reference}）", words, calendar)


def _words(meeting, member, span, opening: str, ask: bool = True) -> str:
    """The letter, always Japanese: when and where; what it is about stands only behind the sign-in."""
    rows = [f"{member.agency.name}", f"{member.name} 様", "", opening, "", f"会議　{meeting.name}（{meeting.reference}）",
            f"日時　{clock.span(*span)}", f"場所　{meeting.place or 'オンライン'}"]
    if meeting.online_url:
        rows.append(f"接続先　{meeting.online_url}")
    if ask:
        rows += ["", *(["出欠は、このメールの予定に「承諾」「仮承諾」「辞退」でお答えいただくこともできます。"] if answered_by_mail() else []), "出欠の回答とグランドルールの確認は、車座にサインインしてお願いします。", page(meeting),
                 "アカウントをお持ちでない方は、事務局まで電話でお知らせください。"]
    rows += ["", f"このメールには{'案件' if meeting.kind.hears_cases else '会議'}の内容を記載していません。", "", office().name]
    return "\n".join(rows)
