"""Hashes that nobody can work out from a stolen copy of the database: keyed with the installation's secret, kept outside it."""

from __future__ import annotations

import hmac

_key = b""


def use(secret: str) -> None:
    """Derive the key from the installation's secret."""
    global _key
    _key = hmac.digest(secret.encode(), b"kurumaza keyed hashes", "sha256")


def digest(purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 (hex) of these parts for one purpose. Raises RuntimeError while no key is in use."""
    if not _key:
        raise RuntimeError("no key is in use")
    return hmac.digest(_key, "\0".join((purpose, *parts)).encode(), "sha256").hex()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())
