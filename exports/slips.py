"""The slip of paper by which somebody without an account opens their page: the address above, the code on the part to be cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .blocks import Block, Line, Pairs, Text, Title
from .squares import Square

CUT = "✂ " + "‐ " * 12 + "ここで切り離す(又は折る)" + " ‐" * 12


@dataclass(frozen=True)
class Slip:
    """Every text ready to print; nothing of a case."""

    title: str
    addressee: str
    sender: str
    address: str
    dots: tuple[str, ...]
    code: str
    until: str
    phone: str
    meeting: str


def lay_out(slip: Slip) -> Iterator[Block]:
    """The blocks of the slip, one page."""
    yield Line(slip.sender, "right")
    yield Line(f"{slip.addressee}　様")
    yield Line("")
    yield Line(slip.title, "center")
    yield Line("")
    yield Text("会議でお願いした役割について、お返事をいただくためのご案内です。スマートフォンのカメラで下の四角を写すか、"
               "アドレスを打ち込んでください。開いた画面で、切り離した紙の6けたのコードを入れると、あなたの役割が表示されます。")
    yield Square(slip.dots, "個人リンクの二次元コード")
    yield Line(slip.address, "center")
    yield Line("")
    yield Pairs("ご案内", tuple(row for row in (("会議", slip.meeting), ("使える期限", slip.until), ("お問い合わせ", slip.phone)) if row[1]))
    yield Text("スマートフォンなどをお使いにならない場合は、お電話や紙でのお返事でも構いません。")
    yield Line("")
    yield Line(CUT, "center")
    yield Line("")
    yield Text("コード(上の紙とは別に保管し、ほかの人に見せないでください)")
    yield Title(slip.code, "")
    yield Line(f"{slip.meeting}　{slip.until}", "center")
