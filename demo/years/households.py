"""Which households came to the office, month by month, and what each of their members said about sharing. Plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from cases.consent import ConsentState, Method
from core import clock
from core.workdays import add_working_days, working_day
from demo.years.lives import Life, Person, Way, later
from demo.years.words import Words, book

LETTERS = "JKLMNPQRSTUVWXYZ"
A_MONTH = (1.7, 2.2, 2.5)  # households a month: the year before last, the last one, this one
BUSY = {4: 1.35, 6: 1.1, 8: 0.6, 9: 1.1, 12: 0.7, 1: 0.9}  # people come when school and offices begin


def lives(today: date) -> list[Life]:
    """Every household of the last two years and this one, the first to come first, as they stand the day before `today`."""
    until = add_working_days(today, -1)
    found = [_life(day, turn, until) for turn, day in enumerate(_arrivals(today, until), 1)]
    return sorted(found, key=lambda each: (each.opened, each.turn))


def _arrivals(today: date, until: date) -> Iterator[date]:
    begins, share = clock.fiscal_year(today) - 2, 0.5
    for year in range(begins, begins + 3):
        for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3):
            first = date(year + (month < 4), month, 1)
            share += A_MONTH[year - begins] * BUSY.get(month, 1.0)
            dice = Random(f"{year - begins}-{month}")
            while share >= 1:
                share -= 1
                day = first + timedelta(days=dice.randint(3, 26))
                day = day if working_day(day) else add_working_days(day, 1)
                if day <= until:
                    yield day


def _life(opened: date, turn: int, until: date) -> Life:
    dice = Random(f"household {turn}")
    kinds = book()["household"]
    kind = dice.choices(kinds, [each["weight"] for each in kinds])[0]
    letters = [f"{LETTERS[(turn * 3 + place) % len(LETTERS)]}さん" for place in range(3)]
    rows = dice.choice(kind["people"])
    words = Words(kind, dice.choice(book()["common"]["areas"]), letters[:len(rows)])
    needs = words.rows("needs")
    life = Life(words, turn, opened, _label(words, rows), [_person(row, label, opened, until, dice) for row, label in zip(rows, letters, strict=False)],
                [(each["domain"], each["text"]) for each in needs[:1] + dice.sample(needs[1:], min(len(needs) - 1, dice.randint(1, 2)))],
                {part: words.of(part, dice) for part in ("summary", "own_words", "strengths", "worry", "done", "ask")},
                asked_by=dice.choice(kind["asks"]) if dice.random() < 0.72 else "")
    Way(life, until, dice).walk()
    return life


def _label(words: Words, rows: list[dict]) -> str:
    named = [label for row, label in zip(rows, words.labels) if not row.get("unshared")][:2]
    return f"{'・'.join(named)}世帯（{words.area}）" if len(rows) > 1 else f"{named[0]}（{words.area}）"


def _person(row: dict, label: str, opened: date, until: date, dice: Random) -> Person:
    age = dice.randint(*row["ages"])
    made = Person(label, row["relation"], age, row["note"], not row.get("unshared", False))
    if made.shared:
        made.said = [each for each in _said(row.get("quiet", False), age, opened, dice) if each[0] <= until]
    return made


def _said(quiet: bool, age: int, opened: date, dice: Random) -> list[tuple]:
    """What somebody answers, and when: most within a month, the quiet ones later, some not at all."""
    common, luck = book()["common"], dice.random()
    low, high = ((28, 120) if quiet else (34, 75)) if luck < (0.55 if quiet else 0.14) else (4, 26)
    if quiet and luck > 0.8:
        day = later(opened, 20, 60, dice)
        said = [(day, ConsentState.REFUSED, None, dice.choice(common["refused"]))]
        return said if luck > 0.9 else []
    given, method = later(opened, low, high, dice), Method.GUARDIAN if age < 15 else dice.choice([Method.WRITTEN, Method.WRITTEN, Method.ORAL])
    state = ConsentState.PARTLY if dice.random() < 0.12 else ConsentState.GIVEN
    answers = [(given, state, method, "健康のことは、その都度確かめる。" if state is ConsentState.PARTLY else "")]
    if dice.random() < 0.08:
        answers.insert(0, (later(opened, 3, low - 1 if low > 4 else 3, dice), ConsentState.REFUSED, None, dice.choice(common["refused"])))
    return [each for each in answers if each[0] <= given]
