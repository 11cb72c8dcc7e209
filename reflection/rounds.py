"""A round: from the closing of a meeting until a week later answers go into a sealed box; then it is opened, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from core import clock, jobs, keyed, log
from core.database import insert_once, session
from core.languages import _
from core.web import Refused
from identities.seal import Broken
from meetings.models import Meeting
from reflection import blur, seals, sums
from reflection.models import Box, Mark, Result
from reflection.rights import without_account
from reflection.rules import DAYS, Answer, Band, Question, Tally, band, enough

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
    take(meeting, member_id, said)


def take(meeting, member_id: int, said: Mapping[Question, Answer]) -> None:
    """The same, whatever today is: the sample tells of days of its own."""
    box, mark = _box(meeting), _mark(meeting.id, member_id)
    if session.get(Mark, mark) is None:
        session.add(Mark(mark=mark, meeting_id=meeting.id))
        blur.blur(meeting.id)
        box.screen = _sealed(meeting.id, "screen", _opened(meeting.id, "screen", box.screen).with_one(said))


def count_sheets(meeting, sheets: Tally) -> None:
    """Take in what was counted on paper, in the place of an earlier count. Raises Refused when the round does not run, or
    for so few sheets that a count would show who wrote what, or for more than people sat there without an account."""
    _ask_running(meeting)
    if not enough(sheets):
        raise Refused(_("Fewer than five sheets are not counted."), _("Destroy them unread: so few would show who wrote what."))
    if sheets.answers > without_account(meeting):
        raise Refused(_("More sheets than people without an account."), _("Look at the record of who was present."))
    box = _box(meeting)
    blur.blur(meeting.id)
    box.paper = _sealed(meeting.id, "paper", sheets)


def bands(meeting) -> dict[Question, Band]:
    """What the round came to; empty while it runs, and when there were too few answers."""
    return {each.question: each.band for each in session.scalars(sa.select(Result).where(Result.meeting_id == meeting.id))}


@jobs.every(minutes=60)
def settle(_now: datetime) -> None:
    """Open every box whose round has ended: leave its bands and its part of the sums, or nothing; and destroy it."""
    ended = sa.select(Box).join(Meeting, Meeting.id == Box.meeting_id).where(Meeting.closed_at < open_since())
    for box in session.scalars(ended.with_for_update(of=Box)):
        _keep(box.meeting_id, _enough(box, "screen"), _enough(box, "paper"))
        session.execute(sa.delete(Mark).where(Mark.meeting_id == box.meeting_id))
        session.delete(box)
    session.flush()
    sums.write_out(clock.today())


def _enough(box: Box, name: str) -> Tally | None:
    try:
        return enough(_opened(box.meeting_id, name, getattr(box, name)))
    except (Broken, ValueError):  # sealed with the secret of another installation: nobody will ever open it
        log.say("reflection unreadable", meeting=box.meeting_id)
        return None


def _keep(meeting_id: int, screen: Tally | None, paper: Tally | None) -> None:
    """Of the screen the bands; of both the sums. Sheets never enter a band: whoever types them in would move it as they like,
    until it tells of a single voice."""
    if screen:
        session.add_all(Result(meeting_id=meeting_id, question=each, band=band(screen.yes(each), screen.answers)) for each in Question)
    if screen or paper:
        sums.add(clock.today(), screen, paper)


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
    return seals.key().seal(tally.text, f"reflection_box/{meeting_id}/{name}")


def _opened(meeting_id: int, name: str, sealed: bytes) -> Tally:
    return Tally.read(seals.key().open(sealed, f"reflection_box/{meeting_id}/{name}"))
