"""The key of the reflection: from the installation's secret, which lies outside of database and backup."""

from __future__ import annotations

from core import keyed
from identities.seal import Key


def key() -> Key:
    return Key(keyed.digest("reflection box"))
