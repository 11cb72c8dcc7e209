"""A zip that is sent while it is written, one entry at a time. Pure: no web, no database."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
import io
import re
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PACKED = (".docx", ".xlsx", ".zip")  # they are compressed inside already
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # in a file name on Windows
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


class Window(io.RawIOBase):
    """What of a file has not been sent yet. A zip goes back no further than to the head of the entry it writes."""

    def __init__(self):
        self.sent, self.kept = 0, io.BytesIO()

    def writable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.sent + self.kept.tell()

    def seek(self, offset, whence=io.SEEK_SET):
        if whence != io.SEEK_SET or offset < self.sent:
            raise OSError("what was sent cannot be written anew")
        self.kept.seek(offset - self.sent)
        return offset

    def write(self, data):
        return self.kept.write(data)

    def drain(self) -> bytes:
        """What has been written since, to be sent now."""
        data = self.kept.getvalue()
        self.sent, self.kept = self.sent + len(data), io.BytesIO()
        return data


class Stream:
    """The zip: `add` gives the bytes to be sent for each entry, `end` the rest. It remembers the size and SHA-256 of what went in."""

    def __init__(self):
        self.window = Window()
        self.package = ZipFile(self.window, "w", ZIP_DEFLATED)
        self.taken: set[str] = set()

    @property
    def size(self) -> int:
        return self.window.sent

    def free(self, path: str) -> str:
        """The path under which an entry may stand: fit for Windows, and taken once only (the next becomes _2)."""
        path = "/".join(map(fit, path.split("/")))
        stem, dot, ending = path.rpartition(".")
        tries = (path if count == 1 else f"{stem}_{count}{dot}{ending}" for count in range(1, 1_000_000))
        found = next(each for each in tries if each.lower() not in self.taken)  # Windows does not tell capitals
        self.taken.add(found.lower())
        return found

    def add(self, path: str, content: bytes, at: datetime) -> bytes:
        """Put an entry in under a free path; its time is the wall-clock time `at`, never that of the machine."""
        entry = ZipInfo(path, date_time=(max(1980, at.year), *at.timetuple()[1:6]))
        entry.compress_type = ZIP_STORED if path.endswith(PACKED) else ZIP_DEFLATED
        entry.create_system, entry.external_attr = 0, 0
        self.package.writestr(entry, content)
        return self.window.drain()

    def end(self) -> bytes:
        """The table of contents with which a zip ends."""
        self.package.close()
        return self.window.drain()


def fit(name: str) -> str:
    """A file name that Windows takes: none of its signs, no device, no dot or blank at its end, at most 120 letters."""
    plain = _UNFIT.sub("_", name).rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    plain = f"{stem[:112]}{dot}{ending[:8]}" if dot and len(plain) > 120 else plain[:120]
    return f"_{plain}" if _DEVICE.match(plain) else plain or "_"


def fingerprint(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()
