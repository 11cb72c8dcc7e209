"""A blank preparation sheet on paper, for agencies without an account and for people who think with a pen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import clock
from core.office import office
from exports.blocks import Block, Line, Note, Pairs, Table, Title

BLANK = "\u00a0"


@dataclass(frozen=True)
class Paper:
    """What `exports.word.draw` needs, and a file name that names nobody."""

    blocks: tuple[Block, ...]
    title: str
    mark: str
    reference: str
    file_name: str


def blank(hearing, agency, candidates: list, due_on: date) -> Paper:
    """The sheet of one agency, to be filled in by hand: two pages, nothing of the case but its number."""
    meeting, here = hearing.meeting, office()
    return Paper(tuple(_blocks(hearing, agency, candidates, due_on, here)), "準備シート", here.handling_mark, meeting.reference,
                 f"{meeting.reference}_準備シート_{agency.id:04d}.docx")


def _blocks(hearing, agency, candidates, due_on, here):
    meeting = hearing.meeting
    yield Title("準備シート", "")
    yield Pairs("会議", (("会議", f"{meeting.name}　{clock.span(meeting.starts_at, meeting.ends_at)}"), ("整理番号", hearing.case.number),
                       ("機関名", agency.name), ("記入者", BLANK), ("提出期限", f"{clock.wareki(due_on)}までに{here.name}の事務局へ")))
    yield Note("分かる範囲で構いません。氏名は書かず、Aさんなどの呼び名でお書きください。提出されたシートは、この案件の席に着く人が読みます。")
    yield Line("①　この世帯をどう見ているか")
    yield Table("事実", (105, 55), ("事実（見聞きしたこと。1行に一つ）", "いつ・誰が確かめたか"), ((_room(2), BLANK),) * 4)
    yield Pairs("見立てから決めたいことまで", (("見立て（理解・推測）", _room(3)), ("②　いましていること", _room(3)),
                                     ("③　できること", _room(3)), ("　　難しいこと", _room(3)), ("　　条件", _room(2)),
                                     ("④　ほかの機関にお願いしたいこと", _room(3)), ("⑤　決めておきたいこと", _room(3))))
    if candidates:
        yield Line("⑥　お願いしたい役割（当てはまるものに○を付けてください）")
        rows = tuple((each.what, "内諾・要協議・難しい", _room(2)) for each in candidates)
        yield Table("お願いしたい役割", (70, 40, 50), ("何を", "回答", "条件・理由など"), rows)


def _room(lines: int) -> str:
    """Empty lines for a pen."""
    return "\n".join([BLANK] * lines)
