"""守秘に関する誓約書: what people without an account sign, blank or filled in, one page each.

domain.md 5.4 names its elements. The articles are the office's own citations: paragraph numbers move, and the office corrects them.
Whoever only attends a 重層的支援会議 does not fall under the Act's penalty by that, and the paper does not say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from core import clock
from core.office import office
from exports.blocks import Block, Line, Pairs, Text
from ground_rules.models import Citation
from meetings.kinds import Kind
from meetings.pledges import Term

TITLE = "守秘に関する誓約書"
BLANK = "\u00a0"


@dataclass(frozen=True)
class Signer:
    """Who signs; nobody yet on a blank one. `cases` are the numbers of the cases they sit for."""

    agency: str = ""
    job: str = ""
    name: str = ""
    cases: tuple[str, ...] = ()


def lay_out(meeting, signers: Iterable[Signer], term: Term, on: date | None) -> Iterator[Block]:
    """A page for each signer; without a day it is left to the pen."""
    for place, signer in enumerate(signers):
        yield from _pledge(meeting, signer, term, on, new_page=place > 0)


def file_name(meeting, which: str) -> str:
    return f"{meeting.reference}_誓約書_{which}.docx"


def _pledge(meeting, signer: Signer, term: Term, on: date | None, new_page: bool) -> Iterator[Block]:
    here = office()
    yield Line(clock.wareki(on, False) if on else "令和　　年　　月　　日", "right", new_page)
    yield Line(f"{(here.letter_sender or f'{here.name}長').splitlines()[0]}　様")
    yield Line("")
    yield Line(TITLE, "center")
    yield Line("")
    yield Text(opening(meeting, term))
    yield from (Text(f"({number})　{each}") for number, each in enumerate(promises(meeting), 1))  # each sheet counts anew, which one list of Word would not
    yield Line("")
    yield Pairs("この誓約書について", (
        ("対象とする会議", f"{meeting.name}　{clock.span(meeting.starts_at, meeting.ends_at)}"),
        *((("案件の整理番号", "、".join(signer.cases)),) if term == Term.CASE and signer.cases else ()),
        ("有効期間", _term(meeting, term)), ("確認したグランドルール", f"第{meeting.edition.number}版")))
    yield Pairs("誓約する者", (("所属", signer.agency or BLANK), ("職", signer.job or BLANK),
                          ("氏名（自署）", f"{signer.name}　　　　　　　　　　　　" if signer.name else f"{BLANK}\n{BLANK}")))
    yield Pairs("事務局記入欄", (("受領", "令和　　年　　月　　日　　受領者　　　　　　　　　　"),))


def _to(meeting, term: Term) -> str:
    if term == Term.YEAR:
        return f"{clock.fiscal_year_name(meeting.fiscal_year)}に{office().name}が開く{meeting.kind.law_name}"
    else:
        return meeting.name


def opening(meeting, term: Term) -> str:
    """The sentence with which a pledge begins."""
    return f"私は、{_to(meeting, term)}に参加するに当たり、{_ground(meeting)}次の事項を守ることを誓約します。"


def _ground(meeting) -> str:
    if meeting.kind == Kind.SHIEN:
        return f"{Citation.of('secrecy', on=meeting.day)}の規定による守秘義務があることを理解し、"
    elif meeting.kind == Kind.JUSO:
        return f"本会議が{Citation.of('juso_ground', on=meeting.day)}に基づき情報を共有するものであることを理解し、"
    else:
        return ""


def promises(meeting) -> tuple[str, ...]:
    """What is promised, sentence by sentence."""
    return (
        "会議で知り得た個人情報及び秘密（発言、資料、画面に表示されたもの及び会議があったことから推し量れる事柄を含みます。）を、正当な理由なく漏らしません。",
        "知り得た情報を、支援のための検討及び自らの役割の遂行以外の目的に利用せず、会議の構成員以外の第三者に提供しません。",
        "許可なく、資料の複写、会議の撮影・録音、資料及びデータの持出しをしません。SNSその他のインターネット上に、会議に関することを書き込みません。",
        "配布された資料は、会議の終了後又は求めがあったときに返却し、手元に残すことを認められたものは、不要となった時点で復元できない方法により廃棄します。",
        "これらの義務を、会議の終了後、任期の満了後及び退職した後も守ります。",
        "紛失、漏えい、誤送信その他の事故が起きたとき、又はそのおそれがあるときは、速やかに事務局に報告し、その指示に従います。",
        _penalty(meeting),
    )


def _penalty(meeting) -> str:
    if meeting.kind == Kind.SHIEN:
        return f"守秘義務に違反したときは、罰則（{Citation.of('penalty', on=meeting.day)}）が適用されることがあることを理解しました。"
    elif meeting.kind == Kind.JUSO:
        return (f"市町村から事業の委託を受けた者等には{Citation.of('contractor_secrecy', on=meeting.day)}の守秘義務と罰則（{Citation.of('penalty', on=meeting.day)}）の定めがあり、"
                "それ以外の者も、この誓約及び職務上の守秘義務に従うことを理解しました。")
    else:
        return "この誓約のほか、それぞれの職務上の守秘義務に従うことを理解しました。"


def _term(meeting, term: Term) -> str:
    if term == Term.YEAR:
        last = date(meeting.fiscal_year + 1, 3, 31)
        return f"{clock.fiscal_year_name(meeting.fiscal_year)}（{clock.wareki(last, False)}まで）。守秘の義務は、その後も続きます。"
    elif meeting.kind.hears_cases:
        return "上の会議及びその案件の検討が終わるまで。守秘の義務は、その後も続きます。"
    else:
        return "上の会議が終わるまで。守秘の義務は、その後も続きます。"
