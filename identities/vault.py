"""The keys in use in this process, and what a person reads when they are not there.

The keys lie outside the database (core/settings.py). The file is looked at each time: a key put back, or a new one
made by `kurumaza identity rotate`, counts at once in every process.
"""

from __future__ import annotations

from core.languages import _
from core.settings import Settings
from core.web import Refused
from identities.seal import Broken, NoKey, Ring

_settings: Settings | None = None
_read: tuple = (None, None)  # what the keys were read from, and the ring made of it


class Away(Refused):
    """The key is missing, or another one than the names were sealed with."""

    def __init__(self):
        super().__init__(_("Names and addresses cannot be shown now."), _(
            "The key they are sealed with is missing, or it is another one. Ask the administrator to put the file identity.key back in "
            "its place. Nothing is lost, and everything else works as usual."))


class Damaged(Refused):
    """A value is not what was sealed in its place."""

    def __init__(self):
        super().__init__(_("This entry is damaged, or was altered past Kurumaza."), _(
            "It is not shown, so that nobody relies on it. Tell the administrator; a backup may have it whole."))


def use(settings: Settings) -> None:
    """Take the keys from where these settings say, from now on."""
    global _settings, _read
    _settings, _read = settings, (None, None)


def ring() -> Ring:
    """All keys there are (perhaps none). Raises Away when they cannot be keys."""
    global _read
    secrets = _settings.identity_keys() if _settings else []
    if _read[0] != secrets:
        try:
            _read = (secrets, Ring(secrets))
        except ValueError:
            raise Away() from None
    return _read[1]


def ring_for_writing(used: set[str]) -> Ring:
    """The ring to seal with; the first value ever makes the first key. `used` are the ids of the keys in the database.

    Raises Away when one of those is missing: what was sealed with a stray key would be lost when the right one is back.
    """
    found = ring()
    if not found.keys and not used and _settings:
        _settings.renew_identity_key()
        found = ring()
    if not found.keys or used - found.ids:
        raise Away()
    return found


def ring_for_reading(used: set[str]) -> Ring:
    """The ring to search with. Raises Away when a key is missing: nobody must believe that somebody is not there."""
    found = ring()
    if used - found.ids:
        raise Away()
    return found


def opened(sealed: dict[str, tuple[bytes, str]], key_id: str) -> dict[str, str]:
    """The texts of values and their places, by the same names; `key_id` is the key they should be under.

    Raises Away without that key, Damaged when they are under another one or are not what was sealed.
    """
    keys = ring()
    try:
        return {name: keys.open(*each) for name, each in sealed.items()}
    except NoKey:
        raise (Damaged() if key_id in keys.ids else Away()) from None
    except Broken:
        raise Damaged() from None
