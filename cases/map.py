"""The household map (世帯図): where everybody stands in the picture. Pure: no web, no database.

The household stands in the middle, one generation below the other; who supports it stands around, on the side nearest
to the person they are tied to. The same people, relations and ties always give the same picture, and no two boxes
ever touch. How strong a tie is shows in the shape of its line, never in its colour: the picture is printed in black.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.strokes import bracket, facing, straight, tied
from cases.words import shortened
from exports.drawing import Box, Drawing, Stroke

PERSON, SUPPORTER = (132, 72), (150, 70)
PAD, GAP, BETWEEN, GUTTER = 14, 18, 56, 66  # round the picture, between boxes, between generations, out to the supporters
ABREAST = 3  # people of one generation in a row
NARROWEST = 780
HEAD, FOOT = 34, 24  # room inside the household's frame above and below the people


@dataclass(frozen=True)
class Person:
    key: int
    label: str
    detail: str = ""
    apart: bool = False


@dataclass(frozen=True)
class Relation:
    """`first` is the parent where `kind` is parent."""

    first: int
    second: int
    kind: str  # spouse, parent, sibling or other


@dataclass(frozen=True)
class Tie:
    """A tie of one person (None: of the whole household) with somebody of that name."""

    person: int | None
    name: str
    strength: str  # strong, ordinary, weak, strained or cut
    agency: bool = False


def draw(people: Sequence[Person], relations: Sequence[Relation], ties: Sequence[Tie], words: dict[str, str],
         title: str = "", description: str = "") -> Drawing:
    """The picture. `words` has the word beside each strength's line in the key, and "household" for the frame.

    A relation or a tie of somebody who is not among `people` is left out.
    """
    known = {each.key for each in people}
    relations = [each for each in relations if {each.first, each.second} <= known and each.first != each.second]
    ties = [each for each in ties if each.person is None or each.person in known]
    rows = _rows(people, relations)
    family, frame = _family(rows, words.get("household", ""))
    sides = _sides(ties, rows, family, frame)
    return _assembled(family, frame, sides, relations, ties, words, title, description)


# -- the family ----------------------------------------------------------------------------------------------------------

def generations(people: Sequence[Person], relations: Sequence[Relation]) -> dict[int, int]:
    """Which generation each person belongs to, the oldest 0. Contradictions in the data are borne, not solved."""
    group = {each.key: each.key for each in people}
    for each in relations:
        if each.kind in ("spouse", "sibling"):
            one, other = group[each.first], group[each.second]
            group = {key: one if found == other else found for key, found in group.items()}
    parents = [(group[each.first], group[each.second]) for each in relations if each.kind == "parent"]
    rank = dict.fromkeys(group.values(), 0)
    for _time in people:
        for parent, child in parents:
            rank[child] = max(rank[child], min(rank[parent] + 1, len(people)))
    for _time in people:  # grandparents on one side only: parents on the other stand beside theirs, not above
        for parent in {one for one, _other in parents}:
            rank[parent] = max(rank[parent], min(rank[child] for one, child in parents if one == parent) - 1)
    order = sorted(set(rank.values()))
    return {key: order.index(rank[found]) for key, found in group.items()}


def _rows(people: Sequence[Person], relations: Sequence[Relation]) -> list[tuple[list[Person], list[Person]]]:
    """The rows from the top: who lives together, who lives apart."""
    rank, framed = generations(people, relations), any(not each.apart for each in people)
    rows = []
    for generation in range(max(rank.values(), default=-1) + 1):
        these = _spouses_together([each for each in people if rank[each.key] == generation], relations)
        home = [each for each in these if not (framed and each.apart)]
        away = [each for each in these if framed and each.apart]
        count = max(-(-len(home) // ABREAST), len(away))
        rows += [(home[turn * ABREAST:(turn + 1) * ABREAST], away[turn:turn + 1]) for turn in range(count)]
    return rows


def _spouses_together(these: list[Person], relations: Sequence[Relation]) -> list[Person]:
    couples = {each.first: each.second for each in relations if each.kind == "spouse"}
    couples |= {second: first for first, second in couples.items()}
    order: list[Person] = []
    for person in these:
        beside = next((place for place, other in enumerate(order) if couples.get(person.key) == other.key), None)
        order.insert(len(order) if beside is None else beside + 1, person)
    return order


def _family(rows, word: str) -> tuple[dict[int, Box], Box]:
    """Everybody's box by key, and the household's frame, from the corner 0, 0; they are moved to their place later."""
    widest = max((len(home) for home, _away in rows), default=1)
    width = max(_across(widest, PERSON[0]) + 2 * GAP, 2 * PERSON[0])
    boxes = {}
    for turn, (home, away) in enumerate(rows):
        y, x = HEAD + turn * (PERSON[1] + BETWEEN), (width - _across(len(home), PERSON[0])) / 2
        for place, person in enumerate(home):
            boxes[person.key] = _person(person, x + place * (PERSON[0] + GAP), y)
        for person in away:
            boxes[person.key] = _person(person, width + 2 * GAP, y)
    inside = [boxes[each.key] for home, _away in rows for each in home]
    top, low = min((each.y for each in inside), default=HEAD), max((each.bottom for each in inside), default=HEAD)
    together = any(not each.apart for home, _away in rows for each in home)
    return boxes, Box(0, top - HEAD, width, low - top + HEAD + FOOT, (word,) if together and word else (), word, "frame" if together else "", 13)


def _person(person: Person, x: float, y: float) -> Box:
    lines = shortened(person.label, PERSON[0] - 12, 17, 1) + shortened(person.detail, PERSON[0] - 12, 13, 2)
    return Box(x, y, *PERSON, lines, f"{person.label} {person.detail}".strip(), "apart" if person.apart else "person", 13, 17)


# -- who supports it -----------------------------------------------------------------------------------------------------

@dataclass
class _Sides:
    """Names of supporters above, below, left and right of the household."""

    top: list[str]
    bottom: list[str]
    left: list[str]
    right: list[str]


def _sides(ties: Sequence[Tie], rows, family: dict[int, Box], frame: Box) -> _Sides:
    row_of = {each.key: turn for turn, row in enumerate(rows) for part in row for each in part}
    most = int((max(NARROWEST, _width(family, frame)) - 2 * PAD + GAP) // (SUPPORTER[0] + GAP))
    sides, beside = _Sides([], [], [], []), []
    for name in dict.fromkeys(each.name for each in ties):
        whom = {each.person for each in ties if each.name == name}
        reached = {row_of[each] for each in whom if each is not None}
        room = [side for side, row in ((sides.top, 0), (sides.bottom, len(rows) - 1))
                if None not in whom and reached == {row} and len(side) < most]
        if room:
            min(room, key=len).append(name)
        else:
            beside.append(name)
    across = {name: _mean(0, name, ties, family, frame) for name in dict.fromkeys(each.name for each in ties)}
    down = {name: _mean(1, name, ties, family, frame) for name in across}
    for name in beside:
        near = across[name] - frame.middle[0]
        shorter = min(sides.left, sides.right, key=len)
        side = shorter if abs(near) < 1 else sides.left if near < 0 else sides.right
        (side if len(side) - len(shorter) < 3 else shorter).append(name)
    for side, at in ((sides.top, across), (sides.bottom, across), (sides.left, down), (sides.right, down)):
        side.sort(key=at.get)  # stable: who is equally far stays in the order of the list
    return sides


def _mean(axis: int, name: str, ties, family, frame) -> float:
    found = [(family[each.person] if each.person is not None else frame).middle[axis] for each in ties if each.name == name]
    return sum(found) / len(found)


def _width(family: dict[int, Box], frame: Box) -> float:
    block = max([frame.right, *(each.right for each in family.values())])
    return block + 2 * (SUPPORTER[0] + GUTTER + PAD)


def _across(count: int, width: float) -> float:
    return max(0, count * (width + GAP) - GAP)


# -- the whole -----------------------------------------------------------------------------------------------------------

def _assembled(family, frame, sides, relations, ties, words, title, description) -> Drawing:
    width = max(NARROWEST, _width(family, frame))
    block_width = max([frame.right, *(each.right for each in family.values())])
    block_height = max([frame.bottom, *(each.bottom + FOOT for each in family.values())])
    above = SUPPORTER[1] + GUTTER if sides.top else 0
    columns = max(_across(len(sides.left), SUPPORTER[1]), _across(len(sides.right), SUPPORTER[1]))
    middle = max(block_height, columns)
    dx, dy = (width - block_width) / 2, PAD + above + (middle - block_height) / 2
    family = {key: _moved(each, dx, dy) for key, each in family.items()}
    frame = _moved(frame, dx, dy)
    y = PAD + above + middle
    agencies = {each.name for each in ties if each.agency}
    around = {}
    for side, where in ((sides.top, PAD), (sides.bottom, y + GUTTER)):
        start = (width - _across(len(side), SUPPORTER[0])) / 2
        around |= {name: _supporter(name, start + place * (SUPPORTER[0] + GAP), where, agencies) for place, name in enumerate(side)}
    for side, x in ((sides.left, PAD), (sides.right, width - PAD - SUPPORTER[0])):
        start = PAD + above + (middle - _across(len(side), SUPPORTER[1])) / 2
        around |= {name: _supporter(name, x, start + place * (SUPPORTER[1] + GAP), agencies) for place, name in enumerate(side)}
    y += GUTTER + SUPPORTER[1] if sides.bottom else 0
    strokes = [stroke for each in relations if not _told_already(each, relations) for stroke in _kin(each, family)]
    for each in ties:
        strokes += tied(around[each.name], family[each.person] if each.person is not None else frame, each.strength, _facing(each.name, sides))
    key_boxes, key_strokes, height = _key(words, ties, width, y + GAP)
    label = [Box(frame.x + 10, frame.y + 6, 14 * len(frame.lines[0]), 20, frame.lines, frame.full, "plain", 13)] if frame.lines else []
    return Drawing(round(width), round(height), title, description, (*label, *family.values(), *around.values(), *key_boxes),
                   (*strokes, *key_strokes), frame if frame.kind else None)


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x + dx, box.y + dy, box.width, box.height, box.lines, box.full, box.kind, box.size, box.lead)


def _supporter(name: str, x: float, y: float, agencies: set[str]) -> Box:
    return Box(x, y, *SUPPORTER, shortened(name, SUPPORTER[0] - 14, 14, 3), name, "agency" if name in agencies else "informal", 14)


def _facing(name: str, sides: _Sides) -> str:
    return next(side for side in ("top", "bottom", "left", "right") if name in getattr(sides, side))


def _kin(relation: Relation, family: dict[int, Box]) -> list[Stroke]:
    one, other, dashed = family[relation.first], family[relation.second], relation.kind == "other"
    if relation.kind == "parent" and other.y > one.y:
        return [bracket(one, other, "down")]
    elif one.y != other.y or relation.kind == "parent":
        return [straight(one, other, dashed)]
    elif relation.kind in ("spouse", "other") and abs(one.x - other.x) < 2 * PERSON[0]:
        return [facing(one, other, dashed)]
    else:
        return [bracket(one, other, "below" if relation.kind == "spouse" else "above", dashed)]


def _told_already(relation: Relation, relations) -> bool:
    """Two lines from one parent show brothers and sisters well enough."""
    parents = [{each.first for each in relations if each.kind == "parent" and each.second == key}
               for key in (relation.first, relation.second)]
    return relation.kind == "sibling" and bool(parents[0] & parents[1])


def _key(words: dict[str, str], ties, width: float, y: float) -> tuple[list[Box], list[Stroke], float]:
    """What the shapes of the lines mean, in one line below the picture."""
    shown = [each for each in ("strong", "ordinary", "weak", "strained", "cut") if each in words and ties]
    boxes, strokes, step = [], [], (width - 2 * PAD) / 5
    for place, strength in enumerate(shown):
        x = PAD + place * step
        start, end = Box(x, y, 0, 20), Box(x + 56, y, 0, 20)
        strokes += tied(start, end, strength, "left")
        boxes.append(Box(x + 62, y, step - 70, 20, shortened(words[strength], step - 70, 13, 1), words[strength], "plain", 13))
    return boxes, strokes, y + (20 if shown else 0) + PAD
