"""When what somebody is told goes to them by mail. Pure: no web, no database.

Digests, not showers: what asks somebody to act now waits a few minutes for its like, everything else for the letter of the
day, which goes out on working days. In the quiet hours nothing goes; what falls into them goes when they end. Quiet hours
that end when they begin are none.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
import enum
from typing import NamedTuple

from core import clock
from core.languages import later
from core.workdays import working_day

BUNDLE = timedelta(minutes=3)  # so long news that asks somebody to act waits for what belongs with it


class ByMail(enum.Enum):
    """How often somebody wants mail. In the app they read everything at any time."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"

    @property
    def label(self):
        return {"at_once": later("What asks me to act at once, the rest once a day"), "daily": later("Everything once a day"),
                "never": later("Not by mail")}[self.value]


class Hours(NamedTuple):
    """The office's clock: when the letter of the day goes out, and from when to when (over midnight, too) none does."""

    digest_at: time
    quiet_from: time
    quiet_to: time

    def quiet(self, at: datetime) -> bool:
        """Whether no mail goes at this instant."""
        return self._quiet(clock.local(at).time())

    @property
    def digest(self) -> time:
        """When the letter of the day goes out: at the end of the quiet hours, if its time lies within them."""
        return self.quiet_to if self._quiet(self.digest_at) else self.digest_at

    def _quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        else:
            return at >= self.quiet_from or at < self.quiet_to


def mailed_at(asks: bool, told_at: datetime, hours: Hours, by_mail: ByMail = ByMail.AT_ONCE) -> datetime | None:
    """The first instant at which something told at `told_at` may go by mail; None for never. `asks`: somebody is to act."""
    if by_mail is ByMail.NEVER:
        return None
    elif asks and by_mail is ByMail.AT_ONCE:
        return awake(told_at + BUNDLE, hours)
    else:
        return _next_digest(told_at, hours)


def goes(asks: bool, told_at: datetime, now: datetime, hours: Hours, by_mail: ByMail = ByMail.AT_ONCE) -> bool:
    """Whether it goes now; what missed its instant (the machine was off) goes at the next one that would have done."""
    first = mailed_at(asks, told_at, hours, by_mail)
    at_any_day = asks and by_mail is ByMail.AT_ONCE
    return first is not None and first <= now and not hours.quiet(now) and (at_any_day or working_day(clock.local(now).date()))


def awake(at: datetime, hours: Hours) -> datetime:
    """This instant, or the end of the quiet hours it lies in."""
    return _next(at, hours.quiet_to) if hours.quiet(at) else at


def _next_digest(at: datetime, hours: Hours) -> datetime:
    digest = _next(at, hours.digest)
    while not working_day(clock.local(digest).date()):
        digest += timedelta(days=1)
    return digest


def _next(at: datetime, hour: time) -> datetime:
    """The first time it is this hour, at or after an instant."""
    same_day = clock.instant(clock.local(at).date(), hour)
    return same_day if same_day >= at else same_day + timedelta(days=1)
