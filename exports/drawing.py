"""A plain drawing of boxes and strokes: what a page shows as SVG and Word as shapes of its own.

Lengths are units of the drawing; whoever draws it says how wide a unit is. Nothing here knows what the boxes mean.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a few short lines in it; `full` is what stood there before it was shortened."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    full: str = ""
    kind: str = "plain"  # plain (words only), frame, person, apart, agency or informal
    size: int = 14  # of the type
    lead: int = 0  # size of the first line, where it is set larger and bold

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def baselines(self) -> list[tuple[str, float, int, bool]]:
        """(line, y of its baseline, size, whether bold) of every line, the block set in the middle of the box."""
        sizes = [self.lead if self.lead and not place else self.size for place in range(len(self.lines))]
        y = self.y + (self.height - sum(sizes) * LEADING) / 2
        found = []
        for place, (text, size) in enumerate(zip(self.lines, sizes, strict=True)):
            found.append((text, round(y + size, 1), size, bool(self.lead) and not place))
            y += size * LEADING
        return found


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through several points."""

    points: tuple[Point, ...]
    kind: str  # family, or the strength of a tie
    width: float = 2
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture. Strokes lie under the boxes, the frame under everything."""

    width: float
    height: float
    title: str
    description: str  # the picture in words, for who cannot see it
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    frame: Box | None = None


LEADING = 1.28  # from line to line, in sizes of the type
