"""Own forms as a clerk would make them in Word, and as somebody would who means harm."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(*paragraphs: str, tables=()) -> bytes:
    """A form of these paragraphs and tables (rows of cells), as python-docx writes it."""
    made = Document()
    made.core_properties.author, made.core_properties.last_modified_by = "文書 文子", "文書 文子"
    for each in paragraphs:
        made.add_paragraph(each)
    for rows in tables:
        grid = made.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(made)


def saved(made) -> bytes:
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def changed(content: bytes, name: str = "", change: Callable[[str], str] | None = None, **more: bytes) -> bytes:
    """The same package with one part changed (`change`, on its text) and others added: `changed(form, word__x_bin=b"…")`."""
    file, made = ZipFile(BytesIO(content)), BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as out:
        for each in file.namelist():
            text = file.read(each)
            out.writestr(each, change(text.decode()).encode() if each == name else text)
        for each, data in more.items():
            out.writestr(each.replace("__", "/"), data)
    return made.getvalue()


def with_part(content: bytes, name: str, kind: str, data: bytes = b"x", relation: str = "", target: str = "", mode: str = "") -> bytes:
    """The package with one more part of this kind, and a relation that leads to it (or out of the file)."""
    made = changed(content, "[Content_Types].xml",
                   lambda text: text.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')) if name else content
    if relation:
        line = (f'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}" '
                f'Target="{target or name.removeprefix("word/")}"{f" TargetMode={chr(34)}{mode}{chr(34)}" if mode else ""}/></Relationships>')
        made = changed(made, "word/_rels/document.xml.rels", lambda text: text.replace("</Relationships>", line))
    return changed(made, **{name.replace("/", "__"): data}) if name else made


def with_body(content: bytes, xml: str) -> bytes:
    """The form with this at the beginning of its body."""
    return changed(content, "word/document.xml", lambda text: text.replace("<w:body>", f"<w:body>{xml}", 1))


TABLE = document("{{ 件名 }}", tables=[
    [["日時", "{{ 日時 }}"], ["場所", "{{ 場所 }}"]],
    [["何を", "誰が", "いつまでに"], ["{%tr for 役割 in 役割分担 %}", "", ""], ["{{ 役割.何を }}", "{{ 役割.誰が }}", "{{ 役割.いつまでに }}"], ["{%tr endfor %}", "", ""]]])
LETTER = document(
    "{{ held }}に開いた{{ 庁名 }}の会議について、次のとおり報告します。", "記", "{%p for 決定 in 決定事項 %}", "（{{ loop.index }}）{{ 決定.内容 }}", "{%p else %}", "決定事項はない。",
    "{%p endfor %}", "次回　{{ 次回 | なければ(\"未定\") }}{% if 保存年限 == \"5年\" %}（5年保存）{% endif %}", "以上")
NESTED = document(
    "｛｛　件名　｝｝", "{% for 件 in 案件 %}", "案件{{ 件.番号 }}　{{ 件.整理番号 }}", "{%p if 件.役割分担 %}", "{%p for 役割 in 件.役割分担 %}", "{{ 役割.番号 }}　{{ 役割.何を }} ― {{ 役割.誰が }}",
    "{%p endfor %}", "{%p else %}", "役割はない。", "{%p endif %}", "{% endfor %}", "出席　{{ 出席者 | 件数 }}名")
