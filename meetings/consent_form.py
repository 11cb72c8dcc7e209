"""The printed consent form (個人情報の共有に関する同意書): one page to be read out, signed by hand and kept.

No name stands on it, only lines to write one. The legal grounds are the office's own citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.consent import Information
from core import clock
from core.office import office
from exports.blocks import Block, Line, Note, Pairs, Text, Title
from ground_rules.models import Citation

TITLE = "個人情報の共有に関する同意書"
MOST = 24  # agencies that still leave the form on one page; more are for a list of their own


@dataclass(frozen=True)
class Scope:
    """What is already filled in; as it stands, nothing is."""

    agencies: tuple[str, ...] = ()
    information: tuple[Information, ...] = ()
    words: str = ""
    until: date | None = None
    blank: bool = True


def lay_out(scope: Scope, contact: str) -> Iterator[Block]:
    """The form, blank or with the scope chosen. `contact` is who answers questions: agency and telephone."""
    yield Line("令和　　年　　月　　日", "right")
    yield Line(f"{office().name}　あて")
    yield Title(TITLE, "")
    yield Text("私は、次の事項について説明を受け、支援に必要な範囲で、私の個人情報（私が親権者等として同意する場合は、その子等の個人情報）を関係機関が共有することについて、下のとおり回答します。", leads=True)
    yield Pairs("共有する内容", (
        ("目的", "世帯の困りごとに応じた支援を関係機関が一緒に考え、役割を分担して行うため。この目的のほかには用いません。"),
        ("根拠", f"{Citation.of('programme')}に基づく重層的支援体制整備事業、{Citation.of('juso_ground')}"),
        ("共有する情報", _information(scope)),
        ("共有する機関", _agencies(scope)),
        ("範囲の補足", scope.words or "　\n　"),
        ("秘密の保持", f"情報を受け取った者は、法令、契約又は誓約により秘密を守ります（{Citation.of('contractor_secrecy')}ほか）。"),
        ("有効期限", clock.wareki(scope.until, False) + "まで" if scope.until else "令和　　年　　月　　日まで（期限を定めないときは記入不要）"),
        ("同意の撤回", "いつでも、全部又は一部を、書面又は口頭で撤回できます。撤回の後は共有を止めます。撤回したこと、同意しないことで、相談や必要な支援を受けられなくなることはありません。"),
        ("同意によらない場合", f"命や身体に危険があるとき、また{Citation.of('meeting')}に基づく支援会議では、法令に基づき、同意がなくても必要な情報を共有することがあります。"),
        ("問合せ先", contact),
    ))
    yield Pairs("回答", (
        ("回答", "□ 上記のとおり同意します。\n□ 一部に同意します。（除くもの：　　　　　　　　　　　　　　　　　　　　）\n□ 同意しません。（差し支えなければ理由：　　　　　　　　　　　　　　　）"),
        ("本人氏名（自署）", "　\n　\n　"),
        ("代わって同意する方", "氏名　　　　　　　　　　　　　　　　　本人との関係　　　　　　　　　　\n（本人が未成年である場合の親権者、成年後見人など）"),
        ("説明した職員", "所属　　　　　　　　　　　　　　　　　氏名　　　　　　　　　　　　　　"),
        ("立会人（いるとき）", "氏名　　　　　　　　　　　　　　　　　□ 口頭で同意を確認し、職員が代筆した"),
    ))
    yield Note("2部つくり、1部は本人が、1部は事務局が保管します。")


def _information(scope: Scope) -> str:
    ticks = [f"{'☑' if each in scope.information else '□'} {each.law_name}" for each in Information]
    return "　".join(ticks)


def _agencies(scope: Scope) -> str:
    if scope.blank or not scope.agencies:
        return "　\n　\n　"
    shown = "、".join(scope.agencies[:MOST])
    return shown + (f"　ほか{len(scope.agencies) - MOST}機関（別紙のとおり）" if len(scope.agencies) > MOST else "")
