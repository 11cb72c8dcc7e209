"""What stands over (持ち越し) follows the case: whatever meeting hears it next, its open roles and what was taken back stand at the
head of that agenda.

Whoever sat at the earlier table reads it as it was. Whoever sits at this one only reads what is to be done, which agency has it,
by when and how it stands: no name, no note, no answer, and nothing else of the earlier meeting. What was limited (限定共有) there
is shown to nobody who does not share in it there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from actions.models import ActionItem
from actions.progress import ProgressStep
from actions.standing import running
from actions.words import Progress
from core import clock, live
from core.access import visible
from core.database import session
from core.languages import _
from core.web import Refused
from exports import minutes as paper
from followup.settlements import Settlement
from meetings import minutes
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Hearing


@dataclass
class Carried:
    """A role of an earlier table, as somebody at this one reads it."""

    action: ActionItem
    known: bool  # they saw that table
    state: Progress

    @property
    def who(self) -> str:
        agency = self.action.agency if self.action.held else self.action.escalation_agency
        return (self.action.who or self.action.escalation) if self.known else (agency.name if agency else "")

    @property
    def late(self) -> bool:
        return not self.state.over and self.action.due_on is not None and self.action.due_on < clock.today()

    @property
    def urgency(self) -> tuple:
        """Stuck first, then what is late, then by day; what is over last."""
        due = self.action.due_on
        return self.state.over, self.state != Progress.STUCK, not self.late, due is None, due or clock.today(), self.action.id


@dataclass
class Left:
    """A line taken back at an earlier table (持ち帰り), and how it was settled."""

    entry: Entry
    settlement: Settlement | None


@dataclass
class Standing:
    """What stands over from earlier meetings of a case."""

    roles: list[Carried] = field(default_factory=list)
    lines: list[Left] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.roles or self.lines)

    @property
    def open(self) -> int:
        return sum(not each.state.over for each in self.roles) + sum(each.settlement is None for each in self.lines)


def carried(hearing: Hearing, person) -> Standing:
    """What stands over at this table, as this person (who may see it) reads it."""
    before = _earlier(hearing)
    found, left = _roles(hearing, before), _lines(hearing, before)
    secret = any(limited for _each, limited in found) or any(each.entry.limited for each in left)
    seen, whole = _among(person, before if found else [], "see"), _among(person, before if secret else [], "share")
    roles = [Carried(each, each.hearing_id in seen, each.state) for each, limited in found if each.hearing_id in whole or not limited]
    lines = [each for each in left if each.entry.hearing_id in whole or not each.entry.limited]
    return Standing(sorted(roles, key=lambda each: each.urgency), lines)


def for_all(hearing: Hearing) -> Standing:
    """The same as everybody at the table may read it: all that comes on the wall."""
    before = _earlier(hearing)
    roles = [Carried(each, False, each.state) for each, limited in _roles(hearing, before) if not limited]
    return Standing(sorted(roles, key=lambda each: each.urgency), [each for each in _lines(hearing, before) if not each.entry.limited])


@minutes.carries
def on_paper(hearing: Hearing) -> tuple[paper.Carried, ...]:
    """前回までの確認: agencies only, as it stood when the meeting ended."""
    before, end = _earlier(hearing), hearing.meeting.closed_at
    roles = [(Carried(each, False, each.state_at(end)), limited) for each, limited in _roles(hearing, before)]
    rows = [paper.Carried(each.action.what, each.who or "未割当", clock.wareki(each.action.due_on) if each.action.due_on else "定めなし",
                          each.state.law_name, limited, each.action.entry_id or 0) for each, limited in sorted(roles, key=lambda one: one[0].urgency)]
    return (*rows, *(paper.Carried(each.entry.text, each.entry.agency.name if each.entry.agency else "", "持ち帰り", _settled(each, end),
                                   each.entry.limited, each.entry.id) for each in _lines(hearing, before)))


def settle(hearing: Hearing, entry: Entry, by, note: str) -> Settlement:
    """Say of a line taken back earlier what came of it. Said twice, the first word stands."""
    found = session.scalar(sa.select(Settlement).where(Settlement.entry_id == entry.id))
    if found is None:
        found = Settlement(entry_id=entry.id, hearing_id=hearing.id, by=by, by_id=by.id, note=note)
        session.add(found)
        live.touch(hearing.meeting.topic)
    return found


def take_up(hearing: Hearing, action: ActionItem, by, key: str, agency, member, due_on) -> ActionItem:
    """Make it a role of this table: its words, with this holder and this day. The earlier one ends there, so that nothing is
    counted twice. Raises Refused for what was limited or taken up already, and when nothing may be written here."""
    if any(each is action and limited for each, limited in _roles(hearing, _earlier(hearing))):
        raise Refused(_("This role was shared with some of an earlier table only; a role is seen by all of this one."),
                      _("Write it anew in words that everybody may read."))
    made = ActionItem.assign(hearing, by, key, action.what, agency, member, due_on, action.rank)
    action.hearing.hold()  # two tables may take it up at this moment
    session.refresh(action, ["state", "version"])
    if made.removed_at or (action.state == Progress.CARRIED and made.carried_from_id != action.id):
        raise Refused(_("This role was taken up before you."), _("Open the page again: it shows where the role goes on."))
    made.carried_from, made.carried_from_id = action, action.id
    session.flush()
    action.carry_on(by)
    return made


def _settled(line: Left, end: datetime | None) -> str:
    said = line.settlement if line.settlement and (end is None or line.settlement.at <= end) else None
    return "、".join(filter(None, ("済", said.note))) if said else "継続"


def _earlier(hearing: Hearing) -> list[int]:
    """Ids of the tables at which this case was heard before, in meetings that have closed."""
    if hearing.case_id is None:
        return []
    query = sa.select(Hearing.id).join(Meeting, Meeting.id == Hearing.meeting_id).where(
        Hearing.case_id == hearing.case_id, Hearing.id != hearing.id, Hearing.opened_at.is_not(None), Meeting.closed_at.is_not(None),
        Meeting.cancelled_at.is_(None), Meeting.disposed_at.is_(None), Meeting.starts_at < hearing.meeting.starts_at)
    return list(session.scalars(query))


def _roles(hearing: Hearing, before: list[int]) -> list[tuple[ActionItem, bool]]:
    """Roles that were left to do when this case was opened here (that are, while it is not), and whether each was limited."""
    if not before:
        return []
    since = hearing.opened_at
    later = sa.exists().where(ProgressStep.action_id == ActionItem.id, ProgressStep.at > since) if since else sa.false()
    query = (sa.select(ActionItem, sa.func.coalesce(Entry.limited, sa.false())).outerjoin(Entry, Entry.id == ActionItem.entry_id)
             .where(ActionItem.hearing_id.in_(before), ActionItem.removed_at.is_(None), sa.or_(running(), later)).options(orm.selectinload(ActionItem.steps)))
    found = [tuple(row) for row in session.execute(query).unique()]
    return [(each, limited) for each, limited in found if since is None or not each.state_at(since).over]


def _lines(hearing: Hearing, before: list[int]) -> list[Left]:
    """What was taken back and was not settled before this case was opened here."""
    if not before:
        return []
    query = (sa.select(Entry, Settlement).outerjoin(Settlement, Settlement.entry_id == Entry.id)
             .where(Entry.hearing_id.in_(before), Entry.kind == EntryKind.TAKEN_BACK, Entry.removed_at.is_(None),
                    sa.or_(Settlement.id.is_(None), Settlement.at > hearing.opened_at if hearing.opened_at else sa.false()))
             .order_by(Entry.id))
    return [Left(*row) for row in session.execute(query).unique()]


def _among(person, ids: list[int], to: str) -> set[int]:
    if not ids:
        return set()
    return set(session.scalars(visible(person, "hearing", to).where(Hearing.id.in_(ids)).with_only_columns(Hearing.id)))
