"""The lists of roles: mine, my agency's, those of the cases I run, those of one case. Whatever narrows them is asked of the database."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for
import sqlalchemy as sa
from sqlalchemy import orm

from actions import standing
from actions.models import ActionItem
from agencies.models import Agency
from cases.models import Case
from core import clock, search
from core.database import session
from core.finding import Box
from core.forms import Select
from core.languages import later
from followup.groups import sunday
from meetings.models import Meeting
from meetings.record import MinutesVersion
from meetings.table import Hearing

SCOPES = {"mine": later("My roles"), "agency": later("My agency's roles"), "all": later("All (cases I run)")}
STATES = {"overdue": later("Overdue"), "stuck": later("Stuck"), "unconfirmed": later("Not answered"),
          "unsettled": later("On a condition, or taken back"), "unassigned": later("Unassigned"), "absent": later("Holder no longer there"),
          "looking": later("I look for a taker"), "open": later("Left to do"), "done": later("Finished")}
PERIODS = {"week": later("by the end of this week"), "month": later("within 30 days"), "none": later("without a date")}
OFFERED = 50  # cases in the filter: the newest; the others are found by their number


class RoleBox(Box):
    """What a list of roles is narrowed to; `case` is the page's own, when it is a case's page."""

    kind = "action"
    filters = ("of", "state", "agency", "case", "period")
    of = Select(later("Whose roles"))
    state = Select(later("State"))
    agency = Select(later("Agency"))
    case = Select(later("Case"))
    period = Select(later("Due"))

    def __init__(self, *args, person=None, within: Case | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.within = person, within
        self.of.choices = [("", ""), *((each, SCOPES[each]) for each in scopes(person))] if within is None else [("", "")]
        self.state.choices = [("", later("any")), *STATES.items()]
        self.period.choices = [("", later("any")), *PERIODS.items()]
        self.agency.choices = [("", later("any")), *((str(id), name) for id, name in self._agencies())]
        self.case.choices = [("", later("any")), *((str(each.id), f"{each.number} {each.label}") for each in self._cases())]

    @property
    def scope(self) -> str:
        """Which list this is: of a case, or one of `scopes`; nothing for those who see no role at all."""
        mine = scopes(self.person)
        if self.within is not None:
            return "case"
        else:
            return self.of.data if self.of.data in mine else next(iter(mine), "")

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for or filtered, whichever list it is."""
        return set(self.kept) - {"of"} != set()

    def way(self, **more) -> str:
        """The address of this list, narrowed as it is, but for `more`."""
        return self._at(**self.kept | more)

    @property
    def whole(self) -> str:
        """The address of this list with nothing narrowed."""
        return self._at(of=self.chosen.get("of"))

    def _at(self, **more) -> str:
        return url_for("lists.of_case", case_id=self.within.id, **more) if self.within is not None else url_for("lists.index", **more)

    def roles(self, state: str = "") -> sa.Select:
        """SELECT of the roles of this list after their meetings, as far as `self` narrows it; `state` is asked for by `listed` alone."""
        chosen, query = self.chosen, _whole(self.person, self.scope, state, self.within).where(standing.after_meeting())
        if "agency" in chosen:
            query = query.where(ActionItem.agency_id == int(chosen["agency"]))
        if "case" in chosen:
            query = query.where(_of_case(int(chosen["case"])))
        if "period" in chosen:
            query = query.where(_due(chosen["period"]))
        if self.words:
            query = query.where(ActionItem.id.in_(search.ids("action", self.words)))
        return query

    def _agencies(self) -> list:
        if self.scope != "all" and self.within is None:
            return []
        there = _whole(self.person, self.scope, "", self.within).where(ActionItem.agency_id == Agency.id).correlate(Agency)
        return session.execute(sa.select(Agency.id, Agency.name).where(there.exists()).order_by(Agency.coordinating.desc(), Agency.name)).all()

    def _cases(self) -> list[Case]:
        if self.within is not None or not self.scope:
            return []
        there = _whole(self.person, self.scope).where(_of_case(Case.id)).correlate(Case)
        cases = self.person.all("case").options(orm.lazyload("*"))  # a role that was handed over does not open its case
        newest = session.scalars(cases.where(there.exists()).order_by(Case.fiscal_year.desc(), Case.serial.desc()).limit(OFFERED)).all()
        asked = (self.case.data or "")[:9]
        if asked.isdecimal() and asked.isascii() and asked not in [str(each.id) for each in newest]:
            newest += session.scalars(cases.where(Case.id == int(asked))).all()
        return newest


def scopes(person) -> list[str]:
    """The lists this person has; none for those whose office role shows them no case."""
    return [*(("mine", "agency") if person.member else ()), *(("all",) if person.coordinator or person.member else ())]


