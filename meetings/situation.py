"""What is known when the table of a case is set: the roster and the case, as meetings/selection.py asks for them."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Agency, Domain, Member, agency_domain
from core import clock
from core.database import session
from core.languages import _
from meetings.clashes import clashes
from meetings.core import CoreMember
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.selection import Candidate, Situation
from meetings.table import Attendance, Hearing, Seat


def roster() -> list[Candidate]:
    """Everybody who may be asked to sit: columns, not objects, since a city has thousands."""
    domains: dict[int, set[str]] = {}
    for agency, code in session.execute(sa.select(agency_domain)):
        domains.setdefault(agency, set()).add(code)
    kept = {agency: frozenset(codes) for agency, codes in domains.items()}
    rows = session.execute(sa.select(Member.id, Agency.id, Agency.kind, Agency.prefectural, Member.user_id).join(Agency).where(
        Member.active, Agency.active).order_by(Member.id))
    return [Candidate(member, agency, kept.get(agency, frozenset()), kind.value, prefectural, user is not None)
            for member, agency, kind, prefectural, user in rows]


def of(hearing: Hearing) -> Situation:
    """What is known of this case at this moment."""
    meeting, case = hearing.meeting, hearing.case
    core = frozenset(session.scalars(sa.select(CoreMember.member_id).where(CoreMember.kind == meeting.kind)))
    if case is None:
        return Situation(core=core)
    earlier = sa.select(Hearing.id).join(Meeting).where(Hearing.case_id == case.id, Meeting.closed_at.is_not(None))
    return Situation(
        needs=tuple(each.domain_code for each in case.needs), core=core, lead=_lead(case.id), roles=_open_roles(earlier),
        ties=_put_forward(case) | {tie.agency_id: tie.note or str(tie.strength.label) for tie in case.ties if tie.agency_id},
        sat=_sat(earlier), presenters=frozenset(each.member_id for each in case.referrals),
        scope=case.consent_scope(clock.local(meeting.starts_at).date()) if meeting.kind == Kind.JUSO else None,
        related={each.member_id: each.note for each in case.conflicts})


def busy(hearing: Hearing, members) -> frozenset[int]:
    """Which of these members sit at another meeting while this case is heard."""
    return frozenset(clashes(members, *hearing.meeting.called([hearing]), hearing.meeting_id))


def domain_names() -> dict[str, str]:
    """Code: name of every domain in the language in use."""
    return {each.code: each.label for each in Domain.listed()}


def _lead(case_id: int) -> int | None:
    """The lead agency the last meeting of the case agreed on."""
    return session.scalar(sa.select(Hearing.lead_agency_id).join(Meeting).where(
        Hearing.case_id == case_id, Hearing.lead_agency_id.is_not(None)).order_by(Meeting.starts_at.desc()).limit(1))


def _put_forward(case) -> dict[int, str]:
    """Agency: that it put this household forward, and so may present it (事例提供者)."""
    return {each.agency_id: _("put the household forward (%(number)s)", number=each.number) for each in case.referrals}


def _open_roles(earlier) -> dict[int, int]:
    """Agency: how many roles it took on in these hearings whose day has not passed, or that have no day."""
    action = Hearing.actions.property.mapper.class_
    count = sa.select(action.agency_id, sa.func.count()).where(
        action.hearing_id.in_(earlier), action.removed_at.is_(None), action.agency_id.is_not(None),
        sa.or_(action.due_on.is_(None), action.due_on >= clock.today())).group_by(action.agency_id)
    return dict(session.execute(count).all())


def _sat(earlier) -> frozenset[int]:
    here = [each for each in Attendance if each.here]
    return frozenset(session.scalars(sa.select(Seat.member_id).where(Seat.hearing_id.in_(earlier), Seat.attendance.in_(here))))
