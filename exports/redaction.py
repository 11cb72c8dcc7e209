"""不開示部分一覧: the list that follows a copy made for a disclosure request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .blocks import Block, Line, Table

HEAD = ("番号", "箇所", "情報の区分", "根拠条文", "理由")
SHARES = (12, 36, 24, 38, 50)


def listed(rows: Iterable[tuple[str, str, str, str, str]], decided: str, of: str = "", whole: bool = True) -> Iterator[Block]:
    """The list as blocks on a page of its own: a row for each passage (number, where, kind, article, reason), and who
    decided it and when (`decided`). It may be parted from the paper: it names the document it belongs to (`of`). Not `whole`: more may come to be withheld."""
    rows = tuple(rows)
    yield Line("不開示部分一覧", "center", new_page=True)
    if of:
        yield Line(f"文書名　{of}", "both")
    yield Line(decided, "both")
    if rows:
        yield Table("不開示部分一覧", SHARES, HEAD, rows)
    else:
        yield Line("不開示とする部分はない。" if whole else "不開示とすると決めた部分は、まだない。", "both")
