"""Makes `.venv`, the folder with the packages Kurumaza needs, for `run` and `test`.

Standard library only, and readable by an old Python 3: it runs before anything else is there.

The folder holds a stamp that names the lock files it was filled from. The stamp goes first and comes back last,
so a set-up that was interrupted (Ctrl-C, a power cut) is recognised and begun again.
"""

import contextlib
import hashlib
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "kurumaza.json"
LOCK = VENV / "setting-up.lock"

# Each lock contains the ones after it, so an environment made for the tests also runs the product.
LOCKS = {
    "requirements-test.txt": ["requirements-test.txt", "requirements.txt"],
    "requirements.txt": ["requirements.txt"],
}


NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]


def set_up(lock, arguments):
    """Make sure that `.venv` holds the packages of `lock`; `--wheels FOLDER` among the arguments says where from.

    Gives the environment's Python and the other arguments; leaves with a plain message when it cannot be done.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console without Japanese letters
    if sys.version_info < (3, 11):
        start_again_with_newer_python()
    arguments, wheels = take(arguments, "--wheels")
    try:
        return prepare(lock, wheels), arguments
    except SetupFailed as failed:
        sys.exit("\n%s" % failed)
    except KeyboardInterrupt:
        sys.exit("\n中断しました。次の実行でやり直します。\nStopped. The next start begins again.")


def become(line):
    """Turn into the given command; on Windows, which has no such thing, run it and leave with its exit code."""
    line = [str(each) for each in line]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(line[0], line)
    try:
        sys.exit(subprocess.call(line))
    except KeyboardInterrupt:
        sys.exit(130)


class SetupFailed(Exception):
    """The packages could not be installed; its text tells the person what to do, in Japanese and English."""


def prepare(lock, wheels=None):
    """Make sure `.venv` holds the packages of `lock` (a name in LOCKS); give its Python.

    `wheels` is a folder to install from instead of the network. Raises SetupFailed.
    """
    if ready(lock):
        return PYTHON
    try:
        with alone():
            if not ready(lock):  # another window may just have done it
                install(lock, wheels)
    except OSError as error:
        raise SetupFailed(failure(str(error))) from error
    return PYTHON


def ready(lock):
    """Is `.venv` whole, and filled from `lock` as it stands now?"""
    stamp = read_stamp()
    return whole(stamp) and stamp["locks"].get(lock) == digest(lock)


def install(lock, wheels):
    """Fill `.venv` from `lock` with the first installer that succeeds. Raises SetupFailed with the last one's reason."""
    say("必要な部品を .venv に入れています。初回は1分ほどかかります。",
        "Putting the packages Kurumaza needs into .venv. The first time takes about a minute.")
    reason = NO_INSTALLER
    keep = whole(read_stamp())  # a whole environment is updated in place: a server may be running from it
    STAMP.unlink(missing_ok=True)
    for installer in installers():
        if not keep:
            empty(VENV)
        keep = False
        # The lock names everything, so there is nothing to work out: --no-deps.
        wanted = where(wheels) + ["--no-deps", "--require-hashes", "-r", str(ROOT / lock)]
        reason = run(installer.make) or run(installer.fill + wanted)
        if not reason:
            write_stamp(lock)
            say("部品がそろいました。", "The packages are in place.")
            return
    raise SetupFailed(reason if reason is NO_INSTALLER else failure(reason))


class Installer:
    """Two commands: `make` makes an empty environment, `fill` installs into it."""

    def __init__(self, make, fill):
        self.make, self.fill = make, fill


