"""Who put households forward in the last years, and what the office answered. Plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from core import clock
from core.workdays import add_working_days, working_day
from demo.years.lives import Life
from demo.years.words import Words, book
from referrals.words import Act, Agreement, State, Urgency


@dataclass
class Put:
    """One referral: the sheet's words, and each step (act, at, by the referrer, words)."""

    by: str
    words: Words
    texts: dict[str, str]
    people: list[tuple[str, str, int]]
    needs: list[tuple[str, str]]
    agreement: Agreement
    urgency: Urgency
    state: State
    label: str
    life: Life | None = None
    steps: list[tuple[Act, datetime, bool, str]] = field(default_factory=list)
    serial: int = 0
    id: int = 0

    @property
    def sent(self) -> datetime:
        return next(at for act, at, *_ in reversed(self.steps) if act in (Act.SENT, Act.SENT_AGAIN))

    @property
    def year(self) -> int:
        return clock.fiscal_year(clock.local(self.steps[0][1]).date())


def puts(lives: Iterable[Life], until: date) -> list[Put]:
    """Every referral: those that became these lives, and some that were answered otherwise."""
    lives = list(lives)
    made = [_taken_on(each) for each in lives if each.asked_by]
    return sorted([*made, *_others(lives, until)], key=lambda each: each.steps[0][1])


def _taken_on(life: Life) -> Put:
    dice = Random(f"referral {life.turn}")
    sent = add_working_days(life.opened, -dice.randint(1, 6))
    made = _put(life, dice, State.ACCEPTED, life.texts)
    made.life = life
    made.agreement = dice.choices([Agreement.GIVEN, Agreement.NOT_YET, Agreement.UNABLE], [60, 30, 10])[0]
    steps = [(Act.SENT, sent, "10:20", True, "")]
    if dice.random() < 0.12:  # it came back once, for something was missing
        before = add_working_days(sent, -6)
        steps = [(Act.SENT, before, "14:05", True, ""), (Act.RETURNED, add_working_days(before, 2), "11:15", False, dice.choice(book()["common"]["returned"])),
                 (Act.SENT_AGAIN, sent, "09:40", True, "")]
    steps += [(Act.ACCEPTED, life.opened, "13:40", False, dice.choice(book()["common"]["accepted"])), (Act.READ, life.opened, "17:05", True, "")]
    made.steps = [_step(*each) for each in steps]
    return made


def _others(lives: list[Life], until: date) -> Iterator[Put]:
    """About one in five was answered with advice, or withdrawn: such households have no case."""
    for life in lives[::4]:
        dice = Random(f"advice {life.turn}")
        sent = life.opened + timedelta(days=dice.randint(2, 20))
        sent = sent if working_day(sent) else add_working_days(sent, 1)
        answered = add_working_days(sent, dice.randint(1, 3))
        if answered > until:
            continue
        withdrawn = dice.random() < 0.2
        common, kind = book()["common"], dice.choice(book()["household"])
        words = Words(kind, dice.choice(common["areas"]), [f"{letter}さん" for letter in dice.sample("STUVWXYZ", 3)])
        made = _put(life, dice, State.WITHDRAWN if withdrawn else State.ADVISED, {part: words.of(part, dice) for part in ("worry", "own_words", "done", "ask")}, words)
        steps = [(Act.SENT, sent, "15:10", True, "")]
        steps += [(Act.WITHDRAWN, answered, "09:50", True, "")] if withdrawn else [
            (Act.ADVISED, answered, "16:00", False, dice.choice(common["advice"])), (Act.READ, answered, "17:10", True, "")]
        made.steps = [_step(*each) for each in steps]
        yield made


def _put(life: Life, dice: Random, state: State, texts: dict, other: Words | None = None) -> Put:
    words = other or life.words
    rows = dice.choice(words.kind["people"]) if other else []
    people = [(label, row["relation"], dice.randint(*row["ages"])) for row, label in zip(rows, words.labels)] if other else [(each.label, each.relation, each.age) for each in life.people]
    needs = [(each["domain"], each["text"]) for each in words.rows("needs")[:2]] if other else life.needs
    label = life.label if not other else f"{words.labels[0]}（{words.area}）"
    return Put(dice.choice(words.kind["asks"]) if other else life.asked_by, words, texts, people, needs, Agreement.GIVEN,
               dice.choices([Urgency.NORMAL, Urgency.SOON, Urgency.LIFE], [74, 22, 4])[0], state, label)


def _step(act: Act, day: date, at: str, referrer: bool, words: str) -> tuple[Act, datetime, bool, str]:
    return act, clock.instant(day, time.fromisoformat(at)), referrer, words
