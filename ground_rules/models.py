"""Editions of the ground rules. An edition's words never change; a change is a new edition.

Citations of law stand apart as data with their date: paragraph numbers move (社会福祉法第106条の6), and an
office corrects them without touching the program.
"""

from __future__ import annotations

from datetime import date, datetime
import enum
from pathlib import Path
import re
import tomllib

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, languages
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later

TEXTS = Path(__file__).with_name("texts")
_PLACE = re.compile(r"\{\{\s*citation\.(\w+)\s*\}\}")


class Part(enum.Enum):
    """The three families of rules. Of written rules, 89.5 % cover the first and only 31.6 % the second (national survey)."""

    COMPLIANCE = "compliance"
    SAFETY = "safety"
    PROCEDURE = "procedure"

    @property
    def label(self):
        return {"compliance": later("Confidentiality and compliance"), "safety": later("Psychological safety"),
                "procedure": later("How we proceed")}[self.value]


class Citation(Base):
    """A citation of law under the key by which texts name it. Its words are kept in versions: what was printed stays known."""

    __tablename__ = "citation"
    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    versions: Mapped[list[CitationVersion]] = orm.relationship(order_by="CitationVersion.number", lazy="joined")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def listed(cls) -> list[Citation]:
        return list(session.scalars(sa.select(cls).order_by(cls.key)).unique())

    @classmethod
    def of(cls, key: str, language: str = "ja", on: date | None = None) -> str:
        """The words of one citation on a day (today); its key when the office has none under it."""
        found = session.get(cls, key)
        return getattr(found.on(on), language) if found else key

    def on(self, day: date | None = None) -> CitationVersion:
        """What held on a day (today); of two that hold from the same day, the one written last. Before all of them the first."""
        day = day or clock.today()
        begun = [each for each in self.versions if each.begins <= day]
        return max(begun, key=lambda each: (each.begins, each.number)) if begun else self.versions[0]

    @property
    def newest(self) -> CitationVersion:
        """What was written last, in force already or not."""
        return self.versions[-1]

    def rewrite(self, by, ja: str, en: str, since: date | None, as_of: date, note: str) -> None:
        """Its words from a day on (None: as if they had always stood so); those before stay on record."""
        self.versions.append(CitationVersion(number=self.newest.number + 1, ja=ja, en=en, since=since, as_of=as_of, note=note,
                                             written_at=utcnow(), written_by_id=by.id))
        session.flush()


class CitationVersion(Base):
    """What a citation says, since which day, and who wrote it when. Never changed."""

    __tablename__ = "citation_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.ForeignKey("citation.key"))
    number: Mapped[int]
    ja: Mapped[str] = mapped_column(sa.String(120))
    en: Mapped[str] = mapped_column(sa.String(120))
    since: Mapped[date | None]  # from which day on it is cited so; None: from the beginning
    as_of: Mapped[date]  # when it was last compared with the law
    note: Mapped[str] = mapped_column(sa.Text, default="")
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: shipped with the program
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    written_by = orm.relationship("User", lazy="joined")
    __table_args__ = (sa.UniqueConstraint("key", "number"),)

    @property
    def begins(self) -> date:
        return self.since or date.min

    @property
    def text(self) -> str:
        return self.en if languages.language() == "en" else self.ja


