"""Whom a round tells what: the readers, whoever runs the case, who remarked. No word of a case goes with it."""

from __future__ import annotations

import sqlalchemy as sa

from agencies.models import Member
from core import clock
from core.database import session
from notices.kinds import NoticeKind
from notices.models import Notice, settle, tell


def of_the_draft(circulation, readers, nudge: bool = False) -> None:
    """Ask readers for their word; once more on a day at most. What asked for a draft to go round is done."""
    settle(NoticeKind.MINUTES_LATE, topic=circulation.meeting.topic)
    day = f"/{clock.today().isoformat()}" if nudge else ""
    met = circulation.meeting.acknowledgements
    for each in readers:
        path = f"/circulations/{circulation.id}" if each.member_id in met else f"/meetings/{circulation.meeting_id}"  # the rules come first
        tell(each.member, NoticeKind.DRAFT, key=f"draft/{circulation.id}/{each.member_id}{day}", path=path, answer_by=circulation.answer_by,
             **_about(circulation.meeting))


def said(reader) -> None:
    """They have answered: nothing asks them any more."""
    settle(NoticeKind.DRAFT, key=f"draft/{reader.circulation_id}/{reader.member_id}", member=reader.member)


def of_remarks(remark) -> None:
    """Whoever runs the case hears of a reader's remarks: one notice for all of them until it is seen."""
    said(remark.reader)
    for member in keepers([remark.hearing]):
        key = f"remark/{remark.circulation_id}/{remark.reader_id}/{member.id}/"
        found = session.scalar(sa.select(Notice).where(Notice.key.startswith(key), Notice.unseen).limit(1))
        found = found or tell(member, NoticeKind.REMARK, key=f"{key}{remark.id}", path=remark.circulation.path, **_about(remark.circulation.meeting))
        found.number = max(1, sum(each.waits for each in remark.reader.remarks))


def of_the_answer(remark) -> None:
    """Who proposed a correction hears that it is answered; when all of theirs are, nobody has to be told of them any more."""
    tell(remark.reader.member, NoticeKind.REMARK_ANSWERED, key=f"remark-answered/{remark.id}", path=f"/circulations/{remark.circulation_id}",
         **_about(remark.circulation.meeting))
    if not any(each.waits for each in remark.reader.remarks):
        settle(NoticeKind.REMARK, key=f"remark/{remark.circulation_id}/{remark.reader_id}/")


def that_it_is_over(circulation) -> None:
    """Whoever runs a case hears that the time is over."""
    for member in keepers(circulation.meeting.hearings):
        tell(member, NoticeKind.MINUTES_LATE, key=f"circulation-over/{circulation.id}/{circulation.answer_by}/{member.id}", path=circulation.path,
             **_about(circulation.meeting))


def that_none_goes_round(meeting) -> None:
    """Whoever runs a case hears that the day for the draft has come."""
    for member in keepers(meeting.hearings):
        tell(member, NoticeKind.MINUTES_LATE, key=f"minutes-late/{meeting.id}/{member.id}", path=f"/meetings/{meeting.id}/minutes", **_about(meeting))


def keepers(hearings) -> list[Member]:
    """The people on the roster who run these cases."""
    users = {each.user_id for hearing in hearings for each in (hearing.case.team if hearing.case else ())}
    users |= {hearing.meeting.planned_by_id for hearing in hearings if hearing.case is None}
    return list(session.scalars(sa.select(Member).where(Member.user_id.in_(users), Member.active.is_(True)).order_by(Member.id)).unique())


def _about(meeting) -> dict:
    return dict(about=f"{meeting.name} {meeting.reference}", topic=meeting.topic)
