"""A role made of a line that was said, in one stroke; taken back with it."""

from __future__ import annotations

from actions.models import ActionItem
from actions.refusals import ask_free
from core.database import session
from core.languages import _
from core.web import Refused
from meetings.acts import RoomAct, way
from meetings.capture import Entry


def role_of(entry: Entry, by, key: str) -> ActionItem:
    """Put a line on the table as a role, for the agency that said it if that sits there: no date yet, nothing confirmed.
    The same key again gives the role that is there already."""
    entry.ask_standing()
    if entry.limited:
        raise Refused(_("This line is shared with some of the table only; a role is seen by all of it."),
                      _("Write the role in words that everybody may read."))
    seated = {seat.member.agency_id for seat in entry.hearing.seats}
    action = ActionItem.assign(entry.hearing, by, key, entry.text, agency=entry.agency if entry.agency_id in seated else None)
    if action.entry_id is None:
        action.entry_id = entry.id
        session.flush()
        RoomAct.note(entry.hearing, by, "role", entry, dict(there=False, id=action.id, words=action.fingerprint),
                     dict(there=True, id=action.id, words=action.fingerprint))
    return action


@way("role")
def _role_back(_act: RoomAct, by, have: dict, want: dict) -> None:
    action = session.get(ActionItem, have["id"])
    session.refresh(action)
    if have["there"] == bool(action.removed_at) or have["words"] != action.fingerprint or action.confirmations:
        raise Refused(_("This role was changed or answered in the meantime."), _("Nothing was undone. You can change the role by hand."))
    if want["there"]:
        ask_free(action.hearing, by, action.what, action.agency, action.member, role=action)
    action.put(by, want["there"])
