"""The Markdown says what the Word file says, and nothing that was typed becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given, settings, strategies as st
import markdown as reader
import pytest

from exports import markdown
from exports.blocks import Item, Pairs, Quote, Table, Text
from exports.ooxml import printable
from tests.exports.samples import one_case, two_cases

markdown_it = pytest.importorskip("markdown_it")
TRICKY = st.text(st.sampled_from("#*_`[]()<>!&|~$^:\\-+=1. \n\t\"'/wあ　"), min_size=1, max_size=20)
OURS = {"p", "ul", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "br"}


def test_the_paper_has_its_headings_lists_and_tables():
    lines = markdown.write(one_case()).splitlines()

    assert lines[0] == "取扱注意　R08-支援-0003"
    assert lines[2].startswith("# 令和8年度第3回")
    assert "### 2 決定事項" in lines or "### 5 決定事項" in lines
    assert "| 何を | 誰が | いつまでに | 区分 | 確認状況 |" in lines
    assert lines[-1] == f"照合番号 {one_case().content_hash}"
    assert markdown.write(two_cases()).count("\n## 第") >= 2


@pytest.mark.parametrize(("typed", "kept"), [
    ("# 見出し", r"\# 見出し"), ("- 箇条", r"\- 箇条"), ("1. 番号", r"1\. 番号"), ("**太字**", r"\*\*太字\*\*"),
    ("<script>", "&lt;script&gt;"), ("[ここ](http://x.jp)", r"\[ここ\](http&#58;//x.jp)"), ("a|b", "a&#124;b"), ("14:00", "14:00")])
def test_what_is_typed_stays_text(typed, kept):
    assert markdown.draw([Text(typed)]) == f"{kept}\n"


@settings(max_examples=50, deadline=None)
@given(TRICKY)
@example("<b>x</b>\n    code\n---\n===\n> q\n1) n\n+ p\n```\n|a|b|\n|-|-|\n[^1]: x\n![](http://x)\n\\<i>")
def test_a_reader_of_markdown_finds_the_words_and_no_markup_of_theirs(typed):
    words = "".join(printable(typed).split())
    for block in (Text(typed), Item(typed), Quote(typed), Pairs("表", (("項目", typed),)), Table("表", (1, 1), ("甲", "乙"), ((typed, "丙"),))):
        made = markdown.draw([block])
        for shown in (reader.markdown(made, extensions=["tables"]), markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table").render(made)):
            page = _Page(shown)
            assert page.tags <= OURS, shown
            assert words in "".join(page.words.split()), shown


class _Page(HTMLParser):
    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = set(), ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.tags.add("comment")
