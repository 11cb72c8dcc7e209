"""A page asks the database as often for eight rows as for one: lists stay quick in the tenth year."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import event

from accounts.models import Role, User
from actions.models import ActionItem, Answer
from agencies import columns
from agencies.imports import RosterImport
from agencies.models import Agency, AgencyKind, Domain, Member
from agencies.sheets import Sheet
from cases.consent import ConsentState, Method
from cases.flow import Stage
from cases.household import Conflict, FamilyRelation, Kinship, Tie
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from circulation.models import Circulation
from circulation.readers import Reader
from circulation.words import Outcome, RemarkKind
from community.kinds import Footing, ResourceKind
from community.models import Correction, SocialResource
from core import clock, database, search
from core.database import session, unit, utcnow
from core.outbox import post
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from disclosure.gathering import gather
from disclosure.models import DisclosureRequest, Subject
from disclosure.words import Capacity, State as DisclosureState
from exports.letters import Letter
from ground_rules.drafts import EditionDraft
from home.feed import Feed
from identities.facts import Facts
from identities.models import Identity
from identities.traces import findings
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting, Mode
from meetings.steps import AgendaItem
from meetings.table import Attendance, Hearing, Level, SeatRole
from notices.kinds import NoticeKind
from notices.models import tell
from papers.case_book import CaseExample
from papers.case_book_of_case import facts_of
from papers.own_forms import FormPaper, OwnForm
from plans import evaluation
from plans.content import Content, Goal
from plans.models import Plan, find
from plans.verdicts import Verdict
from preparation.dates import DatePoll
from preparation.dates_ranking import Mark
from preparation.inquiries import AnswerMethod, Inquiry, InquiryState
from preparation.letters import LetterKind, PaperLetter
from preparation.rooms import Room
from preparation.series import Series
from preparation.series_days import OnClosed, Pattern
from preparation.sheets import PARTS, Sheet as PreparationSheet
from preparation.sheets_roles import PriorAnswer, RoleCandidate
from referrals.models import Referral
from resources.models import ResourceIdea
from resources.register import Proposal
from room.cards import ClueCard
from room.cards_used import CardUse
from room.rounds import Round
from selfcheck.models import SelfCheck
from tests.wide import SAMPLE_FORM, sheet

DATABASES = ["sqlite"]  # the questions are the same on both
MANY = 8
PAGES = [
    ("hanako", "/"), ("hanako", "/cases"), ("hanako", "/cases?stage=intake&consent=missing&team=mine"), ("hanako", "/cases?search={asked}"), ("hanako", "/meetings?search={told}"), ("hanako", "/meetings"), ("hanako", "/meetings?when=past"), ("hanako", "/actions"),
    ("hanako", "/resources"), ("hanako", "/records"), ("hanako", "/agencies"), ("hanako", "/ground-rules/citations"), ("hanako", "/ground-rules/editions"), ("hanako", "/ground-rules/editions/1"), ("hanako", "/ground-rules/draft/preview"),
    ("hanako", "/reflections"), ("hanako", "/hints"),
    ("hanako", "/cases/{case}/identity"), ("hanako", "/cases/{case}/identity/values"), ("hanako", "/names"),
    ("hanako", "/cases/{case}/plan"), ("jiro", "/cases/{case}/plan"), ("hanako", "/cases/{case}/plan.docx"), ("hanako", "/cases/{case}/plan/edit"),
    ("hanako", "/cases/{case}/timeline"), ("jiro", "/cases/{case}/timeline"), ("hanako", "/cases/{case}/stage"), ("hanako", "/cases/{case}/aftercare"),
    ("hanako", "/cases/{case}"), ("hanako", "/cases/{case}/edit"), ("hanako", "/meetings/{meeting}"), ("hanako", "/meetings/{meeting}/edit"),
    ("hanako", "/meetings/{meeting}/cases"),
    ("hanako", "/hearings/{hearing}/seats"), ("hanako", "/fixed-members"), ("hanako", "/meetings/{meeting}/opening"), ("hanako", "/meetings/{meeting}/rules"), ("hanako", "/meetings/{room}/rules/review"), ("hanako", "/meetings/{room}/pledges"), ("hanako", "/pledges"), ("hanako", "/ground-rules/figures"), ("jiro", "/meetings/{room}/pledge"),
    ("hanako", "/meetings/{room}"), ("hanako", "/meetings/{room}/room"), ("hanako", "/meetings/{room}/room/table"),
    ("hanako", "/meetings/{room}/projection"), ("hanako", "/meetings/{room}/closing"), ("hanako", "/meetings/{room}/minutes"),
    ("hanako", "/meetings/{room}/minutes.docx"), ("hanako", "/meetings/{room}/papers"), ("jiro", "/meetings/{room}/papers"), ("hanako", "/agencies/{agency}"),
    ("jiro", "/"), ("jiro", "/cases"), ("jiro", "/meetings"), ("jiro", "/actions"), ("jiro", "/actions?of=agency"), ("jiro", "/actions?of=all&state=open"), ("jiro", "/actions/figures"), ("hanako", "/actions?of=all"), ("hanako", "/actions?of=all&state=done&search={done}"), ("hanako", "/actions/figures"), ("hanako", "/actions.csv?of=all"), ("hanako", "/cases/{case}/actions"), ("jiro", "/cases/{case}"), ("jiro", "/meetings/{meeting}"),
    ("jiro", "/meetings/{room}/room"), ("jiro", "/meetings/{room}/minutes"), ("hanako", "/meetings/{room}/room?view=seat"),
    ("jiro", "/meetings/{room}/room?view=seat"), ("jiro", "/meetings/{room}/room/table?view=seat"),
    ("hanako", "/meetings/{meeting}/dates"), ("hanako", "/meetings/{meeting}/dates/edit"), ("jiro", "/meetings/{meeting}/dates/answer"),
    ("hanako", "/rooms"), ("hanako", "/agenda-templates"), ("hanako", "/clue-cards"), ("hanako", "/clue-cards/1"), ("hanako", "/meetings/{room}/cards"), ("hanako", "/agenda-templates/1"), ("hanako", "/series"), ("hanako", "/series/{series}"), ("hanako", "/series/{series}/edit"), ("hanako", "/series/{series}.ics"), ("hanako", "/calendar"), ("hanako", "/calendar/{feed}.ics"), ("jiro", "/calendar/{own_feed}.ics"),
    ("hanako", "/referrals"), ("hanako", "/referrals/{referral}"), ("hanako", "/referrals/criteria"), ("jiro", "/referrals"),
    ("jiro", "/referrals/new"), ("jiro", "/referrals/{referral}"),
    ("hanako", "/hearings/{hearing}/sheets"), ("jiro", "/hearings/{hearing}/sheets"), ("jiro", "/hearings/{hearing}/sheets/{agency}"),
    ("hanako", "/hearings/{hearing}/inquiries"), ("hanako", "/inquiries/{inquiry}"), ("hanako", "/hearings/{hearing}/letters"),
    ("hanako", "/hearings/{hearing}/letters/new"),
    ("fumiko", "/"), ("fumiko", "/records"), ("fumiko", "/records?search={final}"), ("fumiko", "/records/{record}"), ("fumiko", "/records/ledger.xlsx"), ("fumiko", "/records/ledger.csv"), ("fumiko", "/records/year"), ("hanako", "/records/{record}"), ("kanri", "/"), ("kanri", "/accounts"), ("kanri", "/agencies"), ("kanri", "/audit"), ("kanri", "/settings/outbox"), ("kanri", "/settings/outbox?state=failed"),
    ("hanako", "/reports"), ("hanako", "/reports/figures/cases_opened"), ("hanako", "/reports/figures/roles/rows"), ("hanako", "/reports/fairness"), ("fumiko", "/reports/figures/cases_opened"),
    ("fumiko", "/disclosures"), ("fumiko", "/disclosures/{disclosure}"), ("fumiko", "/disclosures/{disclosure}/seen"), ("hanako", "/disclosures"), ("hanako", "/disclosures/{disclosure}"),
    ("hanako", "/cases/{case}/household"), ("hanako", "/cases/{case}/household/edit"), ("jiro", "/cases/{case}/household"),
    ("hanako", "/cases/{case}/consents"), ("hanako", "/cases/{case}/consent-form"),
]


def test_no_page_asks_more_often_when_there_is_more_to_show(world):
    ids = first_of_everything(world) | sent(world)
    browsers = {who: world.browser(who) for who in ("hanako", "jiro", "fumiko", "kanri")}
    one = asked(browsers, ids)
    with world.app.app_context(), unit():
        for count in range(1, MANY):
            another_of_everything(world, ids, count)
    many = asked(browsers, ids)
    grown = {page: (one[page], many[page]) for page in one if many[page] > one[page]}

    assert grown == {}
    assert {page: count for page, count in many.items() if count > 64} == {}  # the room, which shows most


def sent(world):
    """A table on its way into the roster, that speaks of agencies which will be there and of others."""
    rows = [["機関名", "氏名"], *([f"機関{count}", "別の人"] for count in range(2 * MANY))]
    with world.app.app_context(), unit():
        keep_form(world, 1).use(1)
        made = RosterImport.begin(world.admin, "名簿.csv", [Sheet("CSV", rows)])
        made.point_at(0, columns.found(rows))
        return dict(sent=made.id)


def exemplify(ids, by, count):
    """One more example of the case book that can be read, and one more finding in the first, confirmed."""
    case = session.get(Case, ids["case"])
    made = CaseExample.begin(case, by, clock.fiscal_year(clock.today()), facts_of(case), False, title=f"題{count}", overview="82歳\n6/10")
    if count:
        made.make_ready(by, 0, "読んだ")
    first = session.get(CaseExample, 1)
    first.overview += f"\n{count % 12 + 1}/11"
    first.confirm(findings(case, first.texts)[-1].key, "割合", by)


def keep_form(world, count):
    """One more form of the office, with two versions."""
    form = OwnForm.begin(f"様式{count}", FormPaper.MINUTES, SAMPLE_FORM, "", by=session.get(User, world.admin))
    form.take(SAMPLE_FORM, "", by=session.get(User, world.hanako))
    return form


PAGES += [
    ("hanako", "/meetings/{room}/copies"), ("hanako", "/meetings/{room}/withholding"), ("hanako", "/meetings/{filed}/copies"),
    ("hanako", "/meetings/{filed}/withholding"), ("hanako", "/meetings/{filed}/withholding/rest"), ("hanako", "/copies?check=000000"), ("kanri", "/withholding-grounds"),
    ("hanako", "/circulations/{round}"), ("jiro", "/circulations/{round}"), ("hanako", "/circulations/{round}/remarks"),
    ("hanako", "/meetings/{room}/circulations/new"), ("hanako", "/meetings/{room}/follow-up"),
    ("hanako", "/agencies/{agency}/edit"), ("hanako", "/agencies?q=人"), ("hanako", "/agencies/import"), ("hanako", "/agencies/roster.xlsx"),
    ("jiro", "/notices"), ("jiro", "/actions/confirm"), ("jiro", "/notices/settings"), ("hanako", "/domains"), ("kanri", "/agencies/imports/{sent}"), ("kanri", "/agencies/imports/{sent}/preview"),
]


PAGES += [("hanako", "/councils"), ("jiro", "/councils"), ("hanako", "/councils/{council}"), ("fumiko", "/councils/{council}"), ("hanako", "/councils/{council}/members/new"),
          ("hanako", "/councils/{council}/sessions/new"), ("hanako", "/meetings/{session}"), ("hanako", "/meetings/{session}/minutes"),
          ("hanako", "/councils/{council}/members.docx")]  # the yearly report reads the minutes of its few sessions one by one
PAGES += [("hanako", "/resources/map"), ("jiro", "/resources/map"), ("hanako", "/resources/map/1"), ("jiro", "/resources/map/1"), ("hanako", "/resources/map/1/edit"), ("hanako", "/resources/map.docx"),
          ("hanako", "/resources/map.xlsx"), ("hanako", "/resources/map?state=stale"), ("hanako", "/hearings/{hearing}/map"), ("hanako", "/resources/map/import")]
PAGES += [("hanako", "/resources/proposals"), ("hanako", "/resources/proposals/1"), ("hanako", "/resources/proposals/1/edit"), ("fumiko", "/resources/proposals.docx"), ("fumiko", "/resources/proposals/1.docx"), ("hanako", "/ideas/2/proposal")]
PAGES += [("fumiko", "/retention"), ("hanako", "/case-book"), ("fumiko", "/case-book"), ("hanako", "/case-book/1"), ("hanako", "/case-book/1/edit"), ("hanako", "/cases/{case}/case-book"), ("hanako", "/case-book/years/{year}.docx")]
PAGES += [("fumiko", "/settings/retention"), ("fumiko", "/retention/disposals"), ("fumiko", "/retention/disposals/new")]
PAGES += [("kanri", "/settings/forms"), ("kanri", "/settings/forms/1"), ("hanako", "/settings/forms/1/versions/1/preview"), ("kanri", "/settings/forms/guide"),
          ("hanako", "/meetings/{room}/minutes/own.docx?form=1")]

PAGES += [("hanako", "/self-check"), ("hanako", "/self-check/{year}"), ("kanri", "/self-check/{year}/meetings"), ("fumiko", "/self-check/{year}.docx")]


# -- counting ----------------------------------------------------------------------------------------------------------

def asked(browsers, ids):
    found = {}
    for who, page in PAGES:
        browsers[who].get(page.format(**ids))  # what a process reads once, it has read now
        with counting() as statements:
            answer = browsers[who].get(page.format(**ids))
        assert answer.status_code == 200, (who, page, answer.status_code)
        found[who, page] = len(statements)
    return found


@contextmanager
def counting():
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine(), "before_cursor_execute", note)


# -- filling -----------------------------------------------------------------------------------------------------------

def first_of_everything(world):
    world.acknowledge()
    with world.app.app_context(), unit():
        session.get(User, world.hanako).take_roles([Role.COORDINATOR, Role.IDENTITY])
        room = sitting(world, session.get(Case, world.case), days=3)
        hold(world, room)
        find_a_day(world, session.get(Meeting, world.meeting))
        series = regular(world, "定例", days=30)
        asked, told = (search.ask(kind, "世帯 会議"[place:place + 2], by=session.get(User, world.hanako)) for place, kind in ((0, "case"), (3, "meeting")))
        done = search.ask("action", "訪問", by=session.get(User, world.hanako))
        EditionDraft.begin(session.get(User, world.hanako)).write({"safety_ja": "1. **仲間を責めません。**"})
        ids = dict(feed=Feed.renew(session.get(User, world.hanako)), own_feed=Feed.renew(session.get(User, world.jiro)), series=series.id, asked=asked, told=told, done=done, final=search.ask("minutes", "事実", by=session.get(User, world.clerk)), case=world.case, meeting=world.meeting, hearing=world.hearing, room=room.id, agency=world.member(world.jiro).agency_id)
        speak(world, room.hearings[0], "first")
        tell(world.member(world.jiro), NoticeKind.CONFIRM, "queries/first", "みなも市支援会議", "/actions")
        Round.begin(room.hearings[0], session.get(User, world.hanako), "round", "問い")
        referral = Referral.put_forward(session.get(User, world.jiro), sheet())
        session.flush()
        ids["referral"] = referral.id
        ids["disclosure"] = ask_for_disclosure(world).id
        ids |= keep_a_council(world)
        ids |= dict(inquiry=prepare(world, room.hearings[0], world.member(world.jiro).agency))
        prepare(world, session.get(Hearing, world.hearing), world.member(world.jiro).agency)
        ids |= dict(round=send_round(world, room))
        another_of_everything(world, ids, 0)
        ids["year"] = clock.fiscal_year(clock.today())
        SelfCheck.begin(session.get(User, world.hanako), ids["year"])
    return ids


def keep_a_council(world):
    """A committee with one member, and its first session, that was held."""
    council = Council.found(session.get(User, world.hanako), "検討委員会", quorum=Quorum.MAJORITY)
    council.terms.append(CouncilMember(member=world.member(world.jiro), post=Post.CHAIR, since=clock.today() - timedelta(days=900)))
    session.flush()
    return dict(council=council.id, session=sit(world, council, 1).meeting_id)


def sit(world, council, number):
    """A session of today, begun by now, with its minutes being written."""
    starts = clock.instant(clock.today(), clock.read_time("10:00"))
    made = CouncilSession.plan(council, session.get(User, world.hanako), number, starts, starts + timedelta(minutes=60), public=True, topics=f"議題{number}", place="302")
    for seat in made.meeting.seats:
        seat.attendance = Attendance.PRESENT
        made.meeting.acknowledge(seat.member, by=session.get(User, world.hanako))
    made.meeting.open(by=session.get(User, world.hanako))
    Entry.capture(made.meeting.hearings[0], session.get(User, world.hanako), f"council-{number}", EntryKind.DECISION, "決めたこと")
    session.flush()
    made.meeting.close(by=session.get(User, world.hanako))
    session.flush()
    if number > 1:
        record.finalise(made.meeting, session.get(User, world.hanako), minutes.lay_out)
    return made


def ask_for_disclosure(world):
    """A request about somebody of A's household, being looked for."""
    case, hanako = session.get(Case, world.case), session.get(User, world.hanako)
    asked = DisclosureRequest.receive(hanako, clock.today(), Capacity.SELF, "会議録", identity_by="運転免許証")
    asked.subjects.append(Subject(label=case.number, case_id=case.id, person_id=case.people[0].id, linked_by_id=hanako.id))
    asked.go(DisclosureState.SEARCHING, hanako)
    session.flush()
    gather(asked, hanako)
    return asked


