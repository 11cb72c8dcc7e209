"""Keeps a PostgreSQL for the tests: `python keeper.py PROGRAMS FOLDER PORT`. Standard library only, so it starts fast.

Makes a cluster in FOLDER and serves it until its own input ends, which is when the tests are gone, even killed. Then
the server stops and FOLDER is removed.
"""

from __future__ import annotations

import os
from pathlib import Path
import shutil
import signal
import subprocess
import sys
import threading

WINDOWS = os.name == "nt"


def keep(programs: Path, folder: Path, port: str) -> None:
    """Make the cluster, serve it, and clear up when our input ends. Leaves with the last words of what failed."""
    user = unprivileged_user()
    if user:
        shutil.chown(folder, user)
    try:
        with open(folder / "log", "w+b") as log:
            programs = reachable(programs, folder, user)
            how = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **lent_to(user)}
            if subprocess.run(making(programs, folder), **how).returncode != 0 \
                    or serve(subprocess.Popen(serving(programs, folder, port), **how)) != 0:
                sys.exit((folder / "log").read_text(errors="replace")[-800:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def serve(server: subprocess.Popen) -> int:
    """Let the server run until our input ends; its exit code, 0 when it stopped because we asked."""
    threading.Thread(target=stop_at_end_of_input, args=[server], daemon=True).start()
    return server.wait()


def stop_at_end_of_input(server: subprocess.Popen) -> None:
    """Wait for the tests to be gone, then stop the server without waiting for its clients."""
    sys.stdin.buffer.read()
    server.send_signal(signal.SIGTERM if WINDOWS else signal.SIGINT)


def making(programs: Path, folder: Path) -> list:
    """The command that makes the cluster."""
    return [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--encoding=UTF8",
            "--no-locale", "--no-sync"]


def serving(programs: Path, folder: Path, port: str) -> list:
    """The command that serves it: fast rather than lasting, and heard on this machine only."""
    # A socket in our own folder keeps other users of the machine out; Windows has none.
    where = ["listen_addresses=127.0.0.1"] if WINDOWS else ["listen_addresses=", f"unix_socket_directories={folder}"]
    fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"]
    options = [word for each in [*where, *fast, "max_connections=200"] for word in ("-c", each)]
    return [programs / "postgres", "-D", folder / "data", "-p", port, *options]


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the system user to lend it to, or None when we are not root."""
    if WINDOWS or os.geteuid() != 0:
        return None
    import pwd

    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def lent_to(user: str | None) -> dict:
    """The arguments of subprocess that run a program as `user`."""
    return {"user": user, "extra_groups": []} if user else {}


def reachable(programs: Path, folder: Path, user: str | None) -> Path:
    """The programs where `user` may enter: a copy, when they lie under a private folder such as root's home."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **lent_to(user))
        return programs
    except PermissionError:
        wheel = programs.parent.parent  # its shared libraries lie beside it, in a folder named alike
        for part in wheel.parent.glob(wheel.name + "*"):
            shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / programs.relative_to(wheel.parent)


if __name__ == "__main__":
    os.umask(0o022)  # what is copied is for the other user
    keep(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
