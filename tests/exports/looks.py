"""How the standard layout looks on paper, as numbers: where headings and columns stand, and how dark each part of a page is.

    python -m tests.exports.looks

writes the reference (looks.json) anew, after a change that is meant; look at the pages first. Fonts differ from machine to
machine, so that positions are compared with some tolerance, and darkness only where the same fonts drew the reference.
"""

from __future__ import annotations

from collections.abc import Iterable
import json
from pathlib import Path
import re
import subprocess
from tempfile import TemporaryDirectory

from lxml import etree

from exports import word
from exports.blocks import Heading, Table, lay_out
from tests.exports.samples import one_case, two_cases

REFERENCE = Path(__file__).with_name("looks.json")
SAMPLES = (one_case, two_cases)
COLUMNS, ROWS = 14, 20  # fields of a page, about 15 mm each way
XHTML = "{http://www.w3.org/1999/xhtml}"


def convert(folder: Path) -> None:
    """Every .docx of the folder as a PDF beside it, by one start of LibreOffice."""
    # its own profile, so that a LibreOffice already open is left alone
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(map(str, folder.glob("*.docx")))
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def looks(pdf: Path, minutes) -> dict:
    """Pages, margins, places of headings and of column heads (in points), fonts, and the darkness of each page."""
    pages = [_lines(page) for page in etree.fromstring(_output("pdftotext", "-bbox-layout", pdf, "-")).iter(f"{XHTML}page")]
    blocks = list(lay_out(minutes))
    headings = [each.text for each in blocks if isinstance(each, Heading)]
    heads = [each.head for each in blocks if isinstance(each, Table)]
    edges = [box for page in pages for _text, *box in page]
    return {
        "pages": len(pages),
        "left": round(min(box[0] for box in edges)), "right": round(max(box[2] for box in edges)),
        "headings": list(_headings(pages, headings)),
        "columns": list(_columns(pages, heads)),
        "fonts": sorted(re.findall(r"^(?:[A-Z]{6}\+)?(\S+)", _output("pdffonts", pdf).decode(), re.M)[2:]),
        "darkness": [_darkness(pdf, number) for number in range(1, len(pages) + 1)],
    }


def drawn(folder: Path) -> dict[str, dict]:
    """The looks of the samples whose PDFs lie in the folder."""
    return {sample.__name__: looks(folder / f"{sample.__name__}.pdf", sample()) for sample in SAMPLES}


def _lines(page) -> list[tuple]:
    """(text without spaces, left, top, right, bottom) of every word, in reading order."""
    return [("".join(word.text.split()), *(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))) for word in page.iter(f"{XHTML}word")]


def _headings(pages, headings: Iterable[str]):
    """[text, page, left, top] of each heading, each sought below the one before it; its number stands on its left."""
    words = sorted((number, top, left, text) for number, page in enumerate(pages, 1) for text, left, top, *_rest in page)
    at = 0
    for heading in headings:
        begins = re.split("[\u3000 (・0-9]", heading)[0]
        found = next((place for place in range(at, len(words)) if words[place][3].startswith(begins) and _numbered(words, place)), None)
        if found is not None:
            at = found + 1
            number, top, left, _text = words[found]
            yield [heading, number, round(left), round(top)]


def _numbered(words, place: int) -> bool:
    number, top, left, _text = words[place]
    return any(page == number and abs(y - top) < 3 and x < left and re.fullmatch("第?[0-9]+", text) for page, y, x, text in words)


def _columns(pages, heads: Iterable[tuple[str, ...]]):
    """[texts, middle of each] for each table's head line, where every column's head stands on one line."""
    words = [each for page in pages for each in page]
    for head in heads:
        for place in range(len(words) - len(head) + 1):
            line = words[place:place + len(head)]
            if [each[0] for each in line] == ["".join(each.split()) for each in head]:
                yield ["|".join(head), [round((each[1] + each[3]) / 2) for each in line]]
                break


def _darkness(pdf: Path, page: int) -> str:
    """A letter per field of the page, row by row: "a" for white to "z" for black."""
    header, pixels = re.match(rb"(P5\s+\d+\s+\d+\s+\d+\s)(.*)", _output("pdftoppm", "-r", "40", "-gray", "-f", page, "-l", page, pdf), re.S).groups()
    width, height = map(int, header.split()[1:3])
    fields = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            lines = range(row * height // ROWS, (row + 1) * height // ROWS)
            part = b"".join(pixels[y * width + column * width // COLUMNS:y * width + (column + 1) * width // COLUMNS] for y in lines)
            fields.append(chr(97 + min(25, round((255 - sum(part) / len(part)) / 5))))
    return "".join(fields)


def _output(*command) -> bytes:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=60).stdout


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for sample in SAMPLES:
            Path(folder, f"{sample.__name__}.docx").write_bytes(word.write(sample()))
        convert(Path(folder))
        REFERENCE.write_text(json.dumps(drawn(Path(folder)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