def send_round(world, meeting):
    """The draft goes round, as if the meeting had been closed."""
    meeting.closed_at = utcnow()
    made = Circulation.begin(meeting, session.get(User, world.hanako), clock.today() + timedelta(days=10))
    meeting.closed_at = None
    session.flush()
    return made.id


def remark_on(world, ids, members, count):
    """Two more readers; one asks for other words, and is answered or not, one dissents."""
    hanako, made = session.get(User, world.hanako), session.get(Circulation, ids["round"])
    made.readers += [Reader(member=each, told_at=utcnow()) for each in members]
    session.flush()
    asks, dissents = (made.reader(each) for each in members)
    sentence = next(each for each in made.sentences if each.place == "1.facts.0")
    said = asks.remark(hanako, sentence, RemarkKind.CORRECT, f"直し{count}")
    if count % 2:
        said.settle(hanako, Outcome.REJECTED, answer="理由")
    dissents.remark(hanako, sentence, RemarkKind.DISSENT, f"異議{count}")


def another_of_everything(world, ids, count):
    hanako = session.get(User, world.hanako)
    agency = Agency(name=f"機関{count}", kind=AgencyKind.PUBLIC, domains=Domain.listed()[:2])
    account = world._account(f"person{count}", f"人{count}", [])
    session.add_all([agency, Member(agency=agency, name="人", user_id=account), Member(agency=agency, name="別の人", email="a@example.jp")])
    case = Case.open(hanako, f"世帯{count}", HouseholdType.OTHER, clock.today())
    grow(case, hanako, count)
    grow(session.get(Case, ids["case"]), hanako, count)
    session.get(Case, ids["case"]).people[-1].consents[-1].expires_on = clock.today() + timedelta(days=30)
    session.flush()
    sitting(world, case, days=5 + count, invited=False)
    sitting(world, case, days=30 + count, invited=True, kind=Kind.JUSO)
    for final in (False, True):
        done = sitting(world, case, days=-2 - count)
        hold(world, done)
        speak(world, done.hearings[0], f"{count}{final}")
        done.close(by=hanako)
        session.flush()
        if final:
            ids.setdefault("record", record.finalise(done, hanako, minutes.lay_out).id)
            ids.setdefault("filed", done.id)
    council = session.get(Council, ids["council"])
    council.terms += [CouncilMember(member=each, post=Post.MEMBER, category=f"区分{count}", since=clock.today() - timedelta(days=900)) for each in agency.members]
    session.flush()
    sit(world, council, count + 2)
    refer(world, ids, count)
    ask_for_disclosure(world)
    session.flush()
    gather(session.get(DisclosureRequest, ids["disclosure"]), hanako)
    keep_form(world, count).use(2)
    session.get(OwnForm, 1).take(SAMPLE_FORM, "", by=hanako)
    exemplify(ids, hanako, count)
    planned, room = session.get(Meeting, ids["meeting"]), session.get(Meeting, ids["room"])
    for meeting in (planned, room):
        for member in agency.members:
            meeting.hearings[0].seat(member, Level.DESIRED, SeatRole.PARTICIPANT).attendance = Attendance.PRESENT
        meeting.agenda.append(AgendaItem(position=10 + count, title=f"議題{count}", minutes=1))
        post(meeting.topic, f"a{count}@example.jp", "案内", "日時")
        prepare(world, meeting.hearings[0], agency)
    session.flush()
    answer_days(world, planned, agency.members)
    regular(world, f"定例{count}", days=14)
    longer = session.get(Series, ids["series"])
    longer.last_on += timedelta(days=7)
    longer.make(hanako, "ja")
    for member in agency.members:
        room.acknowledge(member, by=hanako)
    speak(world, room.hearings[0], f"room{count}", agency=agency)
    remark_on(world, ids, agency.members, count)
    tell(world.member(world.jiro), NoticeKind.CONFIRM, f"queries/{count}", "みなも市支援会議", "/actions")
    seat = next(each for each in room.hearings[0].seats if each.member.user_id == account)
    Round.last(room.hearings[0]).write(seat, session.get(User, account), "言葉", 0)
    plan_for(session.get(Case, ids["case"]), hanako, count, sitting(world, session.get(Case, ids["case"]), days=60 + count).hearings[0])
    plan_for(case, hanako, count, sitting(world, case, days=90 + count).hearings[0])


