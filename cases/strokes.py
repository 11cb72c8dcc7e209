"""Lines of the household map: their ends at the boxes and, for a tie, the shape that says how strong it is. Pure."""

from __future__ import annotations

import math

from exports.drawing import Box, Point, Stroke

THIN, ORDINARY, THICK = 1.5, 2, 3


def tied(supporter: Box, other: Box, strength: str, side: str) -> list[Stroke]:
    """A tie from the edge of a supporter, standing on that `side` of the household, to a person or the frame."""
    start = {"top": (supporter.middle[0], supporter.bottom), "bottom": (supporter.middle[0], supporter.y),
             "left": (supporter.right, supporter.middle[1]), "right": (supporter.x, supporter.middle[1])}[side]
    return shaped(start, edge(other, start), strength)


def shaped(start: Point, end: Point, strength: str) -> list[Stroke]:
    """Strong: two thick lines. Ordinary: one. Weak: dashed. Strained: a zigzag. Cut: broken in the middle."""
    if strength == "strong":
        return [_line([_aside(start, end, 0, way), _aside(start, end, 1, way)], strength, THICK) for way in (-3, 3)]
    elif strength == "strained":
        return [_line(_zigzag(start, end), strength, ORDINARY)]
    elif strength == "cut":
        bars = [[_aside(start, end, at, -7), _aside(start, end, at, 7)] for at in (0.44, 0.56)]
        return [_line(each, strength, ORDINARY) for each in
                ([start, _aside(start, end, 0.44, 0)], *bars, [_aside(start, end, 0.56, 0), end])]
    else:
        return [_line([start, end], strength, ORDINARY, strength == "weak")]


def edge(box: Box, outside: Point) -> Point:
    """Where the way from a point outside to the middle of a box meets the box."""
    (mx, my), (px, py) = box.middle, outside
    dx, dy = px - mx, py - my
    shares = [half / abs(way) for half, way in ((box.width / 2, dx), (box.height / 2, dy)) if way]
    share = min([1.0, *shares])
    return mx + dx * share, my + dy * share


def straight(one: Box, other: Box, dashed: bool = False) -> Stroke:
    """The shortest way between two people."""
    return _line([edge(one, other.middle), edge(other, one.middle)], "family", THIN, dashed)


def facing(one: Box, other: Box, dashed: bool = False) -> Stroke:
    """Between two people side by side."""
    left, right = sorted((one, other), key=lambda each: each.x)
    return _line([(left.right, left.middle[1]), (right.x, right.middle[1])], "family", THIN, dashed)


def bracket(one: Box, other: Box, way: str, dashed: bool = False) -> Stroke:
    """A line with two corners: over two people, below them, or from a parent down to a child."""
    (x, _y), (to, _to) = one.middle, other.middle
    if way == "down":
        turn = other.y - 22
        points = [(x, one.bottom), (x, turn), (to, turn), (to, other.y)]
    elif way == "below":
        points = [(x, one.bottom), (x, one.bottom + 12), (to, other.bottom + 12), (to, other.bottom)]
    else:
        points = [(x, one.y), (x, one.y - 11), (to, other.y - 11), (to, other.y)]
    return _line(points, "family", THIN, dashed)


def _zigzag(start: Point, end: Point) -> list[Point]:
    count = max(4, round(math.dist(start, end) / 9))
    between = [_aside(start, end, turn / count, 5 if turn % 2 else -5) for turn in range(1, count)]
    return [start, *between, end]


def _aside(start: Point, end: Point, share: float, by: float) -> Point:
    """The point at a share of the way, moved to the side."""
    (sx, sy), (ex, ey) = start, end
    length = math.dist(start, end) or 1
    return sx + (ex - sx) * share - (ey - sy) / length * by, sy + (ey - sy) * share + (ex - sx) / length * by


def _line(points, kind: str, width: float, dashed: bool = False) -> Stroke:
    return Stroke(tuple((round(x, 1), round(y, 1)) for x, y in points), kind, width, dashed)
