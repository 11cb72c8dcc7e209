"""社会資源一覧 on paper: by domain, those of the community first, with where to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from community.kinds import Footing
from core import clock
from exports.blocks import Block, End, Heading, Note, Table, Text, Title
from stationery import choices

SHARES = (52, 58, 44, 46)
HEAD = ("名称・地域", "できること", "利用条件・費用", "窓口・電話・日時")
NONE = "分野を定めていないもの"


def by_domain(resources: Iterable, office: str, on: date) -> Iterator[Block]:
    """The list: a table for each domain, and in it those of the community before the schemes. A resource of several domains
    stands in each: whoever looks under one must not have to look under another."""
    resources = list(resources)
    yield Title("社会資源一覧", f"{clock.wareki(on, False)}現在　{office}")
    if not resources:
        yield Text("該当する資源はない。")
    domains = {each.code: each for resource in resources for each in resource.domains}
    for domain in sorted(domains.values(), key=lambda each: (each.position, each.code)):
        yield from _part(domain.ja, [each for each in resources if domain in each.domains])
    yield from _part(NONE, [each for each in resources if not each.domains])
    if resources:
        yield Note("利用の前に、窓口へ現在の状況を確かめる。確認日の記載がないものは、まだ内容を確かめていない。")
    yield End()


def _part(name: str, resources: list) -> Iterator[Block]:
    if not resources:
        return
    yield Heading(1, name)
    for footing in (Footing.INFORMAL, Footing.FORMAL):
        of_it = [each for each in resources if each.footing is footing]
        if of_it:
            yield Heading(2, footing.law_name)
            yield Table(f"{name}（{footing.law_name}）", SHARES, HEAD, tuple(_row(each) for each in of_it))


def _row(each) -> tuple[str, ...]:
    checked = f"確認　{choices.day(each.checked_on, 'short', weekday=False)}" if each.checked_on else ""
    reach = each.contact or (each.agency.name if each.agency else "")
    return (_lines(each.name, each.area, checked), each.does, _lines(each.whom, f"費用：{each.cost}" if each.cost else ""), _lines(reach, each.phone, each.hours))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
