"""The plain text says what the Word file says."""

from __future__ import annotations

from exports import text
from tests.exports.samples import general, one_case, two_cases


def test_headings_are_counted_as_word_counts_them():
    lines = text.write(two_cases()).splitlines()

    assert "第1 案件1　R08-0007" in lines
    assert "5 決定事項" in lines
    assert "  (1) Aさんの配食を週2回に増やす。" in lines
    assert "  (3) 緊急時は地域包括支援センターが一次連絡先となる。" in lines
    assert "第2 案件2　R08-0012" in lines
    assert lines.count("1 世帯の概要") == 2  # begins anew under each case


def test_it_is_marked_at_the_top_and_sealed_at_the_bottom():
    lines = text.write(one_case()).splitlines()

    assert lines[0] == "取扱注意　R08-支援-0003"
    assert lines[2] == "（確定 第1版）"
    assert lines[-1] == f"照合番号 {one_case().content_hash}"


def test_each_answer_stands_after_its_columns_title():
    row = "何を: ゆるやかな見守り / 誰が: 民生委員 癸谷 / いつまでに: 継続(7月から月2回) / 区分: 協力"

    assert f"  ・ {row} / 確認状況: 未回答" in text.write(one_case()).splitlines()


def test_emptiness_is_said_in_plain_text_too():
    assert "決定事項\n  なし\n" in text.write(general())
