"""Whatever paper the house hands out is a sound Word file that everybody can read. A new door to a paper is tried by itself."""

from __future__ import annotations

from io import BytesIO
import os
from pathlib import Path
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from core.web import WORD
from exports import word
from tests.doors import DOORS, ask, every_rule
from tests.exports.papers import DRAWN
from tests.exports.reading import faults
from tests.exports.samples import one_case
from tests.exports.soundness import barriers, loose_ends
from tests.wide import NOBODY

DATABASES = ["sqlite"]
ROOT = Path(__file__).resolve().parents[2]
PRINT = """
from hashlib import sha256
from tests.exports.papers import DRAWN
for name, write in DRAWN.items():
    print(name, sha256(write()).hexdigest())
"""


def test_every_paper_is_valid_fits_together_and_can_be_listened_to(wide):
    papers = {name: write() for name, write in DRAWN.items()} | behind_doors(wide)
    found = {name: [*faults(paper), *loose_ends(paper), *barriers(paper)] for name, paper in papers.items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert {"minutes.docx", "plans.docx", "letters.docx", "sheets.blank", "household.annex", "consents.blank"} <= set(papers)


def test_another_process_writes_the_same_bytes():
    written = [subprocess.run([sys.executable, "-c", PRINT], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, check=True,
                              capture_output=True, text=True, timeout=60).stdout for seed in ("1", "2")]

    assert written[0] == written[1]
    assert written[0].count("\n") == len(DRAWN)


# -- the proof itself notices ------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("part", "sound", "broken"), [
    ("word/document.xml", '<w:tblLayout w:type="fixed"/>', '<w:tblLayout w:type="firm"/>'),
    ("word/document.xml", "<w:tblGrid>", "<w:tblGrids>"),
    ("word/document.xml", '<w:pPr><w:pStyle w:val="Title"/></w:pPr>', '<w:pPr><w:keepNext/><w:pStyle w:val="Title"/></w:pPr>'),
    ("word/document.xml", "<w:trPr><w:cantSplit/>", "<w:trPr><w:cannotSplit/>"),
    ("word/styles.xml", '<w:lang w:val="ja-JP"', '<w:long w:val="ja-JP"'),
    ("word/numbering.xml", '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="roman numbers"/>'),
])
def test_a_fault_in_the_schema_is_noticed(part, sound, broken):
    assert faults(spoilt(part, sound, broken)) != []


@pytest.mark.parametrize(("part", "sound", "broken"), [
    ("[Content_Types].xml", 'PartName="/word/styles.xml"', 'PartName="/word/style.xml"'),
    ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"'),
    ("word/_rels/document.xml.rels", 'Target="theme/theme1.xml"', 'Target="https://example.jp/" TargetMode="External"'),
    ("word/document.xml", '<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Titel"/>'),
    ("word/styles.xml", '<w:numId w:val="1"/>', '<w:numId w:val="7"/>'),
])
def test_a_loose_end_is_noticed(part, sound, broken):
    assert loose_ends(spoilt(part, sound, broken)) != []


@pytest.mark.parametrize(("part", "sound", "broken"), [
    ("docProps/core.xml", "<dc:title>令和8年度第3回みなも市支援会議 会議録</dc:title>", "<dc:title> </dc:title>"),
    ("word/styles.xml", 'w:eastAsia="ja-JP"', 'w:eastAsia="en-US"'),
    ("word/document.xml", "<w:tblHeader/>", ""),
    ("word/document.xml", '<w:tblLook w:val="0020" w:firstRow="1"/>', ""),
    ("word/document.xml", '<w:tblCaption w:val="出席者"/>', ""),
    ("word/document.xml", '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>'),
    ("word/document.xml", "世帯の概要", ""),
])
def test_a_barrier_is_noticed(part, sound, broken):
    assert barriers(spoilt(part, sound, broken)) != []


def behind_doors(wide) -> dict[str, bytes]:
    """For each door that hands out a Word file, one such file, as somebody who may have it."""
    answers = {rule.endpoint: _opened(wide, rule) for rule in every_rule(wide, "GET") if not rule.rule.endswith(".pdf")}
    return {name: answer.data for name, answer in answers.items() if answer and answer.mimetype == WORD}


def _opened(wide, rule):
    for thing in ("F", "Z", "A"):  # the finished meeting first: it has most to print
        for person in sorted(DOORS[rule.endpoint][thing] - {NOBODY}):
            return ask(wide, person, rule, wide.things[thing])


def spoilt(part: str, sound: str, broken: str) -> bytes:
    """Minutes with `sound` replaced in one part."""
    spoiled = BytesIO()
    with ZipFile(BytesIO(word.write(one_case()))) as package, ZipFile(spoiled, "w", ZIP_DEFLATED) as made:
        for entry in package.infolist():
            content = package.read(entry).decode()
            if entry.filename == part:
                assert sound in content, "there is nothing to spoil"
                content = content.replace(sound, broken)
                if broken.startswith("<w:tblGrids"):
                    content = content.replace("</w:tblGrid>", "</w:tblGrids>")
            made.writestr(entry, content)
    return spoiled.getvalue()
