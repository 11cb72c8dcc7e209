"""The trend of the reflections within a 年度: the periods its own page shows that ended in it, in their own numbers, and nothing else.

No total, no month, no meeting: what may be told is settled in reflection/rules.py, and asked of it here. It does not leave the house.
"""

from __future__ import annotations

from core import clock
from reflection import rules, sums, words

QUESTIONS = tuple((each, words.QUESTIONS[each]) for each in rules.ASKED)


def periods(year: int) -> list[rules.Period]:
    """The periods that ended in a 年度, the oldest first."""
    return [each for each in rules.trend(sums.quarters(), clock.today()) if clock.fiscal_year(each.last) == year]
