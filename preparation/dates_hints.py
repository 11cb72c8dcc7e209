"""What speaks against a day before anybody is asked: closed offices, a room in use, people at other meetings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agencies.models import Member
from core import clock
from core.workdays import add_working_days, working_day
from meetings import clashes
from meetings.models import Meeting
from preparation.dates import invited
from preparation.dates_calendar import closed_because

Span = tuple[datetime, datetime]
AHEAD = 15  # working days that are looked through for proposals
PROPOSED = 4


@dataclass
class Hint:
    """What is known about one span; nothing known means nothing in the way."""

    closed: str = ""
    room: list[Meeting] = field(default_factory=list)
    busy: list[tuple[Member, Meeting | None]] = field(default_factory=list)  # the meeting only where it may be said

    @property
    def clear(self) -> bool:
        return not (self.closed or self.room or self.busy)


def hints(meeting: Meeting, spans: list[Span], person) -> list[Hint]:
    """A hint for each span, as `person` may read it: two or three questions to the database, however many spans."""
    people = {each.member.id: each.member for each in invited(meeting, person)}
    taken = clashes.clashes_in(people, spans, except_meeting=meeting.id)
    named = clashes.visible(person, taken)
    rooms = clashes.in_place(meeting.place, spans, except_meeting=meeting.id)
    return [Hint(closed_because(clock.local(start).date()),
                 [each for each in rooms if each.starts_at < end and each.ends_at > start],
                 [(people[each.member_id], named.get(each.meeting_id)) for each in taken if each.meets(start, end)])
            for start, end in spans]


def proposed(meeting: Meeting) -> list[Span]:
    """The time planned, and the same hours on the next working days on which nobody and no room is taken."""
    planned = meeting.starts_at, meeting.ends_at
    first = max(clock.local(meeting.starts_at).date(), clock.today())
    days = [add_working_days(first, count) for count in range(1, AHEAD + 1)]
    spans = [_on(day, planned) for day in days]
    taken = clashes.clashes_in([each.member.id for each in invited(meeting)], spans, except_meeting=meeting.id)
    rooms = clashes.in_place(meeting.place, spans, except_meeting=meeting.id)
    free = [(start, end) for start, end in spans if not any(each.meets(start, end) for each in taken)
            and not any(each.starts_at < end and each.ends_at > start for each in rooms)]
    still = [planned] if clock.local(meeting.starts_at).date() >= clock.today() else []
    return still + free[:PROPOSED]


def answer_by(spans: list[Span]):
    """By when to ask for answers: five working days from now, but before the first day offered."""
    first = min((clock.local(start).date() for start, _end in spans), default=clock.today())
    wanted = add_working_days(clock.today(), 5)
    while wanted >= first and wanted > clock.today():
        wanted -= timedelta(days=1)
    while not working_day(wanted) and wanted > clock.today():
        wanted -= timedelta(days=1)
    return wanted


def _on(day, planned: Span) -> Span:
    start, end = (clock.local(each).time() for each in planned)
    return clock.instant(day, start), clock.instant(day, end)


def own_meetings(member: Member, spans: list[Span], person, except_meeting: int) -> list[str | None]:
    """For each span what else this member sits at: its name where `person` may see it, empty text where not, None for nothing."""
    taken = clashes.clashes_in([member.id], spans, except_meeting)
    named = clashes.visible(person, taken)
    first = [next((each for each in taken if each.meets(*span)), None) for span in spans]
    return [None if each is None else (named[each.meeting_id].name if each.meeting_id in named else "") for each in first]
