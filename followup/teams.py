"""A case is never left without a coordinator: who would go is asked to hand their teams over first, in one step."""

from __future__ import annotations

import sqlalchemy as sa

from accounts import leaving
from accounts.models import Role, User, UserRole
from cases.flow import Stage
from cases.models import Case, TeamMember
from core import live
from core.database import session
from core.languages import _, ngettext
from core.web import Refused
from meetings.models import Meeting
from meetings.table import Hearing
from notices.kinds import NoticeKind
from notices.models import tell


def cases_of(user) -> list[Case]:
    """The cases this person runs that are not closed."""
    return list(session.scalars(sa.select(Case).where(_run_by(user), Case.stage != Stage.CLOSED).order_by(Case.number)).unique())


def meetings_of(user) -> list[Meeting]:
    """The meetings to come (or under way) that this person planned."""
    query = sa.select(Meeting).where(Meeting.planned_by_id == user.id, Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
    return list(session.scalars(query.order_by(Meeting.starts_at)).unique())


def successors_of(user) -> list[User]:
    """The other coordinators."""
    query = sa.select(User).where(User.active.is_(True), User.id != user.id, User.held.any(UserRole.role == Role.COORDINATOR))
    return list(session.scalars(query.order_by(User.name)).unique())


def hand_over(user, to: User) -> int:
    """Put a successor on every team of this person, and the meetings they planned into the successor's hands; give how many
    cases. The person stays on the teams until their account goes."""
    cases, meetings = cases_of(user), meetings_of(user)
    for case in cases:
        case.join_team(to)
    for meeting in meetings:
        meeting.planned_by_id = to.id
        live.touch(meeting.topic)
    session.flush()
    if to.member and (cases or meetings):
        tell(to.member, NoticeKind.HANDED_OVER, f"teams/{user.id}/{to.id}/{len(cases)}-{max((each.id for each in cases), default=0)}",
             path="/cases?team=mine", number=len(cases) or len(meetings))
    return len(cases)


@leaving.before
def nobody_else_runs(user, going) -> Refused | None:
    """Why somebody cannot go: cases and planned meetings that have only them. Numbers, for whoever asks may see no case."""
    cases, meetings = _only(user, going)
    if not (Role.COORDINATOR in user.roles and (cases or meetings)):
        return None
    parts = [ngettext("%(num)s open case", "%(num)s open cases", cases)] if cases else []
    parts += [ngettext("%(num)s meeting to come", "%(num)s meetings to come", meetings)] if meetings else []
    return Refused(_("%(name)s is the only coordinator of %(what)s.", name=user.name, what=_(" and ").join(parts)),
                   _("Nothing was changed. First another coordinator must be put on the teams: %(name)s signs in, opens “Hand over my cases” in the menu and names a successor. Then come back here.",
                     name=user.name))


def _only(user, going) -> tuple[int, int]:
    other = (sa.select(TeamMember.user_id).join(User, User.id == TeamMember.user_id)
             .where(TeamMember.case_id == Case.id, User.id.not_in(going), User.active.is_(True), User.held.any(UserRole.role == Role.COORDINATOR)).correlate(Case))
    alone = sa.select(Case.id).where(_run_by(user), Case.stage != Stage.CLOSED, ~other.exists())
    cases = session.scalar(sa.select(sa.func.count()).select_from(alone.subquery()))
    theirs = sa.or_(Meeting.id.in_(sa.select(Hearing.meeting_id).where(Hearing.case_id.in_(alone))),
                    sa.and_(Meeting.planned_by_id == user.id, ~Meeting.hearings.any(Hearing.case_id.is_not(None))))
    to_come = sa.select(sa.func.count(Meeting.id)).where(theirs, Meeting.closed_at.is_(None), Meeting.cancelled_at.is_(None))
    return cases, session.scalar(to_come)


def _run_by(user):
    return sa.exists().where(TeamMember.case_id == Case.id, TeamMember.user_id == user.id).correlate(Case)
