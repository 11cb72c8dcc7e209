"""Invitations: a letter and a calendar entry (RFC 5545, RFC 5546) that say when and where, and nothing about the case."""

from __future__ import annotations

from flask import current_app, url_for
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from core import clock, outbox
from core.database import utcnow
from core.office import office


def calendar(meeting, recipient=None, span=None) -> bytes:
    """The meeting as an iCalendar object, METHOD:REQUEST (CANCEL when called off), in the office's time zone.

    `recipient` is the member it is sent to; the other participants are not named in it. `span` are the instants between
    which somebody is needed, when it is not the whole meeting.
    """
    begins, ends = span or (meeting.starts_at, meeting.ends_at)
    entry = Event()
    entry.add("uid", meeting.uid)
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", utcnow())
    entry.add("dtstart", clock.local(begins))
    entry.add("dtend", clock.local(ends))
    entry.add("summary", f"{meeting.name}（{meeting.reference}）")
    entry.add("location", "、".join(filter(None, [meeting.place, meeting.online_url])))
    entry.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    entry.add("class", "CONFIDENTIAL")
    settings = current_app.config["KURUMAZA"]
    organizer = vCalAddress(f"mailto:{settings.mail_from or 'kurumaza@invalid'}")
    organizer.params["CN"] = vText(office().name)
    entry["organizer"] = organizer
    if recipient is not None and recipient.email:
        attendee = vCalAddress(f"mailto:{recipient.email}")
        attendee.params["CN"], attendee.params["RSVP"] = vText(recipient.name), vText("TRUE")
        entry.add("attendee", attendee, encode=0)
    whole = Calendar()
    whole.add("prodid", "-//Kurumaza//ja")
    whole.add("version", "2.0")
    whole.add("method", "CANCEL" if meeting.cancelled else "REQUEST")
    whole.add_component(_tokyo())
    whole.add_component(entry)
    return whole.to_ical()


def send(meeting, hearings) -> tuple[int, list]:
    """Post the invitation to everybody at these hearings who does not hold it as it stands now; to each for their own time.

    Gives how many letters went into the outbox, and the members whom no mail reaches: those without an address, and
    everybody while mail is switched off (they are to be told on paper or by telephone).
    """
    posted, without, mail = 0, [], mail_on()
    waiting = [seat for hearing in hearings for seat in hearing.seats if not seat.invited]
    for member in {seat.member_id: seat.member for seat in waiting}.values():
        if member.email:
            _post(meeting, member)
            posted += 1
        if not (mail and member.email):
            without.append(member)
    for seat in waiting:
        seat.invited_at, seat.invited_sequence = utcnow(), meeting.sequence
    meeting.invited_at = utcnow()
    return posted, without


def mail_on() -> bool:
    """Whether this installation can send mail."""
    return bool(current_app.config["KURUMAZA"].smtp_host)


def call_off(meeting) -> int:
    """Post the cancellation to everybody invited before; give how many letters went into the outbox."""
    told = {seat.member_id: seat.member for seat in meeting.seats if seat.invited_at and seat.member.email}
    for member in told.values():
        _post(meeting, member)
    return len(told)


def _post(meeting, member) -> None:
    before = any(seat.invited_at for seat in meeting.seats if seat.member_id == member.id)  # else the change is no news to them
    what = "中止のお知らせ" if meeting.cancelled else ("日程変更のお知らせ" if before and meeting.sequence else "開催のご案内")
    outbox.post(meeting.topic, member.email, f"【{office().name}】{meeting.name} {what}（{meeting.reference}）",
                _words(meeting, member), calendar(meeting, member, meeting.span_of(member)))


def _words(meeting, member) -> str:
    """The letter, always Japanese: when and where; what it is about stands only behind the sign-in."""
    base = current_app.config["KURUMAZA"].base_url
    with_base = f"{base}{url_for('meetings.show', meeting_id=meeting.id)}" if base else ""
    opening = ("次の会議は中止しました。" if meeting.cancelled else
               "次のとおり会議を開きますので、ご出席をお願いします。")
    rows = [f"{member.agency.name}", f"{member.name} 様", "", opening, "", f"会議　{meeting.name}（{meeting.reference}）",
            f"日時　{clock.span(*meeting.span_of(member))}", f"場所　{meeting.place or 'オンライン'}"]
    if meeting.online_url:
        rows.append(f"接続先　{meeting.online_url}")
    if not meeting.cancelled:
        rows += ["", "出欠の回答とグランドルールの確認は、車座にサインインしてお願いします。", with_base,
                 "アカウントをお持ちでない方は、事務局まで電話でお知らせください。"]
    rows += ["", "このメールには案件の内容を記載していません。", "", office().name]
    return "\n".join(row for row in rows if row is not None)


def _tokyo() -> Timezone:
    zone = Timezone.from_tzid("Asia/Tokyo")
    zone.pop("COMMENT", None)  # the library's remark about 2038 is of no use to a reader
    return zone
