"""Reminders before and after the day of a role: one notice to one person on one day, however many roles it is about.

Whoever acts for a role today is reminded. Where nobody can be (their account is out of use, they have neither account nor
address), whoever runs the case is told instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from actions.holding import people_of
from actions.models import ActionItem
from actions.standing import after_meeting, running
from actions.told import about, run_by
from agencies.models import Member
from cases import flow
from cases.models import Case
from core import clock, jobs
from core.database import session
from core.office import Office, office
from core.workdays import working_day
from followup.reachable import reachable
from followup.reminded import Reminder, settle_what_is_over
from followup.reminder_days import About, Step, after, horizon, near
from meetings.table import Hearing, Seat
from notices.kinds import NoticeKind
from notices.models import tell
from notices.settings import NoticeSetting

TO_DO = sa.and_(ActionItem.id == Reminder.action_id, ActionItem.removed_at.is_(None), running(), ActionItem.due_on == Reminder.due_on)


class Word(NamedTuple):
    """Something to be said to somebody about one role; `own`: they have it. Not aloud, it only counts as said."""

    member: Member
    kind: About
    action: ActionItem
    own: bool
    aloud: bool = True


@jobs.every(minutes=15)
def remind(now: datetime) -> None:
    """Remind whoever has roles whose day is near or has passed: on working days, before the letter of the day goes out."""
    here, today = office(), clock.local(now).date()
    settle_what_is_over(TO_DO)
    if here is not None and working_day(today):
        said: dict = {}
        for word in (each for action in _roles(here, today) for each in _words(action, here, today)):
            said.setdefault((word.member, word.kind), []).append(word)
        for (member, kind), words in said.items():
            _say(member, kind, words, today)


def _roles(here: Office, today: date) -> list[ActionItem]:
    """Roles somebody has, that are left to do and whose day is near or passed not long ago; of cases that go on."""
    query = sa.select(ActionItem).join(Hearing, Hearing.id == ActionItem.hearing_id).outerjoin(Case, Case.id == Hearing.case_id).where(
        ActionItem.removed_at.is_(None), running(), after_meeting(), ActionItem.due_on.between(*horizon(today, here.remind_before, here.remind_after)),
        sa.or_(Case.id.is_(None), Case.stage.not_in(flow.OVER)))
    whole = orm.selectinload(ActionItem.hearing).joinedload(Hearing.meeting)
    return [each for each in session.scalars(query.options(whole).order_by(ActionItem.id)).unique() if each.held]


def _words(action: ActionItem, here: Office, today: date) -> Iterator[Word]:
    theirs = [each for each in people_of(action) if reachable(each)]
    steps = {}
    for member in theirs or run_by(action.hearing):
        if _near(action, member, here, today):
            yield Word(member, About.DUE, action, bool(theirs))
        steps[member] = _after(action, member, here, today)
        if steps[member]:
            yield Word(member, About.OVERDUE, action, bool(theirs), aloud=steps[member] is Step.AGAIN)
    if Step.PASS_ON in steps.values():
        leads = [each for each in _leads(action) if each not in steps and not Reminder.days(action, each, About.OVERDUE)]
        yield from (Word(each, About.OVERDUE, action, False) for each in leads)


def _near(action: ActionItem, member, here: Office, today: date) -> bool:
    since = clock.local(action.hearing.meeting.closed_at).date()
    return near(today, action.due_on, here.remind_before, since) and not Reminder.days(action, member, About.DUE)


def _after(action: ActionItem, member, here: Office, today: date) -> Step | None:
    return after(today, action.due_on, here.remind_after, Reminder.days(action, member, About.OVERDUE)) if today > action.due_on else None


def _leads(action: ActionItem) -> list[Member]:
    """Who hears of a role that stays overdue: the lead agency's people at the table, else whoever runs the case."""
    hearing = action.hearing
    if hearing.lead_agency_id in (None, action.agency_id):
        return run_by(hearing)
    seats = session.scalars(sa.select(Seat).where(Seat.hearing_id == hearing.id)).unique()
    leads = [each.member for each in seats if each.member.agency_id == hearing.lead_agency_id and reachable(each.member)]
    return leads or run_by(hearing)


def _say(member: Member, kind: About, words: list[Word], today: date) -> None:
    """One notice with the number of the roles; of the days of their own only if they want it."""
    wanted = [each for each in words if each.aloud and (not each.own or NoticeSetting.of(member).reminders)]
    notice = _tell(member, kind, wanted, today) if wanted else None
    for each in words:
        Reminder.note(each.action, member, kind, today, notice if each in wanted else None)


def _tell(member: Member, kind: About, words: list[Word], today: date):
    actions = [each.action for each in words]
    meetings, days = {each.hearing.meeting for each in actions}, {each.due_on for each in actions}
    meeting = next(iter(meetings)) if len(meetings) == 1 else None
    runs = meeting and not any(each.own for each in words) and member in run_by(actions[0].hearing)
    notice = tell(member, NoticeKind(kind.value), f"{kind.value}/{member.id}/{today}/{actions[0].id}", about(meeting) if meeting else "",
                  f"/meetings/{meeting.id}/follow-up" if runs else "/actions", meeting.topic if meeting else "", len(actions),
                  days.pop() if len(days) == 1 and kind is About.DUE else None)
    session.flush()
    return notice
