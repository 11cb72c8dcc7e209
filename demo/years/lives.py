"""One household's way through the office, from its first day on. Plain data, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cases.consent import ConsentState, Method
from cases.flow import Stage
from cases.models import HouseholdType
from core.workdays import add_working_days, working_day
from demo.years.words import Words
from meetings.kinds import Kind
from plans.verdicts import Conclusion, Verdict


@dataclass
class Person:
    """A member of the household, and what they said about sharing: (day, state, method, reason)."""

    label: str
    relation: str
    age: int
    note: str
    shared: bool
    said: list[tuple[date, ConsentState, Method | None, str]] = field(default_factory=list)

    def consented(self, on: date) -> bool:
        last = next((state for day, state, _how, _why in reversed(self.said) if day <= on), None)
        return last in (ConsentState.GIVEN, ConsentState.PARTLY)


@dataclass
class Turn:
    """The household is heard: the day, as what, and why (first, later, plan, monitor, evaluate, again)."""

    day: date
    kind: Kind
    why: str
    plan: int = 0
    planned_as: Kind | None = None  # it was planned as another kind, before consent arrived
    verdict: Verdict | None = None


@dataclass
class PlanStory:
    """A plan: when it was put to a meeting, its period, what was found on the way and at its end."""

    number: int
    starts: date
    ends: date
    versions: list[Turn]
    monitored: list[date] = field(default_factory=list)
    evaluated: tuple[date, Conclusion] | None = None


@dataclass
class Life:
    """A household under support, as its records will tell it."""

    words: Words
    turn: int
    opened: date
    label: str
    people: list[Person]
    needs: list[tuple[str, str]]
    texts: dict[str, str]
    moves: list[tuple[date, Stage, str]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    plans: list[PlanStory] = field(default_factory=list)
    closed: list[date] = field(default_factory=list)
    checks: list[tuple[date, str, str]] = field(default_factory=list)  # (day, finding or "" for one to come, words)
    asked_by: str = ""  # the login of who put it forward; "" when people came by themselves
    number: str = ""
    serial: int = 0
    id: int = 0

    @property
    def type(self) -> HouseholdType:
        return self.words.type

    @property
    def stage(self) -> Stage:
        return self.moves[-1][1]

    @property
    def shared(self) -> list[Person]:
        return [each for each in self.people if each.shared]

    @property
    def consented_on(self) -> date | None:
        """The first day on which everybody whose information is shared has consented; None while somebody has not."""
        days = [min((day for day, state, *_ in each.said if state in (ConsentState.GIVEN, ConsentState.PARTLY)), default=None) for each in self.shared]
        return None if None in days else max(days)

    @property
    def over(self) -> bool:
        return self.stage in (Stage.CLOSED, Stage.ACCOMPANIED, Stage.SUSPENDED)

    def move(self, day: date, to: Stage, reason: str = "") -> None:
        """Go on to another stage, never before the last move."""
        self.moves.append((max(day, self.moves[-1][0]) if self.moves else day, to, reason))

    def plan(self, number: int) -> PlanStory:
        return next(each for each in self.plans if each.number == number)


def later(day: date, low: int, high: int, dice: Random) -> date:
    """A working day between so many days after this one."""
    found = day + timedelta(days=dice.randint(low, high))
    return found if working_day(found) else add_working_days(found, 1)


def regular(day: date) -> date:
    """The office's regular day of that month, on which several households are heard: the third Thursday."""
    first = day.replace(day=1)
    found = first + timedelta(days=(3 - first.weekday()) % 7 + 14)
    return found if working_day(found) else add_working_days(found, 1)


