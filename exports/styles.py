"""The styles, numbering and settings of a 会議録, as WordprocessingML.

Written out because python-docx has no words for half of them: `w:eastAsia` fonts, the line
grid, outline levels, a multi-level list. A Japanese glyph follows `w:eastAsia`; a font named
for ascii only would silently give another typeface. Style names are what a clerk sees in
Word's style pane, so ours are Japanese; Word's own keep their built-in names, which is how
the navigation pane and screen readers know a heading.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from .layout import Layout
from .numbers import SCHEMES
from .ooxml import NAMESPACE

# Between 漢字 and digits Word would add a quarter of a character; 公用文 sets 令和8年 tight.
_TIGHT = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def styles(layout: Layout) -> str:
    """The whole of `word/styles.xml`."""
    inside = _defaults(layout) + _paragraphs(layout) + _characters(layout) + _tables()
    return f'<w:styles xmlns:w="{NAMESPACE}">{inside}</w:styles>'


# the style whose paragraphs each level of the list counts; the last two are for whoever goes on writing in Word
COUNTED = ("Heading1", "Heading2", "ListNumber", "ListNumber2", "ListNumber3")
INDENTS = ((3, 3), (3, 2), (5, 3), (6, 2), (8, 3))  # left and hanging, in characters


def numbering(layout: Layout) -> str:
    """The whole of `word/numbering.xml`: 第1 → 1 → (1) → ア → (ア) as one list, and the dot as another.

    One list, so that 1 begins anew under each 第, and (1) under each 1, without a mark in the body.
    """
    one = layout.character
    scheme = enumerate(zip(SCHEMES[layout.numbering], COUNTED, INDENTS))
    levels = "".join(_level(level, kind, form.format(f"%{level + 1}"), style, left * one, hanging * one)
                     for level, ((kind, form), style, (left, hanging)) in scheme)
    dots = _level(0, "bullet", "・", "ListBullet", 4 * one, one, follow="nothing")
    return (
        f'<w:numbering xmlns:w="{NAMESPACE}">'
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{dots}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def settings() -> str:
    """The whole of `word/settings.xml`: Japanese line breaking, and no compatibility mode in today's Word."""
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        # a justified line that ends in a typed line break must not be spread over the whole width
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )


def fonts(layout: Layout) -> str:
    """The whole of `word/fontTable.xml`: a computer without these fonts takes another Japanese one."""
    japanese = '<w:charset w:val="80"/><w:family w:val="auto"/>'
    names = dict.fromkeys((layout.body_font, layout.heading_font))
    table = "".join(f"<w:font w:name={quoteattr(name)}>{japanese}</w:font>" for name in names)
    return f'{DECLARATION}<w:fonts xmlns:w="{NAMESPACE}">{table}</w:fonts>'


