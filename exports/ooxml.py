"""The few WordprocessingML elements a 会議録 needs, written as strings.

Strings, because a table of a thousand rows built through an object model costs ten to a
hundred times as much, and because what stands here is short enough to be read against
ISO/IEC 29500. Every text goes through `printable`, so that nothing typed into a form can
break the file. Formatting lives in the styles (`exports/styles.py`), never on a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
import re

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# A row kept whole must fit on one page, even in the narrowest column; beyond this it may break.
LONGEST_WHOLE_TEXT = 160
MOST_WHOLE_LINES = 40

_LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n(?:[ \t\u3000]*\n){2,}")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Controls and non-characters that XML 1.0 cannot hold or advises against, and the invisible
# overrides of the writing direction, which would let a line read otherwise than it was recorded.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

_RUN, _END_RUN = '<w:r><w:t xml:space="preserve">', "</w:t></w:r>"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def printable(text: str) -> str:
    r"""The text as it can stand on paper: every kind of line break as "\n", tabs kept, controls dropped.

    Several blank lines in a row become one: they say nothing, and LibreOffice takes minutes and
    hundreds of pages over a table row with a hundred of them.
    Halves of a surrogate pair that stand together become their character; a half left alone
    becomes U+FFFD, so that the reader sees that something was there. Never raises.
    """
    text = _LINE_BREAKS.sub("\n", text)
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _BLANK_LINES.sub("\n\n", _UNPRINTABLE.sub("", text))


def line(text: str) -> str:
    """The text as escaped XML on a single line, for headers, footers and properties."""
    return " ".join(printable(text).split()).translate(_ESCAPES)


def quoted(text: str) -> str:
    """The text on a single line as the value of an attribute."""
    return line(text).replace('"', "&quot;")


def run(text: str) -> str:
    """A run of text; line breaks become `w:br`, tabs `w:tab`. An empty text gives no run."""
    if not text:
        return ""
    if _SPECIAL.search(text):
        text = printable(text).translate(_ESCAPES).replace("\n", _BREAK).replace("\t", _TAB)
    return _RUN + text + _END_RUN


def paragraph(style: str, text: str, properties: str = "") -> str:
    """A paragraph in the style with that id; `properties` are further elements of its `w:pPr`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run(text)}</w:p>'


Row = tuple[str, ...]


def table(caption: str, widths: tuple[int, ...], head: Row, rows: Iterable[Row], leads: bool = False, numbers: Collection[int] = ()) -> str:
    """A table with a head that returns on every page, and the room below it.

    Widths in twips, one per column. A table that leads stays on the page of what follows. `numbers` are the columns set to the right.
    """
    keep = _KEEP if leads else ""
    top = _row([_cell(width, "CellHead", _SHADE) for width in widths])
    row = _row([_cell(width, "Cell", "", f"{keep}{_RIGHT}" if place in numbers else keep) for place, width in enumerate(widths)])
    body = "".join([_opening(texts) + row % tuple(map(run, texts)) for texts in rows])
    opening = _open_table(caption, f"1行目が見出しの表。列は、{'、'.join(head)}。", widths, _HEAD_ABOVE)
    return f"{opening}{_HEAD_ROW}{top % tuple(map(run, head))}{body}</w:tbl>{_gap(keep)}"


def pairs(caption: str, widths: tuple[int, int], rows: tuple[tuple[str, str], ...]) -> str:
    """A table of labels and answers that stays on one page where it can, and the room below it.

    Widths in twips.
    """
    held = _row([_cell(widths[0], "CellLabel", _SHADE, _KEEP), _cell(widths[1], "Cell", "", _KEEP)])
    last = _row([_cell(widths[0], "CellLabel", _SHADE), _cell(widths[1], "Cell")])
    forms = [held] * (len(rows) - 1) + [last]
    body = [_opening(texts) + form % tuple(map(run, texts)) for form, texts in zip(forms, rows, strict=False)]
    opening = _open_table(caption, "左の列が項目、右の列がその内容の表。", widths, _HEAD_LEFT)
    return f"{opening}{''.join(body)}</w:tbl>{_gap()}"


def captioned(number: int, text: str) -> str:
    """表1　出席者 above a table, numbered by a field, so that Word can make a list of tables and counts anew after changes."""
    field = rf'<w:fldSimple w:instr=" SEQ 表 \* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{run("表")}{field}{run(f"　{text}")}</w:p>'


def approval(title: str, labels: tuple[str, ...], width: int) -> str:
    """The box for seals (決裁欄, 供覧欄) at the right of the first page: its title at the left, a cell for each label.

    Widths in twips; `labels` may be empty, then the box has one cell without a name.
    """
    labels = labels or ("",)
    seal = min(1100, (width - 450) // len(labels))
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in (450, *[seal] * len(labels)))
    cell = lambda wide, more, text: (  # noqa: E731
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{more}</w:tcPr><w:p><w:pPr><w:pStyle w:val="CellHead"/></w:pPr>{run(text)}</w:p></w:tc>')
    top = cell(450, '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>', "\n".join(title)) + "".join(cell(seal, "", each) for each in labels)
    below = cell(450, "<w:vMerge/>", "") + "".join(cell(seal, "", "") for _each in labels)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{450 + seal * len(labels)}" w:type="dxa"/><w:jc w:val="right"/>'
        f'<w:tblLayout w:type="fixed"/>{_HEAD_ABOVE}<w:tblCaption w:val="{quoted(title)}"/>'
        f'<w:tblDescription w:val="押印又は署名をする欄。"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{top}</w:tr>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="1000" w:hRule="exact"/></w:trPr>{below}</w:tr></w:tbl>{_gap()}'
    )


_KEEP = "<w:keepNext/>"
_RIGHT = '<w:jc w:val="right"/>'
_HEAD_ABOVE = '<w:tblLook w:val="0020" w:firstRow="1"/>'  # Word before 2010 reads the value, later ones the name
_HEAD_LEFT = '<w:tblLook w:val="0080" w:firstColumn="1"/>'
_END_CELL = "</w:p></w:tc>"
_HEAD_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def _gap(keep: str = "") -> str:
    # Word joins two tables that touch, and wants a paragraph after the last: here is one of six points
    exact = '<w:snapToGrid w:val="0"/><w:spacing w:line="120" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{keep}{exact}</w:pPr></w:p>"


def _open_table(caption: str, description: str, widths: tuple[int, ...], heads: str) -> str:
    # A screen reader reads caption and description aloud, and learns from w:tblLook which cells are heads.
    # LibreOffice follows tblGrid only, Word the cells: both are told, and told not to adjust.
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{heads}<w:tblCaption w:val="{quoted(caption)}"/>'
        f'<w:tblDescription w:val="{quoted(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _cell(width: int, style: str, shade: str = "", keep: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
    )


def _row(cells: list[str]) -> str:
    """The form of a row, to be opened and filled with one run per cell: made once for a table of a thousand rows."""
    return "".join([f"{cell}%s{_END_CELL}" for cell in cells]) + "</w:tr>"


def _opening(texts: Row) -> str:
    return _WHOLE_ROW if _short(texts) else "<w:tr>"


def _short(texts: Row) -> bool:
    longest = max(map(len, texts))
    if longest < MOST_WHOLE_LINES:  # the usual case, settled without looking into the text
        return True
    else:
        return longest < LONGEST_WHOLE_TEXT and all(text.count("\n") < MOST_WHOLE_LINES for text in texts)