def installers():
    """The ways to install that this machine offers, best first. uv is fastest but reads none of pip's settings."""
    here, venv, python = sys.executable, str(VENV), str(PYTHON)
    quiet = ["-q", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    bare = [here, "-m", "venv", "--without-pip", venv]
    uv, virtualenv = shutil.which("uv"), shutil.which("virtualenv")
    ways = []
    if can_import("venv", "ensurepip"):
        ways.append(Installer([here, "-m", "venv", venv], [python, "-m", "pip", "install"] + quiet))
    elif can_import("venv", "pip"):  # Debian without python3-venv
        ways.append(Installer(bare, [here, "-m", "pip", "--python", python, "install"] + quiet))
    if virtualenv:
        ways.append(Installer([virtualenv, "-q", "-p", here, venv], [python, "-m", "pip", "install"] + quiet))
    if uv and can_import("venv"):
        with_uv = Installer(bare, [uv, "pip", "install", "-q", "--compile-bytecode", "--python", python])
        ways.insert(len(ways) if pip_is_set_up() else 0, with_uv)
    return ways


def where(wheels):
    """The arguments that say where packages come from: nothing (the installer's own settings), or one folder."""
    return ["--no-index", "--find-links", str(Path(wheels).absolute())] if wheels else []


def pip_is_set_up():
    """Has somebody told pip where to fetch from (a mirror, a proxy's certificate)? Then pip is asked first."""
    told = ("INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "PROXY", "CERT", "CONFIG_FILE")
    return any(os.environ.get("PIP_" + name) for name in told)


def can_import(*names):
    """Does this Python have all these modules? Asked without importing them."""
    from importlib.util import find_spec

    return all(find_spec(name) for name in names)


def run(command):
    """Run an installer; give what it complained of, or "" when all went well."""
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return ""
    else:
        return done.stdout.decode("utf-8", "replace").strip() or "exit %d" % done.returncode


# the stamp


def whole(stamp):
    """Was `.venv` finished, by a Python that is still there? (An upgraded system may have taken it away.)"""
    return bool(stamp) and PYTHON.exists() and stamp["python"] == os.path.realpath(PYTHON) \
        and os.path.exists(stamp["base"])


def read_stamp():
    """What the environment was made from, or None when it is missing or half-made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp if {"python", "base", "locks"} <= set(stamp) else None
    except (OSError, ValueError):
        return None


def write_stamp(lock):
    """Note that the environment is whole; the packages reach the disk before the note does."""
    if hasattr(os, "sync"):
        os.sync()
    stamp = {
        "python": os.path.realpath(PYTHON),
        "base": getattr(sys, "_base_executable", None) or sys.executable,
        "locks": {name: digest(name) for name in LOCKS[lock]},
    }
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(fresh, STAMP)


def digest(lock):
    """A fingerprint of a lock file, the same under Windows' line ends."""
    text = (ROOT / lock).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


# the folder


@contextlib.contextmanager
def alone():
    """Only one set-up at a time; the system lets go of the lock even when the holder is killed."""
    VENV.mkdir(exist_ok=True)
    with open(LOCK, "a+") as file:
        if os.name == "nt":
            import msvcrt
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def empty(folder):
    """Remove everything in `folder` but the lock that is being held."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != LOCK:
            path.unlink()


# the command line


def take(arguments, option):
    """Take `option VALUE` or `option=VALUE` out of the arguments: gives the others, and the value or None."""
    for index, each in enumerate(arguments):
        if each == option and index + 1 < len(arguments):
            return arguments[:index] + arguments[index + 2:], arguments[index + 1]
        elif each.startswith(option + "="):
            return arguments[:index] + arguments[index + 1:], each[len(option) + 1:]
    return arguments, None


def start_again_with_newer_python():
    """Become the same script under a newer Python, or leave saying that there is none."""
    newer = next((path for path in map(shutil.which, NEWER) if path), None)
    if newer:
        become([newer] + sys.argv)
    else:
        sys.exit("Python 3.11 以上が必要です(この Python は %d.%d)。\n"
                 "Kurumaza needs Python 3.11 or newer (this one is %d.%d)." % (sys.version_info[:2] * 2))


# words


def say(japanese, english):
    """Tell the person something in both languages."""
    print(japanese + "\n" + english, flush=True)


NO_INSTALLER = """\
この Python には仮想環境を作る機能がありません。次のどれかを入れてから、もう一度実行してください。
This Python cannot make a virtual environment. Install one of these, then try again.
  Debian, Ubuntu:   sudo apt install python3-venv
  それ以外 / others: virtualenv, uv"""

SIGNS = [
    (("NewConnectionError", "name resolution", "Network is unreachable", "ConnectTimeout", "ReadTimeout",
      "getaddrinfo", "dns error", "error sending request", "Failed to fetch", "tcp connect error", "ProxyError"), """\
部品を取り寄せられませんでした。ネットワーク(プロキシ)を確かめて、もう一度実行してください。
外につながらない場所では、別の機械で集めた部品のフォルダから入れられます: ./run --wheels フォルダ
The packages could not be fetched. Check the network (or the proxy), then try again.
Without a network, install from a folder of wheels gathered elsewhere: ./run --wheels FOLDER"""),
    (("CERTIFICATE_VERIFY_FAILED", "SSLError", "invalid peer certificate"), """\
取り寄せ先の証明書を確かめられませんでした。庁内の証明書が必要なら PIP_CERT に指定してください。
The server's certificate could not be verified. If your office has its own, name it in PIP_CERT."""),
    (("DO NOT MATCH THE HASHES", "Hash mismatch", "hash mismatch"), """\
取り寄せた部品が、記録されたものと一致しません。入れずに止めました。取り寄せ先を確かめてください。
A package is not the one on record, so nothing of it was used. Check where the packages come from."""),
    (("No space left", "Disk quota"), """\
ディスクの空きが足りません。500 MB ほど空けて、もう一度実行してください。
The disk is full. Free about 500 MB, then try again."""),
    (("Permission denied", "Read-only file system", "Access is denied", "WinError 5"), """\
このフォルダに書き込めません。書き込める場所に置くか、持ち主の利用者で実行してください。
This folder cannot be written to. Put it where you may write, or run as its owner."""),
    (("No matching distribution", "no matching distribution", "No solution found", "has no wheels",
      "no version of"), """\
必要な部品が見つかりません。--wheels のときは、フォルダの中身がこの機械(OS と Python の版)用か確かめてください。
A package was not found. With --wheels, check that the folder was gathered for this system and Python version."""),
]
OTHERWISE = """\
部品を入れられませんでした。もう一度実行すると、はじめからやり直します。
The packages could not be installed. Running this again starts afresh."""


def failure(reason):
    """A plain message for what an installer complained of, its own last words below."""
    plain = next((words for signs, words in SIGNS if any(sign in reason for sign in signs)), OTHERWISE)
    lines = [line for line in reason.splitlines() if not line.startswith("WARNING")] or [reason]
    return plain + "\n\n" + "\n".join("  | " + line for line in lines[-6:])
