"""Letters about a referral: that something waits, and under which number; never what it says."""

from __future__ import annotations

from flask import current_app, url_for
import sqlalchemy as sa

from accounts.models import Role, User, UserRole
from agencies.models import Member
from core import outbox
from core.database import session
from core.office import office
from referrals.models import ReferralStep
from referrals.words import Act, Urgency

SUBJECTS = {
    Act.SENT: "新しいつなぎがあります", Act.SENT_AGAIN: "つなぎがもう一度届きました", Act.SAID: "つなぎに連絡があります",
    Act.WITHDRAWN: "つなぎが取り下げられました", Act.ACCEPTED: "つなぎに回答があります", Act.ADVISED: "つなぎに返事があります",
    Act.RETURNED: "つなぎに回答があります",
}


def tell(step: ReferralStep) -> int:
    """Post the letter about a step to the other side's addresses on the roster; give how many went into the outbox."""
    referral = step.referral
    session.flush()  # the address of its page holds its id
    told = _coordinators(referral.handler_id if step.act == Act.SAID else None) if step.from_referrer else [referral.member]
    addressed = [each for each in told if each.email and each.active and each.user_id != step.by_id]
    for member in addressed:
        outbox.post(f"referral/{referral.id}", member.email, _subject(step), _words(step, member))
    return len(addressed)


def _coordinators(handler_id: int | None) -> list[Member]:
    """Whoever handles it; before anybody does, all coordinators on the roster."""
    query = sa.select(Member).join(User, User.id == Member.user_id).where(
        User.active.is_(True), User.id.in_(sa.select(UserRole.user_id).where(UserRole.role == Role.COORDINATOR)))
    return list(session.scalars(query.where(User.id == handler_id) if handler_id else query))


def _subject(step: ReferralStep) -> str:
    mark = "(緊急)" if step.from_referrer and step.referral.urgency == Urgency.LIFE else ""
    return f"【{office().name}】{SUBJECTS[step.act]}{mark}（{step.referral.number}）"


def _words(step: ReferralStep, member: Member) -> str:
    """The letter, always Japanese; what it is about stands only behind the sign-in."""
    base = current_app.config["KURUMAZA"].base_url
    link = [f"{base}{url_for('referrals.show', referral_id=step.referral_id)}"] if base and step.act != Act.WITHDRAWN else []
    where = [] if step.act == Act.WITHDRAWN else ["内容は、車座にサインインしてご覧ください。", *link]
    return "\n".join([member.agency.name, f"{member.name} 様", "", f"{SUBJECTS[step.act]}。", f"つなぎ番号　{step.referral.number}", "",
                      *where, "", "このメールには相談の内容を記載していません。", "", office().name])
