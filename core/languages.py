"""Japanese by default, English one click away. English msgids stand in the code, the Japanese in its catalogue."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = {"ja": "日本語", "en": "English"}
_current: ContextVar[str] = ContextVar("language", default="ja")
_FOLDER = Path(__file__).resolve().parent.parent / "translations"


class Catalogue(NullTranslations):
    """A language's messages, read straight from its .po file: nothing to compile, nothing to forget."""

    def __init__(self, language: str):
        super().__init__()
        path = _FOLDER / language / "messages.po"
        self._messages: dict = {}
        if path.exists():
            with path.open("rb") as file:
                self._messages = {each.id: each.string for each in read_po(file, locale=language) if each.id and each.string}

    def gettext(self, message):
        return self._messages.get(message, message)

    def ngettext(self, one, many, count):
        found = self._messages.get((one, many))
        return found[0] if found and found[0] else (one if count == 1 else many)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language code in LANGUAGES; read once a process."""
    return Catalogue(language)


def language() -> str:
    """The language code in use now: "ja" or "en"."""
    return _current.get()


def speak(code: str) -> None:
    """Use this language from here on (in this request); an unknown code means Japanese."""
    _current.set(code if code in LANGUAGES else "ja")


@contextmanager
def speaking(code: str):
    """Use a language for a while: for a letter to somebody who reads another one."""
    token = _current.set(code if code in LANGUAGES else "ja")
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str, **values) -> str:
    """The message in the language in use, with %(name)s filled in."""
    text = catalogue(language()).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, count: int, **values) -> str:
    """The message for a count, in the language in use, with %(num)s and others filled in."""
    return catalogue(language()).ngettext(one, many, count) % {"num": count, **values}


class Later:
    """A message that is put into words when it is shown: for labels written before anyone asks."""

    def __init__(self, message: str):
        self.message = message

    def __str__(self):
        return _(self.message)

    def __html__(self):
        from markupsafe import escape

        return str(escape(str(self)))

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(self.message)


def later(message: str) -> Later:
    """Mark a message for the catalogue and put it into words only when shown."""
    return Later(message)
