"""Which resources to show beside the needs of a case: a few of each field, those of the community first. Pure.

The survey's 44.9 % never get past public services: so of every field at least one informal resource is shown where there
is one, and where there is none it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

FOR_ONE_NEED = 3  # of each field; the list behind it has the rest


@dataclass(frozen=True)
class Near:
    """A resource as far as the choice goes: its number, fields (codes), whether it is informal, whether its entry is stale."""

    id: int
    domains: frozenset[str]
    informal: bool
    stale: bool = False


@dataclass
class Field:
    """What there is for one field of need."""

    code: str
    shown: list[int] = field(default_factory=list)
    more: int = 0
    informal: bool = False  # whether there is an informal one at all


def beside(needs: Iterable[str], there: Iterable[Near], most: int = FOR_ONE_NEED) -> list[Field]:
    """For each field, in the order of needs: up to `most` resources, half of them informal as far as there are, the fresh ones first."""
    there = list(there)
    return [_field(code, [each for each in there if code in each.domains], most) for code in dict.fromkeys(needs)]


def _field(code: str, fitting: list[Near], most: int) -> Field:
    informal = sorted((each for each in fitting if each.informal), key=lambda each: each.stale)
    formal = sorted((each for each in fitting if not each.informal), key=lambda each: each.stale)
    of_formal = formal[:max(most // 2, most - len(informal))]
    shown = [*informal[:most - len(of_formal)], *of_formal]
    return Field(code, [each.id for each in shown], len(fitting) - len(shown), bool(informal))
