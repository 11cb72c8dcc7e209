"""Answers to invitations as calendars send them by mail (RFC 5546 REPLY and COUNTER, RFC 6047). Pure: no web, no database.

Anybody may write to a mailbox. What is read here is small, of few parts, and says who answers what and when; everything
else (rules, alarms, other people, text in the mail) is never looked at. Whoever answers for somebody else is not heard:
the sender of the mail must be the attendee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from email.utils import getaddresses

from icalendar import Calendar

from core import clock

LARGEST = 300_000  # bytes of a mail
CALENDAR = 60_000  # … and of the calendar object in it
PARTS, ENTRIES = 30, 5
WORDS = {"ACCEPTED": "yes", "TENTATIVE": "maybe", "DECLINED": "no"}
ELSEWHEN = "別の日時を希望"


@dataclass(frozen=True)
class Answer:
    """One person's answer to one entry; `recurs` is the beginning, in its series, of the one answered."""

    uid: str
    attendee: str
    sequence: int
    stamp: datetime
    reply: str  # yes, maybe or no
    note: str = ""
    recurs: datetime | None = None


def answers(mail: bytes) -> list[Answer]:
    """The answers in a mail; none for a mail that is no answer, or not one to be trusted in."""
    if len(mail) > LARGEST:
        return []
    try:
        sender, text = _opened(mail)
        return [each for each in _read(text) if each.attendee == sender] if text else []
    except Exception:
        return []


def _opened(mail: bytes) -> tuple[str, bytes]:
    message = message_from_bytes(mail, policy=policy.compat32)
    senders = [address.casefold() for _name, address in getaddresses(message.get_all("From", [])) if address]
    for place, part in enumerate(message.walk()):
        if place >= PARTS:
            break
        if part.get_content_type() == "text/calendar":
            return senders[0] if len(senders) == 1 else "", part.get_payload(decode=True) or b""
    return "", b""


def _read(text: bytes) -> list[Answer]:
    if len(text) > CALENDAR:
        return []
    whole = Calendar.from_ical(text.decode("utf-8"))
    method = str(whole.get("method", "")).upper()
    entries = whole.walk("VEVENT")
    return [_answer(each, method) for each in entries] if method in ("REPLY", "COUNTER") and len(entries) <= ENTRIES else []


def _answer(entry, method: str) -> Answer:
    attendee = entry["attendee"]
    if isinstance(attendee, list) or not str(attendee).casefold().startswith("mailto:"):
        raise ValueError("one attendee answers")
    if any(each < " " for each in f"{entry['uid']}{attendee}"):
        raise ValueError("a name is one line without control characters")
    word = str(attendee.params.get("PARTSTAT", "")).upper()
    return Answer(uid=str(entry["uid"])[:80], attendee=str(attendee)[len("mailto:"):].strip().casefold(), sequence=int(entry.get("sequence", 0)),
                  stamp=_instant(entry["dtstamp"].dt), reply="maybe" if method == "COUNTER" else WORDS[word],
                  note=_another_time(entry) if method == "COUNTER" else str(entry.get("comment", "")),
                  recurs=_instant(entry["recurrence-id"].dt) if "recurrence-id" in entry else None)


def _another_time(entry) -> str:
    begins, ends = (_instant(entry[each].dt) if each in entry else None for each in ("dtstart", "dtend"))
    return f"{ELSEWHEN}（{clock.span(begins, ends)}）" if begins and ends and begins < ends else ELSEWHEN


def _instant(value: date | datetime) -> datetime:
    """A day counts from its first moment; a time without a zone is the office's."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=clock.TOKYO)).astimezone(UTC)
