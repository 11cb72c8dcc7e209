"""Who may see and keep which council.

- Who **keeps** it (事務局, coordinators) sees it, changes it and runs all its sessions, whoever planned them. When nobody of
  them is left, every coordinator does: it belongs to the office.
- Its **members**, during their term, see its page and its list; a session opens to them by their seat, as any meeting does.
- The **clerk** sees all of them, for the yearly report; the records of a session once they are final.
- The administrator sees none.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role, User, UserRole
from agencies.models import Member
from core import clock, live
from core.access import finder
from councils.models import Council, CouncilKeeper, CouncilMember
from councils.sessions import CouncilSession
from meetings.rights import also_run

live.decides(CouncilKeeper, CouncilSession)


def kept(person):
    """Condition on Council: this coordinator keeps it, or nobody does any more."""
    if Role.COORDINATOR not in person.roles:
        return sa.false()
    working = (sa.select(CouncilKeeper.council_id).join(User, User.id == CouncilKeeper.user_id).join(UserRole, UserRole.user_id == User.id)
               .where(User.active.is_(True), UserRole.role == Role.COORDINATOR))
    own = sa.select(CouncilKeeper.council_id).where(CouncilKeeper.user_id == person.id)
    return sa.or_(Council.id.in_(own), Council.id.not_in(working))


def sitting(person):
    """Ids of the councils in which this person is a member today."""
    today = clock.today()
    return (sa.select(CouncilMember.council_id).join(Member, Member.id == CouncilMember.member_id)
            .where(Member.user_id == person.id, Member.active.is_(True), CouncilMember.since <= today,
                   sa.or_(CouncilMember.until.is_(None), CouncilMember.until >= today)))


@also_run
def _sessions(person):
    """Ids of the meetings that are sessions of a council this person keeps."""
    return sa.select(CouncilSession.meeting_id).join(Council, Council.id == CouncilSession.council_id).where(kept(person))


@finder("council")
def _council(person):
    if Role.CLERK in person.roles:
        return sa.select(Council)
    return sa.select(Council).where(sa.or_(kept(person), Council.id.in_(sitting(person))))


@finder("council", "run")
def _council_run(person):
    return sa.select(Council).where(kept(person))


@finder("council", "report")
def _council_report(person):
    return sa.select(Council) if Role.CLERK in person.roles else _council_run(person)


@finder("council_member", "run")
def _term_run(person):
    return sa.select(CouncilMember).join(Council, Council.id == CouncilMember.council_id).where(kept(person))


@finder("council_session", "run")
def _session_run(person):
    return sa.select(CouncilSession).join(Council, Council.id == CouncilSession.council_id).where(kept(person))
