"""Two forms to start from, as offices have them: a whole 会議録, and one sheet in the shape of a table. Pure.

They are drawn on the house's own paper and then go through the same gate as any form that is sent.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from exports.layout import Layout
from exports.word import draw
from papers.own_filling import prepared

SHADE = "F2F2F2"
WIDTH = 160  # mm of the text, parted among the columns


@lru_cache(maxsize=4)
def sample(name: str, layout: Layout) -> bytes:
    """The form `minutes` or `sheet` as a .docx on this paper. KeyError for any other."""
    document = Document(BytesIO(draw((), "", layout=layout)))
    body = document.element.body
    for each in list(body):
        if each.tag != qn("w:sectPr"):
            body.remove(each)
    for section in document.sections:
        for part in (section.header, section.footer):
            _only_page_numbers(part)
    SAMPLES[name](_Hand(document, layout.text_width / 56.7 / WIDTH))
    sheet = BytesIO()
    document.save(sheet)
    return prepared(sheet.getvalue()).content


def _only_page_numbers(part) -> None:
    """What the house prints above and below its own minutes is not a form's; the number of the page stays."""
    for paragraph in part.paragraphs:
        if not paragraph._p.findall(f".//{qn('w:fldSimple')}"):
            for run in list(paragraph.runs):
                paragraph._p.remove(run._r)


class _Hand:
    """Writes lines and tables into a document."""

    def __init__(self, document, wide: float):
        self.document, self.wide = document, wide

    def line(self, text: str, style="Line", side="left", size: float = 0, bold=False) -> None:
        """A paragraph."""
        made = self.document.add_paragraph(style=_style(self.document, style))
        made.alignment = dict(left=0, center=1, right=2)[side]
        run = made.add_run(text)
        run.bold = bold or None
        run.font.size = Pt(size) if size else None

    def head(self, text: str) -> None:
        """The line above a table."""
        self.line(text, bold=True)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.document.paragraphs[-1].paragraph_format.space_before = Pt(8)

    def table(self, caption: str, widths: tuple[int, ...], *rows: tuple, head: bool = False, heights: dict | None = None) -> None:
        """A table; a cell is a text, or (text, how many columns); a label stands shaded and begins with "*".

        A screen reader says the caption, and learns whether the first row or the first column holds the heads.
        """
        made = self.document.add_table(0, len(widths))
        made.style, made.autofit = _style(self.document, "TableGrid"), False
        look = made._tbl.tblPr.find(qn("w:tblLook"))
        look.attrib.clear()
        look.set(qn("w:val"), "0020" if head else "0080")
        look.set(qn("w:firstRow" if head else "w:firstColumn"), "1")
        for name, told in (("w:tblCaption", caption), ("w:tblDescription", "見出しは1行目にある。" if head else "左の列が項目名、その右が内容。")):
            element = OxmlElement(name)
            element.set(qn("w:val"), told)
            made._tbl.tblPr.append(element)
        for grid, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            grid.set(qn("w:w"), str(Mm(width * self.wide).twips))
        for place, row in enumerate(rows):
            self._row(made, widths, row, head and place == 0, (heights or {}).get(place, 0), whole=head)

    def _row(self, made, widths, row, head, height, whole) -> None:
        tr = OxmlElement("w:tr")
        made._tbl.append(tr)
        properties = tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])) if whole else ():
            properties.append(OxmlElement(name))
        if height:
            tr.trHeight_val = Mm(height)
        at = 0
        for each in row:
            text, span = each if isinstance(each, tuple) else (each, 1)
            tr.append(_cell(self.document, text, sum(widths[at:at + span]) * self.wide, span))
            at += span

    def gap(self) -> None:
        """Room between two tables."""
        self.line("", size=6)


def _cell(document, text: str, width: float, span: int):
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    for name, values in (("w:tcW", dict(w=str(Mm(width).twips), type="dxa")), ("w:gridSpan", dict(val=str(span)) if span > 1 else {}),
                         ("w:shd", dict(val="clear", color="auto", fill=SHADE) if text.startswith("*") else {})):
        if values:
            made = OxmlElement(name)
            for key, value in values.items():
                made.set(qn(f"w:{key}"), value)
            properties.append(made)
    cell.append(properties)
    for line in text.removeprefix("*").split("\n"):
        paragraph = OxmlElement("w:p")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), "CellLabel" if text.startswith("*") else "Cell")
        paragraph.get_or_add_pPr().append(style)
        paragraph.add_r().text = line
        cell.append(paragraph)
    return cell


def _style(document, name: str):
    return next(each for each in document.styles if each.style_id == name)


