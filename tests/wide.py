"""A wider world, built once and only looked at: two households, a running and a finished meeting, everybody who could knock.

山田 花子 runs A's case, 次郎 sits for it, 三郎 has not acknowledged the rules yet, 五郎 is only asked in writing,
四郎 sits for another household (Z), whose coordinator is 別の 担当. Nothing of A's case is told without `SECRET` in it.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
import re

import sqlalchemy as sa

from accounts.models import Role, User
from actions.models import ActionItem
from actions.requests import ChangeRequest
from agencies import columns
from agencies.imports import RosterImport
from agencies.models import Domain, Member
from agencies.sheets import Sheet
from agencies.views_import import flow as roster_flow
from cases.consent import ConsentState, Method
from cases.flow import Stage
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from cases.stages import Closure, StageMove
from circulation.models import Circulation
from circulation.words import Outcome, RemarkKind
from community.columns import MAP
from community.imports import ResourceImport
from community.kinds import Footing, ResourceKind
from community.models import Correction, SocialResource
from community.views_import import flow as map_flow
from core import clock, database
from core.database import Base, session, unit, utcnow
from core.outbox import post
from core.reasons import Reason
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from disclosure.gathering import gather
from disclosure.models import DisclosureRequest, Opinion, Subject
from disclosure.papers import issue
from disclosure.words import Capacity, PaperKind, State as DisclosureState
from exports import word
from exports.blocks import Text
from exports.layout import STANDARD
from ground_rules.drafts import EditionDraft
from home.feed import Feed
from identities.facts import Facts
from identities.models import Identity
from links.models import Link
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.steps import AgendaItem
from meetings.table import Attendance, Level, SeatRole
from meetings.templates import AgendaTemplate
from notices.kinds import NoticeKind
from notices.models import tell
from papers import own_samples
from papers.case_book import CaseExample
from papers.case_book_of_case import facts_of
from papers.copies import How, PaperCopy
from papers.own_filling import Prepared
from papers.own_forms import FormPaper, OwnForm
from papers.variants import Variant
from papers.withholding import Mark
from plans import evaluation
from plans.content import Content, Goal, Support
from plans.models import Plan
from plans.verdicts import Conclusion, Result
from preparation import letters_paper
from preparation.dates import DatePoll
from preparation.inquiries import Inquiry
from preparation.letters import LetterKind, PaperLetter
from preparation.rooms import Room
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern
from preparation.sheets import PARTS, Sheet as PreparationSheet
from preparation.sheets_roles import RoleCandidate
from referrals.models import Referral, ReferralNeed, ReferralPerson
from referrals.words import Agreement, Urgency
from resources.models import ResourceIdea
from resources.register import Proposal
from retention.disposal import Disposal, DisposalItem
from room.cards import ClueCard
from room.cards_used import CardUse
from room.rounds import Round
from selfcheck.models import SelfCheck
from tests.world import PASSWORD, World

SECRET = "松の実の合図"
REFERRED = "桐の葉の合図"  # stands in every referral: all coordinators read those that are open
SAMPLE_FORM = Prepared(own_samples.sample("sheet", STANDARD), (), ())
NOBODY = "nobody"
PEOPLE = {
    NOBODY: "signed out",
    "saburo": "participant before the acknowledgement",
    "jiro": "participant after it",
    "goro": "participant asked in writing only, after it",
    "shiro": "participant of another case",
    "stranger": "signed in, without a seat",
    "hanako": "coordinator on the team",
    "other": "coordinator not on the team",
    "fumiko": "records clerk",
    "kanri": "administrator",
}


class WideWorld(World):
    """`things["A"]` (A's running meeting), "F" (A's finished one), "P" (A's planned one), "Q" (one whose day is being found) and "Z" name the ids in addresses."""

    def __init__(self, app):
        super().__init__(app)
        self.cookies = {login: self._signed_in(login) for login in PEOPLE}

    def _furnish(self):
        super()._furnish()
        self.sent = self._send(session.get(User, self.hanako))
        self.goro = self._person("goro", "五郎", "警察署", [])
        self.shiro = self._person("shiro", "四郎", "学校", [])
        hanako, other = session.get(User, self.hanako), session.get(User, self.other)
        hanako.take_roles([Role.COORDINATOR, Role.IDENTITY])  # the other coordinator runs a case, too, but knows no names
        case, hidden = session.get(Case, self.case), session.get(Case, self.hidden_case)
        self._tell(case, hanako)
        self._tell(hidden, other, "Zの")
        for each, by, secret in ((case, hanako, ""), (hidden, other, "Zの")):
            for person in (None, each.people[0]):
                Identity.of(each, person).keep(Facts(name=f"{secret}{SECRET}", address=f"{secret}{SECRET}"), by=by)
        running = session.get(Meeting, self.meeting)
        running.hearings[0].seat(self.member(self.goro), Level.INQUIRY, SeatRole.PARTICIPANT)
        there = self._sit(hidden, other, self.shiro)
        done = self._sit(case, hanako, self.jiro, days=2)
        for missing, level in ((self.saburo, Level.DESIRED), (self.goro, Level.INQUIRY)):
            done.hearings[0].seat(self.member(missing), level, SeatRole.PARTICIPANT)
        self.things = {
            "A": self._hold(running, case, hanako, self.jiro, goro=self.goro),
            "Z": self._hold(there, hidden, other, self.shiro, secret="Zの"),
            "F": self._hold(done, case, hanako, self.jiro, goro=self.goro),
        }
        left = Entry.capture(done.hearings[0], hanako, "left", EntryKind.TAKEN_BACK, SECRET)
        colleague = Member(agency=self.member(self.jiro).agency, name="次郎の同僚")
        session.add(colleague)
        session.flush()
        for thing in self.things.values():
            thing.update(carried_id=self.things["F"]["action_id"], left_id=left.id, colleague_id=colleague.id, other_id=self.other)
        planned = self._sit(case, hanako, self.jiro, days=20)
        planned.acknowledge(self.member(self.jiro), by=session.get(User, self.jiro))
        planned.hearings[0].seat(self.member(self.goro), Level.INQUIRY, SeatRole.PARTICIPANT)
        draft = Inquiry.draft(planned.hearings[0], self.member(self.jiro).agency, hanako, ["質問"], clock.today())
        session.flush()
        self.things["P"] = self.things["A"] | dict(meeting_id=planned.id, hearing_id=planned.hearings[0].id,
                                                   item_id=planned.agenda[0].id, seat_id=planned.seats[0].id, guest_seat_id=planned.seats[1].id,
                                                   asked_seat_id=planned.seats[2].id, inquiry_id=draft.id)
        of_the_office = self._regular(hanako)
        for thing in self.things.values():
            thing.update(of_the_office)
        self.things["Q"] = self.things["P"] | self._find_a_day(case, hanako)
        self._refer(hanako, other)
        for thing, ids in self.things.items():
            guest = self.shiro if thing == "Z" else self.jiro
            given = Pledge(meeting=session.get(Meeting, ids["meeting_id"]), member=self.member(guest), edition_id=1, kind=Kind.SHIEN, fiscal_year=clock.fiscal_year(clock.today()),
                           term=Term.CASE, method=PledgeMethod.PAPER, given_on=clock.today(), recorded_by_id=hanako.id)
            session.add(given)
            session.flush()
            ids["pledge_id"] = given.id
        EditionDraft.begin(hanako).write({"safety_ja": "1. **仲間を責めません。**"})
        later = self._sit(case, hanako, self.jiro, days=30)  # takes up what F left
        for user_id in (hanako.id, self.jiro):
            later.acknowledge(self.member(user_id), by=session.get(User, user_id))
        for seat in later.hearings[0].seats:
            seat.attendance = Attendance.PRESENT
        later.open(by=hanako)
        self.things["C"] = self.things["P"] | dict(meeting_id=later.id, hearing_id=later.hearings[0].id)
        self._hand_out(hanako, other)
        done.close(by=hanako)
        session.flush()
        for thing, met in (("A", running), ("F", done), ("Z", there)):
            self._circulate(self.things[thing], met, other if thing == "Z" else hanako, self.shiro if thing == "Z" else self.jiro)
        for thing in "CPQ":
            self.things[thing] |= {name: self.things["A"][name] for name in ("circulation_id", "remark_id", "sentence_id")}
        version = record.finalise(done, hanako, minutes.lay_out)
        self._copy(version)
        for thing, ids in self.things.items():
            ids["record_id"] = version.id if thing == "F" else 0  # the others have no final minutes
        form = OwnForm.begin("様式", FormPaper.MINUTES, SAMPLE_FORM, "", by=hanako)
        form.use(1)
        form.prefer()
        session.flush()
        for thing in self.things.values():
            thing.update(form_id=form.id, number=1, name="sheet", figure="roles")
        for thing, by, guest in (("A", hanako, self.jiro), ("Z", other, self.shiro)):
            council = self._keep_a_council(by, self.member(guest))
            for each in self.things if thing == "A" else "Z":
                self.things[each] = self.things[each] | council
        self.things["D"] = self.things["A"] | dict(meeting_id=self._closed(case, hanako).id)
        for thing in ("A", "F", "Z"):
            self._propose(self.things[thing], self.clerk)
        for thing in "CPQD":
            self.things[thing] |= {name: self.things["A"][name] for name in ("disposal_id", "listed_id")}
        for thing, of, by, secret in (("A", case, hanako, ""), ("Z", hidden, other, "Zの")):
            self._grow_on("AFP" if thing == "A" else thing, of, by, f"{secret}{SECRET}")
            self._exemplify("ACDPQ" if thing == "A" else thing, of, by, f"{secret}{SECRET}")
            self._ask_for_disclosure("ACDFPQ" if thing == "A" else thing, of, by, session.scalar(sa.select(User).where(User.login == "fumiko")))
        self._wish("ACDFPQZ", self._unlisted(done.hearings[0], hanako), hanako)
        self._exemplify("F", case, hanako, "本人の希望から始めた。").make_ready(hanako, 0, "読み合わせた")
        self._look_back(hanako)

    def _keep_a_council(self, by, member):
        """A committee with one member, and its next session."""
        council = Council.found(by, "検討委員会", quorum=Quorum.MAJORITY)
        council.terms.append(CouncilMember(member=member, post=Post.CHAIR, since=clock.today()))
        session.flush()
        starts = clock.instant(clock.today() + timedelta(days=25), clock.read_time("14:00"))
        sitting = CouncilSession.plan(council, by, 1, starts, starts + timedelta(hours=1), public=True, place="委員会室")
        return dict(council_id=council.id, term_id=council.terms[0].id, session_id=sitting.id)

    def _unlisted(self, hearing, by):
        idea = ResourceIdea(hearing=hearing, key="register", need=SECRET, wished=SECRET, enables=SECRET, written_by_id=by.id)
        session.add(idea)
        session.flush()
        return idea.id

    def _wish(self, things, idea_id, by):
        """An idea that has left its case: a proposal in the register, which tells of no case."""
        wish = Proposal.make(session.get(ResourceIdea, idea_id), by, "", {}, wished="夜の居場所", enables="過ごせる", need="一人でいる")
        for thing in things:
            self.things[thing] = self.things[thing] | dict(proposal_id=wish.id)

    def _propose(self, things, by):
        """A list of a disposal for a meeting; its term is not over, so nobody can carry it out."""
        item = DisposalItem(meeting_id=things["meeting_id"], reference="R08-支援-0001", kept="5年", ends=clock.today(), versions=[])
        made = Disposal(year=2026, proposed_by_id=by, items=[item])
        session.add(made)
        session.flush()
        things |= dict(disposal_id=made.id, listed_id=item.id)

    def _ask_for_disclosure(self, things, case, by, clerk):
        """A request about somebody of a household, being looked for, with a third party asked and a paper that went out."""
        asked = DisclosureRequest.receive(clerk, clock.today(), Capacity.SELF, "会議録", identity_by="運転免許証")
        person = case.people[0]
        asked.subjects.append(Subject(label=f"{case.number} {person.label}", case_id=case.id, person_id=person.id, linked_by_id=by.id))
        asked.go(DisclosureState.SEARCHING, by)
        asked.opinions.append(Opinion(party="保健センター", asked_on=clock.today(), by_id=clerk.id))
        session.flush()
        gather(asked, by)
        issued = issue(asked, clerk, PaperKind.INVENTORY)
        session.flush()
        known = session.scalar(sa.select(Identity.id).where(Identity.person_id == person.id))
        for thing in things:
            self.things[thing] = self.things[thing] | dict(
                disclosure_id=asked.id, subject_id=asked.subjects[0].id, opinion_id=asked.opinions[0].id, disclosure_paper_id=issued.id, identity_id=known,
                disclosure_item_id=next(each.id for each in asked.items if each.case_id), kind="inventory")

    def _copy(self, version):
        """A copy of each meeting's minutes that is out, and a passage that is withheld of the final ones."""
        mark = Mark(version_id=version.id, place="hearings.0.facts.0.text", kind="第三者情報", article="第2号", by_id=self.hanako)
        session.add(mark)
        for thing in "AFZ":
            meeting = session.get(Meeting, self.things[thing]["meeting_id"])
            numbers = {each.case.number for each in meeting.hearings}
            copy = PaperCopy.keep(meeting, session.get(User, self.hanako), 1, Variant.DISTRIBUTION, SECRET, "a" * 64, word.draw([Text(SECRET)], "会議録 写し"), numbers)
            out = copy.hand_over(session.get(User, self.hanako), clock.today(), How.HAND, 1, True)
            self.things[thing] |= dict(copy_id=copy.id, delivery_id=out.id)
        session.flush()
        for thing in self.things.values():
            thing |= dict(withheld_id=mark.id, line=1) | {name: thing.get(name, self.things["A"][name]) for name in ("copy_id", "delivery_id")}

    def _exemplify(self, things, case, by, text) -> CaseExample:
        """A case as an example of the case book, with this text in it."""
        made = CaseExample.begin(case, by, clock.fiscal_year(clock.today()), facts_of(case), False, title="母と子の世帯", overview=text)
        for thing in things:
            self.things[thing] = self.things[thing] | dict(example_id=made.id, year=made.fiscal_year)
        return made

    def _look_back(self, by):
        """This year's self-check of the office, answered but not finished."""
        for part in SelfCheck.begin(by, clock.fiscal_year(clock.today())).parts:
            part.answer(by, {})
        for thing in self.things.values():
            thing.update(section="rules")

    def _grow_on(self, things, case, by, text):
        """What hangs on a case itself rather than on one of its meetings."""
        closure = Closure(lead_agency=self.member(self.jiro).agency, roles=text, outlook=text, signs=text)
        closure.check_on([clock.today(), clock.today() + timedelta(days=30)])
        case.closures.append(closure)
        case.moves.append(StageMove(from_stage=case.stage, to_stage=Stage.CLOSED, on=clock.today(), reason=text, by_id=by.id))
        case.stage = Stage.CLOSED
        plan = Plan.begin(case, by, Content(
            aim=text, informal=text, goals=(Goal(text, text, (Support(text, text),)),), period_from="2026-04-01",
            period_to="2027-03-31", monitoring_on=clock.today().isoformat()))
        plan.freeze(by, change=text).agree(by, text, clock.today())
        evaluation.monitor(plan, by, clock.today(), text, clock.today())
        if "Z" in things:
            evaluation.evaluate(plan, by, clock.today(), [(Result.PARTLY, text)], Conclusion.CLOSE, own_view=text, reason=text)
        session.flush()
        for thing in things:
            self.things[thing] = self.things[thing] | dict(check_id=closure.checks[0].id)

    def _regular(self, by):
        room = Room(name="302会議室", seats=20)
        series = Series(name="みなも市支援会議", kind=Kind.SHIEN, pattern=Pattern.MONTHLY, weekday=2, ordinals="2", starts=clock.read_time("14:00"),
                        ends=clock.read_time("16:00"), mode=Mode.IN_PERSON, place="302会議室", template="standard", first_on=clock.today(),
                        last_on=clock.today() + timedelta(days=100), on_closed=OnClosed.NEXT, planned_by_id=by.id)
        session.add_all([room, series])
        session.flush()
        return self._map(by) | dict(feed_token=Feed.renew(session.get(User, self.jiro)), room_id=room.id, series_id=series.id, template_id=AgendaTemplate.of("short").id, card_id=1)

    def _map(self, by):
        """A resource of the town that somebody says is wrong, and a table on its way onto the map."""
        there = SocialResource.make(by, name="ふれあいサロン", kana="ふれあいさろん", kind=ResourceKind.PLACE, footing=Footing.INFORMAL, does="お茶を飲む", domains=[session.get(Domain, "ELD")],
                                    agency_id=self.member(self.jiro).agency_id)
        wrong = Correction(resource_id=there.id, text="曜日が違う", by_id=self.jiro)
        rows = [["資源名", "できること", "電話"], ["子ども食堂", "夕食", "00-0000"], ["ふれあいサロン", "体操", ""]]
        sent = ResourceImport.begin(by.id, "資源.csv", [Sheet("CSV", rows)])
        sent.point_at(0, columns.found(rows, of=MAP))
        session.add(wrong)
        session.flush()
        return dict(resource_id=there.id, correction_id=wrong.id, map_import_id=sent.id, map_read_id=map_flow.plan(sent).fingerprint)

    def _find_a_day(self, case, by):
        asked = self._sit(case, by, self.jiro, days=40)
        span = asked.starts_at, asked.ends_at
        poll = DatePoll.begin(asked, by, [span, tuple(each + timedelta(days=1) for each in span)], clock.today() + timedelta(days=10))
        session.flush()
        return dict(meeting_id=asked.id, hearing_id=asked.hearings[0].id, slot_id=poll.slots[0].id, other_slot_id=poll.slots[1].id)

    def _send(self, by):
        """A table on its way into the roster: a new agency with a new person, and somebody who is there."""
        rows = [["機関名", "職名", "氏名"], ["新しい機関", "主事", "新しい 人"], ["保健センター", "主査", "佐藤 次郎"]]
        made = RosterImport.begin(by.id, "名簿.csv", [Sheet("CSV", rows)])
        made.point_at(0, columns.found(rows))
        return made

    def _tell(self, case, by, secret=""):
        case.summary = case.own_words = case.strengths = f"{secret}{SECRET}"
        if not case.people:
            case.people.append(HouseholdPerson(position=1, label="Zさん"))
            session.flush()
        case.people[0].note = f"{secret}{SECRET}"
        case.needs.append(Need(position=2, domain_code="CHD", text=f"{secret}{SECRET}"))
        case.people[0].record_consent(by, ConsentState.GIVEN, clock.today(), method=Method.ORAL, scope=f"{secret}{SECRET}")

    def _sit(self, case, by, guest, days=3):
        starts = clock.instant(clock.today() + timedelta(days=days), clock.read_time("10:00"))
        meeting = Meeting.schedule(by, Kind.SHIEN, "みなも市支援会議", starts, starts + timedelta(hours=1), case=case, place="301")
        meeting.agenda.append(AgendaItem(position=1, title="開会", minutes=60))
        meeting.hearings[0].seat(self.member(by.id), Level.REQUIRED, SeatRole.FACILITATOR)
        meeting.hearings[0].seat(self.member(guest), Level.REQUIRED, SeatRole.NOTE_TAKER)
        session.flush()
        return meeting

    def _hold(self, meeting, case, by, guest, goro=None, secret=""):
        text, hearing = f"{secret}{SECRET}", meeting.hearings[0]
        hearing.purpose = hearing.to_decide = hearing.next_meeting = hearing.emergency = text
        for user_id in filter(None, (by.id, guest, goro)):
            meeting.acknowledge(self.member(user_id), by=session.get(User, user_id))
        for seat in hearing.seats:
            seat.attendance = Attendance.PRESENT
        meeting.open(by=by)
        key = f"{meeting.id}-key"
        entry = Entry.capture(hearing, by, f"{key}-e", EntryKind.FACT, text, text)
        action = ActionItem.assign(hearing, by, f"{key}-a", text, member=self.member(guest))
        idea = ResourceIdea.suggest(hearing, by, f"{key}-i", need=text, wished=text, enables=text)
        use = CardUse.show(hearing, by, ClueCard.listed()[0].words)
        use.note(text, use.mark)
        session.flush()
        wished = ChangeRequest.ask(action, session.get(User, guest), f"{text}を隔週で", reason=text)
        prepared = self._prepare(hearing, by, self.member(guest).agency, self.member(goro or guest).agency, text)
        asked, heard = self._go_round(hearing, by, guest, secret, text)
        notice = tell(self.member(guest), NoticeKind.CONFIRM, key=f"wide/{meeting.id}", about=f"{meeting.name} {meeting.reference}", path="/actions")
        letter = post(meeting.topic, "somebody@example.jp", "開催のご案内", "日時と場所", b"BEGIN:VCALENDAR")
        letter.end(Reason.UNKNOWN, "550 5.1.1 no such user")
        session.flush()
        return dict(case_id=case.id, person_id=case.people[0].id, hearing_id=hearing.id, meeting_id=meeting.id,
                    item_id=meeting.agenda[0].id, letter_id=letter.id, notice_id=notice.id, number=1, entry_id=entry.id, action_id=action.id,
                    words_id=action.fingerprint, wish_id=wished.id, idea_id=idea.id, use_id=use.id, mark_id=use.mark, user_id=self.jiro, agency_id=self.member(guest).agency_id,
                    round_id=asked.id, seat_id=heard.id, member_id=self.member(self.jiro).id, code="ELD", import_id=self.sent.id, read_id=roster_flow.plan(self.sent).fingerprint, key="meeting",
                    **prepared)

    def _circulate(self, things, meeting, by, guest):
        """The draft goes round, as if the meeting had been closed; the guest asks for other words."""
        closed, meeting.closed_at = meeting.closed_at, utcnow()
        draft = Circulation.begin(meeting, by, clock.today() + timedelta(days=14))
        meeting.closed_at = closed
        sentence = next(each for each in draft.sentences if each.place == "1.facts.0")
        said = draft.reader(self.member(guest)).remark(session.get(User, guest), sentence, RemarkKind.CORRECT, f"{sentence.text}。", sentence.text)
        if meeting.closed:
            said.settle(by, Outcome.REJECTED, "", sentence.text)
        things.update(circulation_id=draft.id, remark_id=said.id, sentence_id=sentence.key)

    def _closed(self, case, by):
        """A closed meeting whose draft has not gone round."""
        meeting = self._sit(case, by, self.jiro, days=4)
        for seat in meeting.hearings[0].seats:
            seat.attendance = Attendance.PRESENT
        meeting.acknowledge(self.member(by.id), by=by)
        meeting.open(by=by)
        meeting.close(by=by)
        session.flush()
        return meeting

    def _go_round(self, hearing, by, guest, secret, text):
        """A round in which the guest has written; at Z's table it is revealed, and somebody without an account sits there."""
        asked, heard = Round.begin(hearing, by, f"{hearing.id}-round", text), hearing.seats[0]
        session.flush()
        asked.write(next(each for each in hearing.seats if each.member.user_id == guest), session.get(User, guest), text, 0)
        if secret:
            neighbour = Member(agency=self.member(guest).agency, name="隣の人")
            session.add(neighbour)
            session.flush()
            heard = hearing.seat(neighbour, Level.DESIRED, SeatRole.PARTICIPANT)
            heard.attendance = Attendance.PRESENT
            asked.reveal()
            session.flush()
        return asked, heard

    def _hand_out(self, hanako, other):
        """A personal link for each meeting; the address known is that of Z's neighbour, the only one without an account."""
        for thing, by in (("A", hanako), ("F", hanako), ("Z", other)):
            ids = self.things[thing]
            meeting = session.get(Meeting, ids["meeting_id"])
            member = next((each for each in meeting.people() if each.user_id is None), self.member(self.jiro))
            issued = Link.issue(meeting, member, by)
            ids["link_id"] = issued.link.id
        for ids in self.things.values():
            ids["token"] = issued.path.removeprefix("/l/")
            ids.setdefault("link_id", self.things["A"]["link_id"])

    def _prepare(self, hearing, by, agency, asked, text):
        sheet = PreparationSheet.begin(hearing, agency, by)
        sheet.write(by, dict.fromkeys(PARTS, text), [(None, text, text)])
        sheet.hand_in(by)
        candidate = RoleCandidate.ask(hearing, agency, text, by)
        inquiry = Inquiry.draft(hearing, asked, by, [text], clock.today())
        inquiry.send(by)
        words = dict(number="第1号", dated_on=clock.today(), due_on=clock.today(), ground="根拠", asks=text, contact="担当")
        letter = letters_paper.compose(hearing, agency, LetterKind.REQUEST, words, (text,))
        paper = PaperLetter.make(hearing, agency, by, LetterKind.REQUEST, letter, "第1号", clock.today(), f"batch-{hearing.id}")
        session.flush()
        return dict(candidate_id=candidate.id, inquiry_id=inquiry.id, paper_id=paper.id)

    def _refer(self, hanako, other):
        """次郎's open referral (A) and the one sent back to him (F); 四郎's, accepted into Z's case."""
        jiro, shiro = session.get(User, self.jiro), session.get(User, self.shiro)
        waiting, returned, accepted = (Referral.put_forward(by, sheet()) for by in (jiro, jiro, shiro))
        session.flush()
        returned.send_back(hanako, REFERRED)
        accepted.accept(other, REFERRED, session.get(Case, self.hidden_case))
        session.flush()
        for thing, ids in self.things.items():
            ids["referral_id"] = {"F": returned, "Z": accepted}.get(thing, waiting).id

    # -- visiting -----------------------------------------------------------------------------------------------------

    def visitor(self, login):
        """A fresh client with the cookies of somebody who has signed in (or of nobody), and the token of their pages."""
        client, (kept, token) = self.app.test_client(), self.cookies[login]
        client.set_cookie("kurumaza", kept)
        return client, token

    def _signed_in(self, login):
        client = self.app.test_client()
        page = client.get("/sign-in").text
        if login != NOBODY:
            answer = client.post("/sign-in", data=dict(login=login, password=PASSWORD, csrf_token=token_in(page)))
            assert answer.status_code == 303, answer.text
            page = client.get("/ground-rules").text
        return client.get_cookie("kurumaza").value, token_in(page)


def sheet(words=REFERRED, **more) -> dict:
    """What stands on a 相談シート."""
    return dict(label="Jさん世帯", household_type=HouseholdType.OTHER, worry=words, own_words=words, done=words, ask=words,
                agreement=Agreement.GIVEN, urgency=Urgency.NORMAL, people=[ReferralPerson(position=1, label="Jさん", relation="母", age=40)],
                needs=[ReferralNeed(position=1, domain_code="CHD", text=words)]) | more


def token_in(page: str) -> str:
    """The token every form of this page carries."""
    return re.search(r'name="csrf-token" content="([^"]+)"', page)[1]


def plain(page: str) -> str:
    """The page without its tokens, which differ from one request to the next."""
    return re.sub(r'(content|value)="[\w.-]{60,}"', "", page)


def contents(app, without=("audit", "audit_head")) -> dict[str, list]:
    """Every row of every table, but for those named: to be compared before and after."""
    with app.app_context(), unit(read_only=True):
        return {table.name: sorted(map(repr, session.execute(sa.select(table)).all()))
                for table in Base.metadata.sorted_tables if table.name not in without}


@contextmanager
def nothing_kept(monkeypatch):
    """Whatever a request does in here is done, answered and undone; gives the list of what would have been kept."""
    kept = []

    def undo():
        database.session.flush()
        kept.extend(database.session.info.get("acts", []))
        database.session.rollback()

    with monkeypatch.context() as patch:
        patch.setattr(database.session, "commit", undo)
        yield kept
