"""Records that hang on the meetings at which a case was heard."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from actions.models import ActionItem
from circulation.models import Circulation
from core.database import session
from core.letters import Letter
from disclosure.scope import DRAFT, FILED, FINAL, KEPT, SENT, SYSTEM, Found, Scope, day_of
from meetings.capture import Entry
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing
from papers.copies import PaperCopy
from papers.withholding import Mark
from preparation.inquiries import Inquiry
from preparation.letters import PaperLetter
from preparation.sheets import Sheet
from resources.models import ResourceIdea
from retention.disposal import DisposalItem


def minutes(scope: Scope) -> Iterator[Found]:
    """Every version that was made final, also those that were reopened since: they are kept."""
    query = sa.select(MinutesVersion, Hearing.case_id).join(Hearing, Hearing.meeting_id == MinutesVersion.meeting_id).where(Hearing.case_id.in_(scope.cases))
    met = _meetings(scope)
    for version, case_id in session.execute(query.order_by(MinutesVersion.meeting_id, MinutesVersion.number)):
        yield Found(f"minutes_version/{version.id}", f"{met[version.meeting_id].reference} 第{version.number}版", day_of(version.finalised_at),
                    FILED if version.filed_at else SYSTEM, FINAL, case_id=case_id, meeting_id=version.meeting_id)


def hearings(scope: Scope) -> Iterator[Found]:
    """What was written at the table, and of meetings to come the plan; what was removed there is kept and counts."""
    lines = dict(session.execute(sa.select(Entry.hearing_id, sa.func.count()).where(Entry.hearing_id.in_(_hearings(scope))).group_by(Entry.hearing_id)).all())
    met = _meetings(scope)
    for hearing_id, meeting_id, case_id in session.execute(_hearings(scope, Hearing.id, Hearing.meeting_id, Hearing.case_id).order_by(Hearing.id)):
        meeting = met[meeting_id]
        yield Found(f"hearing/{hearing_id}", meeting.reference, day_of(meeting.starts_at), standing=KEPT if meeting.closed_at else DRAFT,
                    count=max(1, lines.get(hearing_id, 0)), case_id=case_id, meeting_id=meeting_id)


def circulations(scope: Scope) -> Iterator[Found]:
    met = _meetings(scope)
    query = (sa.select(Circulation.id, Circulation.number, Circulation.opened_at, Circulation.meeting_id, Hearing.case_id)
             .join(Hearing, Hearing.meeting_id == Circulation.meeting_id).where(Hearing.case_id.in_(scope.cases)).order_by(Circulation.id))
    for each in session.execute(query):
        yield Found(f"circulation/{each.id}", f"{met[each.meeting_id].reference} 第{each.number}回", day_of(each.opened_at), standing=DRAFT,
                    case_id=each.case_id, meeting_id=each.meeting_id)


def copies(scope: Scope) -> Iterator[Found]:
    """The copies made of a case's minutes: to whom they went stands in each."""
    met = _meetings(scope)
    query = (sa.select(PaperCopy.id, PaperCopy.number, PaperCopy.made_at, PaperCopy.meeting_id, sa.func.min(Hearing.case_id).label("case_id"))
             .join(PaperCopy.hearings).where(Hearing.case_id.in_(scope.cases)).group_by(PaperCopy.id, PaperCopy.number, PaperCopy.made_at, PaperCopy.meeting_id))
    for each in session.execute(query.order_by(PaperCopy.id)):
        yield Found(f"paper_copy/{each.id}", f"{met[each.meeting_id].reference} 写し{each.number}", day_of(each.made_at), standing=FINAL, case_id=each.case_id,
                    meeting_id=each.meeting_id)


def withholdings(scope: Scope) -> Iterator[Found]:
    """One line a version for all its marks: they tell where and why, and the words stand in the minutes."""
    met = _meetings(scope)
    query = (sa.select(MinutesVersion.id, MinutesVersion.number, MinutesVersion.meeting_id, sa.func.count(sa.distinct(Mark.id)).label("many"),
                       sa.func.max(Mark.at).label("last"), sa.func.min(Hearing.case_id).label("case_id"))
             .join(Mark, Mark.version_id == MinutesVersion.id).join(Hearing, Hearing.meeting_id == MinutesVersion.meeting_id)
             .where(Hearing.case_id.in_(scope.cases)).group_by(MinutesVersion.id, MinutesVersion.number, MinutesVersion.meeting_id))
    for each in session.execute(query.order_by(MinutesVersion.id)):
        yield Found(f"minutes_version/{each.id}", f"{met[each.meeting_id].reference} 第{each.number}版", day_of(each.last), count=each.many, case_id=each.case_id,
                    meeting_id=each.meeting_id)


