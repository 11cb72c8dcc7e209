"""Whom to ask for which roles once a meeting has closed, who has answered since, and who has not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from actions.asking import Asking, ask, askings, day_for_answers
from actions.models import ActionItem
from actions.requests import open_request
from actions.told import waits_for
from actions.words import Answer
from agencies.models import Member
from core import clock
from core.access import visible
from core.database import session, utcnow
from core.languages import _
from core.web import Refused
from notices.kinds import NoticeKind
from notices.models import Notice

AGAIN = "confirm-again/"  # what the machine asks once more, after the day (followup/unanswered.py)
LONGEST = 60  # days an answer may be asked for


class Person(NamedTuple):
    """Somebody who holds roles here (or whose agency does without naming anybody), and how it stands with their answers."""

    member: Member
    roles: list
    waiting: list  # no answer to the words that stand, and nothing asked for that waits for us
    wished: list  # they asked for other words or another day: it is our turn
    new: list  # of these, what they were not asked for in these words
    asked: Asking | None  # the last time
    here: bool  # has an account, and may open the role on the screen
    again: datetime | None = None  # when the machine asked once more, after their day

    @property
    def back(self) -> list:
        """What they took back to their agency and have said nothing more of."""
        return [each for each in self.roles if each.confirmation and each.confirmation.answer == Answer.BRING_BACK]

    @property
    def promised(self) -> list:
        """Of that, what they wanted to answer by a day that has passed."""
        return [each for each in self.back if each.confirmation.answer_by and each.confirmation.answer_by < clock.today()]

    @property
    def open(self) -> list:
        return self.waiting + self.promised

    @property
    def overdue(self) -> bool:
        """Whether the day until which they were asked (or wanted) to answer has passed."""
        return bool(self.promised) or bool(self.waiting and self.asked and self.asked.answer_by < clock.today())

    @property
    def asked_today(self) -> bool:
        return self.asked is not None and clock.local(self.asked.at).date() == clock.today()

    @property
    def to_ask(self) -> bool:
        """Whether the one button asks them."""
        return self.here and bool(self.new)


class Standing(NamedTuple):
    """How the roles of the cases somebody runs stand after the meeting."""

    people: list[Person]
    unassigned: list  # nobody has them; with who goes on looking
    wishes: list  # to be answered

    @property
    def to_ask(self) -> list[Person]:
        return [each for each in self.people if each.to_ask]

    @property
    def silent(self) -> list[Person]:
        """Who has said nothing to a role of theirs; what they took back is an answer, and what they asked for is ours to answer."""
        return [each for each in self.people if each.waiting]

    @property
    def promised(self) -> list[Person]:
        """Who took something back and let their own day pass."""
        return [each for each in self.people if each.promised]

    @property
    def unreached(self) -> list[Person]:
        """Who waits for another way than the screen: no account, or no seat."""
        return [each for each in self.people if not each.here]


def standing(meeting, hearings) -> Standing:
    """How it stands at these tables."""
    roles = _roles(hearings)
    held = [each for each in roles if each.held]
    before = [each for hearing in hearings for each in askings(hearing)]
    again = _asked_again(meeting)
    people = [_person(each, held, before, again, hearings) for each in _holders(held)]
    wishes = [each for role in roles for each in role.requests if each.waiting]
    return Standing(sorted(people, key=lambda each: (not each.open and not each.wished, each.member.full)), [each for each in roles if each.seeking], wishes)


def ask_everybody(meeting, hearings, by, answer_by: date) -> int:
    """Ask everybody who was not asked yet for their roles; give how many people it was."""
    for hearing in sorted(hearings, key=lambda each: each.id):
        hearing.hold()
    people = standing(meeting, hearings).to_ask
    for each in people:
        ask(each.member, each.new, by, answer_by)
    return len(people)


def nudge(meeting, hearings, by, member_id: int) -> bool:
    """Ask one person once more for what they have not answered; False when they were asked today already (or have answered)."""
    for hearing in sorted(hearings, key=lambda each: each.id):
        hearing.hold()
    found = next((each for each in standing(meeting, hearings).people if each.member.id == member_id and each.here), None)
    if found is None or not found.open or found.asked_today:
        return False
    else:
        ask(found.member, found.open, by, max(day_for_answers(), found.asked.answer_by) if found.asked else day_for_answers())
        return True


def ask_asking(meeting) -> None:
    """Raise Refused while nobody can be asked here."""
    if not meeting.closed:
        raise Refused(_("The meeting has not closed yet."), _("When it has closed, each person is asked here to confirm their own roles."))
    if meeting.final:
        raise Refused(_("The minutes are final; answers are no longer changed here."), _("To change final minutes, reopen them with a reason."))


def last_day() -> date:
    """The latest day until which an answer may be asked for."""
    return clock.today() + timedelta(days=LONGEST)


def hours_since(meeting) -> int:
    """Full hours since the meeting closed."""
    return int((utcnow() - meeting.closed_at).total_seconds() // 3600)


def _roles(hearings) -> list[ActionItem]:
    query = sa.select(ActionItem).where(ActionItem.hearing_id.in_([each.id for each in hearings]), ActionItem.removed_at.is_(None))
    whole = orm.selectinload(ActionItem.requests), orm.selectinload(ActionItem.asked)
    return list(session.scalars(query.options(*whole).order_by(ActionItem.hearing_id, ActionItem.id)).unique())


def _holders(held: list) -> list[Member]:
    """Everybody named, and of agencies that named nobody those who sit for them."""
    found = {each.member_id: each.member for each in held if each.member}
    for role in (each for each in held if each.member is None):
        found |= {seat.member_id: seat.member for seat in role.hearing.seats if seat.member.agency_id == role.agency_id}
    return list(found.values())


def _person(member: Member, held: list, before: list[Asking], again: dict[int, datetime], hearings) -> Person:
    mine = [each for each in held if each.member_id == member.id or (each.member_id is None and each.agency_id == member.agency_id)]
    asked = [each for each in before if each.member_id == member.id]
    known = {(role.action_id, role.fingerprint) for each in asked for role in each.roles}
    unanswered = [each for each in mine if waits_for(each, member)]
    wished = [each for each in mine if open_request(each)]
    waiting = [each for each in unanswered if each not in wished]
    return Person(member, mine, waiting, wished, [each for each in waiting if (each.id, each.fingerprint) not in known],
                  asked[-1] if asked else None, _here(member, mine, hearings), again.get(asked[-1].id) if asked else None)


def _here(member: Member, mine: list, hearings) -> bool:
    """Whether they can answer on the screen: from their seat, from the team of the case, or because a role came to them."""
    if member.user is None or not member.active or not member.user.active:
        return False
    if any(seat.member_id == member.id for hearing in hearings for seat in hearing.seats):
        return True
    own = visible(member.user, "action", "own").where(ActionItem.id.in_([each.id for each in mine])).with_only_columns(ActionItem.id)
    return len(set(session.scalars(own))) == len(mine)


def _asked_again(meeting) -> dict[int, datetime]:
    """By the number of an asking: when followup/unanswered.py asked once more."""
    query = sa.select(Notice.key, Notice.at).where(Notice.topic == meeting.topic, Notice.kind == NoticeKind.CONFIRM, Notice.key.startswith(AGAIN))
    return {int(key.split("/")[1]): at for key, at in session.execute(query)}
