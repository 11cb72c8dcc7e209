"""How the paper looks: sizes, margins and typefaces of a 会議録."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True)
class Layout:
    """The page and its type; lengths in millimetres, type sizes in points.

    The defaults follow what municipal document rules ask for: A4 portrait written from left
    to right, a wider left margin for the binder's holes, ＭＳ 明朝 for the text and
    ＭＳ ゴシック for headings, 40 lines to a page. Fonts are named, not embedded: an
    office that prefers BIZ UD明朝 or 游明朝 passes its own `Layout`.
    """

    body_font: str = "ＭＳ 明朝"
    heading_font: str = "ＭＳ ゴシック"
    body_size: float = 10.5
    table_size: float = 9
    width: float = 210
    height: float = 297
    left: float = 30
    right: float = 20
    top: float = 25
    bottom: float = 25
    header: float = 12
    footer: float = 12
    lines: int = 40  # to a page
    characters: int = 0  # to a line, each in a cell of its own; 0: as the type falls
    numbering: str = "dai"  # by its key in exports/numbers.py
    comma: str = "、"  # or ，: between the words we print; what people said stays as they wrote it
    box_title: str = ""  # 決裁 or 供覧: a box for the seals on the first page; "" for none
    box_labels: tuple[str, ...] = ()  # 課長, 係長, 担当
    header_text: str = ""
    footer_text: str = ""
    logo: bytes = b""  # PNG or JPEG, 10 mm high above the first page
    logo_words: str = ""  # what the logo shows, for those who cannot see it
    annexes: bool = False  # those present and the roles stand at the end, as 別紙
    captions: bool = True  # 表1, 表2 … above the tables of minutes

    @property
    def text_width(self) -> int:
        """The width between the margins, in twentieths of a point (twips)."""
        return round((self.width - self.left - self.right) * TWIPS_PER_MM)

    @property
    def line_pitch(self) -> int:
        """The distance from line to line on the grid, in twips."""
        return int((self.height - self.top - self.bottom) * TWIPS_PER_MM / self.lines)

    @property
    def character(self) -> int:
        """One character of the text in twips: each level of numbers stands one deeper."""
        return round(self.body_size * 20)

    @property
    def character_space(self) -> int:
        """What stands between two characters so that so many fill a line, in twips; negative where they stand closer.

        Not Word's grid of characters (`linesAndChars`): LibreOffice would put each digit and bracket into a cell of its own.
        """
        return self.text_width // self.characters - self.character if self.characters else 0

    def columns(self, shares: tuple[int, ...]) -> tuple[int, ...]:
        """Column widths in twips for a table as wide as the text, in proportion to `shares`."""
        edges = [round(self.text_width * sum(shares[:i]) / sum(shares)) for i in range(len(shares) + 1)]
        return tuple(end - start for start, end in pairwise(edges))


STANDARD = Layout()


def wide(number: int) -> str:
    """A number as official letters count their points: １ alone in full width, 12 as it is."""
    return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}) if number < 10 else str(number)
