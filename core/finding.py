"""The box above a list: words to look for and filters. Works as a plain form, and every result is a plain address.

The words go by POST and are kept under a code (core/search.py), the answer leads to `?search=CODE&stage=plan`: nothing
that was typed stands in an address, while the next page, the way back and reloading need no form to be sent again.
"""

from __future__ import annotations

from flask import request, url_for
from flask_login import current_user

from core import search
from core.forms import Form, line
from core.languages import later


class Box(Form):
    """One list's box. A subclass names the `kind` of record and its `filters` (names of its Select fields)."""

    kind = ""
    filters: tuple[str, ...] = ()
    text = line(later("Words to look for"), limit=search.LIMIT, required=False)

    @classmethod
    def read(cls, **more):
        """The box as the address in the browser fills it in."""
        code = request.args.get("search")
        words = search.asked(cls.kind, code, by=current_user)
        box = cls(formdata=None, **more, data={name: request.args.get(name, "") for name in cls.filters} | dict(text=words or ""))
        box.code, box.lost = code if words else None, bool(code and not words)
        return box

    def address(self, endpoint: str, **more) -> str:
        """Where the result of what was sent stands."""
        self.code = search.ask(self.kind, self.text.data, by=current_user)
        return url_for(endpoint, **more, **self.kept)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in use, name by name; one that was never offered is none."""
        offered = {name: [str(value) for value, *_rest in self[name].iter_choices()] for name in self.filters}
        return {name: self[name].data for name in self.filters if self[name].data and self[name].data in offered[name]}

    @property
    def kept(self) -> dict[str, str]:
        """What an address needs to show this result again (its next page, for one)."""
        code = getattr(self, "code", None)
        return self.chosen | (dict(search=code) if code else {})

    @property
    def words(self) -> str:
        """What is looked for; nothing while it cannot be looked for (too long, say)."""
        return "" if self.errors else self.text.data or ""

    @property
    def used(self) -> bool:
        """Whether anything is looked for or filtered."""
        return bool(self.kept)

    @property
    def narrowed(self) -> bool:
        """Whether it shows less than the whole list; a box that is for several lists says otherwise."""
        return self.used
