"""The facilitator's desk: plain values from the table for the rules beside it (open_points.py, voices.py). Of the lines only
what is asked of them is read: the desk is set anew with every news, however long the record has grown."""

from __future__ import annotations

from flask_login import current_user
import sqlalchemy as sa

from agencies.models import Agency
from core import languages
from core.database import session, utcnow
from meetings.capture import Entry, EntryKind, Revision
from meetings.steps import AgendaItem
from meetings.table import Hearing
from room import phrases
from room.open_points import Open, Role, Standing, open_points
from room.voices import Voice, quiet, unheard, voices


def standing(hearing: Hearing, agenda: list[AgendaItem]) -> Standing:
    """What stands on the table of this case now."""
    rivals = _lines(hearing).where(sa.exists().where(Revision.entry_id == Entry.id, Revision.rival))
    return Standing(
        # a role nobody has is settled once it is said who goes on looking, and until when
        roles=[Role(each.id, each.what, each.agency_id is not None or not each.unsettled, each.due_on is not None or each.seeking,
                    each.declined and each.unsettled) for each in hearing.actions if not each.removed_at],
        decisions=len(decided(hearing)), rivals=session.scalars(rivals.with_only_columns(Entry.id)).all(),
        wishes=sum(each.removed_at is None for each in hearing.ideas),
        wishes_asked=any(each.screen == "ideas" and each.ended_at for each in agenda if each.hearing_id in (None, hearing.id)),
        lead=hearing.lead_agency_id is not None, emergency=hearing.emergency, next_meeting=hearing.next_meeting,
        about_a_case=hearing.case_id is not None)


def still_open(hearing: Hearing, agenda: list[AgendaItem]) -> list[Open]:
    """What is still open before this case can be closed with a good conscience."""
    return open_points(standing(hearing, agenda))


def decided(hearing: Hearing) -> list[Entry]:
    """The decisions that stand."""
    of = _lines(hearing).where(Entry.kind == EntryKind.DECISION).order_by(Entry.position, Entry.id)
    return list(session.scalars(of).unique())


def heard_of(hearing: Hearing) -> dict:
    """How the agencies at this table have been heard: `all` of them, those `unheard` of, those `quiet` for a while."""
    found = _voices(hearing)
    return dict(all=found, unheard=unheard(found), quiet=quiet(found, utcnow()))


def say_now(item: AgendaItem | None) -> str:
    """What the facilitator may say now: the step's own words, else those that come with the house."""
    if item is None:
        return ""
    return item.say or phrases.phrase(item.screen, languages.language())


def _voices(hearing: Hearing) -> list[Voice]:
    # who leads, writes or watches the clock speaks for the meeting, not for an agency
    table = {seat.member.agency.name: None for seat in hearing.seats
             if seat.attendance.here and seat.role.value in ("presenter", "participant")}
    # what was told to some only is no voice at the table: an agency that was shut out would seem heard with the others
    said = _lines(hearing).where(Entry.limited.is_(False)).join(Agency, Agency.id == Entry.agency_id).with_only_columns(Agency.name, Entry.written_at)
    return voices(list(table), [(agency, at) for agency, at in session.execute(said)])


def _lines(hearing: Hearing) -> sa.Select:
    return current_user.all("entry").where(Entry.hearing_id == hearing.id, Entry.removed_at.is_(None))
