"""Sealing a value so that only this installation's key opens it, and only in the place it was sealed for.

AES-256-GCM. A sealed value begins with a format byte and the id of its key, so that several keys may be in use at
once: the newest seals, every one opens. Its place (row and field) is authenticated with it: a value copied into
another row does not open. Texts are filled up to multiples of 32 bytes, so that their length says little.

What a name is found by is a keyed hash (HMAC-SHA-256) of its parts. Equal parts have equal hashes: whoever steals the
database can count how often one occurs, but not read it. Pure: no web, no database.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
LEAST = 32  # characters of a key
_ID, _NONCE, _BLOCK = 6, 12, 32


class NoKey(Exception):
    """The key this was sealed with is not here (or there is none at all)."""


class Broken(Exception):
    """This is not what was sealed here: altered, or moved from another place."""


class Key:
    """One key: its id (which tells nothing of it), sealing, opening and hashing."""

    def __init__(self, secret: str):
        """`secret` is any text of at least 32 characters; ValueError for a shorter one."""
        if len(secret) < LEAST:
            raise ValueError("too short for a key")
        self.id = _derived(secret, b"id")[:_ID]
        self._cipher = AESGCM(_derived(secret, b"seal"))
        self._index = _derived(secret, b"index")

    def seal(self, text: str, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return FORMAT + self.id + nonce + self._cipher.encrypt(nonce, _filled(text.encode()), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        nonce, content = sealed[1 + _ID:1 + _ID + _NONCE], sealed[1 + _ID + _NONCE:]
        try:
            return self._cipher.decrypt(nonce, content, place.encode()).rstrip(b"\0").decode()
        except (InvalidTag, ValueError):
            raise Broken() from None

    def blind(self, term: str) -> bytes:
        """The hash under which a part of a name stands in the index."""
        made = HMAC(self._index, hashes.SHA256())
        made.update(term.encode())
        return made.finalize()[:16]


class Ring:
    """All keys of an installation, newest first. ValueError for a key that is too short."""

    def __init__(self, secrets: list[str]):
        self.keys = [Key(each) for each in secrets]

    @property
    def newest(self) -> Key:
        if not self.keys:
            raise NoKey()
        return self.keys[0]

    @property
    def ids(self) -> set[str]:
        return {each.id.hex() for each in self.keys}

    def seal(self, text: str, place: str) -> bytes:
        """The text, sealed for this place with the newest key. Raises NoKey."""
        return self.newest.seal(text, place)

    def open(self, sealed: bytes, place: str) -> str:
        """The text that was sealed for this place. Raises NoKey or Broken."""
        if sealed[:1] != FORMAT or len(sealed) < 1 + _ID + _NONCE + 16:
            raise Broken()
        key = next((each for each in self.keys if each.id == sealed[1:1 + _ID]), None)
        if key is None:
            raise NoKey()
        return key.open(sealed, place)


def key_of(sealed: bytes) -> str:
    """The id of the key a value was sealed with, in letters."""
    return sealed[1:1 + _ID].hex()


def _derived(secret: str, use: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, b"kurumaza identity " + use).derive(secret.encode())


def _filled(plain: bytes) -> bytes:
    """No text that can be kept has a zero byte (core/text.py), so that zeros at its end are ours."""
    return plain + b"\0" * (-len(plain) % _BLOCK or (0 if plain else _BLOCK))
