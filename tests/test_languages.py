"""Everything a person reads is said in both languages: nothing is left out, left over, or written past the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
import re

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
import jinja2
import pytest

from core import languages

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "later": None, "ngettext": (1, 2)}  # as in the command that babel.cfg names
READ_ALOUD = {"aria-label", "alt", "placeholder", "title", "data-confirm"}  # attributes that people see or hear
SAME_EVERYWHERE = {"Word"}  # names that stay as they are in every language
HOLE = re.compile(r"%\(\w+\)[a-z]|%%")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:['’][a-z]+)?")
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
CSS = re.compile(r"[a-z]+--[a-z]+")  # a class name standing alone in a {% block %}
SAID = {"flash", "Refused", "ValidationError"}  # whose first argument a person reads

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = sorted(path for path in ROOT.rglob("*.py") if not {"tests", ".venv", "build", "data"} & set(path.relative_to(ROOT).parts))


@pytest.fixture(scope="module")
def messages() -> set:
    """Every message in the code and the templates; a plural stands as its two forms."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    return {each[2] if isinstance(each[2], str) else tuple(each[2])
            for each in extract_from_dir(str(ROOT), methods, options, keywords=KEYWORDS)}


@pytest.fixture(scope="module")
def japanese():
    with (ROOT / "translations/ja/messages.po").open("rb") as file:
        return read_po(file, locale="ja")


def test_everything_is_said_in_japanese(messages, japanese):
    said = {each.id for each in japanese if all(_forms(each.string)) and not each.fuzzy}
    assert not sorted(map(str, messages - said))


def test_nothing_is_left_over_in_the_catalogue(messages, japanese):
    assert not japanese.obsolete
    assert not sorted(str(each.id) for each in japanese if each.id and each.id not in messages)


def test_the_japanese_fills_the_same_holes(japanese):
    for message in japanese:
        if message.id:
            wanted = set(HOLE.findall("".join(_forms(message.id))))
            assert all(set(HOLE.findall(form)) == wanted for form in _forms(message.string)), message.id


def test_a_count_has_one_japanese_form(japanese):
    assert japanese.num_plurals == 1
    assert all(len(message.string) == 1 for message in japanese if message.pluralizable)


def test_the_pages_speak_the_catalogue(japanese):
    with languages.speaking("ja"):
        assert languages._("Save") == japanese["Save"].string != "Save"
        assert languages.ngettext("%(num)s person at the table", "%(num)s people at the table", 3) == "参加者3名"
    with languages.speaking("en"):
        assert languages._("Save") == "Save"
        assert languages.ngettext("%(num)s person at the table", "%(num)s people at the table", 1) == "1 person at the table"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_past_the_catalogue(path, messages):
    source = path.read_text("utf-8")
    texts = list(_texts(source))
    assert not [text for text in texts if _english(text)]
    assert not [text for text in _literals(source) if re.match(r"[A-Z][a-z]+[ ,.]", text) and not _known(text, messages)]
    if not _paper(source):
        assert not [text for text in [*texts, *_literals(source)] if JAPANESE.search(text) and not _known(text, messages)]


def test_what_is_said_past_the_catalogue_is_found():
    """The check itself: it sees text, attributes and literals, and lets names, code and the answers of `_` pass."""
    source = '<p class="two words">{{ _("Not this") }} but this</p><img alt="and this" src="x y">{# not this #}<b>Word</b>'
    assert [text for text in _texts(source) if _english(text)] == ["but this", "and this"]
    assert list(_literals("{{ 'one' if _('two') else 3 }}{% set four = 'five' %}")) == ["one", "two", "five"]
    assert _paper('<article class="paper" lang="ja">') and not _paper('<div><p lang="ja">')


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_door_answers_in_the_language_of_its_visitor(path):
    said = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call) and node.args
            and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAID]
    assert not [f"{path.name}:{call.lineno}" for call in said if isinstance(call.args[0], ast.Constant | ast.JoinedStr)]


def _forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _known(text: str, messages: set) -> bool:
    return any(text in _forms(message) for message in messages)


def _english(text: str) -> bool:
    return bool(ENGLISH.search(text)) and text not in SAME_EVERYWHERE and not CSS.fullmatch(text)


def _paper(source: str) -> bool:
    """Whether the whole template is a Japanese document."""
    return 'lang="ja"' in source.partition(">")[0]


def _literals(source: str) -> Iterator[str]:
    """The words in quotes between {{ }} and {% %}."""
    for _line, kind, value in jinja2.Environment().lex(source):
        if kind == "string":
            yield ast.literal_eval(value)


def _texts(source: str) -> Iterator[str]:
    """What stands on the page by itself: text, and attributes that are shown or read aloud."""
    plain = []
    for _line, kind, value in jinja2.Environment().lex(source):
        if kind == "data":
            plain.append(value)
        elif kind == "variable_begin":
            plain.append("\x00")  # something will stand here
    page = _Page()
    page.feed("".join(plain))
    page.close()
    for text in page.texts:
        yield from (each.strip() for each in text.split("\x00") if each.strip())


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.texts += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_data(self, data):
        self.texts.append(data)
