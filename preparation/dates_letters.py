"""The letter that asks for answers: which days are offered, and nothing about the case."""

from __future__ import annotations

from flask import current_app, url_for
import sqlalchemy as sa

from agencies.models import Member
from core import clock, outbox
from core.database import session
from core.office import office
from meetings.invitations import mail_on
from preparation.dates import DateLetter, DatePoll


def ask(poll: DatePoll, members: list[Member]) -> tuple[int, list[Member]]:
    """Post the request to these members, to each at most once a day.

    Gives how many letters went into the outbox, and the members whom no mail reaches (no address, or mail is switched
    off): they are to be asked on paper or by telephone.
    """
    today, mail = clock.today(), mail_on()
    done = asked_on(poll, today)
    new = [each for each in members if each.email and each.id not in done]
    for member in new:
        outbox.post(poll.meeting.topic, member.email, _subject(poll), _words(poll, member))
        session.add(DateLetter(poll_id=poll.id, member_id=member.id, on=today))
    return len(new), [each for each in members if not (mail and each.email)]


def asked_on(poll: DatePoll, day) -> set[int]:
    """Ids of the members to whom the request went out on a day."""
    return set(session.scalars(sa.select(DateLetter.member_id).where(DateLetter.poll_id == poll.id, DateLetter.on == day)))


def _subject(poll: DatePoll) -> str:
    return f"【{office().name}】{poll.meeting.name} 日程調整のお願い（{poll.meeting.reference}）"


def _words(poll: DatePoll, member: Member) -> str:
    """Always Japanese. The link only leads to the page: answering asks for a sign-in and a press."""
    base = current_app.config["KURUMAZA"].base_url
    rows = [member.agency.name, f"{member.name} 様", "", "次の会議の日程を調整しています。ご都合をお知らせください。", "",
            f"会議　{poll.meeting.name}（{poll.meeting.reference}）"]
    rows += [f"{'候補' if first else '　　'}　{clock.span(*slot.span)}" for first, slot in _firsts(poll.slots)]
    rows += [f"回答期限　{clock.wareki(poll.answer_by)}", "", "ご回答は、車座にサインインしてお願いします。1分ほどで終わります。"]
    rows += [f"{base}{url_for('dates.answering', meeting_id=poll.meeting_id)}"] if base else []
    rows += ["アカウントをお持ちでない方は、事務局まで電話でお知らせください。", "", "このメールには案件の内容を記載していません。", "",
             office().name]
    return "\n".join(rows)


def _firsts(slots):
    return [(place == 0, slot) for place, slot in enumerate(slots)]
