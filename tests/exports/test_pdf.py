"""PDF by the LibreOffice of the server: tagged, nothing left behind, never two at a time, never for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
import os
from pathlib import Path
import re
import tempfile

import pytest

from exports import pdf, word
from exports.blocks import Heading, Table, Text, Title

needs_libreoffice = pytest.mark.skipif(not pdf.available(), reason="LibreOffice (soffice) was not found: no PDF was made")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def paper() -> bytes:
    return word.draw([Title("会議録", "案"), Heading(1, "決定事項"), Text("見守りを続ける。"),
                      Table("役割分担", (1, 1), ("何を", "誰が"), (("見守り", "A機関"),))], "会議録")


@needs_libreoffice
def test_a_paper_becomes_a_tagged_pdf_and_leaves_nothing_behind(paper, own_folder):
    made = pdf.convert(paper)

    assert made.startswith(b"%PDF-") and b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made and re.search(rb"/Lang\s*\(ja-JP\)", made)
    assert [each.suffix for each in own_folder.iterdir()] == [".lock"]


@needs_libreoffice
def test_one_that_takes_too_long_is_ended_and_leaves_nothing_behind(paper, own_folder):
    with pytest.raises(pdf.Failed, match="longer"):
        pdf.convert(paper, seconds=0.05)

    assert [each.suffix for each in own_folder.iterdir()] == [".lock"]


def test_only_one_is_drawn_at_a_time(paper, own_folder, monkeypatch):
    at_once, most = [], []

    def drawn(_program, folder: Path, _seconds):
        at_once.append(folder)
        most.append(len(at_once))
        assert folder.stat().st_mode & 0o077 == 0  # a household's paper is nobody else's to read
        (folder / "paper.pdf").write_bytes(b"%PDF-")
        at_once.remove(folder)

    monkeypatch.setattr(pdf, "_draw", drawn)
    monkeypatch.setattr(pdf, "_soffice", lambda: "soffice")
    with ThreadPoolExecutor(4) as phones:
        assert list(phones.map(pdf.convert, [paper] * 4)) == [b"%PDF-"] * 4
    assert max(most) == 1


def test_who_waits_too_long_is_told_so(paper, monkeypatch):
    monkeypatch.setattr(pdf, "_soffice", lambda: "soffice")
    monkeypatch.setattr(pdf, "WAITING", 0)
    with pdf._one_at_a_time(), pytest.raises(pdf.Busy, match="waiting"):
        pdf.convert(paper)


def test_what_a_killed_run_left_goes_with_the_next(paper, own_folder, monkeypatch):
    left = own_folder / f"{pdf._prefix()}-left"
    left.mkdir()
    (left / "paper.docx").write_bytes(paper)
    monkeypatch.setattr(pdf, "_soffice", lambda: "soffice")
    monkeypatch.setattr(pdf, "_draw", lambda *_: None)

    with pytest.raises(pdf.Failed, match="no PDF"):
        pdf.convert(paper)
    assert not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for LibreOffice")
def test_one_that_is_killed_leaves_nothing_behind_and_the_next_is_drawn(paper, own_folder, monkeypatch):
    program = own_folder / "soffice"
    monkeypatch.setattr(pdf, "_soffice", lambda: str(program))
    for does in ("kill -9 $$", 'while [ "$1" != --outdir ]; do shift; done; printf %%PDF- > "$2/paper.pdf"'):
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o700)
        if does.startswith("kill"):
            with pytest.raises(pdf.Failed, match="no PDF"):
                pdf.convert(paper)
        else:
            assert pdf.convert(paper) == b"%PDF-"
    assert {each.name for each in own_folder.iterdir()} == {"soffice", f"{pdf._prefix()}.lock"}


def test_nobody_waits_long_for_the_papers_of_others():
    assert pdf.WAITING <= 20


def test_a_server_without_libreoffice_says_so(paper, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    monkeypatch.setattr(pdf, "PLACES", ())

    assert not pdf.available()
    with pytest.raises(pdf.NotAvailable):
        pdf.convert(paper)
