"""Who should sit for a case: which needs nobody at the table covers. Pure: no web, no database.

46.8 % of municipalities choose participants per case, 40.4 % keep a core and add per case (national survey):
the tool shows the gap, the facilitator decides.
"""

from __future__ import annotations

TOO_MANY = 12  # beyond this, people sit who need to know rather than to act; a hint, never a limit


def uncovered(needs: list[str], table: list[set[str]]) -> list[str]:
    """The domain codes of `needs` that no agency at the table (each a set of domain codes) covers, in the order of needs."""
    covered = set().union(*table) if table else set()
    return [code for code in dict.fromkeys(needs) if code not in covered]


def covering(needs: list[str], domains: set[str]) -> list[str]:
    """Which of the needs one agency covers, in the order of needs."""
    return [code for code in dict.fromkeys(needs) if code in domains]


def twice(members: list[int]) -> set[int]:
    """The people chosen more than once for one table."""
    return {each for each in members if members.count(each) > 1}
