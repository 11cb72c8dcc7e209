"""Who may see and write what is prepared for a meeting.

- A **sheet** not handed in yet is seen by the agency's own people at that table; handed in, by everybody who sits there
  (those asked in writing only do not see the others' sheets).
- A **written inquiry** is seen by the team of the case, and once sent by the agency it is addressed to.
- **Roles asked for beforehand** and **official letters** are the team's; an agency reads what it is asked for on its sheet.
"""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core.access import finder, visible
from core.database import session
from meetings.table import Hearing, Level, Seat
from preparation.inquiries import Inquiry
from preparation.letters import PaperLetter
from preparation.sheets import Sheet
from preparation.sheets_roles import RoleCandidate


def _hearings(person, act):
    return visible(person, "hearing", act).with_only_columns(Hearing.id)


def _own(person, record):
    """Condition: this person sits at the record's table for the record's agency."""
    return sa.exists().where(Seat.hearing_id == record.hearing_id, Seat.member_id == Member.id, Member.user_id == person.id,
                             Member.active.is_(True), Member.agency_id == record.agency_id).correlate(record)


def speaks_for(person, hearing) -> set[int]:
    """Ids of the agencies for which this person sits at the table (not for a written answer only)."""
    return set(session.scalars(
        sa.select(Member.agency_id).join(Seat, Seat.member_id == Member.id).where(
            Seat.hearing_id == hearing.id, Seat.level != Level.INQUIRY, Member.user_id == person.id, Member.active.is_(True))))


@finder("sheet")
def _sheet(person):
    at_the_table = Sheet.hearing_id.in_(_hearings(person, "write"))
    return sa.select(Sheet).where(at_the_table, sa.or_(Sheet.handed_in_at.is_not(None), _own(person, Sheet)))


@finder("candidate", "run")
def _candidate_run(person):
    return sa.select(RoleCandidate).where(RoleCandidate.hearing_id.in_(_hearings(person, "run")), RoleCandidate.withdrawn_at.is_(None))


@finder("inquiry")
def _inquiry(person):
    own = sa.and_(Inquiry.sent_at.is_not(None), Inquiry.hearing_id.in_(_hearings(person, "see")), _own(person, Inquiry))
    return sa.select(Inquiry).where(sa.or_(own, Inquiry.hearing_id.in_(_hearings(person, "run"))))


@finder("inquiry", "run")
def _inquiry_run(person):
    return sa.select(Inquiry).where(Inquiry.hearing_id.in_(_hearings(person, "run")))


@finder("paper", "run")
def _paper_run(person):
    return sa.select(PaperLetter).where(PaperLetter.hearing_id.in_(_hearings(person, "run")))
