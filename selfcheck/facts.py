"""What the office's own data says to a question, in numbers; put into words only when shown. Pure: no web, no database.

A fact is kept as its name and its numbers, so that a finished self-check still says in both languages what was counted then.

Administrators and clerks, who see no case, read it while the year goes on. So of whatever counts or tells of households, cases or people
(`HELD`) a number is shown as the step of three it lies in (resources/counting.py): 0～2, 3～5, 6～8. One more household changes nothing,
but for every third. That a meeting was held is no secret (reports/outside.py): meetings are told as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core import clock
from core.languages import language, later
from resources.counting import STEP, told

SENTENCES = {
    "examples": later("%(count)s examples of when to refer are in use."),
    "examples_needed": later("A referral has to name at least one of them."),
    "examples_free": later("A referral need not name any of them."),
    "referrals": later("%(count)s referrals came in this fiscal year; %(ticked)s of them named an example."),
    "example_used": later("Most often named: %(name)s (%(count)s times or more)."),
    "fixed": later("%(count)s people are fixed members of the plan review meeting."),
    "fixed_more": later("At %(count)s of %(total)s plan review meetings of this fiscal year somebody beyond the fixed members sat."),
    "tabled": later("A plan was put before %(count)s of %(total)s meetings of this fiscal year."),
    "with_roles": later("Roles were agreed at %(count)s of %(total)s meetings of this fiscal year."),
    "edition": later("Edition %(number)s of the ground rules is in force since %(day)s."),
    "acknowledged": later("At %(count)s of %(total)s meetings of this fiscal year somebody acknowledged the rules."),
    "rules_compliance": later("The edition has a text on confidentiality and compliance."),
    "rules_safety": later("The edition has a text on psychological safety."),
    "no_safety": later("The edition has no text on psychological safety."),
    "with_ideas": later("A wished resource was written down for %(count)s of %(total)s cases heard in this fiscal year."),
    "informal_roles": later("Informal supporters hold %(count)s of %(total)s roles of this fiscal year."),
    "kinds": later("%(juso)s plan review meetings (重層的支援会議) and %(shien)s statutory support meetings (支援会議) were held in this fiscal year."),
    "unconsented": later("Of %(total)s cases heard in statutory support meetings, consent was not complete for %(count)s on the day (a case is counted each time it is heard)."),
    "switched": later("%(count)s meetings were switched from a statutory support meeting to a plan review meeting."),
    "cards": later("Clue cards were laid on the table %(count)s times."),
    "open_roles": later("Of %(total)s roles, %(open)s are without a holder (未割当) and %(held)s lie with the coordinating body."),
    "absent": later("Of %(total)s seats of people who were needed, %(count)s stayed empty."),
    "came_from": later("%(count)s referrals came in this fiscal year, from %(agencies)s agencies."),
    "sheets": later("Before %(count)s of %(total)s meetings of this fiscal year, agencies handed in preparation sheets."),
    "natures": later("Of %(total)s roles of the coordinating body, %(direct)s are direct support and %(manage)s coordination and management."),
    "next_dates": later("The record of %(count)s of %(total)s meetings of this fiscal year says when people meet next."),
}
# Instead of "0 of 0", and of what is too few for any part of it to be told:
SENTENCES |= {
    "no_meetings": later("No plan review meeting or statutory support meeting of this fiscal year has been held to its end."),
    "no_shien": later("0–2 cases were heard in statutory support meetings in this fiscal year."),
    "no_roles": later("0–2 roles were agreed in this fiscal year."),
    "no_coordinating": later("The coordinating body holds 0–2 roles of this fiscal year."),
    "no_referrals": later("0–2 referrals came in this fiscal year."),
}
# Which numbers of a sentence tell of households, cases or people.
HELD = {
    "referrals": ("count", "ticked"), "tabled": ("count",), "with_roles": ("count",), "with_ideas": ("count", "total"),
    "informal_roles": ("count", "total"), "unconsented": ("count", "total"), "switched": ("count",), "cards": ("count",),
    "open_roles": ("total", "open", "held"), "absent": ("count", "total"), "came_from": ("count", "agencies"),
    "natures": ("total", "direct", "manage"), "next_dates": ("count",),
}


@dataclass(frozen=True)
class Fact:
    """One sentence: its name in SENTENCES and what is filled in."""

    name: str
    values: dict = field(default_factory=dict, hash=False)  # compared, but not hashed

    def __str__(self) -> str:
        held = HELD.get(self.name, ())
        most = None if "total" in held else self.values.get("total")
        return str(SENTENCES[self.name]) % {key: _step(value, most) if key in held else _shown(key, value) for key, value in self.values.items()}


@dataclass(frozen=True)
class Evidence:
    """The facts to one question, and which of its options they speak for (True) or against (False); others stay open."""

    facts: tuple[Fact, ...] = ()
    proposed: dict[str, bool] = field(default_factory=dict, hash=False)

    @property
    def stepped(self) -> bool:
        """Whether a number among them is shown as a step."""
        return any(each.name in HELD for each in self.facts)

    @property
    def kept(self) -> dict:
        """As it is kept with a finished self-check."""
        return {"facts": [[each.name, each.values] for each in self.facts], "proposed": self.proposed}

    @classmethod
    def read(cls, kept: dict) -> Evidence:
        return cls(tuple(Fact(name, values) for name, values in kept["facts"]), kept["proposed"])

    def differs(self, chosen: set[str]) -> bool:
        """Whether an answer says otherwise than the data."""
        return any((key in chosen) != spoken for key, spoken in self.proposed.items())


def _step(number: int, most: int | None = None) -> str:
    """0～2, 3～5, 6～8 …; never more than the whole that stands beside it: of 75 meetings 75, not 75～77."""
    least = told(number)
    last = least + STEP - 1 if most is None else max(least, min(least + STEP - 1, most))
    return f"{least:,}" if last == least else f"{least:,}{'～' if language() == 'ja' else '–'}{last:,}"


def _shown(key: str, value) -> str:
    if key == "day":  # kept as 2026-07-08, said as people of the language write it
        return clock.wareki(date.fromisoformat(value), False) if language() == "ja" else value
    return f"{value:,}" if isinstance(value, int) else value


NOTHING = Evidence()


def share(name: str, count: int, total: int, none: str = "no_meetings") -> Fact:
    """The sentence on `count` of `total`; where there is nothing to be a part of, or too little to be told, the one that says so."""
    return Fact(name, dict(count=count, total=total)) if enough(total, "total" in HELD.get(name, ())) else Fact(none)


def enough(total: int, held: bool = True) -> bool:
    """Whether parts of so many may be told; of what is not `held`, of one."""
    return told(total) > 0 if held else total > 0


def most(count: int, total: int) -> bool:
    """Whether something held for half or more, of as many as may be told at least."""
    return enough(total) and 2 * count >= total
