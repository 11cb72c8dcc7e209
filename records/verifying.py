"""Whether an export of a year is still what was sent: every file against the manifest, every check number against its content. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from hashlib import sha256
import json
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from exports.minutes import Minutes
from records import manifest
from records.manifest import Entry

MOST = 200_000_000  # bytes of one unpacked file: nothing of ours comes near it
PIECE = 1 << 20


@dataclass
class Report:
    """What was found: `faults` (kind, path), the manifest, and how much was looked at."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    plain: dict = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    files: int = 0
    papers: int = 0  # check numbers taken anew
    manifest: str = ""  # its SHA-256

    def fault(self, kind: str, path: str = "") -> None:
        self.faults.append((kind, path))


def verify(path: Path) -> Report:
    """Read the whole file once. Raises OSError when it cannot be read; anything else that is wrong stands in the report."""
    report = Report()
    try:
        with ZipFile(path) as package:
            _check(package, report)
    except BadZipFile:
        report.fault("not a zip", path.name)
    return report


def _check(package: ZipFile, report: Report) -> None:
    there: dict[str, ZipInfo] = {}
    for each in package.infolist():
        if each.filename in there:
            report.fault("twice", each.filename)
        there[each.filename] = each
    if manifest.NAME not in there or not _read_manifest(package, there.pop(manifest.NAME), report):
        return report.fault("no manifest", manifest.NAME)
    for entry in report.entries:
        if entry.path not in there:
            report.fault("missing", entry.path)
        else:
            _check_file(package, there.pop(entry.path), entry, report)
    for path in there:
        report.fault("extra", path)


def _read_manifest(package: ZipFile, info: ZipInfo, report: Report) -> bool:
    names = {each.name for each in fields(Entry)}
    try:
        content = _content(package, info)
        plain = json.loads(content)
        report.entries = [Entry(**{name: value for name, value in each.items() if name in names}) for each in plain.pop("files")]
    except (ValueError, TypeError, KeyError, AttributeError, BadZipFile, OSError):
        return False
    report.plain, report.manifest = plain, sha256(content).hexdigest()
    return plain.get("format") == manifest.FORMAT


def _check_file(package: ZipFile, info: ZipInfo, entry: Entry, report: Report) -> None:
    report.files += 1
    try:
        content = _content(package, info)
    except (ValueError, BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return report.fault("broken", entry.path)
    if len(content) != entry.size or sha256(content).hexdigest() != entry.sha256:
        report.fault("altered", entry.path)
    elif entry.what == "content":
        _check_minutes(content, entry, report)


def _check_minutes(content: bytes, entry: Entry, report: Report) -> None:
    report.papers += 1
    try:
        minutes = Minutes.from_json(content.decode("utf-8", "surrogatepass"))
        sound = minutes.digest() == entry.check == minutes.content_hash
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = False
    if not sound:
        report.fault("check number", entry.path)


def _content(package: ZipFile, info: ZipInfo) -> bytes:
    """One file. Raises ValueError for one larger than anything of ours, BadZipFile for a broken one."""
    if info.file_size > MOST:
        raise ValueError("too large")
    pieces, size = [], 0
    with package.open(info) as opened:
        while piece := opened.read(PIECE):
            size += len(piece)
            if size > MOST:  # its head may say less
                raise ValueError("too large")
            pieces.append(piece)
    return b"".join(pieces)