def regular(world, name, days):
    series = Series(name=name, kind=Kind.SHIEN, pattern=Pattern.WEEKLY, weekday=2, starts=clock.read_time("14:00"), ends=clock.read_time("16:00"),
                    mode=Mode.IN_PERSON, place=name, template="standard", first_on=clock.today(), last_on=clock.today() + timedelta(days=days),
                    on_closed=OnClosed.NEXT, planned_by_id=world.hanako)
    session.add_all([series, Room(name=name)])
    session.flush()
    series.make(session.get(User, world.hanako), "ja")
    return series


def find_a_day(world, meeting):
    span = meeting.starts_at, meeting.ends_at
    DatePoll.begin(meeting, session.get(User, world.hanako), [tuple(each + timedelta(days=days) for each in span) for days in range(3)],
                   clock.today() + timedelta(days=1))
    session.flush()


def answer_days(world, meeting, members):
    poll = DatePoll.of(meeting)
    for member in members:
        poll.answer(member, {slot.id: Mark.YES for slot in poll.slots}, "ひとこと", by=session.get(User, world.hanako))


def refer(world, ids, count):
    """One that waits, one accepted into the case, one with an answer; a longer thread and a longer sheet."""
    hanako, jiro, other = (session.get(User, each) for each in (world.hanako, world.jiro, world.other))
    waiting, accepted, advised = (Referral.put_forward(by, sheet()) for by in (other, jiro, jiro))
    accepted.accept(hanako, "引き受けます", session.get(Case, ids["case"]))
    advised.advise(other, "助言")
    session.get(Referral, ids["referral"]).say(other, f"質問{count}")
    session.get(Referral, ids["referral"]).say(jiro, f"答え{count}")
    for each in sheet()["needs"]:
        each.position = count + 5
        session.get(Referral, ids["referral"]).needs.append(each)
    session.flush()


