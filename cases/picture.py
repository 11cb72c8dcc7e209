"""A case's household as a picture and in words: the map, its description, and the 別紙 that carries both into Word."""

from __future__ import annotations

from collections.abc import Iterator

from cases import map
from cases.household import Strength
from core.languages import _, speaking
from exports.blocks import Block, End, Heading, Table, Text, Title
from exports.drawing import Drawing


def of(case) -> Drawing:
    """The household map of a case, in the language in use."""
    words = {each.value: str(each.label) for each in Strength} | {"household": _("Living together")}
    return map.draw(
        [map.Person(each.id, each.label, detail(each), each.apart) for each in case.people],
        [map.Relation(each.first_id, each.second_id, each.kind.value) for each in case.relations],
        [map.Tie(each.person_id, each.name, each.strength.value, each.agency_id is not None) for each in case.ties],
        words, _("Household map %(number)s", number=case.number), "\n".join(in_words(case)))


def in_words(case) -> Iterator[str]:
    """The same content, a sentence each: people, family relations, ties."""
    for each in case.people:
        yield " ".join(filter(None, [each.label, detail(each), _("(lives apart)") if each.apart else ""]))
    yield from (kin(each) for each in case.relations)
    for each in case.ties:
        note = _(" (%(note)s)", note=each.note) if each.note else ""
        yield _("%(person)s and %(name)s: %(strength)s", person=whom(each), name=each.name, strength=each.strength.label) + note


def detail(person) -> str:
    """母 83歳."""
    age = _("aged %(age)s", age=person.age) if person.age is not None else ""
    return " ".join(filter(None, [person.relation, age]))


def kin(relation) -> str:
    """AさんはBさんの親."""
    note = _(" (%(note)s)", note=relation.note) if relation.note else ""
    return _("%(first)s: %(kind)s of %(second)s", first=relation.first.label, kind=relation.kind.label,
             second=relation.second.label) + note


def whom(tie) -> str:
    """Whose tie it is: a person's label, or the household."""
    return tie.person.label if tie.person else _("The whole household")


# -- on paper ------------------------------------------------------------------------------------------------------------

def annex(case) -> list[Block]:
    """別紙 世帯図: the map drawn in Word, and below it the same as tables. Always Japanese, labels only."""
    with speaking("ja"):
        return list(_annex(case))


def _annex(case) -> Iterator[Block]:
    yield Title("世帯図", "別紙")
    yield Text("線の形は、つながりの強さを表します。点線の枠は別居の家族、角の丸い枠は名簿にない人・団体です。")
    yield of(case)
    yield Heading(1, "世帯員")
    yield Table("世帯員", (30, 40, 20, 70), ("表記", "続柄・年齢", "住まい", "家族関係"), tuple(
        (each.label, detail(each) or "―", "別居" if each.apart else "同居",
         "、".join(kin(one) for one in case.relations if one.first_id == each.id) or "―") for each in case.people))
    if case.ties:
        yield Heading(1, "つながり")
        yield Table("つながり", (28, 58, 20, 54), ("だれの", "相手", "強さ", "様子"), tuple(
            (whom(each), each.name, str(each.strength.label), each.note or "―") for each in case.ties))
    yield End()
