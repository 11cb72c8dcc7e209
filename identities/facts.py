"""Who somebody is, as far as the office knows: what is written down of a person or of their household. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date


@dataclass(frozen=True, repr=False)  # no repr: names must not stand in a log or on an error page
class Facts:
    """Everything is optional. `sex` is what the person says; `may_call` is yes, no or empty (not asked yet)."""

    name: str = ""
    kana: str = ""
    former_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: str = ""
    telephone: str = ""
    may_call: str = ""
    call_when: str = ""

    @classmethod
    def read(cls, texts: dict[str, str]) -> Facts:
        """The facts that `texts` gave."""
        born = texts["birth_date"]
        return cls(**texts | dict(birth_date=date.fromisoformat(born) if born else None))

    @property
    def texts(self) -> dict[str, str]:
        """Each field as the text that is sealed."""
        return asdict(self) | dict(birth_date=self.birth_date.isoformat() if self.birth_date else "")

    @property
    def names(self) -> list[str]:
        """Everything the person is called by."""
        return [each for each in (self.name, self.kana, self.former_name) if each]

    def age_on(self, day: date) -> int | None:
        """How old the person is on a day; None when the birth date is not known (or comes after it)."""
        born = self.birth_date
        if born is None or born > day:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


FIELDS = tuple(each.name for each in fields(Facts))
EMPTY = Facts()
