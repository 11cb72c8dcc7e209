"""The next edition while it is being written: one draft for the whole office, in both languages, until it is published."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import audit, clock, languages
from core.database import Base, insert_once, session, utcnow
from core.languages import _
from core.web import Refused
from ground_rules.models import Citation, Edition, Part, RuleText, citations_named
from ground_rules.rule_cards import rules_in, tidy

PLACES = tuple((part, language) for part in Part for language in languages.LANGUAGES)


def place(part: Part, language: str) -> str:
    """The name of a text's column, and of its field on the page."""
    return f"{part.value}_{language}"


class EditionDraft(Base):
    """The texts of the next edition. There is at most one: rules are written together, not against each other."""

    __tablename__ = "edition_draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    compliance_ja: Mapped[str] = mapped_column(sa.Text)
    compliance_en: Mapped[str] = mapped_column(sa.Text)
    safety_ja: Mapped[str] = mapped_column(sa.Text)
    safety_en: Mapped[str] = mapped_column(sa.Text)
    procedure_ja: Mapped[str] = mapped_column(sa.Text)
    procedure_en: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    begun_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def now(cls) -> EditionDraft | None:
        return session.get(cls, 1)

    @classmethod
    def begin(cls, by) -> EditionDraft:
        """Begin the next edition with the words of the last one; one that is begun already goes on."""
        last = Edition.newest()
        if cls.now() is None and insert_once(cls, id=1, begun_by_id=by.id, **{place(*each): last.body(*each) for each in PLACES}):
            audit.note("created", "edition_draft/1")
        return cls.now()

    def body(self, part: Part, language: str) -> str:
        return getattr(self, place(part, language))

    def write(self, words: dict[str, str]) -> None:
        """Take new words for the texts, by their places, with their numbers as Markdown reads them; and for the note."""
        for name, body in words.items():
            setattr(self, name, body if name == "note" else tidy(body))

    @property
    def changed(self) -> bool:
        last = Edition.newest()
        return any(self.body(*each).strip() != last.body(*each).strip() for each in PLACES)

    def publish(self, by, on: date) -> Edition:
        """Make it the next edition, in force from a day; the draft is over. Raises Refused when it changes nothing, the day
        is over, or an edition published before begins later."""
        last = Edition.newest()
        if not self.changed:
            raise Refused(_("The draft says the same as the last edition."), _("Write what is to be different, or give the draft up."))
        if on < max(clock.today(), last.effective_on):
            raise Refused(_("An edition begins today at the earliest, and not before the last one."))
        made = Edition(number=last.number + 1, effective_on=on, note=self.note, published_at=utcnow(), published_by_id=by.id)
        made.texts += [RuleText(part=part, language=language, body=self.body(part, language)) for part, language in PLACES]
        session.add(made)
        session.delete(self)
        session.flush()
        return made


def faults_of(body: str, language: str = "ja") -> list[str]:
    """Why a text cannot be published as it stands: it has no numbered rule, or names a citation that the office does not have.
    An office that works in Japanese may leave the English empty."""
    if language != "ja" and not body.strip():
        return []
    known = {each.key for each in Citation.listed()}
    found = [] if rules_in(body) else [_("No rule is numbered. Begin each rule with a number and a dot, for example 1.")]
    return found + [_("There is no citation with the key %(key)s.", key=key) for key in sorted(citations_named(body) - known)]


def uneven(words) -> list[Part]:
    """The parts of an edition (or draft) that have more rules in one language than in the other; one left empty has none to miss."""
    numbers = {part: [tuple(rule.number for rule in rules_in(body)) for each in languages.LANGUAGES if (body := words.body(part, each)).strip()] for part in Part}
    return [part for part, found in numbers.items() if len(set(found)) > 1]
