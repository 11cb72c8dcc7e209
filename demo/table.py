"""What was said, taken on and wished for at one table of the sample (entries, rounds, actions, ideas of meetings.toml)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from actions.models import ActionItem, Answer, Nature, Progress, Rank
from actions.progress import ProgressStep
from community.kinds import ResourceKind
from core.database import session
from demo.days import Days
from demo.people import Town
from meetings.capture import Entry, EntryKind
from meetings.table import Hearing
from resources.models import IdeaState, ResourceIdea
from room.cards import ClueCard
from room.cards_used import CardUse
from room.rounds import Round

GOING = {"doing": Progress.STARTED, "stopped": Progress.STUCK}


def write(hearing: Hearing, words: dict, key: str, town: Town, days: Days) -> None:
    """Write a table's record; `key` is the meeting's key in the data. The meeting must be open."""
    prefix, rows = f"sample-{key}-{hearing.position}", words.get("entries", [])
    for turn, row in enumerate(rows, 1):
        _entry(hearing, row, f"{prefix}-entry-{turn}", _moment(hearing, turn / (len(rows) + 1)), town)
    for turn, row in enumerate(words.get("rounds", []), 1):
        _round(hearing, row, f"{prefix}-round-{turn}", _moment(hearing, 0.6), town)
    for row in words.get("cards", []):
        _card(hearing, row, town)
    for turn, row in enumerate(words.get("ideas", []), 1):
        _idea(hearing, row, f"{prefix}-idea-{turn}", _moment(hearing, 0.8), town, days)
    for turn, row in enumerate(words.get("actions", []), 1):
        _action(hearing, row, f"{prefix}-action-{turn}", _moment(hearing, 0.9), town, days)


def _moment(hearing: Hearing, share: float) -> datetime:
    """The instant when this share of the meeting had passed."""
    meeting = hearing.meeting
    return meeting.starts_at + timedelta(seconds=int((meeting.ends_at - meeting.starts_at).total_seconds() * share))


def _entry(hearing: Hearing, row: dict, key: str, at: datetime, town: Town) -> None:
    entry = Entry.capture(hearing, town.facilitator, key, EntryKind(row["kind"]), row["text"], row.get("source", ""),
                          town.agencies.get(row["said_by"]))
    entry.written_at = entry.revisions[0].written_at = at


def _round(hearing: Hearing, row: dict, key: str, at: datetime, town: Town) -> None:
    """Everybody writes for themselves (the facilitator, for those without an account), then all is revealed."""
    asked = Round.begin(hearing, town.facilitator, key, row["question"])
    session.flush()
    seats = {seat.member_id: seat for seat in hearing.seats}
    for said in row["words"]:
        member = town.members[said["member"]]
        word = asked.write(seats[member.id], town.hand_of(member), said.get("text", ""), 0, said.get("passed", False))
        word.handed_in_at = at + timedelta(minutes=2)
    asked.reveal()
    asked.opened_at, asked.revealed_at, asked.ended_at = at, at + timedelta(minutes=3), at + timedelta(minutes=3)
    session.flush()
    for line in asked.lines(sa.select(Entry)):
        line.written_at = line.revisions[0].written_at = asked.revealed_at


def _card(hearing: Hearing, row: dict, town: Town) -> None:
    words = next(each for each in ClueCard.listed() if each.key == row["card"]).words
    use = CardUse.show(hearing, town.facilitator, words)
    use.shown_at, use.ended_at, use.outcome = _moment(hearing, row["share"]), _moment(hearing, row["share"] + 0.1), row["outcome"]


def _idea(hearing: Hearing, row: dict, key: str, at: datetime, town: Town, days: Days) -> None:
    idea = ResourceIdea.suggest(
        hearing, town.facilitator, key, need=row["need"], wished=row["wished"], enables=row["enables"],
        kind=ResourceKind(row["kind"]), nearest=row["nearest"], first_step=row["first_step"], forum=row["forum"],
        owner=town.agencies.get(row["owner"]), due_on=_due(row, days), state=IdeaState(row["state"]))
    idea.written_at = at


def _action(hearing: Hearing, row: dict, key: str, at: datetime, town: Town, days: Days) -> None:
    action = ActionItem.assign(hearing, town.facilitator, key, row["what"], town.agencies.get(row["agency"]),
                               town.members.get(row["member"]), _due(row, days), Rank(row["rank"]), until_on=_due(row, days, "until_days"),
                               nature=Nature(row["nature"]) if "nature" in row else None)
    action.written_at = at
    session.flush()  # an answer is bound to who holds the role: that is known once it is stored
    if row["answer"]:
        answer = action.confirm(town.hand_of(action.member), Answer(row["answer"]), row.get("word", ""), answer_by=_due(row, days, "back_days"))
        answer.at = days.at(row["answered_days"], "17:10")
    if row.get("progress", "open") != "open":
        _report(action, row, town, days)
    if action.seeking:
        action.escalation_agency = town.agencies.get(row.get("escalation"))
        action.escalation_on = _due(row, days, "escalation_days")


def _report(action: ActionItem, row: dict, town: Town, days: Days) -> None:
    """How the role went on after the meeting: begun in the week after the answer, done by its day."""
    begun, last = min(row["answered_days"] + 5, -1), min(row["due_days"] - 1, -1)
    if row["progress"] == "done":
        _step(action, Progress.STARTED, "", days.at(begun, "11:30"), town)
        _step(action, Progress.DONE, row.get("progress_note", ""), days.at(max(last, begun), "16:20"), town)
    else:
        _step(action, GOING[row["progress"]], row.get("progress_note", ""), days.at(begun, "16:20"), town)


def _step(action: ActionItem, state: Progress, note: str, at: datetime, town: Town) -> None:
    action.state = state
    session.add(ProgressStep(action=action, state=state, note=note, by_id=town.hand_of(action.member).id, at=at))
    session.flush()


def _due(row: dict, days: Days, name: str = "due_days"):
    return days.day(row[name]) if name in row else None
