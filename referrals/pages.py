"""What the pages of a referral need, put together once for the doors of both sides."""

from __future__ import annotations

from flask import current_app, render_template
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
import sqlalchemy as sa

from cases.models import Case
from core.database import session
from referrals.forms import AnswerForm, MessageForm, SheetForm
from referrals.models import Referral
from referrals.words import Urgency

CASES_SHOWN = 200  # of the team's, newest first


def show(referral: Referral, message: MessageForm | None = None, answer: AnswerForm | None = None):
    """The page of one referral, with the form that was refused in the place of its fresh one."""
    mine, refused = referral.referred_by_id == current_user.id, message or answer
    desk = current_user.may("desk", "referral", referral.id)
    answering = desk and referral.open
    page = render_template(
        "referrals/show.html", referral=referral, mine=mine, desk=desk, answering=answering,
        talking=current_user.may("talk", "referral", referral.id), message=message or MessageForm(formdata=None),
        answer=(answer or answer_form(referral, formdata=None)) if answering else None,
        case=_case_of(referral) if desk else None)
    return page, refused.status if refused else 200


def answer_form(referral: Referral, **more) -> AnswerForm:
    """The coordinator's form, sealed as shown to this person while the referral was open."""
    cases = session.scalars(current_user.all("case", "run").order_by(Case.id.desc()).limit(CASES_SHOWN)).all()
    form = AnswerForm(cases=cases, data=dict(version=str(referral.version)), **more)
    form.seal.data = _sealer().dumps([referral.id, current_user.id])
    return form


def was_shown(seal: str, referral_id: int) -> bool:
    """Whether this person was shown that referral's answer form: who comes second may be told so, others get 404."""
    try:
        return _sealer().loads(seal) == [referral_id, current_user.id]
    except BadSignature:
        return False


def sheet_of(referral: Referral) -> SheetForm:
    """The sheet as it stands, to be completed."""
    names = ("label", "worry", "own_words", "done", "ask", "agreement_reason", "shown_to_agency")
    return SheetForm(kept=referral.ticks, data={name: getattr(referral, name) for name in names} | dict(
        household_type=referral.household_type.value, agreement=referral.agreement.value, urgency=referral.urgency.value,
        criteria=[str(each.criterion_id) for each in referral.ticks],
        people=[dict(label=each.label, relation=each.relation, age=each.age) for each in referral.people],
        needs=[dict(domain=each.domain_code, text=each.text) for each in referral.needs]))


def by_urgency():
    """To sort by: life first, then soon."""
    return sa.case((Referral.urgency == Urgency.LIFE, 0), (Referral.urgency == Urgency.SOON, 1), else_=2)


def _case_of(referral: Referral) -> Case | None:
    """The case it became, for its team only: nobody else learns that there is one."""
    return session.scalar(current_user.all("case", "run").where(Case.id == referral.case_id)) if referral.case_id else None


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="shown while open")
