"""Which action items a person may see, write, answer and report on: those of the cases they sit for; answering and reporting,
their own.

**Own** is more than what has one's name on it, and may be less than a case:

- given to me, or to my agency without naming anybody, or to a colleague who is gone (left the roster, account out of use) so
  that nothing lies with nobody: at the tables I may see;
- **handed over to me** (actions/handovers.py), or belonging to a colleague who is **away and whose deputy I am** today
  (agencies/absences.py), of meetings that have closed: the item alone, whatever the table. It opens the words of the item and
  nothing else: neither the case nor the meeting, its minutes or the other roles, which all ask for a seat (meetings/rights.py).

**Sought**: a role nobody has, whose taker I go on looking for since that was handed over to me (or I am that one's deputy). It
opens the page of the role, to be read; answering and reporting it is for others.

**Reporting** how a role goes on is for whoever has it as their own, and for the team of the case.
"""

from __future__ import annotations

import sqlalchemy as sa

from accounts.models import Role, User
from actions.handovers import HandoverItem
from actions.models import ActionItem
from actions.requests import ChangeRequest
from actions.standing import seeking
from agencies.absences import Absence
from agencies.models import Member
from core import clock
from core.access import finder, visible
from meetings.models import Meeting
from meetings.table import Hearing


def _of(person, act):
    return _ever_of(person, act).where(ActionItem.removed_at.is_(None))


def _ever_of(person, act):
    """Also those taken off the table since."""
    # each role asks for its own hearing: a coordinator's hearings are thousands
    seen = visible(person, "hearing", act).with_only_columns(Hearing.id).where(Hearing.id == ActionItem.hearing_id).correlate(ActionItem)
    return sa.select(ActionItem).where(seen.exists())


@finder("action")
def _action(person):
    return _of(person, "see")


@finder("action", "write")
def _action_write(person):
    return _of(person, "write")


@finder("action", "run")
def _action_run(person):
    """All roles of the cases (and of the meetings without a case) I run."""
    return _of(person, "run")


@finder("action", "agency")
def _action_agency(person):
    """My agency's, whoever of us holds them, at the tables I may see."""
    return _of(person, "see").where(ActionItem.agency_id.in_(_agency(person)))


@finder("action", "count")
def _action_count(person):
    """What the figures count for me, of today and of the weeks before: of the cases I run; else of my own agency."""
    if Role.COORDINATOR in person.roles:
        return _ever_of(person, "run")
    else:
        return _ever_of(person, "see").where(ActionItem.agency_id.in_(_agency(person)))


@finder("action", "own")
def _action_own(person):
    me = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    left = sa.or_(ActionItem.member_id.is_(None), ActionItem.member_id.in_(_gone()))
    at_my_tables = _of(person, "see").where(sa.or_(ActionItem.member_id.in_(me), sa.and_(left, ActionItem.agency_id.in_(_agency(person)))))
    return sa.select(ActionItem).where(sa.or_(*(ActionItem.id.in_(each.with_only_columns(ActionItem.id))
                                                for each in (at_my_tables, _passed_to(me)))))


@finder("action", "sought")
def _action_sought(person):
    """Whose taker I look for (引き続き調整) because that was handed over to me, or because I am the deputy of who does."""
    me = sa.select(Member.id).where(Member.user_id == person.id, Member.active.is_(True))
    return _passed_to(me, ActionItem.escalation_member_id).where(seeking())


def _passed_to(me, whose=ActionItem.member_id):
    """Items handed over to me, or of whom I am the deputy today; of meetings that have closed."""
    came = sa.exists().where(HandoverItem.action_id == ActionItem.id).correlate(ActionItem)
    absent = Absence.on(clock.today()).where(Absence.deputy_id.in_(me)).order_by(None).with_only_columns(Absence.member_id)
    closed = sa.exists().where(Hearing.id == ActionItem.hearing_id, Meeting.id == Hearing.meeting_id, Meeting.closed_at.is_not(None),
                               Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None)).correlate(ActionItem)
    return sa.select(ActionItem).where(ActionItem.removed_at.is_(None), closed, sa.or_(
        sa.and_(whose.in_(me), came), whose.in_(absent)))


def _gone():
    """Ids of the people who act no longer, as `actions.holding.gone` says of one of them."""
    return sa.select(Member.id).outerjoin(User, User.id == Member.user_id).where(sa.or_(Member.active.is_(False), User.active.is_(False)))


@finder("action", "answer")
def _action_answer(person):
    """My own; and, for the team of the case, what somebody without an account has said on paper or by telephone."""
    without = sa.select(Member.id).where(Member.user_id.is_(None))
    signs_in = sa.exists().where(Member.agency_id == ActionItem.agency_id, Member.user_id.is_not(None)).correlate(ActionItem)
    of_nobody = sa.and_(ActionItem.member_id.is_(None), ActionItem.agency_id.is_not(None), ~signs_in)
    heard = _of(person, "run").where(sa.or_(ActionItem.member_id.in_(without), of_nobody)).with_only_columns(ActionItem.id)
    own = _action_own(person).with_only_columns(ActionItem.id)
    return sa.select(ActionItem).where(sa.or_(ActionItem.id.in_(own), ActionItem.id.in_(heard)))


@finder("action", "report")
def _action_report(person):
    """My own; and those of the cases of my teams."""
    return sa.select(ActionItem).where(sa.or_(*(ActionItem.id.in_(each.with_only_columns(ActionItem.id))
                                                for each in (_action_own(person), _action_run(person)))))


@finder("change", "own")
def _change_own(person):
    """Wishes for roles that the person may answer (their own; heard for somebody without an account)."""
    answers = _action_answer(person).with_only_columns(ActionItem.id)
    return sa.select(ChangeRequest).where(ChangeRequest.action_id.in_(answers))


@finder("change", "run")
def _change_run(person):
    """Wishes that whoever runs the case answers."""
    asked = _of(person, "run").where(ActionItem.id == ChangeRequest.action_id).correlate(ChangeRequest)
    return sa.select(ChangeRequest).where(asked.exists())


@finder("action", "read")
def _action_read(person):
    """Whose page the person may open: all they may see at a table, what they may answer, and whose taker they look for."""
    found = [each(person).with_only_columns(ActionItem.id) for each in (_action, _action_answer, _action_sought)]
    return sa.select(ActionItem).where(sa.or_(*(ActionItem.id.in_(each) for each in found)))


def _agency(person):
    """Id of the agency this person belongs to."""
    return sa.select(Member.agency_id).where(Member.user_id == person.id, Member.active.is_(True))