def listed(box: RoleBox) -> sa.Select:
    """SELECT of the list: the longest overdue first, then by the day, those without a day last; what is finished only when asked for."""
    state = box.chosen.get("state", "")
    query = box.roles(state).where(_in_state(state))
    if state == "done":
        return query.order_by(ActionItem.id.desc())
    else:
        return query.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)


def fetched(query: sa.Select, page: int, size: int) -> tuple[list[ActionItem], bool]:
    """One page of a list with all that its rows show, and whether there are more. It sorts numbers, and reads only this page."""
    meeting = orm.selectinload(ActionItem.hearing).joinedload(Hearing.meeting).selectinload(Meeting.minutes_versions)
    ids = session.scalars(query.with_only_columns(ActionItem.id).limit(size + 1).offset((page - 1) * size)).all()
    found = {each.id: each for each in session.scalars(sa.select(ActionItem).options(meeting).where(ActionItem.id.in_(ids[:size]))).unique()}
    return [found[each] for each in ids[:size]], len(ids) > size


def finished(box: RoleBox, size: int) -> list[ActionItem]:
    """What is finished of a list, the newest."""
    return fetched(box.roles().where(_in_state("done")).order_by(ActionItem.id.desc()), 1, size)[0]


def to_answer(person) -> sa.Select:
    """SELECT of this person's own roles that wait for their answer, before the minutes are final; not those for
    which they wait themselves."""
    final = sa.exists().where(Hearing.id == ActionItem.hearing_id, MinutesVersion.meeting_id == Hearing.meeting_id,
                              MinutesVersion.reopened_at.is_(None)).correlate(ActionItem)
    return person.all("action", "own").where(standing.after_meeting(), _in_state("unconfirmed"), ~standing.wished(), ~final)


def waiting(person) -> int:
    """How many of them there are."""
    return session.scalar(to_answer(person).with_only_columns(sa.func.count()))


def counts(box: RoleBox) -> dict[str, int]:
    """How many roles of this list stand in each state, whichever of them is shown."""
    asked = [each for each in STATES if each not in ("looking", "open")]
    rows = box.roles().with_only_columns(*(sa.func.sum(sa.case((_in_state(each), 1), else_=0)).label(each) for each in asked)).order_by(None)
    return {name: number or 0 for name, number in zip(asked, session.execute(rows).one(), strict=True)}


def overdue(person, scope: str) -> int:
    """How many roles of a list are over their day."""
    query = _whole(person, scope).where(standing.overdue(clock.today()), standing.after_meeting())
    return session.scalar(query.with_only_columns(sa.func.count()))


def looking(person) -> sa.Select:
    """SELECT of the roles of which I (or my agency, without naming anybody) look for a taker."""
    me = person.member
    if me is None:
        return person.all("action").where(sa.false())
    mine = sa.or_(ActionItem.escalation_member_id == me.id,
                  sa.and_(ActionItem.escalation_member_id.is_(None), ActionItem.escalation_agency_id == me.agency_id))
    there = sa.and_(mine, standing.seeking(), ActionItem.id.in_(person.all("action").with_only_columns(ActionItem.id)))
    sought = ActionItem.id.in_(person.all("action", "sought").with_only_columns(ActionItem.id))
    return sa.select(ActionItem).where(sa.or_(there, sought), standing.after_meeting(), standing.running())


def _whole(person, scope: str, state: str = "", within: Case | None = None) -> sa.Select:
    if within is not None:
        return person.all("action").where(_of_case(within.id))
    elif scope == "mine":
        found = [looking(person), *([] if state == "looking" else [person.all("action", "own")])]
        return sa.select(ActionItem).where(sa.or_(*(ActionItem.id.in_(each.with_only_columns(ActionItem.id)) for each in found)))
    elif scope == "agency":
        return person.all("action", "agency")
    elif scope == "all":
        return person.all("action", "run" if person.coordinator else "see")
    else:
        return person.all("action", "own").where(sa.false())


def _of_case(case_id):
    """Condition on ActionItem: it comes from a meeting's hearing of this case."""
    return sa.exists().where(Hearing.id == ActionItem.hearing_id, Hearing.case_id == case_id)


def _in_state(state: str):
    """Condition on ActionItem for one of STATES; without one, all that is left to do."""
    running = standing.running()
    return {
        "overdue": lambda: standing.overdue(clock.today()),
        "stuck": lambda: ActionItem.state == standing.Progress.STUCK,
        "unconfirmed": lambda: sa.and_(running, standing.unconfirmed()),
        "unsettled": lambda: sa.and_(running, standing.unsettled()),
        "unassigned": lambda: sa.and_(running, standing.seeking()),
        "absent": standing.absent,
        "done": lambda: ~running,
    }.get(state, lambda: running)()


def _due(period: str):
    today = clock.today()
    last = {"week": sunday(today), "month": today + timedelta(days=30)}.get(period)
    return ActionItem.due_on <= last if last else ActionItem.due_on.is_(None)
