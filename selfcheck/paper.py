"""A self-check as paper: the answers beside those of last time and the national figures, the evidence, what to try next."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from exports.blocks import Block, End, Heading, Item, Note, Pairs, Table, Text, Title
from selfcheck.advising import Tip
from selfcheck.models import CheckState, SelfCheck
from selfcheck.sheet import Row, Sheet
from selfcheck.survey import UNKNOWN, Base, Option

DERIVED = "（公表された割合から逆算した数）"


def title(check: SelfCheck) -> str:
    return f"{clock.fiscal_year_name(check.fiscal_year)} 多機関協働の自己点検"


def file_name(check: SelfCheck) -> str:
    """R07_自己点検.docx, R07_自己点検_案.docx while it is a draft."""
    return f"{clock.fiscal_year_code(check.fiscal_year)}_自己点検{'' if check.finished else '_案'}.docx"


def lay_out(sheet: Sheet, office: str) -> Iterator[Block]:
    """The whole paper, in Japanese: say so (`languages.speaking("ja")`) before the blocks are drawn."""
    check, survey = sheet.check, sheet.check.survey
    yield Title(title(check), check.state.law_name)
    yield Pairs("自己点検の概要", tuple(_head(sheet, office)))
    if check.resolve:
        yield Heading(1, "次の年度に取り組むこと")
        yield Text(check.resolve)
    if sheet.tips:
        yield Heading(1, "次に試すこと（回答に応じた提案）")
        for tip in sheet.tips:
            yield Item(_tip(tip), numbered=True)
    for spread in sheet.spreads:
        yield Heading(1, spread.section.words.ja)
        for row in spread.rows:
            yield from _question(row, sheet)
    yield Heading(1, "比較した全国調査")
    yield Text(f"{survey.source.ja}。{survey.frame.ja}")
    yield Note(f"母数に「{DERIVED.strip('（）')}」とあるものは、調査の報告書に書かれた数ではない。割合の欄の「―」は、公表された数がないことを示す。")
    yield End()


def _head(sheet: Sheet, office: str) -> Iterator[tuple[str, str]]:
    check = sheet.check
    yield "年度", clock.fiscal_year_name(check.fiscal_year)
    yield "作成", office
    last = check.steps[-1]
    if check.state == CheckState.FINISHED:
        yield "確定", f"{clock.wareki(clock.local(last.at).date(), False)}　{last.by.name}"
        yield "自所のデータ", "確定した日に集計したもの"
    else:
        yield "回答", f"{len(check.parts)}区分中{sheet.done}区分"
        yield "自所のデータ", "この書面を作成した日に集計したもの"
    if sheet.earlier:
        yield "前回", f"{clock.fiscal_year_name(sheet.earlier.fiscal_year)}（{clock.wareki(clock.local(sheet.earlier.steps[-1].at).date(), False)}確定）"
        if sheet.earlier.resolve:
            yield "前回、取り組むとしたこと", sheet.earlier.resolve


def _tip(tip: Tip) -> str:
    return f"{tip.words.ja}{'（前回の回答でも同じ）' if tip.again else ''}\n{tip.how.ja}"


def _question(row: Row, sheet: Sheet) -> Iterator[Block]:
    yield Heading(2, row.question.words.ja)
    years = [clock.fiscal_year_code(sheet.check.fiscal_year), *([clock.fiscal_year_code(sheet.earlier.fiscal_year)] if sheet.earlier else [])]
    given = row.question.options if row.question.kind == "many" or not _unknown(row) else row.question.choices
    shares = (104, *(18 for _each in years), 34)
    yield Table(row.question.words.ja, shares, ("選択肢", *years, "全国"), tuple((each.words.ja, *_marks(each, row, sheet), _national(each)) for each in given), leads=True)
    yield Note(f"全国の母数：{base(row.question.base)}")
    for fact in row.evidence.facts:
        yield Item(f"自所のデータ　{fact}")
    if row.answer and row.answer.note:
        yield Text(f"補足　{row.answer.note}")


def _unknown(row: Row) -> bool:
    return row.unknown or UNKNOWN in (row.earlier or ())


def _marks(option: Option, row: Row, sheet: Sheet) -> Iterator[str]:
    yield _mark(None if row.answer is None else row.answer.has(option.key))
    if sheet.earlier:
        yield _mark(None if row.earlier is None else option.key in row.earlier)


def _mark(given: bool | None) -> str:
    return "未回答" if given is None else "○" if given else "―"


def _national(option: Option) -> str:
    if option.percent is None:
        return "―"
    return f"{option.percent:.1f}％" + (f"（{option.count}）" if option.count is not None else "")


def base(which: Base) -> str:
    """重層的支援体制整備事業を実施している市町村 n＝109（公表された割合から逆算した数）."""
    return f"{which.words.ja}　n＝{which.n}{DERIVED if which.derived else ''}" if which.n else which.words.ja
