"""Roles that wait for an answer after its day: their holders are asked once more, whoever runs the case is told how many."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from actions.asking import PATH, Asking
from actions.holding import gone
from actions.models import ActionItem
from actions.requests import open_request
from actions.standing import after_meeting, running, unconfirmed
from actions.told import about, tell_runners, waits_for
from agencies.absences import Absence
from cases import flow
from cases.models import Case
from core import clock, jobs
from core.database import session
from core.office import office
from core.workdays import add_working_days, working_day
from followup.asking import AGAIN
from followup.reminder_days import unanswered
from meetings.models import Meeting
from meetings.table import Hearing
from notices.kinds import NoticeKind
from notices.models import Notice, settle, tell

LOOKED_BACK = timedelta(days=90)  # of older meetings nobody is told anew


@jobs.every(minutes=15)
def ask_once_more(now: datetime) -> None:
    """See what was to be answered by now. Each time somebody was asked is followed up once."""
    today = clock.local(now).date()
    if office() is not None and working_day(today):
        waiting = [each.meeting.topic for each in _hearings(now) if _follow_up(each, today)]
        session.execute(sa.update(Notice).where(Notice.kind == NoticeKind.UNANSWERED, Notice.unseen, Notice.topic.not_in(waiting))
                        .values(settled_at=now).execution_options(synchronize_session=False))


def _hearings(now: datetime) -> list[Hearing]:
    """Tables of closed meetings with roles nobody has answered, of cases that go on."""
    waiting = sa.exists().where(ActionItem.hearing_id == Hearing.id, ActionItem.removed_at.is_(None), running(), unconfirmed(), after_meeting())
    goes_on = sa.or_(Hearing.case_id.is_(None), Hearing.case_id.in_(sa.select(Case.id).where(Case.stage.not_in(flow.OVER))))
    query = sa.select(Hearing).join(Meeting).where(Meeting.closed_at > now - LOOKED_BACK, waiting, goes_on)
    return list(session.scalars(query.options(orm.selectinload(Hearing.actions).selectinload(ActionItem.requests), orm.joinedload(Hearing.meeting)
                                              .selectinload(Meeting.minutes_versions)).order_by(Hearing.id)).unique())


def _follow_up(hearing: Hearing, today: date) -> bool:
    """Say what is to be said of one table; whether answers are missing there."""
    asked = list(session.scalars(sa.select(Asking).where(Asking.hearing_id == hearing.id).order_by(Asking.id)).unique())
    actions = [each for each in hearing.actions if each.held and not each.removed_at and not each.state.over and each.confirmation is None
               and open_request(each) is None]  # what they asked for is ours to answer
    late = {each.id for each in actions if _late(each, asked, hearing, today)} if not hearing.meeting.final else set()
    last = {each.member: each for each in asked}  # the last time each of them was asked
    for member, asking in last.items():
        theirs = [each for each in actions if each.id in late and waits_for(each, member)]
        if theirs:
            _ask(member, asking, hearing.meeting, len(theirs))
    if late:
        tell_runners(hearing, NoticeKind.UNANSWERED, f"unanswered/{hearing.id}/{asked[-1].id if asked else 0}", number=len(late))
    return bool(late)


def _late(action: ActionItem, asked: list[Asking], hearing: Hearing, today: date) -> bool:
    """Whether the answer is overdue: by the day it was last asked for; never asked for, by the office's days after the meeting."""
    days = [each.answer_by for each in asked if any(role.action_id == action.id for role in each.roles)]
    closed = clock.local(hearing.meeting.closed_at).date()
    return unanswered(today, max(days) if days else add_working_days(closed, office().confirm_within))


def _ask(member, asking: Asking, meeting: Meeting, number: int) -> None:
    """Once more, or whoever acts for them while they are away; who is gone is asked no more."""
    away = Absence.of(member)
    who = away.deputy if away else member
    key = f"{AGAIN}{asking.id}/{who.id}"
    if not gone(who) and session.scalar(sa.select(Notice.id).where(Notice.key == key)) is None:
        settle(NoticeKind.CONFIRM, topic=meeting.topic, member=who)  # the new one takes the place of the first
        tell(who, NoticeKind.CONFIRM, key, about(meeting), PATH, meeting.topic, number)
