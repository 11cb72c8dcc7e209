"""Any other paper of the house is drawn from the same blocks as the 会議録."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from exports import word
from exports.blocks import Line, Text, Title


def test_a_letter_has_its_date_on_the_right_and_its_addressee_on_the_left():
    letter = Document(io.BytesIO(word.draw([Line("令和8年7月8日", "right"), Line("みなも保健所長 様"), Title("出席依頼", ""), Text("お願いします。")],
                                           title="出席依頼", mark="取扱注意", reference="R08-支援-0003")))
    sides = {each.text: each.alignment for each in letter.paragraphs}

    assert sides["令和8年7月8日"] == WD_ALIGN_PARAGRAPH.RIGHT
    assert sides["みなも保健所長 様"] == WD_ALIGN_PARAGRAPH.LEFT
    assert letter.core_properties.title == "出席依頼"
    assert "R08-支援-0003" in letter.sections[0].first_page_header.paragraphs[0].text
