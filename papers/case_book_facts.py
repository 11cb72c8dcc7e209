"""What a case is told by in the case book: kinds, bands, counts and months, never a day, an age or a name. Pure.

Nothing here is typed by anybody. Numbers under three are not told (秘匿): the one household behind them could be known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

FEW = 3  # fewer cases than these are not counted out
HELD = "非公表"
_WIDE = ((18, "18歳未満"), (40, "若年（18～39歳）"), (65, "中年（40～64歳）"), (999, "高齢（65歳以上）"))


@dataclass(frozen=True)
class Facts:
    """`steps`: (months since the intake, what). `sat`: domains of those who were there. `rare`: how many cases look alike, where few."""

    household: str
    ages: tuple[str, ...]
    domains: tuple[str, ...]
    steps: tuple[tuple[int, str], ...]
    meetings: tuple[tuple[str, int], ...]
    sat: tuple[str, ...]
    months: int
    over: bool

    @classmethod
    def read(cls, kept: dict) -> Facts:
        """The facts as `kept` gave them."""
        rows = {name: tuple(map(tuple, kept[name])) for name in ("steps", "meetings")}
        return cls(**kept | rows | {name: tuple(kept[name]) for name in ("ages", "domains", "sat")})

    @property
    def kept(self) -> dict:
        """As a JSON column holds them."""
        return asdict(self)

    @property
    def met(self) -> str:
        """支援会議 2回、重層的支援会議 1回."""
        return "、".join(f"{kind} {count}回" for kind, count in self.meetings) or "なし"

    @property
    def lasted(self) -> str:
        return f"相談受付から終結まで{_length(self.months)}" if self.over else f"相談受付から{_length(self.months)}（支援は続いている）"

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Labels and answers, as they stand on a page and on paper."""
        return (("世帯の類型", self.household), ("世帯員の年代", "、".join(self.ages) or "記録なし"), ("主な困りごとの分野", "、".join(self.domains) or "記録なし"),
                ("会議の開催", self.met), ("参加した分野", "、".join(self.sat) or "記録なし"), ("期間", self.lasted))

    @property
    def flow(self) -> tuple[tuple[str, str], ...]:
        """(相談受付から3か月, プラン作成、支援会議) in their order, a line for all that fell into one month."""
        told: dict[str, list[str]] = {}
        for months, what in self.steps:
            told.setdefault(when(months), []).append(what)
        return tuple((moment, "、".join(what)) for moment, what in told.items())


def band(age: int | None, wide: bool = False) -> str:
    """82 → 80歳代; wide: 高齢（65歳以上）. A child is told by school age only in the wide sense."""
    if age is None:
        return "年代不明"
    elif wide:
        return next(words for below, words in _WIDE if age < below)
    else:
        return "90歳以上" if age >= 90 else "10歳未満" if age < 10 else f"{age // 10 * 10}歳代"


def months_between(first: date, day: date) -> int:
    """Whole months from one day to another; 0 for a day before it."""
    return max(0, (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day))


def when(months: int) -> str:
    """How far from the intake something was: 相談受付から3か月."""
    return f"相談受付から{_length(months)}"


def held_up_to(numbers: set[int]) -> int:
    """Up to which number counts are held back, so that none follows from the others and the whole; -1 for none.
    The small ones are; while these are all alike, the next smallest are too (reports/small.py says why)."""
    small = {each for each in numbers if each < FEW}
    if not any(numbers) or not small:
        return -1
    return max(small) if len(small) > 1 else min(numbers - small, default=max(small))


def suppressed(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, str], ...] | None:
    """The counts as they may be printed, all that are held back under one word; None when nothing may be told at all."""
    rows = [(name, count) for name, count in counts if count]
    up_to = held_up_to({count for _name, count in rows})
    if rows and all(count <= up_to for _name, count in rows):
        return None
    return tuple((name, HELD if count <= up_to else f"{count}件") for name, count in rows)


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    if not months:
        return "1か月未満"
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")
