"""Calendar objects as other people's calendars read them (RFC 5545): entries, and the whole around them.

An entry says when, where and under which name; nothing of a case ever stands in it. Times are those of the office's wall,
with the rules of its time zone beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText

from core import clock
from core.database import utcnow
from core.text import revealed

PRODID = "-//Kurumaza//Kurumaza//JA"


def whole(method: str, entries: Iterable[Event], refresh: timedelta | None = None, **more) -> bytes:
    """An iCalendar object of these entries, to be fetched anew every so often (RFC 7986). `more` are further properties, by
    their names with _ for -."""
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    for name, value in more.items():
        made.add(name.replace("_", "-"), value)
    if refresh:
        made.add("refresh-interval", refresh, {"VALUE": "DURATION"})
        made.add("x-published-ttl", vDuration(refresh).to_ical().decode())  # the same, as Outlook reads it
    made.add_component(_tokyo())
    for entry in entries:
        made.add_component(entry)
    return made.to_ical()


def entry(uid: str, sequence: int, span: tuple[datetime, datetime], summary: str, location: str = "", status: str = "CONFIRMED",
          description: str = "", recurs: datetime | None = None, stamp: datetime | None = None) -> Event:
    """One entry. `recurs` is the beginning, in its series, of the one this stands for; `status` "" leaves that unsaid."""
    made = Event()
    made.add("uid", uid)
    if recurs is not None:
        made.add("recurrence-id", clock.local(recurs))
    made.add("sequence", sequence)
    made.add("dtstamp", stamp or utcnow())
    made.add("dtstart", clock.local(span[0]))
    made.add("dtend", clock.local(span[1]))
    for name, text in (("summary", summary), ("location", location), ("description", description), ("status", status)):
        if text:
            made.add(name, plain(text))
    made.add("class", "CONFIDENTIAL")
    return made


def all_day(uid: str, day: date, summary: str, stamp: datetime) -> Event:
    """A day on which something is due, which keeps nobody from meeting on it."""
    made = Event()
    for name, value in (("uid", uid), ("dtstamp", stamp), ("dtstart", day), ("dtend", day + timedelta(days=1)), ("summary", summary),
                        ("class", "CONFIDENTIAL"), ("transp", "TRANSPARENT")):
        made.add(name, value)
    return made


def invite(made: Event, name: str, address: str, **params: str) -> None:
    """Write down whom the entry is sent to; a name cannot break out of its quotes."""
    made.add("attendee", _person(name, address, **params), encode=0)


def organized_by(made: Event, name: str, address: str) -> None:
    """Write down who asks, and where answers go."""
    made["organizer"] = _person(name, address)


def plain(text: str) -> str:
    """Words as they may stand in a calendar: no control signs, whatever a form let through."""
    return revealed("".join(each for each in text if each in "\n\t" or ord(each) >= 32 and ord(each) != 127))


def _person(name: str, address: str, **params: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = vText(" ".join(plain(name).replace('"', "”").split()))
    for key, value in params.items():
        made.params[key] = vText(value)
    return made


def _tokyo() -> Timezone:
    zone = Timezone.from_tzid("Asia/Tokyo")
    zone.pop("COMMENT", None)  # the library's remark about 2038 is of no use to a reader
    return zone
