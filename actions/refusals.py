"""Nobody is made the holder of a role against their 難しい: the rule of `actions/rules.py`, asked of a case."""

from __future__ import annotations

import sqlalchemy as sa

from actions import rules
from actions.confirmations import Confirmation
from actions.words import Answer
from core.access import may
from core.database import session
from core.languages import _
from core.web import Refused
from meetings.table import Hearing

ROLE = sa.table("action_item", sa.column("id"), sa.column("hearing_id"))  # by its name: the class itself asks here


def standing_no(hearing, by, what: str, agency, member, role=None) -> Confirmation | None:
    """The 難しい that stands against giving a role of these words to somebody, at this table or an earlier one of the same
    case; None when they may be asked."""
    agency = agency or (member.agency if member else None)
    asking = (by.member.agency_id, by.member.id) if by.member else None
    nos = _nos(hearing)
    return nos.get(rules.against(nos, role and role.id, what, agency and agency.id, member and member.id, asking))


def _nos(hearing) -> dict[rules.No, Confirmation]:
    """Each holder's last answer to a role, where it was that one. Its words count until they answer the same ones otherwise."""
    answers = [each for each in session.scalars(_answers(hearing)) if each.agency_id]
    of_role = {(each.action_id, each.agency_id, each.member_id): each for each in answers}
    of_words = {_said(each): each for each in answers}
    last = [each for each in of_role.values() if each.answer == Answer.HARD]
    stands = [of_words[_said(each)].answer == Answer.HARD for each in last]
    return {rules.No(each.action_id, each.words if firm else (), each.agency_id, each.member_id): each for each, firm in zip(last, stands, strict=True)}


def _said(answer: Confirmation) -> tuple:
    return rules.plain(answer.what or answer.action.what), answer.agency_id if answer.member_id is None else None, answer.member_id


def _answers(hearing) -> sa.Select:
    """All answers given in this case, as they stand now: another may have answered at this moment."""
    table = Hearing.case_id == hearing.case_id if hearing.case_id else Hearing.id == hearing.id
    roles = sa.select(ROLE.c.id).join(Hearing, Hearing.id == ROLE.c.hearing_id).where(table)
    return sa.select(Confirmation).where(Confirmation.action_id.in_(roles)).order_by(Confirmation.id).execution_options(populate_existing=True)


def reason(no: Confirmation, hearing, by) -> tuple[str, str]:
    """Why a role is not given to somebody against their word at this table, and the way on. Who said so at another one is
    named only to somebody who may see that one."""
    table = no.action.hearing_id
    known = table == hearing.id or may(by, "hearing", table)
    return (_("%(who)s answered “It is difficult” to this role.", who=no.who) if known else _("It was answered at an earlier meeting that this is difficult."),
            _("Ask somebody else, or leave it unassigned and name who goes on looking. Only they themselves change their answer."))


def ask_free(hearing, by, what, agency, member, role=None) -> None:
    """Raise Refused when the role would be put on somebody against their word."""
    no = standing_no(hearing, by, what, agency, member, role)
    if no is not None:
        raise Refused(*reason(no, hearing, by))