def _defaults(layout: Layout) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(layout.body_font)}{_size(layout.body_size)}"
        '<w:lang w:val="ja-JP" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_TIGHT}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _paragraphs(layout: Layout) -> str:
    gothic = _font(layout.heading_font)
    small = _size(layout.table_size)
    deep = f'<w:ind w:left="{3 * layout.character}"/>'
    apart = f'<w:spacing w:val="{layout.character_space}"/>' if layout.character_space else ""
    return "".join(
        [
            _style("Normal", "Normal", f'<w:widowControl/>{_TIGHT}<w:jc w:val="both"/>', base=""),
            _style(
                "Title",
                "Title",
                f'<w:keepNext/><w:snapToGrid w:val="0"/>{_gap(120, 60)}<w:jc w:val="center"/>',
                gothic + _size(15),
            ),
            _style("Subtitle", "Subtitle", f'<w:keepNext/>{_gap(0, 160)}<w:jc w:val="center"/>', gothic),
            _style("Heading1", "heading 1", _heading(0, _rule("bottom"), 320, 100), gothic + _size(12)),
            _style("Heading2", "heading 2", _heading(1, "", 180, 40), gothic),
            _style("Annex", "会議録 別紙", f'<w:keepNext/><w:keepLines/><w:pageBreakBefore/>{_gap(0, 160)}<w:jc w:val="left"/>'
                   '<w:outlineLvl w:val="0"/>', gothic + _size(12)),
            _style("Caption", "caption", f'<w:keepNext/><w:snapToGrid w:val="0"/>{_gap(60, 20)}<w:jc w:val="left"/>', gothic + small),
            _style("BodyText", "Body Text", deep, apart),
            _style("Line", "会議録 行", "", apart),
            _style("Drawn", "会議録 図の文字", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', gothic),
            _style("Point", "会議録 記の項目", _point(layout), apart),
            _style("ListNumber", "List Number", _list(1, 2), apart),
            _style("ListNumber2", "List Number 2", _list(1, 3), apart),
            _style("ListNumber3", "List Number 3", _list(1, 4), apart),
            _style("ListBullet", "List Bullet", _list(2, 0), apart),
            _style("Note", "会議録 注", f"<w:keepNext/>{deep}", small),
            _style("OwnWords", "会議録 本人の言葉", _rule("left") + deep, apart),
            _style(
                "Cell", "会議録 表", f'<w:snapToGrid w:val="0"/>{_gap(30, 30)}<w:jc w:val="left"/>', small
            ),
            _style(
                "CellHead", "会議録 表の見出し", '<w:keepNext/><w:jc w:val="center"/>', gothic, base="Cell"
            ),
            _style("CellLabel", "会議録 表の項目", "", gothic, base="Cell"),
            _style("Closing", "Closing", f'{_gap(160, 0)}<w:jc w:val="right"/>'),
            _style("Header", "header", _margin_line(layout), _size(9)),
            _style("Footer", "footer", _margin_line(layout), _size(9)),
        ]
    )


def _characters(layout: Layout) -> str:
    gothic = _font(layout.heading_font)
    frame = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    opening = '<w:style w:type="character" w:customStyle="1"'
    return (
        f'{opening} w:styleId="Mark"><w:name w:val="会議録 取扱注意"/>'
        f"<w:rPr>{gothic}{_size(14)}{frame}</w:rPr></w:style>"
        f'{opening} w:styleId="Marked"><w:name w:val="会議録 取扱注意(欄外)"/>'
        f"<w:rPr>{gothic}</w:rPr></w:style>"
    )


def _tables() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>'
    )


def _style(ident: str, name: str, paragraph: str = "", text: str = "", base: str = "Normal") -> str:
    default = "" if base else ' w:default="1"'
    custom = ' w:customStyle="1"' if not name.isascii() else ""
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{ident}"><w:name w:val="{name}"/>{parent}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _font(name: str) -> str:
    value = quoteattr(name)
    return f"<w:rFonts w:ascii={value} w:eastAsia={value} w:hAnsi={value} w:cs={value}/>"


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _gap(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _rule(side: str) -> str:
    away = 1 if side == "bottom" else 6
    return f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="{away}" w:color="auto"/></w:pBdr>'


def _heading(level: int, rule: str, before: int, after: int) -> str:
    return (
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        f'{rule}{_gap(before, after)}<w:jc w:val="left"/><w:outlineLvl w:val="{level}"/>'
    )


def _point(layout: Layout) -> str:
    # number, label of up to eight characters, then the text, whose further lines stay under its first
    deep = 11 * layout.character
    return f'<w:tabs><w:tab w:val="left" w:pos="{deep}"/></w:tabs><w:ind w:left="{deep}" w:hanging="{deep}"/><w:jc w:val="left"/>'


def _list(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _margin_line(layout: Layout) -> str:
    middle, end = layout.text_width // 2, layout.text_width
    return (
        f'<w:tabs><w:tab w:val="center" w:pos="{middle}"/><w:tab w:val="right" w:pos="{end}"/></w:tabs>'
        '<w:snapToGrid w:val="0"/><w:jc w:val="left"/>'
    )


def _level(level: int, kind: str, text: str, style: str, left: int, hanging: int, follow: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="{follow}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
