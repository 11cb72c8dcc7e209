"""What a person is handed: the address as a square to be photographed, and the code, which is read only together with it."""

from __future__ import annotations

from urllib.parse import urlsplit


def spaced(code: str) -> str:
    """123 456: as one reads it aloud."""
    return f"{code[:3]} {code[3:]}"


def token_of(path: str) -> str:
    """The part of /l/TOKEN that nobody can guess; of anything else, empty."""
    return path.removeprefix("/l/") if path.startswith("/l/") else ""


def address(path: str, base_url: str, host_url: str) -> str:
    """The whole address: by the office's own name for this server, else by the one it was just called by."""
    return (base_url or host_url.rstrip("/")) + path


def local(address: str) -> bool:
    """Whether only this very machine can open the address."""
    host = (urlsplit(address).hostname or "").lower()
    return host in ("localhost", "::1") or host.startswith("127.")
