"""The pages as LibreOffice draws them: what reaches the paper, and how many sheets it takes."""

from __future__ import annotations

import json
from pathlib import Path
import shutil
import subprocess

import pytest

from exports import word
from tests.exports.looks import REFERENCE, convert, drawn
from tests.exports.samples import long_meeting, one_case, two_cases

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) and poppler (pdftotext) were not found: the pages were not drawn",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Each sample as a PDF, all drawn by one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("pages")
    for sample in (one_case, two_cases, long_meeting):
        (folder / f"{sample.__name__}.docx").write_bytes(word.write(sample()))
    convert(folder)
    return folder


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, list[str]]:
    """The words of each page of each sample."""
    return {pdf.stem: _words(pdf) for pdf in folder.glob("*.pdf")}


@needs_libreoffice
@pytest.mark.parametrize(
    ("sample", "least", "most"), [("one_case", 2, 4), ("two_cases", 4, 6), ("long_meeting", 4, 8)]
)
def test_the_paper_takes_the_expected_number_of_pages(pages, sample, least, most):
    assert least <= len(pages[sample]) <= most  # fonts differ from machine to machine


@needs_libreoffice
def test_every_page_carries_mark_reference_and_page_number(pages):
    for number, page in enumerate(pages["long_meeting"], 1):
        assert "取扱注意" in page
        assert "R08-支援-0003" in page
        assert f"{number}/{len(pages['long_meeting'])}" in page.replace(" ", "")


@needs_libreoffice
def test_the_head_of_the_roles_returns_on_every_page_they_reach(pages):
    reached = [page for page in pages["long_meeting"] if "ゆるやかな見守り" in page]

    assert len(reached) >= 2
    assert all("いつまでに" in page for page in reached)


@needs_libreoffice
def test_the_closing_word_never_stands_alone(pages):
    for printed in pages.values():
        assert "以上" in printed[-1]
        assert "保存年限" in printed[-1]


@needs_libreoffice
def test_the_standard_layout_looks_as_it_did(folder):
    """Where a change is meant: look at the pages, then `python -m tests.exports.looks`."""
    reference, now = json.loads(REFERENCE.read_text(encoding="utf-8")), drawn(folder)

    for sample, before in reference.items():
        after = now[sample]
        assert abs(after["left"] - before["left"]) <= 4 and abs(after["right"] - before["right"]) <= 6, sample
        assert [text for text, *_where in after["headings"]] == [text for text, *_where in before["headings"]]
        for (text, page, left, top), (_text, page_now, left_now, top_now) in zip(before["headings"], after["headings"], strict=True):
            assert abs(left_now - left) <= 6, text
            assert after["fonts"] != before["fonts"] or (page_now == page and abs(top_now - top) <= 6), text
        for (text, middles), (text_now, middles_now) in zip(before["columns"], after["columns"], strict=True):
            assert text_now == text
            assert all(abs(one - other) <= 6 for one, other in zip(middles, middles_now, strict=True)), text
        if after["fonts"] == before["fonts"]:
            assert after["pages"] == before["pages"]
            for place, (one, other) in enumerate(zip(before["darkness"], after["darkness"], strict=True), 1):
                assert sum(abs(ord(a) - ord(b)) for a, b in zip(one, other, strict=True)) / len(one) <= 0.5, f"{sample}, page {place}"


def _words(pdf: Path) -> list[str]:
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
    )
    return printed.stdout.decode().split("\f")[:-1]
