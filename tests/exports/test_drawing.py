"""A drawing in Word: shapes of its own, words in them, and the whole in words for who cannot see it."""

from docx.oxml.ns import qn

from cases.map import Person, Relation, Tie, draw
from exports import text, word
from exports.blocks import End, Title
from exports.numbers import Numbers
from tests.exports.reading import faults, opened, part

PICTURE = draw([Person(1, "Aさん", "母"), Person(2, "B<さん>&", "長男", True)], [Relation(1, 2, "parent")],
               [Tie(1, "隣の\"C\"さん", "strained"), Tie(None, "保健\x00センター", "cut", True), Tie(2, "店", "strong"), Tie(2, "友", "weak")],
               {"strong": "強い", "household": "同居"}, "世帯図", "Aさん 母\n隣の\"C\"さん & 店")


def paper():
    return word.draw([Title("世帯図", "別紙"), PICTURE, End()], title="世帯図")


def test_a_drawing_is_valid_and_made_of_shapes():
    assert faults(paper()) == []
    shapes = list(opened(paper()).element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"))
    assert len(shapes) == len(PICTURE.boxes) + len(PICTURE.strokes) + 1


def test_a_drawing_says_in_words_what_it_shows():
    alt = next(opened(paper()).element.body.iter(qn("wp:docPr")))
    assert (alt.get("name"), alt.get("descr")) == ("世帯図", 'Aさん 母 隣の"C"さん & 店')
    assert list(text._lines(PICTURE, Numbers())) == ['  Aさん 母\n    隣の"C"さん & 店']


def test_a_high_drawing_still_fits_on_its_page():
    tower = draw([Person(key, f"{key}さん") for key in range(12)], [Relation(key, key + 1, "parent") for key in range(11)], [], {})
    extent = next(opened(word.draw([tower], title="")).element.body.iter(qn("wp:extent")))
    assert int(extent.get("cy")) <= 220 * 36000  # millimetres in EMU


def test_fonts_of_a_drawing_stand_in_the_styles_too():
    assert "w:rFonts" not in part(paper(), "word/document.xml")
