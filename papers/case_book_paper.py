"""The case book of a 年度 as paper: cover, list, figures, and one example a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core import clock
from exports.blocks import Block, End, Heading, Item, Note, Pairs, Table, Text, Title
from papers.case_book_facts import FEW, HELD, suppressed

HEADINGS = {"overview": "事例の概要", "troubles": "主な困りごと", "flow": "支援の流れ", "decided": "会議で決めたこと", "worked": "うまくいったこと", "remains": "残った課題", "missing": "足りなかった資源"}
HOW = ("個人が特定されないよう、世帯の類型、年代、分野、回数及び月数だけで記載している。機関名は分野に置き換え、題名は仮のものである。")


def title(year: int) -> str:
    return f"{clock.fiscal_year_name(year)} 事例集"


def file_name(year: int) -> str:
    return f"{clock.fiscal_year_code(year)}_事例集.docx"


def lay_out(year: int, office: str, examples: list, figures: Iterable[tuple[str, list[tuple[str, int]]]]) -> Iterator[Block]:
    """The whole book. `figures`: (what, [(kind, how many cases)]) of the year, told with small numbers hidden."""
    yield Title(title(year), "研修・年次報告用")
    yield Pairs("事例集の概要", (("年度", clock.fiscal_year_name(year)), ("作成", office), ("掲載事例", f"{len(examples)}事例")))
    yield Text(HOW)
    if examples:
        yield Table("事例の一覧", (14, 70, 40, 56), ("番号", "題名", "世帯の類型", "主な困りごとの分野"),
                    tuple((str(number), each.title, each.told.household, "、".join(each.told.domains)) for number, each in enumerate(examples, 1)))
    yield Heading(1, "年度内に終結した案件の状況")
    for what, counts in figures:
        rows = suppressed(counts)
        if rows:
            yield Table(what, (90, 40), (what, "件数"), rows)
        else:
            yield Text(f"{what}：{'なし' if rows == () else '件数が少ないため示さない。'}")
    yield Note(f"{FEW}件に満たない数と、差引きでそれが分かる数は「{HELD}」とした。")
    for number, each in enumerate(examples, 1):
        yield from _example(number, each)
    yield End()


def _example(number: int, example) -> Iterator[Block]:
    facts = example.told
    yield Heading(1, f"事例{number}　{example.title}", new_page=True)
    yield Pairs("事例の概要", facts.rows)
    for name, heading in HEADINGS.items():
        words = getattr(example, name)
        if not words and name != "flow":
            continue
        yield Heading(2, heading)
        if name == "flow":
            yield Table("支援の流れ", (60, 110), ("時期", "経過"), facts.flow or (("", "記録なし"),))
        for line in words.split("\n"):
            if line.startswith(("・", "･")):
                yield Item(line[1:].strip())
            elif line:
                yield Text(line)
