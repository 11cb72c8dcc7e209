"""Notices by mail: one letter to one person at a time, with everything that is due for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from flask import current_app
import sqlalchemy as sa

from core import jobs, outbox
from core.database import session
from core.office import Office, office
from notices import letters
from notices.models import Notice
from notices.settings import NoticeSetting
from notices.when import BUNDLE, ByMail, Hours, awake, goes

STALE = timedelta(days=14)  # mail that was off so long is no news any more; in the app it still stands


@jobs.every(minutes=2)
def mail(now: datetime) -> None:
    """Post what is due to each person. Does nothing while mail is switched off: it stands in the app."""
    settings, here = current_app.config["KURUMAZA"], office()
    if not settings.smtp_host or here is None:
        return
    waiting = [each for each in _waiting(now) if reached(each.member)]
    chosen = NoticeSetting.of_all({each.member_id for each in waiting})
    for member, theirs in groupby(waiting, key=lambda each: each.member):
        _post(here, settings.base_url, member, _due(list(theirs), now, hours(here), chosen[member.id].by_mail), now)


class Gathered(NamedTuple):
    """To how many people a letter goes next, when, and whether it is the quiet hours that it waits for."""

    people: int
    at: datetime
    quiet: bool


def gathered(now: datetime) -> Gathered:
    """What stands ready to be mailed and is no letter yet: gathered for some minutes, or kept until the quiet hours end."""
    here = hours(office())
    next_ = awake(now + BUNDLE, here)
    waiting = [each for each in _waiting(now) if reached(each.member)]
    chosen = NoticeSetting.of_all({each.member_id for each in waiting})
    people = {each.member_id for each in waiting if goes(each.kind.asks, each.at, next_, here, chosen[each.member_id].by_mail)}
    return Gathered(len(people), next_, next_ != now + BUNDLE)


def reached(member) -> bool:
    """Whether mail reaches somebody: on the roster, with an address, and not out of use."""
    return member.active and bool(member.email) and (member.user is None or member.user.active)


def hours(office: Office) -> Hours:
    """The office's clock."""
    return Hours(office.digest_at, office.quiet_from, office.quiet_to)


def _waiting(now: datetime):
    """Notices nobody has seen or mailed, by person; the newest of years are looked at only."""
    return session.scalars(sa.select(Notice).where(Notice.unseen, Notice.mailed_at.is_(None), Notice.at > now - STALE)
                           .order_by(Notice.member_id, Notice.id)).unique()


def _due(notices: list[Notice], now: datetime, hours: Hours, by_mail: ByMail) -> list[Notice]:
    """What goes now, and with what asks to act all that asks the same: it need not come in a second letter."""
    ripe = [each for each in notices if goes(each.kind.asks, each.at, now, hours, by_mail)]
    asking = by_mail is ByMail.AT_ONCE and any(each.kind.asks for each in ripe)
    return [each for each in notices if each in ripe or (asking and each.kind.asks)]


def _post(office: Office, base_url: str, member, notices: list[Notice], now: datetime) -> None:
    """One letter with these notices, but for those that somebody else has posted or that were seen at this moment."""
    taken = set(session.scalars(
        sa.update(Notice).where(Notice.id.in_([each.id for each in notices]), Notice.mailed_at.is_(None), Notice.unseen)
        .values(mailed_at=now).returning(Notice.id)))
    told = [each for each in notices if each.id in taken]
    if told:
        outbox.post(f"member/{member.id}", member.email, letters.subject(office, told), letters.body(office, member, told, base_url),
                    key=f"notices/{min(taken)}")
