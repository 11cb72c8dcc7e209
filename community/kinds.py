"""Of what kind a resource is, and who stands behind it. Pure: no web, no database."""

from __future__ import annotations

import enum

from core.languages import later


class ResourceKind(enum.Enum):
    """人・場・物・仕組み・お金・情報: the same six for what exists and for what is wished for."""

    PERSON = "person"
    PLACE = "place"
    THING = "thing"
    SYSTEM = "system"
    MONEY = "money"
    INFORMATION = "information"

    @property
    def label(self):
        return {"person": later("People"), "place": later("Places"), "thing": later("Thing"), "system": later("Scheme"),
                "money": later("Money"), "information": later("Information")}[self.value]

    @property
    def law_name(self) -> str:
        return {"person": "人", "place": "場", "thing": "物", "system": "仕組み", "money": "お金", "information": "情報"}[self.value]


class Footing(enum.Enum):
    """Whether a resource is a public scheme or lives from people: 44.9 % of municipalities never get past the first
    (national survey), so wherever resources are shown the second stand in front."""

    FORMAL = "formal"
    INFORMAL = "informal"

    @property
    def label(self):
        return {"formal": later("Scheme or public service"), "informal": later("Community or private")}[self.value]

    @property
    def law_name(self) -> str:
        return {"formal": "制度・公的サービス", "informal": "地域の支え合い・民間"}[self.value]


class Act(enum.Enum):
    """What somebody did to an entry of the map."""

    MADE = "made"
    IMPORTED = "imported"
    CHANGED = "changed"
    CHECKED = "checked"
    ENDED = "ended"
    RESUMED = "resumed"

    @property
    def label(self):
        return {"made": later("Put on the map"), "imported": later("Taken in from a table"), "changed": later("Changed"),
                "checked": later("Checked"), "ended": later("Ended"), "resumed": later("Goes on again")}[self.value]


class Outcome(enum.Enum):
    """How a hint that something is wrong was settled."""

    MENDED = "mended"
    RIGHT = "right"

    @property
    def label(self):
        return {"mended": later("The entry was mended"), "right": later("The entry was right as it stands")}[self.value]
