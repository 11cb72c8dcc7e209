"""A round: from the closing of a meeting until a week later answers go into a sealed box; then it is opened, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from core import clock, jobs, keyed, log
from core.database import insert_once, session
from core.languages import _
from core.web import Refused
from identities.seal import Broken, Key, NoKey
from meetings.models import Meeting
from reflection.models import Box, Mark, QuarterSum, Result
from reflection.rules import DAYS, ENOUGH, Answer, Band, Quarter, Question, Tally, band, quarter_of, together

LONGEST = timedelta(days=2)  # between beginning and closing of a meeting, for looking it up by its beginning


def last_day(meeting) -> date:
    """The last day on which answers are taken."""
    return clock.local(meeting.closed_at).date() + timedelta(days=DAYS)


def runs(meeting) -> bool:
    """Whether answers are taken today."""
    return meeting.closed and not meeting.disposed and clock.today() <= last_day(meeting)


def open_since() -> datetime:
    """Meetings that closed at or after this instant have a round that runs."""
    return clock.instant(clock.today() - timedelta(days=DAYS), time(0))


def answered(meeting_ids: list[int], member_id: int) -> set[int]:
    """Of these meetings, those into whose box this person has put an answer (known while the round runs)."""
    marks = {_mark(each, member_id): each for each in meeting_ids}
    found = session.scalars(sa.select(Mark.mark).where(Mark.mark.in_(marks))) if marks else ()
    return {marks[each] for each in found}


def put_in(meeting, member_id: int, said: Mapping[Question, Answer]) -> None:
    """Count one person's answers; a second time changes nothing. Raises Refused when the round does not run."""
    _ask_running(meeting)
    box, mark = _box(meeting), _mark(meeting.id, member_id)
    if session.get(Mark, mark) is None:
        session.add(Mark(mark=mark, meeting_id=meeting.id))
        box.screen = _sealed(meeting.id, "screen", _opened(meeting.id, "screen", box.screen).with_one(said))


def count_sheets(meeting, sheets: Tally) -> None:
    """Take in what was counted on paper, in the place of an earlier count. Raises Refused when the round does not run, or
    for so few sheets that a count would show who wrote what."""
    _ask_running(meeting)
    if sheets.answers < ENOUGH:
        raise Refused(_("Fewer than five sheets are not counted."), _("Destroy them unread: so few would show who wrote what."))
    _box(meeting).paper = _sealed(meeting.id, "paper", sheets)


def bands(meeting) -> dict[Question, Band]:
    """What the round came to; empty while it runs, and when there were too few answers."""
    return {each.question: each.band for each in session.scalars(sa.select(Result).where(Result.meeting_id == meeting.id))}


def quarters() -> list[Quarter]:
    """The office's sums, by quarter."""
    found: dict[date, list[QuarterSum]] = {}
    for each in session.scalars(sa.select(QuarterSum)):
        found.setdefault(each.begins, []).append(each)
    return [Quarter(begins, rows[0].meetings, rows[0].answers, {each.question: each.yes for each in rows}) for begins, rows in found.items()]


@jobs.every(minutes=60)
def settle(_now: datetime) -> None:
    """Open every box whose round has ended: leave its bands and its part of the sums, or nothing; and destroy it."""
    ended = sa.select(Box).join(Meeting, Meeting.id == Box.meeting_id).where(Meeting.closed_at < open_since())
    for box in session.scalars(ended.with_for_update(of=Box)):
        shown = _whole(box)
        if shown:
            _keep(box.meeting_id, shown)
        session.execute(sa.delete(Mark).where(Mark.meeting_id == box.meeting_id))
        session.delete(box)


def _whole(box: Box) -> Tally | None:
    try:
        return together(_opened(box.meeting_id, "screen", box.screen), _opened(box.meeting_id, "paper", box.paper))
    except (Broken, NoKey, ValueError):  # sealed with the secret of another installation: nobody will ever open it
        log.say("reflection unreadable", meeting=box.meeting_id)
        return None


def _keep(meeting_id: int, tally: Tally) -> None:
    begins, table = quarter_of(clock.today()), QuarterSum.__table__
    for question in Question:
        session.add(Result(meeting_id=meeting_id, question=question, band=band(tally.yes(question), tally.answers)))
        insert_once(QuarterSum, begins=begins, question=question, meetings=0, answers=0, yes=0)
        session.execute(sa.update(table).where(table.c.begins == begins, table.c.question == question).values(
            meetings=table.c.meetings + 1, answers=table.c.answers + tally.answers, yes=table.c.yes + tally.yes(question)))


def _ask_running(meeting) -> None:
    if not runs(meeting):
        raise Refused(_("The time for answers is over."), _("The next meeting has its own minute."))


def _box(meeting) -> Box:
    """The box, locked: two answers at once both count."""
    empty = {name: _sealed(meeting.id, name, Tally()) for name in ("screen", "paper")}
    insert_once(Box, meeting_id=meeting.id, **empty)
    return session.get(Box, meeting.id, with_for_update=True, populate_existing=True)


def _mark(meeting_id: int, member_id: int) -> str:
    return keyed.digest("reflection mark", str(meeting_id), str(member_id))


def _sealed(meeting_id: int, name: str, tally: Tally) -> bytes:
    return _key().seal(tally.text, f"reflection_box/{meeting_id}/{name}")


def _opened(meeting_id: int, name: str, sealed: bytes) -> Tally:
    return Tally.read(_key().open(sealed, f"reflection_box/{meeting_id}/{name}"))


def _key() -> Key:
    return Key(keyed.digest("reflection box"))
