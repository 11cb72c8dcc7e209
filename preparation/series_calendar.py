"""Laying out a series for calendars, and sending it to the fixed members (what it may contain: preparation/series_entries.py)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from core import clock, outbox
from core.database import session
from core.office import office
from meetings import ical, invitations
from meetings.core import CoreMember
from meetings.held import HeldEntry
from preparation.series import Series
from preparation.series_days import Pattern
from preparation.series_entries import SeriesEntry, hash_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Layout:
    """A series as one address (or whoever takes the file along, "") is to see it. `whole`: all its days, not only those the
    address was invited to; `helds`: what the address holds of its meetings."""

    def __init__(self, series: Series, helds=(), whole: bool = True):
        self.series = series
        made = {each.meeting_id: each for each in series.meetings}
        self.meetings = {each.rule_day: each.meeting for each in series.meetings}
        self.held = {made[each.meeting_id].rule_day: each for each in helds if each.meeting_id in made}
        self.frames = {each.rule_day: each.day for each in series.preview}
        within = {day for day, each in self.held.items() if each.uid == series.uid and not each.called_off_at}
        self.rule_days = sorted({*self.frames, *within})
        out = {day for day, each in self.held.items() if day not in within}
        self.spans = {day: span for day in self.rule_days if day not in out and (whole or day in within) and (span := self._span(day))}

    @property
    def starts(self) -> dict[date, datetime]:
        """Day of the rule: its beginning by the rule, of all days that are held."""
        return {day: self.series.span(day)[0] for day in self.spans}

    def entries(self, sequence: int, stamp=None) -> list:
        """The entry that recurs, then its exceptions."""
        return [self._recurring(sequence, stamp), *(self._exception(day, sequence, stamp) for day in self.spans if self._differs(day))]

    def content(self) -> str:
        """The same as long as nothing that people see has changed."""
        return hash_of(ical.whole("REQUEST", self.entries(0, _EPOCH)))

    def _recurring(self, sequence, stamp):
        series, first = self.series, self.rule_days[0]
        made = ical.entry(series.uid, sequence, series.span(first), series.name, invitations.location(series), stamp=stamp)
        by_rule = series.rule.days(series.first_on, series.last_on)
        if by_rule:
            made.add("rrule", _rule(series, series.span(by_rule[-1])[0]))
        if beside := [clock.local(series.span(day)[0]) for day in self.rule_days if day not in by_rule]:
            made.add("rdate", beside)
        if without := [clock.local(series.span(day)[0]) for day in self.rule_days if day not in self.spans]:
            made.add("exdate", without)
        return invitations.organized(made)

    def _exception(self, day, sequence, stamp):
        meeting, held = self.meetings.get(day), self.held.get(day)
        name = f"{meeting.name}（{meeting.reference}）" if meeting else self.series.name
        return invitations.organized(ical.entry(self.series.uid, max(sequence, held.sequence if held else 0), self.spans[day], name,
                                           invitations.location(meeting or self.series), recurs=self.series.span(day)[0], stamp=stamp))

    def _differs(self, day) -> bool:
        meeting = self.meetings.get(day)
        return (day in self.held or self.spans[day] != self.series.span(day)
                or meeting is not None and (meeting.name, meeting.place, meeting.online_url) != (self.series.name, self.series.place, self.series.online_url))

    def _span(self, day):
        meeting, held = self.meetings.get(day), self.held.get(day)
        if meeting is not None:
            return None if meeting.cancelled else (held and held.span) or (meeting.starts_at, meeting.ends_at)
        else:
            return self.series.span(self.frames[day]) if self.frames[day] else None


def published(series: Series) -> bytes | None:
    """The series as a file to be taken along; None when no day is left."""
    layout = Layout(series)
    return ical.whole("PUBLISH", layout.entries(0)) if layout.spans else None


def outdated(series: Series) -> list[tuple]:
    """(member, layout) of everybody who is to be sent the series as it is now: fixed members who do not hold it so, and
    those who are none any more."""
    given, helds = SeriesEntry.of(series), _helds(series)
    fixed = {each.member.email.casefold(): each.member for each in CoreMember.of(series.kind) if each.member.email}
    gone = {address: each.member for address, each in given.items() if address not in fixed and not each.called_off_at}
    asked = [(member, Layout(series, helds.get(address, ()), address in fixed)) for address, member in (fixed | gone).items()]
    return [(member, layout) for member, layout in asked if _news(given.get(member.email.casefold()), layout)]


def send(series: Series) -> int:
    """Post the series to everybody who does not hold it as it is now; give how many letters went into the outbox."""
    waiting = outdated(series)
    for member, layout in waiting:
        if layout.spans:
            given = SeriesEntry.give(series, member, layout.content(), layout.starts)
            _post(series, member, "REQUEST", layout.entries(given.sequence), "定例の予定をお送りします。", "定例の予定")
        else:
            given = SeriesEntry.of(series)[member.email.casefold()]
            given.call_off()
            # CANCELLED is not said: the series itself may go on, without this person
            entry = ical.entry(series.uid, given.sequence, (given_start(given), given_start(given)), series.name, status="")
            _post(series, member, "CANCEL", [invitations.organized(entry)], "先にお送りした定例の予定を取り消します。", "定例の予定の取消し")
    return len(waiting)


def given_start(given: SeriesEntry) -> datetime:
    """The first beginning that was sent."""
    return datetime.fromisoformat(given.starts.split()[0]).replace(tzinfo=clock.TOKYO)


def _news(given: SeriesEntry | None, layout: Layout) -> bool:
    standing = given is not None and given.called_off_at is None
    return given.content != layout.content() if standing and layout.spans else standing or bool(layout.spans)


def _helds(series: Series) -> dict[str, list[HeldEntry]]:
    ids, found = [each.meeting_id for each in series.meetings], {}
    for each in session.scalars(sa.select(HeldEntry).where(HeldEntry.meeting_id.in_(ids)).order_by(HeldEntry.id)):
        found.setdefault(each.address.casefold(), []).append(each)
    return found


def _rule(series: Series, last: datetime) -> dict:
    day = WEEKDAYS[series.weekday]
    if series.pattern == Pattern.MONTHLY:
        return dict(freq="MONTHLY", byday=[f"{nth}{day}" for nth in series.rule.ordinals], until=last.astimezone(UTC))
    else:
        return dict(freq="WEEKLY", interval=series.weeks, byday=day, until=last.astimezone(UTC))


def _post(series, member, method, entries, opening, what) -> None:
    for each in entries:
        ical.invite(each, member.name, member.email, **(dict(PARTSTAT="NEEDS-ACTION", RSVP="FALSE") if method == "REQUEST" else {}))
    words = [member.agency.name, f"{member.name} 様", "", opening, "", f"会議　{series.name}",
             f"場所　{series.place or 'オンライン'}", "", "各回の出欠は、それぞれのご案内でお伺いします。" if method == "REQUEST" else "", "このメールには案件の内容を記載していません。", "", office().name]
    outbox.post(f"series/{series.id}", member.email, f"【{office().name}】{series.name} {what}", "\n".join(words), ical.whole(method, entries))