def plan_for(case, by, count, hearing):
    """Another version before another meeting, agreed to and watched; and another move."""
    plan = next(iter(Plan.of(case)), None) or Plan.begin(case, by, Content())
    plan.rewrite(Content(aim=f"願い{count}", informal="なし", goals=(Goal("目標"),), period_from="2026-04-01", period_to="2027-03-31",
                         monitoring_on=clock.today().isoformat()))
    version = plan.put_to(hearing, by, change="変更")
    version.agree(by, "Aさん", clock.today())
    evaluation.monitor(plan, by, clock.today(), "続いている", clock.today())
    find(hearing, by, Verdict.FIT, "よい")
    case.move(by, (Stage.ASSESSMENT, Stage.PLAN)[count % 2], clock.today(), reason="理由") if count < 14 else None
    session.flush()
    session.expire(plan)


def prepare(world, hearing, agency):
    hanako = session.get(User, world.hanako)
    sheet = PreparationSheet.begin(hearing, agency, hanako)
    sheet.write(hanako, dict.fromkeys(PARTS, "文"), [(None, "事実", "訪問"), (None, "別の事実", "電話")])
    sheet.hand_in(hanako)
    RoleCandidate.ask(hearing, agency, "訪問", hanako).reply(hanako, PriorAnswer.AGREED, "はい")
    inquiry = Inquiry.draft(hearing, agency, hanako, ["質問", "別の質問"], clock.today())
    inquiry.send(hanako)
    inquiry.answer(hanako, InquiryState.ANSWERED, ["回答", ""], "", AnswerMethod.PHONE, clock.today())
    letter = Letter(number="1", date="令和8年7月1日", addressee=("長",), sender=("市長",), title="通知", body=(), points=())
    PaperLetter.make(hearing, agency, hanako, LetterKind.NOTICE, letter, "1", clock.today(), f"batch-{agency.id}")
    session.flush()
    return inquiry.id


