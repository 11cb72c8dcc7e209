"""Which way each person at a table gives their word (誓約): for the 年度 or for this case, on the screen or on paper; and asking
those from whom it is missing. Nobody is asked twice on one day, whatever meetings they sit at and whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from agencies.models import Member
from core import clock
from core.database import session
from core.languages import _
from core.web import Refused
from meetings.invitations import mail_on
from meetings.models import Meeting
from meetings.pledges import Pledge, Term, standing
from meetings.table import Hearing
from notices.kinds import NoticeKind
from notices.mailing import reached
from notices.models import Notice, tell


@dataclass(frozen=True)
class Way:
    """One person: the pledge that counts here, the yearly one that ends (or ended) before this meeting, and when they were asked."""

    member: Member
    pledge: Pledge | None
    ended: Pledge | None
    invited: bool
    asked_at: datetime | None
    asked_today: bool
    of_cases: bool  # whether the meeting hears any
    reached: bool  # in the app, or by mail

    @property
    def on_paper(self) -> bool:
        """Whether they give it on paper, having no account to give it by."""
        return self.member.user_id is None

    @property
    def askable(self) -> bool:
        """Whether they may be asked now: who has not been invited does not know of the meeting."""
        return self.pledge is None and self.invited and self.reached and not self.asked_today

    @property
    def state(self) -> str:
        """What there is."""
        if self.pledge and self.pledge.until:
            return _("For the year, until %(day)s", day=clock.wareki(self.pledge.until, False))
        elif self.pledge:
            return _("For this meeting and its cases") if self.of_cases else _("Given for this meeting")
        elif self.ended:
            return _("Missing: the yearly one ends on %(day)s", day=clock.wareki(self.ended.until, False))
        else:
            return _("Missing")

    @property
    def next(self) -> str:
        """What is to be done; empty when nothing is."""
        if self.pledge:
            return ""
        elif self.on_paper:
            return _("No account: signs the form on paper, for the year or for this case") if self.of_cases else _("No account: signs the form on paper")
        else:
            return _("Gives it on their own screen, for the year or for this case") if self.of_cases else _("Gives it on their own screen")


def ways(meeting: Meeting, hearings: list[Hearing]) -> dict[int, Way]:
    """By member: how everybody who sits at these tables (not for a written answer only) gives their word."""
    found = standing(meeting, hearings)
    ended, asked = _ended(meeting, [each.id for each in found]), _asked(meeting, [each.id for each in found])
    today = asked_on(clock.today(), [each.id for each in found])
    invited = {seat.member_id for hearing in hearings for seat in hearing.seats if seat.invited_at}
    return {each.id: Way(each, pledge, ended.get(each.id), each.id in invited, asked.get(each.id), each.id in today, meeting.kind.hears_cases,
                         each.user_id is not None or (mail_on() and reached(each))) for each, pledge in found.items()}


def ask(meeting: Meeting, hearings: list[Hearing]) -> list[Member]:
    """Ask those at these tables whose pledge is missing and whom nobody has asked today; give them. Raises Refused once the
    meeting is over."""
    if meeting.closed or meeting.cancelled:
        raise Refused(_("This meeting is over: nobody is asked for a pledge any more."))
    members = [each.member for each in ways(meeting, hearings).values() if each.askable]
    for member in members:
        tell(member, NoticeKind.PLEDGE, _key(member.id, clock.today()), about=f"{meeting.name} {meeting.reference}",
             path=f"/meetings/{meeting.id}/pledge", topic=meeting.topic, answer_by=clock.local(meeting.starts_at).date())
    session.flush()
    return members


def asked_on(day: date, member_ids: Iterable[int]) -> set[int]:
    """Who of these was asked on a day, for whichever meeting."""
    keys = {_key(each, day): each for each in member_ids}
    return {keys[each] for each in session.scalars(sa.select(Notice.key).where(Notice.key.in_(keys)))}


def _key(member_id: int, day: date) -> str:
    return f"pledge/{member_id}/{day.isoformat()}"


def _asked(meeting: Meeting, member_ids: list[int]) -> dict[int, datetime]:
    """When people were last asked for this meeting."""
    rows = sa.select(Notice.member_id, sa.func.max(Notice.at)).where(
        Notice.kind == NoticeKind.PLEDGE, Notice.topic == meeting.topic, Notice.member_id.in_(member_ids)).group_by(Notice.member_id)
    return {member_id: at for member_id, at in session.execute(rows)}


def _ended(meeting: Meeting, member_ids: list[int]) -> dict[int, Pledge]:
    """By member: the last yearly pledge for meetings of this kind that does not reach this meeting."""
    rows = session.scalars(sa.select(Pledge).options(sa.orm.lazyload(Pledge.meeting)).where(
        Pledge.member_id.in_(member_ids), Pledge.struck_at.is_(None), Pledge.term == Term.YEAR, Pledge.kind == meeting.kind,
        Pledge.fiscal_year < meeting.fiscal_year).order_by(Pledge.fiscal_year))
    return {each.member_id: each for each in rows}
