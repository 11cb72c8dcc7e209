"""The minutes of a 年度 as one zip, sent while it is written: the database is read a little at a time, nothing stays on a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version as installed
from pathlib import Path
from time import monotonic
import tomllib

from core import clock
from core.database import unit, utcnow
from core.office import office
from exports import word
from exports.layout import Layout
from exports.minutes import Minutes
from meetings.kinds import Kind
from meetings.minutes import file_name
from records import ledger, lists, manifest
from records.manifest import Entry, Head
from records.streams import Stream, fingerprint

BATCH = 25
NEWS = 0.5  # seconds between two words on how far it is


@dataclass(frozen=True)
class Asked:
    """What is to be taken out: which versions (ids in the order of the register), for whom, on which paper."""

    year: int
    kind: str
    superseded: bool
    versions: tuple[int, ...]
    office: str
    by: str
    layout: Layout


@dataclass(frozen=True)
class Document:
    """One final version on its way into the zip."""

    name: str
    folder: str
    reference: str
    number: int
    in_force: bool
    content: str
    hash: str
    at: datetime


def asked(person, year: int, kind: str, superseded: bool, layout: Layout, by: str) -> Asked:
    """What this person may take out of a 年度."""
    here = office()
    return Asked(year, kind, superseded, tuple(ledger.versions(person, year, kind, superseded)), here.name if here else "", by, layout)


def zipped(what: Asked, lines: Callable[[list[int]], bytes], told: Callable[[int, int, str], None]) -> Iterator[bytes]:
    """The zip in pieces. `lines(ids)` gives the register of these versions as a workbook; `told(done, size, manifest)` hears how
    far it is every half second, and at the end once with the hash of the manifest. Memory holds some documents and the manifest."""
    stream, entries, heard = Stream(), [], monotonic()
    for done, document in enumerate(_documents(what.versions), 1):
        for entry, content in _files(stream, document, what.layout):
            entries.append(entry)
            yield stream.add(entry.path, content, document.at)
        if monotonic() - heard > NEWS:
            told(done, stream.size, "")
            heard = monotonic()
    made = clock.local(utcnow())
    head = _head(what, made)
    register = _entry(stream, f"{clock.fiscal_year_code(what.year)}_会議録台帳.xlsx", "ledger", lines(list(what.versions)))
    for entry, content in (register, _entry(stream, manifest.INDEX, "index", manifest.as_text(head, [*entries, register[0]]))):
        entries.append(entry)
        yield stream.add(entry.path, content, made)
    content = manifest.as_json(head, entries)
    yield stream.add(manifest.NAME, content, made)
    yield stream.end()
    told(len(what.versions), stream.size, fingerprint(content))


def zip_name(what: Asked) -> str:
    """R08_会議録_保存用.zip, R08_支援会議_会議録_保存用_旧版を含む.zip."""
    kind = f"_{Kind(what.kind).law_name}" if what.kind else ""
    return f"{clock.fiscal_year_code(what.year)}{kind}_会議録_保存用{'_旧版を含む' if what.superseded else ''}.zip"


def _documents(ids: tuple[int, ...]) -> Iterator[Document]:
    for at in range(0, len(ids), BATCH):
        with unit(read_only=True):  # none stays open while a slow line takes its time
            found = {each.id: _document(each) for each in lists.read(ids[at:at + BATCH], content=True)}
        yield from (found[each] for each in ids[at:at + BATCH] if each in found)


def _document(version) -> Document:
    meeting = version.meeting
    month = clock.local(meeting.starts_at)
    return Document(
        name=file_name(meeting, version), folder=f"{meeting.kind.law_name}/{month:%Y-%m}", reference=meeting.reference, number=version.number,
        in_force=version.reopened_at is None, content=version.content, hash=version.hash, at=clock.local(version.finalised_at))


def _files(stream: Stream, document: Document, layout: Layout) -> Iterator[tuple[Entry, bytes]]:
    said = dict(reference=document.reference, version=document.number, in_force=document.in_force, check=document.hash)
    paper = word.write(Minutes.from_json(document.content), layout)
    yield _entry(stream, f"会議録/{document.folder}/{document.name}", "word", paper, **said)
    yield _entry(stream, f"内容/{document.folder}/{document.name.removesuffix('.docx')}.json", "content", document.content.encode("utf-8", "surrogatepass"), **said)


def _entry(stream: Stream, path: str, what: str, content: bytes, **said) -> tuple[Entry, bytes]:
    return Entry(stream.free(path), what, len(content), fingerprint(content), **said), content


def _head(what: Asked, made: datetime) -> Head:
    return Head(
        office=what.office, year=what.year, year_name=clock.fiscal_year_name(what.year), kind=Kind(what.kind).law_name if what.kind else "",
        versions="all" if what.superseded else "in_force", made_at=made.isoformat(timespec="seconds"),
        made_on=f"{clock.wareki(made.date())} {clock.hours(made.time())}", made_by=what.by, program=f"Kurumaza {_program()}")


@cache
def _program() -> str:
    """The version of this program: of the checkout it runs from, or as it was installed."""
    here = Path(__file__).resolve().parent.parent / "pyproject.toml"
    if here.exists():
        return tomllib.loads(here.read_text(encoding="utf-8"))["project"]["version"]
    try:
        return installed("kurumaza")
    except PackageNotFoundError:
        return ""
