"""Agendas to start a meeting from (次第のひな形): the office's own, planted from those that are shipped."""

from __future__ import annotations

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import languages
from core.database import Base, choice, session
from core.languages import _, later
from core.web import Refused
from meetings import agenda

PARTS = ("meeting", "case")  # a whole meeting, or the turn of one case among several


class Purpose(enum.Enum):
    """What a meeting is for: to hear a case, one of the official tasks of a 重層的支援会議, or neither."""

    TALK = "talk"
    FIT = "fit"
    EVALUATION = "evaluation"
    RESOURCES = "resources"
    NO_CASE = "no_case"

    @property
    def label(self):
        return {"talk": later("Talking a case over"), "fit": later("Is the plan appropriate?"),
                "evaluation": later("Evaluation at the end of a plan"), "resources": later("Resources and their development"),
                "no_case": later("Without a case")}[self.value]

    @property
    def law_name(self) -> str:
        """The official task it serves."""
        return {"fit": "プランの適切性の協議", "evaluation": "プラン終結時等の評価",
                "resources": "社会資源の充足状況の把握と開発に向けた検討"}.get(self.value, "")


class AgendaTemplate(Base):
    """One agenda to start from. Set aside it is offered no longer; nothing that was planned by it changes."""

    __tablename__ = "agenda_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)  # a shipped one keeps its name, by which it can be restored
    part: Mapped[str] = mapped_column(sa.String(20), default="meeting")
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    ja: Mapped[str] = mapped_column(sa.String(80))
    en: Mapped[str] = mapped_column(sa.String(80), default="")
    hint_ja: Mapped[str] = mapped_column(sa.String(200), default="")
    hint_en: Mapped[str] = mapped_column(sa.String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    steps: Mapped[list[TemplateStep]] = orm.relationship(order_by="TemplateStep.position", cascade="all, delete-orphan", lazy="selectin")
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def listed(cls, part: str = "meeting") -> list[AgendaTemplate]:
        """All of them by purpose and length, those set aside too."""
        found = session.scalars(sa.select(cls).where(cls.part == part).order_by(cls.id))
        return sorted(found, key=lambda each: (list(Purpose).index(each.purpose), each.minutes))

    @classmethod
    def offered(cls, part: str = "meeting") -> list[AgendaTemplate]:
        """Those in use."""
        return [each for each in cls.listed(part) if each.active]

    @classmethod
    def choices(cls, part: str = "meeting", keep: str = "") -> dict[str, list[tuple[str, str]]]:
        """What a form offers: (key, label) of those in use, and of `keep` though it be set aside, under the name of their purpose."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        for each in (every for every in cls.listed(part) if every.active or every.key == keep):
            grouped.setdefault(str(each.purpose.label), []).append((each.key, each.label))
        return grouped

    @classmethod
    def of(cls, key: str) -> AgendaTemplate | None:
        """The office's template of this key, set aside or not."""
        return session.scalar(sa.select(cls).where(cls.key == key))

    @classmethod
    def plant(cls) -> None:
        """Put the shipped agendas into an empty table."""
        if not session.scalar(sa.select(sa.func.count()).select_from(cls)):
            for part in PARTS:
                session.add_all(cls(key=each["key"], part=part, **_shipped(each)) for each in agenda.templates(part))
            session.flush()

    @property
    def label(self) -> str:
        return self.en if languages.language() == "en" and self.en else self.ja

    @property
    def hint(self) -> str:
        return self.hint_en if languages.language() == "en" and self.hint_en else self.hint_ja

    @property
    def minutes(self) -> int:
        """How long its steps are together."""
        return sum(each.minutes for each in self.steps)

    @property
    def shipped(self) -> dict | None:
        """The agenda it was planted from; None for one of the office's own."""
        return next((each for each in agenda.templates(self.part) if each["key"] == self.key), None)

    def taken(self, language: str) -> list[dict]:
        """Its steps as an agenda takes them, in a language; in Japanese where the office has not written the other."""
        return [each.taken(language) for each in self.steps]

    def write(self, words: dict, rows: list[dict]) -> None:
        """Name it and lay its steps down anew, top to bottom."""
        for name, value in words.items():
            setattr(self, name, value)
        self.steps = [TemplateStep(position=place, **row) for place, row in enumerate(rows, 1)]

    def copy(self) -> AgendaTemplate:
        """Another one with the same steps, to be changed without touching this."""
        ja, en = f"{self.ja[:70]}の写し", f"Copy of {self.en[:60]}" if self.en else ""
        made = AgendaTemplate(key=f"own-{uuid.uuid4().hex[:12]}", part=self.part, purpose=self.purpose, ja=ja, en=en,
                              hint_ja=self.hint_ja, hint_en=self.hint_en)
        made.steps = [TemplateStep(position=each.position, **each.words) for each in self.steps]
        session.add(made)
        return made

    def set_aside(self) -> None:
        """Offer it no longer. Raises Refused for the last one of its part: a meeting is planned from one."""
        if [each for each in AgendaTemplate.offered(self.part) if each is not self] == []:
            raise Refused(_("It is the last agenda in use of its kind."), _("Take another one into use first."))
        self.active = False

    def bring_back(self) -> None:
        """Offer it again."""
        self.active = True

    def restore(self) -> None:
        """Make it what was shipped. Raises Refused for one of the office's own."""
        if self.shipped is None:
            raise Refused(_("This agenda is your office's own: there is no shipped one to go back to."))
        for name, value in _shipped(self.shipped).items():
            setattr(self, name, value)
        self.active = True


class TemplateStep(Base):
    """One step of a template."""

    __tablename__ = "template_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_template.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    minutes: Mapped[int]
    screen: Mapped[str] = mapped_column(sa.String(20), default="none")
    limited: Mapped[bool] = mapped_column(default=False)  # 限定共有
    title_ja: Mapped[str] = mapped_column(sa.String(120))
    title_en: Mapped[str] = mapped_column(sa.String(120), default="")
    say_ja: Mapped[str] = mapped_column(sa.Text, default="")
    say_en: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def words(self) -> dict:
        """All that it says, without its place."""
        return {name: getattr(self, name) for name in ("minutes", "screen", "limited", "title_ja", "title_en", "say_ja", "say_en")}

    def taken(self, language: str) -> dict:
        """As an agenda takes it."""
        words = self.words | dict(title_en=self.title_en or self.title_ja, say_en=self.say_en or self.say_ja)
        return agenda.step(words, language)


def steps(key: str, language: str) -> list[dict]:
    """The steps of the office's template, or of the shipped one where the office has none of this key."""
    found = AgendaTemplate.of(key)
    return found.taken(language) if found else agenda.steps(key, language)


def _shipped(words: dict) -> dict:
    """What a template of the office takes from a shipped one."""
    rows = [TemplateStep(position=place, **{"limited": False} | item) for place, item in enumerate(words["items"], 1)]
    return dict(purpose=Purpose(words["purpose"]), ja=words["label_ja"], en=words["label_en"], hint_ja=words.get("hint_ja", ""),
                hint_en=words.get("hint_en", ""), steps=rows)
