"""What somebody is in a council, and when it may sit: the arithmetic of a 要綱. Pure: no web, no database."""

from __future__ import annotations

from dataclasses import dataclass
import enum

from core.languages import later


class Post(enum.Enum):
    """◎ the chair, ○ who stands in for them, the members, and those who listen and are not counted."""

    CHAIR = "chair"
    VICE = "vice"
    MEMBER = "member"
    OBSERVER = "observer"

    @property
    def label(self):
        return {"chair": later("Chair"), "vice": later("Vice chair"), "member": later("Member"), "observer": later("Observer")}[self.value]

    @property
    def mark(self) -> str:
        """Before the name on a list."""
        return {"chair": "◎", "vice": "○"}.get(self.value, "")

    @property
    def counted(self) -> bool:
        """Whether they are of those whose number decides if the council may sit."""
        return self is not Post.OBSERVER

    def titled(self, chair: str) -> str:
        """As it is called on paper where the chair is called `chair`: 会長, 副会長, 委員."""
        return {"chair": chair, "vice": f"副{chair}", "member": "委員", "observer": "オブザーバー"}[self.value]


class Quorum(enum.Enum):
    """How many members must be there (定足数)."""

    NONE = "none"
    MAJORITY = "majority"
    HALF = "half"
    TWO_THIRDS = "two_thirds"

    @property
    def label(self):
        return {"none": later("Not set"), "majority": later("More than half of the members"), "half": later("Half of the members or more"),
                "two_thirds": later("Two thirds of the members or more")}[self.value]

    @property
    def law_name(self) -> str:
        """As a 要綱 says it."""
        return {"none": "", "majority": "過半数", "half": "半数以上", "two_thirds": "３分の２以上"}[self.value]

    def needs(self, members: int) -> int:
        """How many of so many members must be there; 0 where nothing is set."""
        return {"none": 0, "majority": members // 2 + 1, "half": -(-members // 2), "two_thirds": -(-members * 2 // 3)}[self.value]


@dataclass(frozen=True)
class Turnout:
    """Of how many members how many came, proxies among them."""

    members: int
    here: int
    proxies: int = 0

    def counting(self, proxies: bool) -> int:
        """How many count towards the quorum: proxies only where the ground says so."""
        return self.here if proxies else self.here - self.proxies

    def stands(self, quorum: Quorum, proxies: bool) -> bool:
        """Whether the council may sit. One without members never does, whatever is set."""
        return self.members > 0 and self.counting(proxies) >= quorum.needs(self.members)

    @property
    def on_paper(self) -> str:
        """委員10名中8名（うち代理1名）."""
        by_proxy = f"（うち代理{self.proxies}名）" if self.proxies else ""
        return f"委員{self.members}名中{self.here}名{by_proxy}"


def overlap(since, until, other_since, other_until) -> bool:
    """Whether two terms (from, to; to may be None for open) share a day."""
    return (until is None or other_since <= until) and (other_until is None or since <= other_until)
