"""The list of final versions: whatever narrows it is asked of the database, and nothing is found that the person may not read."""

from __future__ import annotations

from datetime import date, time, timedelta
import json
import unicodedata

import sqlalchemy as sa
from sqlalchemy import orm
from wtforms import ValidationError

from agencies.models import Agency, Member
from cases.models import Case
from core import clock, search, words
from core.database import session
from core.finding import Box
from core.forms import Day, Select, line
from core.languages import _, later
from core.pages import fiscal_year_words
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.record import MinutesPart, MinutesVersion
from meetings.table import Hearing, Seat

COUNTED = 1000  # beyond that a number tells nobody anything
ANY = ("", later("any"))
KINDS = [ANY, *((each.value, each.label) for each in Kind)]
FILED = [ANY, ("no", later("Not filed yet")), ("yes", later("Filed"))]
VERSIONS = [("", later("In force only")), ("all", later("With superseded versions"))]
ORDER = [("", later("Last made final first")), ("held", later("Last held first")), ("number", later("By number"))]


class RecordBox(Box):
    """What the records are narrowed to."""

    kind = "minutes"
    filters = ("year", "of", "case", "agency", "filed", "since", "until", "versions", "order")
    year = Select(later("Fiscal year"))
    of = Select(later("Kind of meeting"))
    case = line(later("Case number"), limit=20, required=False)
    agency = Select(later("Agency at the table"))
    filed = Select(later("Filing"))
    since = Day(later("Made final from"))
    until = Day(later("Made final until"))
    versions = Select(later("Versions"))
    order = Select(later("Order"))

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.case_id = person, None
        self.of.choices, self.filed.choices, self.versions.choices, self.order.choices = KINDS, FILED, VERSIONS, ORDER
        self.year.choices = [ANY, *((str(each), fiscal_year_words(each)) for each in years())]
        self.agency.choices = [ANY, *((str(id), name) for id, name in session.execute(sa.select(Agency.id, Agency.name).order_by(Agency.name)))]
        for day in (self.since, self.until):
            day.data = _day(day.data) if isinstance(day.data, str) else day.data
        if not self.is_submitted():
            self._name_case()

    def validate_case(self, field):
        """The number that was typed must be one of a case in the minutes that are open to this person."""
        typed = unicodedata.normalize("NFKC", field.data or "").strip().upper()
        if typed:
            self.case_id = session.scalar(_cases(self.person).where(Case.number == typed).with_only_columns(Case.id))
            if self.case_id is None:
                raise ValidationError(_("No minutes that are open to you are about a case of this number."))

    @property
    def chosen(self) -> dict[str, str]:
        days = {name: self[name].data.isoformat() for name in ("since", "until") if self[name].data and 1900 <= self[name].data.year <= 2100}
        of_case = {"case": str(self.case_id)} if self.case_id else {}
        selects = {name: str(self[name].data) for name in self.filters if isinstance(self[name], Select) and self[name].data}
        return {name: value for name, value in selects.items() if value in [str(each) for each, *_rest in self[name].iter_choices()]} | days | of_case

    def _name_case(self) -> None:
        """The address says which case by its id; the box shows its number."""
        asked, self.case.data = (self.case.data or "")[:9], ""
        if asked.isdecimal() and asked.isascii():
            found = session.execute(_cases(self.person).where(Case.id == int(asked)).with_only_columns(Case.id, Case.number)).first()
            self.case_id, self.case.data = found or (None, "")


def years() -> list[int]:
    """The 年度 in which there are final minutes, the newest first."""
    there = sa.exists().where(MinutesVersion.meeting_id == Meeting.id)
    return list(session.scalars(sa.select(Meeting.fiscal_year).where(there).distinct().order_by(Meeting.fiscal_year.desc())))


