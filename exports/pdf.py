"""Word papers as PDF, drawn by the LibreOffice of the server where there is one.

A paper holds what was said about a household. So each is drawn in a folder of its own that only the service may read and that
is gone afterwards, by a LibreOffice with a profile of its own that runs no macro, follows no link and reaches no network; one
at a time on the whole machine, so that ten telephones do not start ten of them; and none lives longer than it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import json
import os
from pathlib import Path
import shutil
import signal
import subprocess
import tempfile
import time

DRAWING = 60.0  # seconds that one paper may take
WAITING = 15.0  # seconds that a paper may wait for those before it: who waits longer is better served with the Word file

# where LibreOffice lies when nothing on the search path says so
PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# ISO 14289 (PDF/UA): headings, table heads and language stay readable for a screen reader
FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance", "ExportBookmarks")})
_COMMON = "/org.openoffice.Office.Common"
_INTERNET = "/org.openoffice.Inet/Settings"
_PROFILE = (
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    (_INTERNET, "ooInetProxyType", "2"),  # a proxy that answers nothing: whatever is asked for stays in the house
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
)


class NotAvailable(Exception):
    """This server has no LibreOffice."""


class Failed(Exception):
    """LibreOffice gave no PDF or took too long. The words hold nothing of the paper."""


class Busy(Failed):
    """Other papers are being drawn; this one did not come up in time."""


def available() -> bool:
    """Whether this server can make a PDF."""
    return _soffice() is not None


def convert(docx: bytes, seconds: float = DRAWING) -> bytes:
    """The Word file as a tagged PDF. Waits for the papers before it, then takes `seconds` at most.

    Raises NotAvailable, Failed or Busy. A file from outside is to be looked through before it comes here.
    """
    program = _soffice()
    if program is None:
        raise NotAvailable("LibreOffice (soffice) was not found")
    with _one_at_a_time(), _private_folder() as folder:
        (folder / "paper.docx").write_bytes(docx)
        _settle(folder / "profile")
        _draw(program, folder, seconds)
        try:
            return (folder / "paper.pdf").read_bytes()
        except FileNotFoundError:
            raise Failed("LibreOffice made no PDF of this paper") from None


def _soffice() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if os.path.exists(place)), None)


def _draw(program: str, folder: Path, seconds: float) -> None:
    profile = (folder / "profile").as_uri()
    command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile}",
               "--convert-to", FILTER, "--outdir", str(folder), str(folder / "paper.docx")]
    # HOME and the temporary folder inside: whatever it leaves goes away with the folder
    inside = os.environ | dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(folder))
    process = subprocess.Popen(command, cwd=folder, env=inside, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Failed(f"LibreOffice took longer than {seconds:.0f} seconds") from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    """End it with everything it started: `soffice` is a script that starts the program proper."""
    try:
        if os.name == "nt":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, timeout=20)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
        pass  # it has ended by itself
    process.wait()


def _settle(profile: Path) -> None:
    items = "".join(f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
                    for path, name, value in _PROFILE)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>", encoding="utf-8")


def _prefix() -> str:
    return f"kurumaza-pdf-{os.getuid() if hasattr(os, 'getuid') else os.environ.get('USERNAME', '')}"


@contextmanager
def _private_folder() -> Iterator[Path]:
    # only one paper is drawn at a time, so what lies there now was left when the power went: away with it
    for left in Path(tempfile.gettempdir()).glob(f"{_prefix()}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_prefix()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the lock that all processes of the service share; it goes with the process, even if that is killed."""
    path = Path(tempfile.gettempdir()) / f"{_prefix()}.lock"
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as fault:
        raise Failed("the lock for LibreOffice could not be taken") from fault
    try:
        until = time.monotonic() + WAITING
        while not _locked(lock):
            if time.monotonic() > until:
                raise Busy("too many papers are waiting for LibreOffice")
            time.sleep(0.1)
        yield
    finally:
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False