def _minutes(hand: _Hand) -> None:
    hand.line("様式第１号（第８条関係）")
    hand.line("{{ 取扱い }}", side="right")
    hand.line("{{ 件名 }}", side="center", size=16, bold=True)
    hand.line("{{ 庁名 }}　　{{ 会議番号 }}　　{{ 状態 }}", side="right")
    hand.table("会議の概要", (28, 132), ("*日時", "{{ 日時 }}"), ("*場所", "{{ 場所 }}（{{ 開催方法 }}）"), ("*根拠", "{{ 根拠 }}"),
               ("*進行・記録", "進行役　{{ 進行役 | なければ(\"記録なし\") }}\n記録者　{{ 記録者 | なければ(\"記録なし\") }}"),
               ("*申合せ", "{{ グランドルール }}"), ("*目的", "{{ 目的 }}"), ("*決めること", "{{ 本日決めること }}"))
    hand.line("{%p for 件 in 案件 %}")
    hand.head("案件{{ 件.番号 }}　{{ 件.整理番号 }}")
    hand.table("案件の概要", (28, 132), ("*世帯の概要", "{{ 件.世帯の概要 }}"), ("*本人の言葉", "{{ 件.本人の言葉 | なければ(\"聴取していない\") }}"),
               ("*本人の同意", "{{ 件.同意 | なければ(\"記録なし\") }}"))
    hand.head("出席者（敬称略）")
    hand.table("出席者", (44, 34, 34, 22, 26), ("*所属", "*職", "*氏名", "*役割", "*出欠"), ("{%tr for 人 in 件.出席者 %}", *[""] * 4),
               ("{{ 人.所属 }}", "{{ 人.職 }}", "{{ 人.氏名 }}", "{{ 人.役割 }}", "{{ 人.出欠 }}"), ("{%tr endfor %}", *[""] * 4), head=True)
    hand.head("決定事項")
    hand.line("{%p for 決定 in 件.決定事項 %}")
    hand.line("（{{ 決定.番号 }}）{{ 決定.内容 }}")
    hand.line("{%p else %}")
    hand.line("なし")
    hand.line("{%p endfor %}")
    hand.head("役割分担　　主担当機関　{{ 件.主担当機関 | なければ(\"未定\") }}")
    hand.table("役割分担", (12, 50, 38, 34, 26), ("*番号", "*何を", "*誰が", "*いつまでに", "*確認状況"), ("{%tr for 役割 in 件.役割分担 %}", *[""] * 4),
               ("{{ 役割.番号 }}", "{{ 役割.何を }}", "{{ 役割.誰が }}", "{{ 役割.いつまでに }}", "{{ 役割.確認状況 }}"), ("{%tr endfor %}", *[""] * 4), head=True)
    hand.head("共有された情報（事実）")
    hand.table("共有された情報（事実）", (40, 84, 36), ("*機関", "*内容", "*出所・時点"), ("{%tr for 事実 in 件.事実 %}", "", ""),
               ("{{ 事実.発言者 }}", "{{ 事実.内容 }}", "{{ 事実.出所 }}"), ("{%tr endfor %}", "", ""), head=True)
    hand.gap()
    hand.table("話し合いの内容", (28, 132), ("*見立て", "{{ 件.見立て | なければ(\"なし\") }}"), ("*主な意見", "{{ 件.意見 | なければ(\"なし\") }}"),
               ("*持ち帰り", "{{ 件.持ち帰り | なければ(\"なし\") }}"), ("*異議", "{{ 件.異議 | なければ(\"なし\") }}"), ("*資源開発", "{{ 件.資源開発 | なければ(\"なし\") }}"),
               ("*緊急時", "{{ 件.緊急時の連絡体制 | なければ(\"なし\") }}"))
    hand.line("{%p endfor %}")
    hand.gap()
    hand.table("次回と記録", (28, 132), ("*次回", "{{ 次回 | なければ(\"未定\") }}"), ("*確認状況", "{{ 確認状況 }}"),
               ("*記録", "作成　{{ 作成者 }}　{{ 作成日 }}\n確定　{{ 確定日 | なければ(\"未確定\") }}　　保存年限　{{ 保存年限 }}　　照合番号　{{ 照合番号 }}"))
    hand.line("{%p if 写しの注記 %}")
    hand.line("{{ 写しの注記 }}", size=9)
    hand.line("{%p endif %}")


def _sheet(hand: _Hand) -> None:
    hand.table("決裁欄", (32, 32, 32, 32, 32), ("*課長", "*課長補佐", "*係長", "*係員", "*取扱い"), ("", "", "", "", "{{ 取扱い }}"), head=True, heights={1: 16})
    hand.gap()
    hand.line("{{ 件名 }}", side="center", size=14, bold=True)
    hand.table("会議録", (26, 54, 26, 54), ("*会議番号", "{{ 会議番号 }}", "*状態", "{{ 状態 }}"), ("*日時", ("{{ 日時 }}", 3)), ("*場所", "{{ 場所 }}", "*開催方法", "{{ 開催方法 }}"),
               ("*出席者", ("{{ 出席者 }}", 3)), ("*目的", ("{{ 目的 }}", 3)), ("*決定事項", ("{{ 決定事項 | なければ(\"なし\") }}", 3)),
               ("*役割分担", ("{%p for 役割 in 役割分担 %}\n{{ 役割.番号 }}　{{ 役割.何を }}\n　　{{ 役割.誰が | 一行 }}（{{ 役割.いつまでに | 一行 }}）\n{%p endfor %}", 3)),
               ("*持ち帰り", ("{{ 持ち帰り | なければ(\"なし\") }}", 3)), ("*異議", ("{{ 異議 | なければ(\"なし\") }}", 3)), ("*次回", ("{{ 次回 | なければ(\"未定\") }}", 3)),
               ("*記録", "{{ 記録者 }}", "*確定日", "{{ 確定日 | なければ(\"未確定\") }}"))


SAMPLES = {"minutes": _minutes, "sheet": _sheet}
