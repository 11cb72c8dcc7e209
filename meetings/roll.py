"""The roll call before a case opens: who is here, by whom somebody is replaced, who acknowledged the ground rules. What is
sent is read into calls first and only kept when the case can open with it, so that nothing looks saved that is not."""

from __future__ import annotations

from dataclasses import dataclass

from core import text
from core.forms import unfit
from core.languages import _
from ground_rules.models import AckMethod
from ground_rules.proxies import ProxyAcknowledgement
from meetings.table import Attendance, Hearing, Level, Reply, Seat

PROXY = 80  # characters of a proxy's name
HEARD = (AckMethod.ALOUD.value, AckMethod.PAPER.value)
EXPECTED = {Reply.NO: Attendance.ABSENT, Reply.YES: Attendance.PRESENT}


@dataclass(frozen=True)
class Call:
    """What is noted of one seat: not kept yet."""

    seat: Seat
    attendance: Attendance
    proxy: str = ""
    own: str = ""  # how they acknowledged the rules at the opening, noted beside their name: aloud or on paper
    together: bool = False  # the rules were read aloud by all together
    silent: bool = False  # here, and has not acknowledged them in any way
    fault: str = ""

    @property
    def how(self) -> str:
        """How they acknowledged the rules at the opening; empty when they did not."""
        return self.own or (AckMethod.ALOUD.value if self.together else "")

    @property
    def amiss(self) -> bool:
        return bool(self.fault) or self.silent

    def keep(self, by) -> None:
        """Note it on record."""
        self.seat.attendance, self.seat.proxy_name = self.attendance, self.proxy
        if self.how and self.attendance == Attendance.PROXY:
            ProxyAcknowledgement.record(self.seat.hearing.meeting, self.seat.member, self.proxy, by, AckMethod(self.how))
        elif self.how and self.attendance.here:
            self.seat.hearing.meeting.acknowledge(self.seat.member, by=by, method=AckMethod(self.how))


def expected(hearing: Hearing) -> list[Call]:
    """How the page begins: as it was noted before, else by what people answered to the invitation."""
    return [Call(seat, _expected(seat), seat.proxy_name) for seat in hearing.seats]


def read(hearing: Hearing, typed, acknowledged, proxies) -> list[Call]:
    """What was sent for each seat, with what is wrong with it; `acknowledged` holds the numbers of who did on their own,
    `proxies` for whom which proxy did."""
    return [_call(seat, typed, bool(typed.get("aloud")), acknowledged, proxies) for seat in hearing.seats]


def _call(seat: Seat, typed, together: bool, acknowledged, proxies) -> Call:
    chosen = next((each for each in Attendance if each.value == typed.get(f"attendance-{seat.id}")), seat.attendance)
    proxy = text.normal(typed.get(f"proxy-{seat.id}", seat.proxy_name))
    own = next((each for each in HEARD if each == typed.get(f"acknowledged-{seat.id}")), "")
    fault = unfit(proxy, PROXY) or _missing(chosen, proxy)
    known = (seat.member_id, proxy) in proxies if chosen == Attendance.PROXY else seat.member_id in acknowledged
    silent = chosen.here and not own and not together and not known
    return Call(seat, chosen, text.revealed(proxy)[:PROXY], own, together, silent, fault)


def _missing(chosen: Attendance, proxy: str) -> str:
    if chosen == Attendance.UNKNOWN:
        return _("note whether they are here.")
    elif chosen == Attendance.PROXY and not proxy:
        return _("write the name of the proxy, who acknowledges the rules for themselves.")
    else:
        return ""


def _expected(seat: Seat) -> Attendance:
    if seat.attendance != Attendance.UNKNOWN:
        return seat.attendance
    elif seat.level == Level.INQUIRY:
        return Attendance.WRITTEN
    else:
        return EXPECTED.get(seat.reply, Attendance.UNKNOWN)