class Edition(Base):
    """One edition (版) of the ground rules, in Japanese and English."""

    __tablename__ = "edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    effective_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text, default="", server_default=sa.text("''"))  # what it changes and why, for the readers
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: shipped with the program
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    texts: Mapped[list[RuleText]] = orm.relationship(order_by="RuleText.id")
    published_by = orm.relationship("User")

    @classmethod
    def listed(cls) -> list[Edition]:
        """All editions, the newest first."""
        return list(session.scalars(sa.select(cls).order_by(cls.number.desc())))

    @classmethod
    def on(cls, day: date) -> Edition:
        """The edition in force on a day; the first one while none was in force yet."""
        newest_first = cls.listed()
        return next((each for each in newest_first if each.effective_on <= day), newest_first[-1])

    @classmethod
    def planned_for(cls, day: date) -> Edition:
        """The same, for a meeting that is being planned or moved: no edition is published until it stands on record, so that
        none is missed by a plan made at the same moment (PostgreSQL; SQLite lets one write at a time)."""
        session.execute(cls._first().with_for_update(read=True))
        return cls.on(day)

    @classmethod
    def hold(cls) -> None:
        """Let plans that are being made come to their end, and no other begin, until the edition about to be published stands."""
        session.execute(cls._first().with_for_update(key_share=True))

    @classmethod
    def _first(cls) -> sa.Select:
        """The row they wait at: the first edition, which always stands and never changes."""
        return sa.select(cls.id).where(cls.number == 1)

    @classmethod
    def current(cls) -> Edition:
        """The edition in force today."""
        return cls.on(clock.today())

    @classmethod
    def newest(cls) -> Edition:
        """The edition published last, in force already or not."""
        return session.scalars(sa.select(cls).order_by(cls.number.desc()).limit(1)).one()

    @classmethod
    def plant(cls, on: date | None = None) -> None:
        """Put the shipped texts and citations into an empty table, as the first edition, in force from a day (today)."""
        if session.scalar(sa.select(sa.func.count()).select_from(cls)):
            return
        edition = cls(number=1, effective_on=on or clock.today())
        for language in languages.LANGUAGES:
            for part in Part:
                body = (TEXTS / language / f"{part.value}.md").read_text(encoding="utf-8")
                edition.texts.append(RuleText(part=part, language=language, body=body))
        session.add(edition)
        for key, row in tomllib.loads((TEXTS / "citations.toml").read_text(encoding="utf-8"))["citation"].items():
            session.add(Citation(key=key, versions=[CitationVersion(number=1, ja=row["ja"], en=row["en"], as_of=row["as_of"], note=row.get("note", ""))]))
        session.flush()

    @property
    def coming(self) -> bool:
        """Published, but not in force yet."""
        return self.effective_on > clock.today()

    def body(self, part: Part, language: str) -> str:
        """The Markdown of one part; empty when it has none."""
        return next((each.body for each in self.texts if (each.part, each.language) == (part, language)), "")

    def parts(self, language: str) -> list[RuleText]:
        """The texts of this edition in a language, in the order of `Part`; one that the office left empty in it, in Japanese."""
        order = list(Part)
        written = {(each.part, each.language): each for each in self.texts if each.body.strip()}
        found = [written.get((part, language)) or written.get((part, "ja")) for part in order]
        return [each for each in found if each]


class RuleText(Base):
    """One part of an edition in one language, as Markdown."""

    __tablename__ = "rule_text"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    part: Mapped[Part] = mapped_column(choice(Part))
    language: Mapped[str] = mapped_column(sa.String(5))
    body: Mapped[str] = mapped_column(sa.Text)

    def cited(self, known=(), on: date | None = None) -> str:
        """The Markdown with the office's citations of a day (today) in their places; `known` are those looked up already."""
        return cited(self.body, self.language, known, on)


@event.listens_for(RuleText, "before_update")
@event.listens_for(RuleText, "before_delete")
@event.listens_for(CitationVersion, "before_update")
@event.listens_for(CitationVersion, "before_delete")
def _stands(_mapper, _connection, text) -> None:
    """An edition's words never change: people gave their word to them. Nor does what a citation said before."""
    raise RuntimeError(f"{type(text).__name__} {text.id} is published; its words do not change")


def cited(body: str, language: str, known=(), on: date | None = None) -> str:
    """Markdown with the citations of a day (today) in the places where it names their keys; `known` are those looked up already."""
    words = {each.key: getattr(each.on(on), language) for each in known}
    return _PLACE.sub(lambda found: words.get(found[1]) or Citation.of(found[1], language, on), body)


def citations_named(body: str) -> set[str]:
    """The keys of the citations that a text names."""
    return set(_PLACE.findall(body))


class AckMethod(enum.Enum):
    """How somebody acknowledged the rules."""

    SCREEN = "screen"
    PAPER = "paper"
    ALOUD = "aloud"

    @property
    def label(self):
        return {"screen": later("On screen"), "paper": later("On paper"), "aloud": later("Read aloud at the opening")}[self.value]


class Acknowledgement(Base):
    """One person has accepted one edition for one meeting: kept for good."""

    __tablename__ = "acknowledgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    method: Mapped[AckMethod] = mapped_column(choice(AckMethod), default=AckMethod.SCREEN)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    edition: Mapped[Edition] = orm.relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("meeting_id", "member_id", "edition_id"),)