class Way:
    """How a life goes on, step by step, until a last day."""

    def __init__(self, life: Life, until: date, dice: Random):
        self.life, self.until, self.dice = life, until, dice

    def walk(self) -> None:
        """From the opening to where the household stands at the end."""
        life, dice = self.life, self.dice
        life.move(life.opened, Stage.INTAKE)
        self._move(later(life.opened, 3, 10, dice), Stage.ASSESSMENT)
        first = later(life.opened, 16, 36, dice)
        consented = life.consented_on
        if consented and consented <= first:
            switched = consented > first - timedelta(days=14)
            self._plan(first, 1, Kind.SHIEN if switched else None)
        elif self._hear(Turn(first, Kind.SHIEN, "first")):
            self._wait(first, consented)

    def _move(self, day: date, to: Stage, reason: str = "") -> bool:
        if day <= self.until:
            self.life.move(day, to, reason)
        return day <= self.until

    def _hear(self, turn: Turn) -> bool:
        if turn.day <= self.until:
            self.life.turns.append(turn)
        return turn.day <= self.until

    def _wait(self, last: date, consented: date | None) -> None:
        """Without consent the statutory meeting goes on, until it comes or the relation rests."""
        end = consented or self.until
        while (after := later(last, 48, 80, self.dice)) < end and len(self.life.turns) < 3:
            if not self._hear(Turn(after, Kind.SHIEN, "later")):
                return
            last = after
        if consented:
            self._plan(later(max(consented, last), 12, 28, self.dice), 1)
        else:
            self._let_be(later(last, 40, 90, self.dice))

    def _let_be(self, day: date) -> None:
        common = self.life.words.common
        if self.dice.random() < 0.5:
            self._move(day, Stage.SUSPENDED, self.dice.choice(common["suspended"]))
        else:
            self._close(day, self.dice.choice(common["aside"]))

    def _plan(self, day: date, number: int, planned_as: Kind | None = None) -> None:
        dice = self.dice
        if not self._move(min(day, later(self.life.consented_on, 1, 6, dice)) if number == 1 else day - timedelta(days=10), Stage.PLAN) or day > self.until:
            return
        verdict = dice.choices([Verdict.FIT, Verdict.FIT_AMENDED, Verdict.AGAIN], [62, 30, 8])[0]
        tabled = [Turn(day, Kind.JUSO, "plan", number, planned_as, verdict)]
        self._hear(tabled[0])
        if verdict is Verdict.AGAIN:
            tabled.append(Turn(later(day, 16, 26, dice), Kind.JUSO, "plan", number, verdict=Verdict.FIT))
            self._hear(tabled[1])
        agreed = tabled[-1].day
        ends = later(agreed, 110, 190, dice) if number == 1 else later(agreed, 90, 130, dice)
        plan = PlanStory(number, agreed, ends, [each for each in tabled if each.day <= self.until])
        self.life.plans.append(plan)
        if self._move(later(agreed, 1, 4, dice), Stage.SUPPORT):
            self._support(plan)

    def _support(self, plan: PlanStory) -> None:
        dice, middle = self.dice, regular(plan.starts + (plan.ends - plan.starts) / 2)
        if dice.random() < 0.45 and self._hear(Turn(middle, Kind.JUSO, "monitor", plan.number)):
            plan.monitored.append(middle)
        elif (looked := later(plan.starts, 50, 80, dice)) <= self.until:
            plan.monitored.append(looked)
        end = regular(plan.ends)
        if not self._hear(Turn(end, Kind.JUSO, "evaluate", plan.number)):
            return
        self._move(end, Stage.EVALUATION)
        weights = [64, 24, 12] if plan.number == 1 else [86, 0, 14]
        what = dice.choices([Conclusion.CLOSE, Conclusion.REPLAN, Conclusion.SUSPEND], weights)[0]
        plan.evaluated = end, what
        self._conclude(later(end, 1, 6, dice), what, plan.number)

    def _conclude(self, day: date, what: Conclusion, number: int) -> None:
        if what is Conclusion.CLOSE:
            self._close(day)
        elif what is Conclusion.SUSPEND:
            self._move(day, Stage.SUSPENDED, self.dice.choice(self.life.words.common["suspended"]))
        else:
            self._plan(later(day, 12, 24, self.dice), number + 1)

    def _close(self, day: date, reason: str = "") -> None:
        life, dice = self.life, self.dice
        if not self._move(day, Stage.CLOSED, reason):
            return
        life.closed.append(life.moves[-1][0])
        again = later(day, 80, 190, dice)
        if dice.random() < 0.2 and len(life.closed) == 1 and again <= self.until:
            self._start_again(again)
        elif dice.random() < 0.4 and self._move(later(day, 5, 20, dice), Stage.ACCOMPANIED):
            life.checks += list(self._looked(life.moves[-1][0]))

    def _start_again(self, day: date) -> None:
        self._move(day, Stage.ASSESSMENT, self.dice.choice(self.life.words.common["reopened"]))
        held = later(day, 12, 26, self.dice)
        kind = Kind.JUSO if self.life.consented_on else Kind.SHIEN
        if self._hear(Turn(held, kind, "again")):
            self._close(later(held, 90, 140, self.dice), self.dice.choice(self.life.words.common["aside"][:1]))

    def _looked(self, since: date) -> Iterator[tuple[date, str, str]]:
        common = self.life.words.common
        for count in (1, 2):
            day = later(since, 85 * count, 85 * count + 12, self.dice)
            calm = self.dice.random() < 0.85
            words = self.dice.choice(common["note_calm"] if calm else common["note_concern"])
            yield (day, "calm" if calm else "concern", words) if day <= self.until else (max(day, add_working_days(self.until, 9)), "", "")