def grow(case, by, count):
    person = HouseholdPerson(position=count + 5, label=f"人{count}", shared=True)
    case.people.append(person)
    case.needs.append(Need(position=count + 5, domain_code="ELD", text="課題"))
    session.flush()
    agency = session.scalars(sa.select(Agency).order_by(Agency.id.desc())).first()
    case.ties += [Tie(position=2 * count, person=person, agency=agency), Tie(position=2 * count + 1, label=f"隣人{count}")]
    case.relations += [FamilyRelation(first=each, second=person, kind=Kinship.PARENT) for each in case.people[:1] if each is not person]
    case.conflicts.append(Conflict(member=agency.members[0], note="甥"))
    Identity.of(case, person).keep(Facts(name=f"見本 {count}"), by=by)
    for _time in range(2):
        person.record_consent(by, ConsentState.GIVEN, clock.today(), method=Method.ORAL, scope="関係課", agencies=[agency])
    session.flush()
    session.refresh(person)


def sitting(world, case, days, invited=True, kind=Kind.SHIEN):
    starts = clock.instant(clock.today() + timedelta(days=days), clock.read_time("10:00"))
    meeting = Meeting.schedule(session.get(User, world.hanako), kind, "会議", starts, starts + timedelta(hours=1), case=case, place="301")
    meeting.agenda.append(AgendaItem(position=1, title="開会", minutes=60))
    for user_id, role in ((world.hanako, SeatRole.FACILITATOR), (world.jiro, SeatRole.NOTE_TAKER), (world.saburo, SeatRole.PARTICIPANT)):
        seat = meeting.hearings[0].seat(world.member(user_id), Level.REQUIRED, role)
        seat.attendance = Attendance.PRESENT
        seat.invited_at = seat.invited_sequence = None
        if invited:
            seat.invited_at, seat.invited_sequence = database.utcnow(), 0
    session.flush()
    return meeting


