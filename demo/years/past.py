"""The whole of the last years: made up first, numbered beside the sample's own, then put into the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
import tomllib

from core import clock
from core.workdays import add_working_days
from demo.days import Days
from demo.people import Town
from demo.years import (
    keeping_rules,
    planting,
    planting_meetings,
    planting_minutes,
    planting_plans,
    planting_tables,
)
from demo.years.households import lives
from demo.years.numbering import serials
from demo.years.referring import puts
from demo.years.sittings import sittings
from meetings.kinds import Kind


class Past:
    """What was before the sample's own stories; `numbers` are those that fall to these, by kind ("case") and key."""

    def __init__(self, town: Town, days: Days, sample: dict[str, list[dict]]):
        cast = tomllib.loads(Path(__file__).with_name("cast.toml").read_text(encoding="utf-8"))["member"]
        planting.join(cast, town, days.at(-1200, "09:00"))
        agencies = {each.id: key for key, each in town.agencies.items()}
        members = {key: agencies[each.agency.id] for key, each in town.members.items()}
        self._town, self._today = town, days.today
        self.lives = lives(days.today)
        self.held = sittings(self.lives, days.today, members, {days.day(row["days"]) for row in sample["meeting"]})
        self.puts = puts(self.lives, add_working_days(days.today, -1))
        self.numbers = self._number(sample, days)

    def plant(self) -> None:
        """Put everything into the database."""
        town, held = self._town, [each for each in self.held if each.opened]
        planting.households(self.lives, town)
        planting.referrals(self.puts, town)
        planting_meetings.meetings(self.held, town)
        planting_tables.records(held, town)
        keeping_rules.keep(held, town, self._today)
        planting_plans.plans(self.lives, held, town, self._today)
        planting_minutes.minutes(held, town)

    def _number(self, sample: dict[str, list[dict]], days: Days) -> dict[tuple[str, str], int]:
        """Give everything its number in the order of its day; what the sample plans for later is numbered as it is planned."""
        cases = [(clock.fiscal_year(each.opened), each.opened, ("case", each.turn)) for each in self.lives]
        cases += [(clock.fiscal_year(on), on, ("case", row["key"])) for row in sample["case"] for on in [days.day(row["opened_days"])]]
        sent = [(each.year, each.steps[0][1], ("referral", turn)) for turn, each in enumerate(self.puts)]
        sent += [(clock.fiscal_year(clock.local(at).date()), at, ("referral", row["label"])) for row in sample["referral"] for at in [days.at(row["sent_days"], "10:15")]]
        met = [(_series(each.kind, each.starts), each.starts, ("meeting", turn)) for turn, each in enumerate(self.held)]
        met += [(_series(Kind.SHIEN, each.starts), each.starts, ("given up", turn)) for turn, each in enumerate(self.held) if each.switched]
        met += [(_series(Kind(row["kind"]), at), at, ("meeting", row["key"])) for row in sample["meeting"] if row["days"] < 0 and Kind(row["kind"]).hears_cases
                for at in [days.at(row["days"], row["start"])]]
        numbers = serials(cases) | serials(sent) | serials(met)
        for each in self.lives:
            each.serial = numbers["case", each.turn]
            each.number = f"{clock.fiscal_year_code(clock.fiscal_year(each.opened))}-{each.serial:04d}"
        for turn, each in enumerate(self.puts):
            each.serial = numbers["referral", turn]
        for turn, each in enumerate(self.held):
            each.serial, each.given_up = numbers["meeting", turn], numbers.get(("given up", turn), 0)
        return {key: number for key, number in numbers.items() if isinstance(key[1], str)}


def _series(kind: Kind, at: datetime) -> tuple[Kind, int]:
    return kind, clock.fiscal_year(clock.local(at).date())
