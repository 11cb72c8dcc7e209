"""社会資源一覧 on paper: every resource once, under a number; by domain and by area one finds the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from unicodedata import east_asian_width

from community.kinds import Footing
from core import clock
from exports.blocks import Block, End, Heading, Note, Table, Text, Title
from stationery import choices

SHARES = (14, 54, 54, 40, 42)
HEAD = ("番号", "名称・地域・分野", "できること", "利用条件・費用", "窓口・電話・日時")
BY_DOMAIN, BY_AREA = "分野から探す", "地域から探す"
NO_DOMAIN, NO_AREA = "分野の記載なし", "地域の記載なし"
AT_A_GLANCE = 8  # of so few nobody needs to be shown the way
BY_LINE = 60  # of more, the index would be as long as the list: its names share their lines
ACROSS = 46  # half-width letters in a line of a column of the index


def listed(resources: Iterable, office: str, on: date) -> Iterator[Block]:
    """The list, in the order of `resources`, those of the community before the schemes: the survey's 44.9 % never get past these.
    Before it stands where to look, unless they can be seen at a glance."""
    resources = list(resources)
    yield Title("社会資源一覧", f"{clock.wareki(on, False)}現在　{office}")
    if not resources:
        yield Text("該当する資源はない。")
    numbered = list(enumerate((each for footing in (Footing.INFORMAL, Footing.FORMAL) for each in resources if each.footing is footing), 1))
    if len(numbered) > AT_A_GLANCE:
        domains = {each.code: each for resource in resources for each in resource.domains}
        in_order = [each.ja for each in sorted(domains.values(), key=lambda each: (each.position, each.code))]
        yield from _index(BY_DOMAIN, "分野", [*in_order, NO_DOMAIN], numbered, lambda each: [domain.ja for domain in each.domains] or [NO_DOMAIN])
        areas = sorted({each.area for each in resources if each.area})
        yield from _index(BY_AREA, "地域", [*areas, NO_AREA] if areas else [], numbered, lambda each: [each.area or NO_AREA])
    for footing in (Footing.INFORMAL, Footing.FORMAL):
        if rows := tuple(_row(number, each) for number, each in numbered if each.footing is footing):
            yield Heading(1, footing.law_name)
            yield Table(footing.law_name, SHARES, HEAD, rows, numbers=frozenset({0}))
    if resources:
        yield Note("利用の前に、窓口へ現在の状況を確かめる。確認日の記載がないものは、まだ内容を確かめていない。")
    yield End()


def _index(title: str, of: str, keys: list[str], numbered: list, under: Callable) -> Iterator[Block]:
    """Which numbers, with their names, stand under each key; a key with nothing is left out."""
    rows = [(key, *(_names(numbered, lambda each, key=key, footing=footing: key in under(each) and each.footing is footing)
                    for footing in (Footing.INFORMAL, Footing.FORMAL))) for key in keys]
    rows = tuple((key, informal or "―", formal or "―") for key, informal, formal in rows if informal or formal)
    if rows:
        yield Heading(1, title)
        yield Table(title, (34, 85, 85), (of, Footing.INFORMAL.law_name, Footing.FORMAL.law_name), rows)


def _names(numbered: list, fits: Callable) -> str:
    names = [f"{number}　{each.name}" for number, each in numbered if fits(each)]
    return "\n".join(names if len(numbered) <= BY_LINE else _filled(names))


def _filled(names: list[str]) -> Iterator[str]:
    """Lines of as many names as fit: broken here, since at the end of a line a number would be broken in two."""
    line = ""
    for name in names:
        if line and _width(f"{line}、{name}") > ACROSS:
            yield line
            line = name
        else:
            line = f"{line}、{name}" if line else name
    if line:
        yield line


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "FWA" else 1 for each in text)


def _row(number: int, each) -> tuple[str, ...]:
    checked = f"確認　{choices.day(each.checked_on, 'short', weekday=False)}" if each.checked_on else ""
    reach = each.contact or (each.agency.name if each.agency else "")
    return (str(number), _lines(each.name, _said("地域", each.area), _said("分野", "、".join(domain.ja for domain in each.domains)), checked), each.does,
            _lines(each.whom, _said("費用", each.cost)), _lines(reach, each.phone, each.hours))


def _said(label: str, text: str) -> str:
    return f"{label}：{text}" if text else ""


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