def hold(world, meeting):
    for user_id in (world.hanako, world.jiro):
        meeting.acknowledge(world.member(user_id), by=session.get(User, user_id))
    meeting.open(by=session.get(User, world.hanako))
    session.flush()


def speak(world, hearing, key, agency=None):
    hanako, jiro = session.get(User, world.hanako), session.get(User, world.jiro)
    agency = agency or world.member(world.jiro).agency
    for kind in (EntryKind.FACT, EntryKind.DECISION):
        entry = Entry.capture(hearing, jiro, f"{key}-{kind.value}", kind, "文", "出典", agency)
    session.flush()
    entry.rewrite(hanako, 0, EntryKind.DECISION, "別の文")
    entry.settle(hanako, "決着した文")
    for person in (world.hanako, world.jiro):
        action = ActionItem.assign(hearing, hanako, f"{key}-{person}", "訪問", member=world.member(person))
        session.flush()
        action.confirm(session.get(User, person), Answer.TAKE)
        ActionItem.assign(hearing, hanako, f"{key}-{person}-open", "訪問", member=world.member(person))
    ActionItem.assign(hearing, hanako, f"{key}-agency", "連絡", agency=agency)
    ActionItem.assign(hearing, hanako, f"{key}-nobody", "未定")
    if hearing.meeting.opened:
        CardUse.show(hearing, hanako, ClueCard.listed()[0].words)
        session.flush()
    idea, waiting = (ResourceIdea.suggest(hearing, jiro, f"{key}-idea{more}", need="課題", wished="資源", enables="支援", owner_id=agency.id) for more in ("", "-more"))
    session.flush()
    there = SocialResource.make(hanako, name=f"サロン{key}", kind=ResourceKind.PLACE, footing=Footing.INFORMAL, does="お茶", domains=list(session.scalars(sa.select(Domain).where(Domain.code.in_(["ELD", "CHD"])))), agency_id=agency.id)
    session.add_all([Correction(resource_id=id, text="曜日が違う", by_id=by) for id in {1, there.id} for by in (world.hanako, world.jiro)])
    session.get(SocialResource, 1).rewrite(hanako, does=f"お茶{key}")
    wish = Proposal.make(idea, hanako, "東", {}, need="課題", wished=f"資源の輪{key}", enables="支援", nearest="", next_step="", domain_code="CHD", owner_id=agency.id)
    first = session.get(Proposal, 1)
    if wish.id % 3 == 0:
        wish.merge(first, hanako, "資源")
