"""A self-check laid side by side, for the screen and the paper: the office's answers, those of last time, the national figures."""

from __future__ import annotations

from dataclasses import dataclass

from selfcheck import evidence
from selfcheck.advising import Tip, suggest
from selfcheck.facts import NOTHING, Evidence
from selfcheck.models import CheckAnswer, CheckPart, SelfCheck, before, chosen
from selfcheck.survey import Question, Section


@dataclass(frozen=True)
class Row:
    """One question: what was answered (None: nothing yet), what was chosen last time (None: not asked), what the data says."""

    question: Question
    answer: CheckAnswer | None
    earlier: set[str] | None
    evidence: Evidence

    @property
    def changed(self) -> bool:
        """Whether the answer is another one than last time."""
        return self.answer is not None and self.earlier is not None and set(self.answer.chosen) != self.earlier

    @property
    def unknown(self) -> bool:
        return self.answer is not None and self.answer.has("unknown")


@dataclass(frozen=True)
class Spread:
    section: Section
    part: CheckPart
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole self-check. `earlier`: the last finished one before it, or None."""

    check: SelfCheck
    earlier: SelfCheck | None
    spreads: tuple[Spread, ...]
    tips: list[Tip]

    @property
    def done(self) -> int:
        return len(self.check.parts) - len(self.check.waiting)


def of(check: SelfCheck) -> Sheet:
    """Everything about this self-check, with the evidence of the day it was finished, or of now."""
    last, data, answers = before(check), evidence_of(check), check.answers
    then = chosen(last)
    spreads = tuple(Spread(section, check.part(section.key), tuple(
        Row(each, answers.get(each.key), then.get(each.key), data.get(each.key, NOTHING)) for each in section.questions))
        for section in check.survey.sections)
    return Sheet(check, last, spreads, suggest(chosen(check), then))


def evidence_of(check: SelfCheck, section: Section | None = None) -> dict[str, Evidence]:
    """What the office's data says, by question: to a section, or to all."""
    if check.finished:
        return check.kept_evidence()
    questions = section.questions if section else check.survey.questions.values()
    return {each.key: evidence.of(each, check.fiscal_year) for each in questions}
