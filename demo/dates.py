"""The sample's date finding, rooms and recurring meeting: what people have answered so far, what is planned ahead (dates.toml)."""

from __future__ import annotations

from datetime import date, time, timedelta

from core import clock
from core.database import session
from demo.days import Days
from demo.people import Town
from meetings.kinds import Kind
from meetings.models import Mode
from preparation.dates import DatePoll
from preparation.dates_ranking import Mark
from preparation.rooms import Room
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern

MARKS = {each.sign: each for each in Mark}


def plan(data: dict, town: Town, days: Days) -> None:
    """Put what dates.toml says into the database."""
    session.add_all(Room(**row) for row in data["room"])
    for row in data["series"]:
        _repeat(row, town, days)
    for row in data["poll"]:
        _find(row, town, days)
    session.flush()


def _repeat(row: dict, town: Town, days: Days) -> None:
    """From tomorrow to the end of the fiscal year; near its end, of the next one."""
    kept = dict(kind=Kind(row["kind"]), mode=Mode(row["mode"]), on_closed=OnClosed(row["on_closed"]), pattern=Pattern.MONTHLY,
                starts=time.fromisoformat(row["starts"]), ends=time.fromisoformat(row["ends"]))
    year = clock.fiscal_year(days.today + timedelta(days=60))
    series = Series(**row | kept, first_on=days.today + timedelta(days=1), last_on=date(year + 1, 3, 31), planned_by_id=town.facilitator.id)
    session.add(series)
    session.flush()
    series.make(town.facilitator, "ja")


def _find(row: dict, town: Town, days: Days) -> None:
    meeting = town.meetings[row["meeting"]]
    length = meeting.ends_at - meeting.starts_at
    starts = [meeting.starts_at, *(days.at(slot["days"], slot["start"]) for slot in row["slots"])]
    poll = DatePoll.begin(meeting, town.facilitator, [(each, each + length) for each in starts], days.day(row["answer_days"]))
    poll.opened_at = days.at(row["opened_days"], "10:15")
    session.flush()
    offered = {each.starts_at: each.id for each in poll.slots}
    for turn, answer in enumerate(row["answers"]):
        member = town.members[answer["member"]]
        marks = {offered[start]: MARKS[sign] for start, sign in zip(starts, answer["marks"], strict=True)}
        poll.answer(member, marks, answer.get("word", ""), by=town.hand_of(member))
        poll.replies[-1].at = poll.opened_at + timedelta(minutes=25 * (turn + 1))
