"""A second opinion on our calendar objects: a strict reader of lines (RFC 5545), and a calendar that obeys mails (RFC 5546).

It shares no code with the library that writes them, and refuses whatever a strict client would.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import re
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

ONCE = {"VCALENDAR": ("PRODID", "VERSION"), "VEVENT": ("UID", "DTSTAMP", "DTSTART"), "VTIMEZONE": ("TZID",)}
TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "COMMENT"}
LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(?P<value>.*)', re.DOTALL)
PARAM = re.compile(r';([A-Z0-9-]+)=(?:"([^"]*)"|([^";:,]*))')


@dataclass
class Part:
    """A component: its properties as (params, value), and the components in it."""

    kind: str
    lines: dict[str, list[tuple[dict, str]]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def one(self, name: str) -> str:
        (_params, value), = self.lines[name]
        return value

    def has(self, name: str) -> bool:
        return name in self.lines

    def all(self, kind: str) -> list[Part]:
        return [each for each in self.parts if each.kind == kind]

    def times(self, name: str) -> list[datetime]:
        return [_time(params, each) for params, value in self.lines.get(name, []) for each in value.split(",")]


def read(octets: bytes) -> Part:
    """The whole object. AssertionError for the least that is not as the RFC says."""
    assert octets.endswith(b"\r\n")
    raw = octets[:-2].split(b"\r\n")
    assert all(len(each) <= 75 for each in raw), "a line is longer than 75 octets"
    assert all(b"\n" not in each and b"\r" not in each for each in raw)
    lines = b"\r\n".join(raw).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    open_, whole = [], None
    for line in lines:
        found = LINE.fullmatch(line)
        assert found, f"no content line: {line!r}"
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            part = Part(value)
            open_[-1].parts.append(part) if open_ else None
            whole = whole or part
            open_.append(part)
        elif name == "END":
            assert open_.pop().kind == value
        else:
            params = {key: quoted or plain for key, quoted, plain in PARAM.findall(found["params"])}
            open_[-1].lines.setdefault(name, []).append((params, _text(value) if name in TEXTS else value))
    assert not open_
    _check(whole)
    return whole


@dataclass
class Calendar:
    """What one address has in its calendar, having obeyed every mail in the order in which they came."""

    address: str
    kept: dict[str, dict] = field(default_factory=dict)
    sequences: dict[tuple, int] = field(default_factory=dict)

    def obey(self, octets: bytes) -> None:
        whole = read(octets)
        method = whole.one("METHOD")
        assert method in ("REQUEST", "CANCEL")
        for event in whole.all("VEVENT"):
            (_params, attendee), = event.lines["ATTENDEE"]
            assert attendee == f"mailto:{self.address}", "somebody else is named in it"
            assert event.has("ORGANIZER")
            uid, recurs = event.one("UID"), next(iter(event.times("RECURRENCE-ID")), None)
            assert int(event.one("SEQUENCE")) >= self.sequences.get((uid, recurs), 0), "an older wording came later"
            self.sequences[uid, recurs] = int(event.one("SEQUENCE"))
            self._cancel(uid, recurs) if method == "CANCEL" else self._request(uid, recurs, event)

    def _request(self, uid, recurs, event):
        if recurs is None:
            self.kept[uid] = {None: event}
        else:
            self.kept.setdefault(uid, {})[recurs] = event

    def _cancel(self, uid, recurs):
        if recurs is None:
            self.kept.pop(uid, None)
        elif None in self.kept.get(uid, {}):
            self.kept[uid][recurs] = None  # that day alone is gone
        else:
            self.kept.get(uid, {}).pop(recurs, None)

    @property
    def shown(self) -> list[tuple[datetime, datetime, str]]:
        """(from, to, where) of everything a person sees, in order."""
        return sorted(each for events in self.kept.values() for each in expand(events))


def expand(events: dict) -> list[tuple]:
    """Single entries of one UID: {beginning in its series, or None: event, or None where it is called off}."""
    master, shown = events.get(None), {each: event for each, event in events.items() if each is not None}
    if master is not None:
        begins, = master.times("DTSTART")
        ends, = master.times("DTEND")
        starts = _recurring(master, begins) if master.has("RRULE") or master.has("RDATE") else [begins]
        assert set(shown) <= {*starts, *master.times("EXDATE")} or not master.has("RRULE"), "an exception to a day that is not in the series"
        plain = [each for each in starts if each not in shown and each not in master.times("EXDATE")]
        yield from ((each, each + (ends - begins), master.one("LOCATION")) for each in plain)
    for event in shown.values():
        if event is not None:
            yield event.times("DTSTART")[0], event.times("DTEND")[0], event.one("LOCATION")


def _recurring(master: Part, begins: datetime) -> list[datetime]:
    zone = begins.tzinfo
    by_rule = rrulestr(master.one("RRULE"), dtstart=begins) if master.has("RRULE") else [begins]
    found = [each.astimezone(zone) for each in by_rule]
    assert begins in found, "the series does not begin with its first day"
    return [*found, *master.times("RDATE")]


def _time(params: dict, value: str) -> datetime:
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    elif params.get("VALUE") == "DATE":
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)
    else:
        return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(params["TZID"]))


def _text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), f"not escaped: {value!r}"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _check(whole: Part) -> None:
    assert whole.kind == "VCALENDAR"
    assert whole.one("VERSION") == "2.0"
    zones = {each.one("TZID") for each in whole.all("VTIMEZONE")}
    for part in (whole, *whole.parts):
        for name in ONCE.get(part.kind, ()):
            part.one(name)
        named = {params["TZID"] for lines in part.lines.values() for params, _value in lines if "TZID" in params}
        assert named <= zones, "a time zone nobody explains"
    for event in whole.all("VEVENT"):
        assert event.one("DTSTAMP").endswith("Z")
        begins, = event.times("DTSTART")
        ends, = event.times("DTEND")
        assert ends > begins or whole.one("METHOD") == "CANCEL"
        assert ends - begins < timedelta(days=2)
