"""What of final minutes is withheld when somebody asks for their disclosure: each mark with its ground, and who decided.

Marks belong to one frozen version. What was told to some of the table only stays black until somebody decides that it
is opened; everything else stays open until somebody decides that it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
import re
import tomllib

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, session, utcnow
from core.languages import _
from core.web import Refused
from meetings.record import MinutesVersion
from papers import redaction
from papers.redaction import Cell, Passage


class Amiss(Refused):
    """What was typed into one `field` of the form does not fit: it is said there, and the rest is kept."""

    def __init__(self, field: str, *words):
        super().__init__(*words)
        self.field = field


LIMITED = Passage("", kind="限定共有", article="（検討中）", reason="会議で限られた人だけに共有された記載。開示するかどうかを決めていない")


class Ground(Base):
    """A kind of information that may be withheld, with its article: the office's own data."""

    __tablename__ = "withholding_ground"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(20), default="")  # what the proposals call it
    name: Mapped[str] = mapped_column(sa.String(40))
    article: Mapped[str] = mapped_column(sa.String(200))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)

    @classmethod
    def listed(cls) -> list[Ground]:
        """All of them in the office's order, those out of use too."""
        return list(session.scalars(sa.select(cls).order_by(cls.position, cls.id)))

    @classmethod
    def arrange(cls, rows: list[dict]) -> None:
        """Make the list what these rows say, top to bottom; marks made before keep their words."""
        known = {str(each.id): each for each in cls.listed()}
        for position, row in enumerate(rows, 1):
            ground = known.get(row["id"]) or cls()
            for name in ("name", "article", "reason", "active"):
                setattr(ground, name, row[name])
            ground.position = position
            session.add(ground)

    @classmethod
    def plant(cls) -> None:
        """Put the shipped kinds into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            session.add_all(cls(position=position, **row) for position, row in enumerate(_shipped(), 1))
            session.flush()


class Mark(Base):
    """One decision on one place of a version: withheld for a reason, or looked at and opened. Lifted, it stays on record."""

    __tablename__ = "withholding_mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_version.id"), index=True)
    place: Mapped[str] = mapped_column(sa.String(120))
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int | None]  # None: the whole text
    opened: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(sa.String(40), default="")
    article: Mapped[str] = mapped_column(sa.String(200), default="")
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    carried: Mapped[bool] = mapped_column(default=False)  # taken over from the version before
    limited: Mapped[bool] = mapped_column(default=False)  # whether the line was told to some only when this was decided
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[MinutesVersion] = orm.relationship()
    by = orm.relationship("User", foreign_keys=[by_id], lazy="joined", innerjoin=True)

    @property
    def passage(self) -> Passage:
        return Passage(self.place, self.start, self.end, self.kind, self.article, self.reason)


class Approval(Base):
    """承認: somebody decided the marks as they stood on a day."""

    __tablename__ = "withholding_approval"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_version.id"), index=True)
    decided_by: Mapped[str] = mapped_column(sa.String(120))
    decided_on: Mapped[date]
    digest: Mapped[str] = mapped_column(sa.String(64))  # of the marks that were decided
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)


def standing(version: MinutesVersion) -> list[Mark]:
    """The marks of a version that stand."""
    return list(session.scalars(sa.select(Mark).where(Mark.version_id == version.id, Mark.lifted_at.is_(None)).order_by(Mark.id)))


def approval(version: MinutesVersion) -> Approval | None:
    """The approval of the marks just as they stand now; None when one was changed since."""
    last = session.scalars(sa.select(Approval).where(Approval.version_id == version.id).order_by(Approval.id.desc())).first()
    return last if last and last.digest == _digest(standing(version)) else None


def read_at(version: MinutesVersion) -> str:
    """How the decisions on a version stand, in one value for a page to send back: which version it showed, and up to which mark."""
    last = session.scalar(sa.select(sa.func.max(Mark.id)).where(Mark.version_id == version.id)) or 0
    return f"{version.id}.{last}.{_digest(standing(version))[:16]}"


_READ = re.compile(r"(?P<version>[0-9]{1,18})\.(?P<last>[0-9]{1,18})\.[0-9a-f]{16}")  # what `read_at` gives


def opened(marks: Iterable[Mark], cells: Iterable[Cell]) -> set[str]:
    """The places that somebody opened. A line that was limited only afterwards was never opened as such."""
    limited = {each.place for each in cells if each.limited}
    return {each.place for each in marks if each.opened and (each.limited or each.place not in limited)}


def decided(marks: Iterable[Mark], cells: Iterable[Cell]) -> set[str]:
    """The places on which somebody decided: of a limited line words alone are no decision on the rest of it."""
    marks, cells = list(marks), list(cells)
    limited = {each.place for each in cells if each.limited}
    return opened(marks, cells) | {each.place for each in marks if not each.opened and (each.end is None or each.place not in limited)}


def passages(marks: list[Mark], cells: list[Cell]) -> list[Passage]:
    """What is black on the paper: the marks, and what is limited and has not been opened. A reason that says withheld words
    is black itself."""
    free = opened(marks, cells)
    told = _telling([each.reason for each in marks if not each.opened], _hidden(marks, cells))
    made = [replace(each.passage, reason=redaction.BLACK) if each.reason in told else each.passage for each in marks if not each.opened]
    whole = {each.place for each in made if each.end is None}
    untouched = [each for each in cells if each.limited and each.place not in free | whole]
    confined = {each.place for each in untouched}
    return [each for each in made if each.place not in confined] + [
        Passage(each.place, 0, None, LIMITED.kind, LIMITED.article, LIMITED.reason) for each in untouched]


def decide(version: MinutesVersion, by, shown: list[Cell], places: list[str], words: str, ground: Ground | None, reason: str,
           everywhere: bool = False, read: str = "") -> int:
    """Withhold these places (or, of each, the words), for this ground; without a ground, open them. Gives how many marks.

    Words of a limited line that was opened are withheld alone: the rest of it stays open. `read` is what `read_at` said when
    the page was shown. Raises Amiss when somebody decided on a place since, when the words do not stand there, when all of it
    is withheld already, and when a reason, this one or an earlier one, says the words.
    """
    hold(version)
    known, marks = {each.place: each for each in shown}, standing(version)
    chosen = [known[each] for each in places if each in known]
    ask_unchanged(version, read, chosen)
    if not chosen:
        raise Amiss("places", _("Choose at least one line."))
    if ground is None:
        for mark in [each for each in marks if each.place in {cell.place for cell in chosen}]:
            lift(mark, by)
        session.add_all(Mark(version_id=version.id, place=each.place, opened=True, limited=each.limited, by_id=by.id) for each in chosen)
        session.flush()
        return len(chosen)
    spans = [(cell, span) for cell in (shown if words and everywhere else chosen) for span in _spans(cell, words)]
    if not spans:
        raise Amiss("words", _("These words do not stand in the chosen line."), _("Leave the words empty to withhold the whole line."))
    hidden = {words, *(cell.text[slice(*span)] for cell, span in spans)}
    if _telling([reason or ground.reason], hidden | _hidden(marks, shown)):
        raise Amiss("reason", _("The reason says the very words that are withheld."), _("It is printed in the list: describe the kind of information instead."))
    if told := _telling([each.reason for each in marks if each.place in known], hidden):
        raise Amiss("reason", _("The reason of an earlier mark says these words: %(reason)s", reason=min(told)), _("Take that mark back and make it anew with another reason."))
    closed = {cell.place for cell, span in spans if span[1] is None or not cell.limited}
    for mark in [each for each in marks if each.opened and each.place in closed]:
        lift(mark, by)
    taken = [each.passage for each in marks if not each.opened]
    new = [(cell, span) for cell, span in spans if not redaction.overlapping(Passage(cell.place, *span), taken)]
    if not new:
        raise Amiss("places", _("This is withheld already."))
    session.add_all(Mark(version_id=version.id, place=cell.place, start=span[0], end=span[1], kind=ground.name, article=ground.article,
                         reason=reason or ground.reason, limited=cell.limited, by_id=by.id) for cell, span in new)
    session.flush()
    return len(new)


def of_another(version: MinutesVersion, read: str | None) -> bool:
    """Whether a page that was `read` so showed another version than this one, or does not say which."""
    said = _READ.fullmatch(read or "")
    return bool(read) and (said is None or int(said["version"]) != version.id)


def ask_unchanged(version: MinutesVersion, read: str, chosen: list[Cell]) -> None:
    """Raise Amiss where a page that was `read` so showed another version (its places name other lines there), or where somebody
    decided on one of these places since."""
    if of_another(version, read):
        raise Amiss("places", _("The minutes were made final anew since you opened this page."), _("These are the lines as they stand now: choose them again."))
    said = _READ.fullmatch(read)
    since = {each.place for each in standing(version) if said and each.id > int(said["last"])}
    if found := [each.where for each in chosen if each.place in since]:
        raise Amiss("places", _("Since you opened this page, these lines were decided: %(where)s", where="、".join(found[:5])),
                    _("They stand below as they are now. Press again if you wish to change that."))


def hold(version: MinutesVersion) -> None:
    """Until this transaction ends nobody else decides on this version (on PostgreSQL, where two run side by side)."""
    session.execute(sa.select(MinutesVersion.id).where(MinutesVersion.id == version.id).with_for_update(key_share=True))


def lift(mark: Mark, by) -> None:
    """Take a decision back; it stays on record. A second time changes nothing."""
    hold(mark.version)  # no copy to disclose is being made of it
    if mark.lifted_at is None:
        mark.lifted_at, mark.lifted_by_id = utcnow(), by.id


def approve(version: MinutesVersion, by, decided_by: str, decided_on: date) -> Approval:
    """Note who decided the marks as they stand, and on which day."""
    hold(version)
    made = Approval(version_id=version.id, decided_by=decided_by, decided_on=decided_on, digest=_digest(standing(version)), by_id=by.id)
    session.add(made)
    session.flush()
    return made


def earlier(version: MinutesVersion, meeting) -> MinutesVersion | None:
    """The last version before this one on which anything was decided."""
    return next((each for each in reversed(meeting.minutes_versions) if each.number < version.number and standing(each)), None)


def carried(version: MinutesVersion, before: MinutesVersion, shown: list[Cell], then: list[Cell]) -> tuple[list[Mark], list[Cell]]:
    """(the marks of the version before whose words stand in this one, at their places here; what it withheld that does not stand here
    any more). What was opened and is limited now is opened anew or not at all."""
    now, words, taken = standing(version), {each.place: each for each in then}, set()
    made, lost = [], []
    for mark in standing(before):
        cell = words.get(mark.place)
        if cell is None:
            continue
        here = next((each for each in shown if (each.case, each.kind, each.text) == (cell.case, cell.kind, cell.text)
                     and (each.place, mark.start, mark.end) not in taken), None)
        if here is None:
            lost += [] if mark.opened else [cell]
            continue
        taken.add((here.place, mark.start, mark.end))
        if mark.opened and here.limited and not mark.limited:
            continue
        copy = Mark(version_id=version.id, place=here.place, start=mark.start, end=mark.end, opened=mark.opened, kind=mark.kind,
                    article=mark.article, reason=mark.reason, carried=True, limited=mark.limited)
        if not any(each.place == here.place and (each.opened or redaction.overlapping(copy.passage, [each.passage])) for each in now):
            made.append(copy)
    return made, list(dict.fromkeys(lost))


def _spans(cell: Cell, words: str) -> list[tuple[int, int | None]]:
    if not words:
        return [(0, None)]
    found = list(dict.fromkeys(redaction.widened(cell.text, *span) for span in redaction.occurrences(cell.text, words)))
    return found if cell.same else [(0, None)] if found else []


def _hidden(marks: Iterable[Mark], cells: Iterable[Cell]) -> set[str]:
    """The words that these marks withhold."""
    text = {each.place: each.text for each in cells}
    return {text[each.place][each.start:each.end] for each in marks if not each.opened and each.place in text}


def _telling(reasons: Iterable[str], hidden: Iterable[str]) -> set[str]:
    """Of these reasons those that say withheld words. The shipped reasons tell nothing of a case, whatever their words; what an
    office wrote into its list of grounds may."""
    usual = {each["reason"] for each in _shipped()}
    return {reason for reason in reasons if reason not in usual and any(len(words) > 1 and words in reason for words in hidden)}


@cache
def _shipped() -> tuple[dict, ...]:
    """The kinds of information as the house ships them."""
    return tuple(tomllib.loads(Path(__file__).with_name("grounds.toml").read_text(encoding="utf-8"))["grounds"])


def _digest(marks: list[Mark]) -> str:
    return redaction.digest((each.place, each.start, each.end, each.opened, each.kind, each.article, each.reason) for each in marks)
