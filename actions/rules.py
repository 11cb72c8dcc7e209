"""Roles without pushing (押し付けない役割分担). Pure: no web, no database.

A role is its holder's only by their own word. Whoever said 難しい is not made the holder of the same role again: neither
by another try, nor by the same words typed anew, nor by a small change of them. They alone change their answer. What
nobody takes stays 未割当, with somebody who goes on looking (引き続き調整する人) and a day. How much each agency carries
is shown, and kindly said when it grows lopsided; nothing is ever blocked for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
import hashlib
from typing import NamedTuple
import unicodedata

from core.workdays import add_working_days, working_day

VOICED = "\u3099\u309a"  # with the letter before them they make が and ぱ
FILLERS = "\u115f\u1160\u3164\uffa0"  # letters that cannot be seen
FEW = 3  # below this many roles, half of them says nothing


class No(NamedTuple):
    """A 難しい that stands: to which role, in which words, said by (or for) whom. Without a member it is the agency's."""

    role: int | None
    words: tuple[str, ...]
    agency: int
    member: int | None = None


def plain(words: str) -> str:
    """The words as they compare: width, case, spaces, stops, signs and what cannot be seen make no other role of it."""
    seen = "".join(each for each in words if each in VOICED or (each not in FILLERS and unicodedata.category(each) not in ("Cf", "Mn")))
    folded = unicodedata.normalize("NFKC", seen).casefold()
    said = "".join(each for each in folded if each not in FILLERS and unicodedata.category(each) != "Mn" and unicodedata.category(each)[0] not in "ZCPS")
    return said or folded  # of signs alone, they are the words


def against(nos: Iterable[No], role: int | None, words: str, agency: int | None, member: int | None,
            asking: tuple[int, int] | None = None) -> No | None:
    """The 難しい that stands against giving this role to this agency (or to this member of it); None when it is free.

    What an agency said covers all its people. What one person said covers that person and the agency as such; a
    colleague may still be asked by name. It goes with the person to another agency. `asking` is (agency, member) of who writes: taking on one's own role after
    all is changing one's own answer.
    """
    if agency is None or (asking is not None and member in (None, asking[1]) and agency == asking[0]):
        return None
    same = [no for no in nos if (no.agency == agency or (member is not None and no.member == member))
            and (no.role == role and role is not None or _says(no, words))]
    return next((no for no in same if no.member is None or member in (None, no.member)), None)


def _says(no: No, words: str) -> bool:
    return plain(words) in [plain(each) for each in no.words]


def fingerprint(what: str, agency: int | None, member: int | None, due_on: date | None, rank: str, until_on: date | None) -> str:
    """SHA-256 (hex) of what a confirmation is bound to. A role without an end has the hash it had before roles could end."""
    parts = [what, agency, member, due_on.isoformat() if due_on else None, rank]
    return hashlib.sha256(repr(parts + [until_on.isoformat()] if until_on else parts).encode()).hexdigest()


def together(roles: Sequence, ranks: Sequence[str] = ("main", "sub", "support")) -> list[list]:
    """The roles of one task side by side (力合わせ), the main one first, in the order the tasks came up. One task are
    those that were joined (`with_id`) and those in the same words."""
    tasks: dict[int, list] = {}
    task_of: dict[int, int] = {}
    named: dict[str, int] = {}
    for role in roles:
        task = task_of.get(role.with_id) or named.get(plain(role.what)) or role.id
        task_of[role.id] = task
        task_of.setdefault(role.with_id or role.id, task)
        named.setdefault(plain(role.what), task)
        tasks.setdefault(task, []).append(role)
    return [sorted(each, key=lambda role: ranks.index(role.rank.value)) for each in tasks.values()]


def heavy(held: dict[int, int], roles: int) -> int | None:
    """The agency that holds more than half of the `roles` of a case, from three roles on; None when nobody does."""
    return next((agency for agency, count in held.items() if roles >= FEW and 2 * count > roles), None)


def near_days(start: date, next_on: date | None = None) -> dict[str, date]:
    """Days one often says (1週間後, 2週間後, 次回まで, 月末), counted from `start`, none of them a day the office is closed."""
    days = dict(week=_open(start + timedelta(days=7)), fortnight=_open(start + timedelta(days=14)), month=_month_end(start))
    return days | (dict(next=next_on) if next_on and next_on > start else {})


def _month_end(start: date) -> date:
    """The last working day of this month, of the next one when it is here already."""
    last = add_working_days((start.replace(day=28) + timedelta(days=4)).replace(day=1), -1)
    return last if last > start else _month_end(start.replace(day=28) + timedelta(days=5))


def _open(day: date) -> date:
    return day if working_day(day) else add_working_days(day, 1)


def unfit_day(due_on: date | None, held_on: date, until_on: date | None) -> str:
    """Why a role of a meeting held on a day cannot be due then: `before` the meeting, `after` its own end; empty when it can."""
    if due_on is None:
        return ""
    elif due_on < held_on:
        return "before"
    else:
        return "after" if until_on and due_on > until_on else ""
