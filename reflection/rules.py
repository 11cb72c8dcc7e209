"""The five questions, how answers are counted, and from when on a count may be shown. Pure: no web, no database.

Thresholds: `ENOUGH` answers make a meeting's result, `MEETINGS` such meetings a period of the trend. Periods lie one after
the other, never one in another, and shares are rounded: no subtraction of two of them leaves less than what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
import enum

ENOUGH = 5  # answers of a meeting
MEETINGS = 3  # of a period
DAYS = 7  # a round stays open so many days after the day on which the meeting closed
STEP = 5  # per cent: shares are told no finer


class Question(enum.Enum):
    """Each is put so that "yes" is good."""

    BLAME = "blame"
    SPEAKING = "speaking"
    ROLE = "role"
    WISH = "wish"
    MOVING = "moving"


class Answer(enum.Enum):
    YES = "yes"
    BETWEEN = "between"
    NO = "no"


class Band(enum.Enum):
    """All that is kept of a meeting's answers to a question: with five of them, one voice alone moves nothing in sight."""

    MOSTLY = "mostly"
    DIVIDED = "divided"
    SELDOM = "seldom"


ASKED = (Question.ROLE, Question.SPEAKING, Question.BLAME, Question.WISH, Question.MOVING)  # in the order of the page


@dataclass(frozen=True)
class Tally:
    """How often each answer was given to each question: fifteen numbers, whose order says nothing of people or time."""

    counts: tuple[int, ...] = (0,) * (len(Question) * len(Answer))

    @classmethod
    def of(cls, numbers: Mapping[Question, Mapping[Answer, int]]) -> Tally:
        """A tally of these numbers. ValueError unless every question was answered equally often."""
        made = cls(tuple(numbers[question][answer] for question in Question for answer in Answer))
        if len({sum(made.of_question(each)) for each in Question}) > 1 or min(made.counts) < 0:
            raise ValueError("every sheet answers every question")
        return made

    @classmethod
    def read(cls, text: str) -> Tally:
        """The tally that `text` wrote down. ValueError for anything else."""
        counts = tuple(int(each) for each in text.split(" "))
        if len(counts) != len(Question) * len(Answer):
            raise ValueError("not a tally")
        return cls(counts)

    @property
    def text(self) -> str:
        """Always of the same length: its sealed form tells nothing by its size."""
        return " ".join(f"{each:04d}" for each in self.counts)

    @property
    def answers(self) -> int:
        """How many people answered."""
        return sum(self.of_question(Question.ROLE))

    def with_one(self, said: Mapping[Question, Answer]) -> Tally:
        """One more person's answers. KeyError when one is missing."""
        chosen = [said[question] is answer for question in Question for answer in Answer]
        return Tally(tuple(count + one for count, one in zip(self.counts, chosen)))

    def of_question(self, question: Question) -> tuple[int, ...]:
        """Yes, between, no."""
        begin = list(Question).index(question) * len(Answer)
        return self.counts[begin:begin + len(Answer)]

    def yes(self, question: Question) -> int:
        return self.of_question(question)[0]

    def __add__(self, other: Tally) -> Tally:
        return Tally(tuple(one + two for one, two in zip(self.counts, other.counts)))


def enough(tally: Tally) -> Tally | None:
    """The tally if it may be told of; None when it is too little.

    Asked of the screen and of the sheets apart, never of both together: whoever typed in the sheets knows them, and would find
    the others by subtraction.
    """
    return tally if tally.answers >= ENOUGH else None


def band(yes: int, answers: int) -> Band:
    """What is told of a question: mostly yes (three quarters), divided, or seldom (less than half)."""
    if 4 * yes >= 3 * answers:
        return Band.MOSTLY
    else:
        return Band.DIVIDED if 2 * yes >= answers else Band.SELDOM


def try_next(bands: Mapping[Question, Band]) -> str:
    """The hint for next time: of the question with the lowest band; of several, the one named first in `Question`.

    Not of the lowest share: which of two equal bands was lower would tell what the bands keep quiet about.
    """
    lowest = max(Question, key=lambda each: (list(Band).index(bands[each]), -list(Question).index(each)))
    return "after_good" if bands[lowest] is Band.MOSTLY else f"after_{lowest.value}"


@dataclass(frozen=True)
class Quarter:
    """The sum of a quarter in which rounds ended: its first day, how many meetings had a result on the screen, answers (sheets
    of paper among them), and yes to each."""

    begins: date
    meetings: int
    answers: int
    yes: Mapping[Question, int]

    @classmethod
    def empty(cls, begins: date) -> Quarter:
        return cls(begins, 0, 0, dict.fromkeys(Question, 0))

    @classmethod
    def read(cls, begins: date, text: str) -> Quarter:
        """The quarter that `text` wrote down. ValueError for anything else."""
        meetings, answers, *yes = map(int, text.split(" "))
        return cls(begins, meetings, answers, dict(zip(Question, yes, strict=True)))

    @property
    def text(self) -> str:
        """Always of the same length: its sealed form tells nothing by its size."""
        return " ".join(f"{each:07d}" for each in (self.meetings, self.answers, *(self.yes[question] for question in Question)))

    def plus(self, screen: Tally | None, paper: Tally | None) -> Quarter:
        """With a meeting more. Only answers on the screen make it one that counts: a meeting of sheets alone is wholly known to
        whoever typed them in, and the three of a period must not be two such and one of another's."""
        told = [each for each in (screen, paper) if each]
        yes = {question: self.yes[question] + sum(each.yes(question) for each in told) for question in Question}
        return Quarter(self.begins, self.meetings + bool(screen), self.answers + sum(each.answers for each in told), yes)


@dataclass(frozen=True)
class Period:
    """One row of the trend: from the first month to the last, the number of meetings, and the shares of yes (per cent)."""

    begins: date
    last: date  # the first day of its last month
    meetings: int
    shares: Mapping[Question, int]


def quarter_of(day: date) -> date:
    """The first day of the quarter (April–June is the first of the 年度) a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def trend(quarters: Iterable[Quarter], today: date) -> list[Period]:
    """The periods that may be shown, the oldest first: quarters that are over, joined until they hold enough meetings.

    A quarter still running is never shown: its share would change with each meeting, and tell that meeting's. What has been
    shown stays as it is, since a round counts in the quarter in which it ended.
    """
    periods, waiting = [], []
    for each in sorted(quarters, key=lambda quarter: quarter.begins):
        if each.begins >= quarter_of(today):
            break
        waiting.append(each)
        if sum(quarter.meetings for quarter in waiting) >= MEETINGS:
            periods.append(_period(waiting))
            waiting = []
    return periods


def alone(quarters: Iterable[Quarter], today: date) -> set[date]:
    """The first days of the quarters that make a period by themselves: to have them in plain figures tells no meeting."""
    return {each.begins for each in trend(quarters, today) if quarter_of(each.last) == each.begins}


def _period(quarters: list[Quarter]) -> Period:
    answers, last = sum(each.answers for each in quarters), quarters[-1].begins
    shares = {question: _rounded(sum(each.yes[question] for each in quarters), answers) for question in Question}
    return Period(quarters[0].begins, last.replace(month=last.month + 2), sum(each.meetings for each in quarters), shares)


def _rounded(part: int, whole: int) -> int:
    return STEP * round(100 * part / (whole * STEP))
