"""A resource idea made of a line that was said; taken back with it."""

from __future__ import annotations

import hashlib

from core import live
from core.database import session, utcnow
from core.languages import _
from core.web import Refused
from meetings.acts import RoomAct, way
from meetings.capture import Entry
from resources.models import ResourceIdea


def ask_open(entry: Entry) -> None:
    """Raise Refused for a line that was removed, or that not everybody at the table may read: an idea is read by all of it."""
    entry.ask_standing()
    if entry.limited:
        raise Refused(_("This line is shared with some of the table only; an idea is seen by all of it."),
                      _("Write the idea in words that everybody may read."))


def link(idea: ResourceIdea, entry: Entry, by) -> None:
    """Keep of which line the idea was made, once."""
    ask_open(entry)
    if idea.entry_id is None:
        idea.entry_id = entry.id
        session.flush()
        now = dict(id=idea.id, words=_fingerprint(idea))
        RoomAct.note(entry.hearing, by, "idea", entry, dict(there=False, **now), dict(there=True, **now))


@way("idea")
def _idea_back(_act: RoomAct, _by, have: dict, want: dict) -> None:
    idea = session.get(ResourceIdea, have["id"])
    session.refresh(idea)
    if have["there"] == bool(idea.removed_at) or have["words"] != _fingerprint(idea):
        raise Refused(_("This idea was changed in the meantime."), _("Nothing was undone. You can change the idea by hand."))
    idea.removed_at = None if want["there"] else utcnow()
    live.touch(idea.hearing.meeting.topic)


def _fingerprint(idea: ResourceIdea) -> str:
    parts = [idea.need, idea.wished, idea.enables, idea.nearest, idea.first_step, idea.forum, idea.owner_id, idea.state.value]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
