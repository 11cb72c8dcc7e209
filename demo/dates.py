"""The sample's date finding: days offered for a meeting to come, and what people have answered so far (dates.toml)."""

from __future__ import annotations

from datetime import timedelta

from core.database import session
from demo.days import Days
from demo.people import Town
from preparation.dates import DatePoll
from preparation.dates_ranking import Mark

MARKS = {each.sign: each for each in Mark}


def plan(data: dict, town: Town, days: Days) -> None:
    """Put what dates.toml says into the database."""
    for row in data["poll"]:
        _find(row, town, days)
    session.flush()


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
