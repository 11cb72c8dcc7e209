"""Nobody is made the holder of a role against their 難しい: the rule of `actions/rules.py`, asked of a table."""

from __future__ import annotations

from actions import rules
from actions.confirmations import Confirmation
from core.languages import _
from core.web import Refused


def standing_no(hearing, by, what: str, agency, member, role=None) -> Confirmation | None:
    """The 難しい that stands against giving a role of these words to somebody; None when they may be asked."""
    agency = agency or (member.agency if member else None)
    said = [each for action in hearing.actions for each in action.nos]
    asking = (by.member.agency_id, by.member.id) if by.member else None
    nos = {each.no: each for each in said}
    return nos.get(rules.against(nos, role and role.id, what, agency and agency.id, member and member.id, asking))


def reason(no: Confirmation) -> tuple[str, str]:
    """Why a role is not given to somebody against their word, and the way on."""
    return (_("%(who)s answered “It is difficult” to this role.", who=no.who),
            _("Ask somebody else, or leave it unassigned and name who goes on looking. Only they themselves change their answer."))


def ask_free(hearing, by, what, agency, member, role=None) -> None:
    """Raise Refused when the role would be put on somebody against their word."""
    no = standing_no(hearing, by, what, agency, member, role)
    if no is not None:
        raise Refused(*reason(no))