def listed(box: RecordBox) -> sa.Select:
    """SELECT of the versions in the list."""
    chosen, person = box.chosen, box.person
    query = person.all("minutes").join(MinutesVersion, MinutesVersion.meeting_id == Meeting.id).with_only_columns(MinutesVersion)
    if chosen.get("versions") != "all":
        query = query.where(MinutesVersion.reopened_at.is_(None))
    if "year" in chosen:
        query = query.where(Meeting.fiscal_year == int(chosen["year"]))
    if "of" in chosen:
        query = query.where(Meeting.kind == Kind(chosen["of"]))
    if "filed" in chosen:
        query = query.where(MinutesVersion.filed_at.is_not(None) if chosen["filed"] == "yes" else MinutesVersion.filed_at.is_(None))
    if "since" in chosen:
        query = query.where(MinutesVersion.finalised_at >= clock.instant(box.since.data, time()))
    if "until" in chosen:
        query = query.where(MinutesVersion.finalised_at < clock.instant(box.until.data + timedelta(days=1), time()))
    if "case" in chosen:
        query = query.where(_heard(person, Hearing.case_id == box.case_id))
    if "agency" in chosen:
        sat = sa.exists().where(Seat.hearing_id == Hearing.id, Seat.member_id == Member.id, Member.agency_id == int(chosen["agency"]))
        query = query.where(_heard(person, sat.correlate(Hearing)))
    return query.where(*_found(person, box.words)).order_by(*ORDERS[chosen.get("order", "")])


ORDERS = {"": (MinutesVersion.finalised_at.desc(), MinutesVersion.id.desc()),
          "held": (Meeting.starts_at.desc(), MinutesVersion.number.desc()),
          "number": (Meeting.fiscal_year.desc(), Meeting.kind, Meeting.serial, MinutesVersion.number)}


def fetched(query: sa.Select, page: int, size: int) -> tuple[list[MinutesVersion], bool]:
    """One page of the list with all that its rows show, and whether there are more. It sorts numbers, and reads only this page."""
    ids = session.scalars(query.with_only_columns(MinutesVersion.id).limit(size + 1).offset((page - 1) * size)).all()
    found = {each.id: each for each in read(ids[:size])}
    return [found[each] for each in ids[:size]], len(ids) > size


def read(ids, content: bool = False) -> list[MinutesVersion]:
    """These versions with their meetings, and with their long `content` only where it is wanted."""
    meeting = orm.joinedload(MinutesVersion.meeting).options(
        orm.selectinload(Meeting.minutes_versions), orm.selectinload(Meeting.sitting), orm.selectinload(Meeting.hearings).joinedload(Hearing.case))
    wanted = [orm.undefer(MinutesVersion.content)] if content else []
    return list(session.scalars(sa.select(MinutesVersion).where(MinutesVersion.id.in_(ids)).options(meeting, *wanted)).unique())


def document_numbers(versions) -> dict[int, str]:
    """文書番号 as it stands on the paper, by version; nothing for those without one."""
    rows = session.execute(sa.select(MinutesVersion.id, MinutesVersion.content).where(MinutesVersion.id.in_([each.id for each in versions])))
    found = {version: json.loads(content).get("document_number", "") for version, content in rows if content}  # no content: disposed of
    return {version: number for version, number in found.items() if number}


def count(query: sa.Select) -> int:
    """How many versions the list holds; at most one more than `COUNTED`."""
    within = query.with_only_columns(MinutesVersion.id).order_by(None).limit(COUNTED + 1).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(within)) or 0


def _found(person, text: str) -> list:
    """Conditions: every word stands in some part of the version that this person may read."""
    parts = person.all("minutes_part").with_only_columns(MinutesPart.version_id)
    if text and not words.asked(text):
        return [sa.false()]
    return [MinutesVersion.id.in_(parts.where(MinutesPart.id.in_(search.ids("minutes", word)))) for word in words.asked(text)]


def _heard(person, condition):
    """Condition on Meeting: it heard a case of this kind, which the person may read there."""
    query = sa.exists().where(Hearing.meeting_id == Meeting.id, condition)
    if not person.clerk:
        query = query.where(Hearing.id.in_(person.all("hearing").with_only_columns(Hearing.id)))
    return query.correlate(Meeting)


def _cases(person) -> sa.Select:
    """SELECT of the cases in final minutes open to this person."""
    there = sa.exists().where(Hearing.case_id == Case.id, Hearing.meeting_id.in_(person.all("minutes").with_only_columns(Meeting.id)),
                              Hearing.meeting_id.in_(sa.select(MinutesVersion.meeting_id)))
    if not person.clerk:
        there = there.where(Hearing.id.in_(person.all("hearing").with_only_columns(Hearing.id)))
    return sa.select(Case).options(orm.lazyload("*")).where(there.correlate(Case))


def _day(text: str) -> date | None:
    try:
        return clock.read_date(text) if text else None
    except clock.UnreadableDate:
        return None
