"""The legal ground of a meeting, asked whenever a case is planned into it, moved with it, or opened in it."""

from __future__ import annotations

from core.languages import _
from core.web import Refused
from meetings.kinds import Kind, allowed


def permitted(kind: Kind, case, on) -> bool:
    """Whether a case may be heard in this kind of meeting on that day."""
    return not kind.hears_cases or kind in allowed(case.consented(on))


def ask_consent(kind: Kind, case, on) -> None:
    """Raise Refused when a case may not be heard in this kind of meeting on that day."""
    if not permitted(kind, case, on):
        names = "、".join(person.label for person in case.without_consent(on)) or case.label
        raise Refused(
            _("Without valid consent this cannot be a plan review meeting (重層的支援会議): %(names)s.", names=names),
            _("Hold it as a statutory support meeting (支援会議), or record the consent on the page of the case."))
