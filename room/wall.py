"""What comes on the wall: only what everybody at the table may see, whosever account opened it.

Of people it names agencies only. A name that stands large behind everybody looks like a debt, stays on a photograph of the
screen, and is read from the corridor; who of an agency comes is known to those who took it on.
"""

from __future__ import annotations

import sqlalchemy as sa

from core import live
from core.languages import _
from core.web import Refused
from ground_rules.views import parts
from meetings.capture import Entry
from meetings.models import Meeting
from meetings.rights import entries_for_all, steps_for_all
from meetings.table import Hearing
from room import pages
from room.rounds import Round
from room.screens import HELD, Screen, on_the_wall


def words_of(meeting: Meeting) -> dict:
    """What the projection says, for the case on the table."""
    words = pages.words_of(meeting)
    for own in ("lines", "seat"):  # what this person may see besides has no business here
        del words[own]
    hearing, agenda = words["hearing"], steps_for_all(meeting, words["hearings"])
    running = next((each for each in agenda if each.current), None)
    return words | dict(agenda=agenda, current=running, screen=screen_of(hearing), said=_said(hearing), rules=lambda: parts(meeting.edition, meeting.day),
                        asked=_asked(hearing), round_said=lambda asked: asked.lines(sa.select(Entry).where(Entry.limited.is_(False))), roles=[each for each in hearing.actions if not each.removed_at],
                        ideas=[each for each in hearing.ideas if not each.removed_at])


def screen_of(hearing: Hearing) -> Screen:
    """What stands on the wall for this case now."""
    running = next((each for each in hearing.meeting.agenda if each.current and each.hearing in (None, hearing)), None)
    return on_the_wall(running.screen if running else "", hearing.confiding, hearing.shown)


def ask_open(hearing: Hearing) -> None:
    """Raise Refused once the minutes are final: nothing of the meeting is chosen any more."""
    if hearing.meeting.final:
        raise Refused(_("The minutes are final; what the wall shows is no longer chosen."), _("To change final minutes, reopen them with a reason."))


def hold(hearing: Hearing, screen: str) -> None:
    """Hold a screen of the wall for this case; "" lets it follow the agenda."""
    ask_open(hearing)
    hearing.shown = screen if screen in [each.value for each in HELD] else ""
    live.touch(hearing.meeting.topic)


def show_own_words(hearing: Hearing, on: bool) -> None:
    """Let the person's own words stand beside the question, or take them off the wall again."""
    ask_open(hearing)
    hearing.words_shown = on
    live.touch(hearing.meeting.topic)


def _asked(hearing: Hearing) -> Round | None:
    """The round that runs, or whose words were just revealed: it takes the place of the step's screen, unless one is held."""
    last = Round.last(hearing)
    return last if last and not last.limited and not hearing.shown and (last.running or last.fresh) else None


def _said(hearing: Hearing) -> dict[str, list]:
    """The lines by their kind."""
    lines: dict[str, list] = {}
    for each in entries_for_all(hearing):
        lines.setdefault(each.kind.value, []).append(each)
    return lines
