"""All papers of a meeting, in the order in which they are needed: what each is for, who gets it, its state, and the way to it.

What a person may have is asked here once, of the finders that the papers' own doors ask (`Reach`); what they may not have is not in
the list. Papers that have a page of their own are linked, not made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
import sqlalchemy as sa

from circulation.models import Circulation
from core import clock
from core.access import visible
from core.database import session
from core.languages import _
from followup.guests import guests
from meetings.models import Meeting
from meetings.pledges import standing
from meetings.table import Hearing
from papers.wall_paper import PAGES
from plans.models import Plan
from preparation.letters import LetterKind, PaperLetter
from preparation.sheets import Sheet, asked


@dataclass(frozen=True)
class Way:
    """A button: to a page, or (`file`) a paper that is handed out at once."""

    words: str
    url: str
    file: bool = False


@dataclass(frozen=True)
class Copy:
    """A paper as it stands for one case (or for the whole meeting, with an empty `of`)."""

    of: str
    state: str
    ways: tuple[Way, ...]
    done: bool = False


@dataclass(frozen=True)
class Paper:
    name: str
    purpose: str
    readers: str
    copies: tuple[Copy, ...]


class Reach:
    """What a person may do with a meeting: the cases they see, run and write for, and whether its minutes are open to them."""

    def __init__(self, person, meeting: Meeting):
        self.person, self.meeting = person, meeting
        self.seen, self.run, self.writes = (self._hearings(act) for act in ("see", "run", "write"))
        self.runs = person.may("run", "meeting", meeting.id)
        self.minutes = bool(meeting.opened_at) and person.may("see", "minutes", meeting.id)

    def _hearings(self, act: str) -> list[Hearing]:
        ids = set(session.scalars(visible(self.person, "hearing", act).where(Hearing.meeting_id == self.meeting.id).with_only_columns(Hearing.id)))
        return [each for each in self.meeting.hearings if each.id in ids]


def before(reach: Reach) -> Iterator[Paper]:
    """What is made before the meeting."""
    letters = {each.id: PaperLetter.of(each) for each in reach.run}
    yield Paper(_("Convening notice"), _("Asks the head of an agency to send somebody."), _("Heads of agencies"),
                tuple(_letters(each, letters[each.id], LetterKind.NOTICE) for each in reach.run))
    yield Paper(_("Request for information"), _("Asks in writing for what an agency knows, with a sheet for the answers."), _("Heads of agencies"),
                tuple(_letters(each, letters[each.id], LetterKind.REQUEST) for each in reach.run if each.case))
    yield Paper(_("Preparation sheets"), _("What each agency brings, thought over beforehand."), _("Everybody who sits at the table"),
                tuple(_sheets(reach, each) for each in reach.writes if each.case))
    yield Paper(_("Consent form"), _("What may be shared with whom, in the person's own hand."), _("The person and the family"),
                tuple(_consents(each) for each in reach.run if each.case))
    if reach.runs:
        yield Paper(_("Confidentiality pledge"), _("For people without an account; with one, they accept the rules on the screen."),
                    _("Whoever sits at the table"), (_pledges(reach),))


def during(reach: Reach) -> Iterator[Paper]:
    """What lies on the table or hangs on the wall."""
    if reach.seen:
        ways = _word_and_pdf("papers.agenda", meeting_id=reach.meeting.id)
        yield Paper(_("Agenda and who sits"), _("What comes when, and who is there."), _("Everybody who sits at the table"), (Copy("", "", ways),))
    yield Paper(_("Role table for the wall"), _("Who does what by when, on one page read from two metres. No name of the household."),
                _("On the wall during the meeting, collected afterwards"), tuple(_wall(each) for each in reach.seen if each.opened_at))


def after(reach: Reach) -> Iterator[Paper]:
    """What is filed, sent round or handed over afterwards."""
    if reach.minutes:
        yield Paper(_("Minutes"), _("What was shared, decided and taken on; filed for years."), _("The office, and each participant their own copy"),
                    (_minutes(reach.meeting),))
    turns = session.scalars(visible(reach.person, "circulation").where(Circulation.meeting_id == reach.meeting.id).order_by(Circulation.id))
    yield Paper(_("Draft of the minutes, going round"), _("Whether everybody finds it right, before it becomes final."), _("Those who sat"),
                tuple(Copy("", _("Answers by %(day)s", day=clock.wareki(each.answer_by)), (
                    Way(_("Open"), url_for("draft.show", circulation_id=each.id)),
                    Way("Word", url_for("draft.docx", circulation_id=each.id), True))) for each in turns))
    if reach.run and reach.meeting.closed:
        yield Paper(_("Slips to confirm a role"), _("A personal link with a code and a QR square, to answer for one's own roles."),
                    _("People without an account who hold a role"), (_slips(reach),))
    cases = [each.case for each in reach.seen if each.case]
    plans = {case.id: [plan for plan in Plan.of(case) if plan.versions] for case in cases}
    yield Paper(_("Support plan"), _("Goals, support and who does it, as it was put to a meeting."), _("Those who see the case"),
                tuple(_plan(case, plans[case.id][0]) for case in cases if plans[case.id]))
    yield Paper(_("Evaluation sheet"), _("What was reached, what is left, and what follows."), _("Those who see the case"),
                tuple(_evaluation(case, plan) for case in cases for plan in plans[case.id] if plan.evaluated))
    yield Paper(_("Household map (annex)"), _("The household and who supports it, as a picture."), _("The team of the case"), tuple(
        Copy(each.case.number, "", (Way("Word", url_for("household.annex", case_id=each.case_id), True),)) for each in reach.run if each.case))


def _letters(hearing, made: list[PaperLetter], kind: LetterKind) -> Copy:
    own = [each for each in made if each.kind == kind]
    new = Way(_("Make letters"), url_for("letters.new", hearing_id=hearing.id, kind="request" if kind == LetterKind.REQUEST else None))
    if not own:
        return Copy(_of(hearing), _("None made yet"), (new,))
    state = _("%(num)s made, the last on %(day)s", num=len(own), day=clock.wareki(clock.local(own[0].made_at).date()))
    if any(each.outdated for each in own):
        state += " / " + _("Made before the plan changed")
    return Copy(_of(hearing), state, (Way(_("Open"), url_for("letters.index", hearing_id=hearing.id)), new), done=True)


def _sheets(reach: Reach, hearing) -> Copy:
    brought = session.scalar(sa.select(sa.func.count()).select_from(
        visible(reach.person, "sheet").where(Sheet.hearing_id == hearing.id, Sheet.handed_in_at.is_not(None)).subquery()))
    wished = len(asked(hearing))
    return Copy(_of(hearing), _("%(done)s of %(all)s agencies", done=brought, all=wished),
                (Way(_("Open"), url_for("sheets.index", hearing_id=hearing.id)),), done=bool(wished) and brought >= wished)


def _consents(hearing) -> Copy:
    people = hearing.case.people
    given = len(people) - len(hearing.case.without_consent(clock.today()))
    return Copy(_of(hearing), _("Consent holds for %(done)s of %(all)s people", done=given, all=len(people)), (
        Way(_("Open"), url_for("consents.index", case_id=hearing.case_id)),
        Way(_("Blank (Word)"), url_for("consents.blank", case_id=hearing.case_id), True),
        Way(_("Fill in"), url_for("consents.paper", case_id=hearing.case_id))), done=given == len(people))


def _pledges(reach: Reach) -> Copy:
    people, acknowledged = standing(reach.meeting, reach.run), reach.meeting.acknowledgements
    given = sum(each is not None for each in people.values())
    read = len({each.id for each in people} & set(acknowledged))
    state = _("Pledges: %(given)s, rules accepted: %(read)s, of %(all)s people", given=given, read=read, all=len(people))
    return Copy("", state, (), done=bool(people) and all(pledge or each.id in acknowledged for each, pledge in people.items()))


def _wall(hearing) -> Copy:
    count = sum(not each.removed_at for each in hearing.actions)
    ways = tuple(Way(size.upper(), url_for("papers.wall", hearing_id=hearing.id, size=size), True) for size in PAGES)
    pdf = Way("PDF", url_for("papers.wall", hearing_id=hearing.id, **{"as": "pdf"}), True)
    return Copy(_of(hearing), _("%(num)s roles", num=count), (*ways, pdf))


def _minutes(meeting) -> Copy:
    state = _("Final version %(number)s", number=meeting.final.number) if meeting.final else _("Draft")
    ways = (("Word", "minutes.docx"), ("PDF", "minutes.as_a_pdf"), (_("Plain text"), "minutes.txt"), ("Markdown", "minutes.md"))
    return Copy("", state, (Way(_("Open"), url_for("minutes.show", meeting_id=meeting.id)),
                            *(Way(words, url_for(door, meeting_id=meeting.id), True) for words, door in ways)), done=bool(meeting.final))


def _slips(reach: Reach) -> Copy:
    people = guests(reach.meeting, reach.run)
    given = sum(each.link is not None for each in people)
    state = _("%(done)s of %(all)s people have one", done=given, all=len(people)) if people else _("Nobody needs one")
    return Copy("", state, (Way(_("After the meeting"), url_for("followup.show", meeting_id=reach.meeting.id)),), done=given == len(people))


def _plan(case, plan) -> Copy:
    version = plan.newest
    state = _("Version %(number)s, %(day)s", number=version.number, day=clock.wareki(clock.local(version.frozen_at).date()))
    return Copy(case.number, state, (Way(_("Open"), url_for("plans.show", case_id=case.id)), *_word_and_pdf("plans.docx", case_id=case.id)), done=True)


def _evaluation(case, plan) -> Copy:
    return Copy(case.number, clock.wareki(plan.evaluated.on), _word_and_pdf("plans.evaluation_docx", case_id=case.id, plan=plan.number), done=True)


def _word_and_pdf(door: str, **where) -> tuple[Way, ...]:
    return Way("Word", url_for(door, **where), True), Way("PDF", url_for(door, **where, **{"as": "pdf"}), True)


def _of(hearing) -> str:
    return hearing.case.number if hearing.case else ""