def disposals(scope: Scope) -> Iterator[Found]:
    """On which lists of a disposal a record stood: of one that is gone this is what is left."""
    query = (sa.select(DisposalItem.id, DisposalItem.reference, DisposalItem.ends, DisposalItem.executed_at, DisposalItem.meeting_id, sa.func.min(Hearing.case_id).label("case_id"))
             .join(Hearing, Hearing.meeting_id == DisposalItem.meeting_id).where(Hearing.case_id.in_(scope.cases))
             .group_by(DisposalItem.id, DisposalItem.reference, DisposalItem.ends, DisposalItem.executed_at, DisposalItem.meeting_id).order_by(DisposalItem.id))
    for each in session.execute(query):
        yield Found(f"disposal_item/{each.id}", each.reference, day_of(each.executed_at) or each.ends, standing=FINAL if each.executed_at else DRAFT,
                    case_id=each.case_id, meeting_id=each.meeting_id)


def sheets(scope: Scope) -> Iterator[Found]:
    for each, met, case_id in _of_hearings(scope, Sheet, Sheet.id, Sheet.handed_in_at, Sheet.written_at):
        yield Found(f"sheet/{each.id}", met.reference, day_of(each.handed_in_at or each.written_at), standing=FINAL if each.handed_in_at else DRAFT,
                    case_id=case_id, meeting_id=met.id)


def inquiries(scope: Scope) -> Iterator[Found]:
    for each, met, case_id in _of_hearings(scope, Inquiry, Inquiry.id, Inquiry.sent_at, Inquiry.answered_on):
        yield Found(f"inquiry/{each.id}", met.reference, each.answered_on or day_of(each.sent_at), standing=FINAL if each.sent_at else DRAFT,
                    case_id=case_id, meeting_id=met.id)


def letters(scope: Scope) -> Iterator[Found]:
    for each, met, case_id in _of_hearings(scope, PaperLetter, PaperLetter.id, PaperLetter.number, PaperLetter.dated_on):
        yield Found(f"paper_letter/{each.id}", " ".join(filter(None, [met.reference, each.number])), each.dated_on, standing=FINAL, case_id=case_id,
                    meeting_id=met.id)


def roles(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, ActionItem)


def ideas(scope: Scope) -> Iterator[Found]:
    yield from _counted(scope, ResourceIdea)


def mails(scope: Scope) -> Iterator[Found]:
    """How many mails went out for a meeting: they say its day and place, and no word of a case."""
    met = {each.topic: each for each in _meetings(scope).values()}
    of = {meeting_id: case_id for meeting_id, case_id in session.execute(_hearings(scope, Hearing.meeting_id, Hearing.case_id))}
    query = sa.select(Letter.topic, sa.func.count(), sa.func.max(Letter.created_at)).where(Letter.topic.in_(list(met))).group_by(Letter.topic).order_by(Letter.topic)
    for topic, count, last in session.execute(query):
        yield Found(topic, met[topic].reference, day_of(last), SENT, count=count, case_id=of[met[topic].id], meeting_id=met[topic].id)


def _counted(scope: Scope, table) -> Iterator[Found]:
    """One line a table for all its records of a kind, removed ones included."""
    met = _meetings(scope)
    query = (sa.select(Hearing.id, Hearing.meeting_id, Hearing.case_id, sa.func.count(table.id).label("many")).join(table, table.hearing_id == Hearing.id)
             .where(Hearing.case_id.in_(scope.cases)).group_by(Hearing.id, Hearing.meeting_id, Hearing.case_id).order_by(Hearing.id))
    for each in session.execute(query):
        meeting = met[each.meeting_id]
        yield Found(f"hearing/{each.id}", meeting.reference, day_of(meeting.starts_at), count=each.many, case_id=each.case_id, meeting_id=meeting.id)


def _of_hearings(scope: Scope, table, *columns) -> Iterator[tuple]:
    """Rows of a table of these cases' hearings, each with its meeting and case."""
    met = _meetings(scope)
    query = sa.select(*columns, Hearing.meeting_id, Hearing.case_id).join(Hearing, Hearing.id == table.hearing_id).where(Hearing.case_id.in_(scope.cases))
    for each in session.execute(query.order_by(table.id)):
        yield each, met[each.meeting_id], each.case_id


def _hearings(scope: Scope, *columns) -> sa.Select:
    return sa.select(*(columns or [Hearing.id])).where(Hearing.case_id.in_(scope.cases))


def _meetings(scope: Scope) -> dict[int, Meeting]:
    return {each.id: each for each in session.scalars(sa.select(Meeting).where(Meeting.id.in_(_hearings(scope, Hearing.meeting_id)))).unique()}
