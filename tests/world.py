"""The small world the tests live in, built through the domain's own verbs."""

from __future__ import annotations

from datetime import timedelta
import re

from accounts.models import Role, User
from accounts.signing_in import limiter
from agencies.models import Agency, AgencyKind, Domain, Member
import app as house
from cases.consent import ConsentState, Method
from cases.models import Case, HouseholdPerson, HouseholdType, Need
from core import clock
from core.database import session, unit
from core.office import Office
from ground_rules.models import Edition
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.steps import AgendaItem
from meetings.table import Attendance, Level, SeatRole
from meetings.templates import AgendaTemplate
from papers.withholding import Ground
from referrals.criteria import Criterion
from room import signals
from room.cards import ClueCard

PASSWORD = "correct horse battery"
_houses = []  # the one application of this process
_hashed = {}


def make(settings):
    """The application as an office starts it, but that the tests may sign in as often as they like.

    Built once: its five hundred doors take longer than most tests. What it lives with is another each time.
    """
    if _houses:
        house.settle(_houses[0], settings)
    else:
        _houses.append(house.create_app(settings))
    limiter.enabled = False  # asked once, when the application is made: the configuration would come too late
    signals.brake.enabled = False
    return _houses[0]


class World:
    """Ids of everything in it, and people who can be signed in: `world.browser("hanako").get("/cases")`.

    `known`: what another world of the same making knows, on a copy of its database.
    """

    def __init__(self, app, known: dict | None = None):
        if known is None:
            with app.app_context(), unit():
                self._furnish()
        else:
            vars(self).update(known)
        self.app = app

    def _furnish(self):
        session.add(Office(id=1, name="みなも市"))
        Domain.plant()
        Edition.plant()
        Criterion.plant()
        AgendaTemplate.plant()
        ClueCard.plant()
        Ground.plant()
        self.hanako = self._person("hanako", "山田 花子", "重層担当課", [Role.COORDINATOR], coordinating=True)
        self.other = self._person("other", "別の 担当", "別の担当課", [Role.COORDINATOR])
        self.jiro = self._person("jiro", "佐藤 次郎", "保健センター", [])
        self.saburo = self._person("saburo", "田中 三郎", "ひきこもり支援センター", [])
        self.stranger = self._person("stranger", "席の ない人", "税務課", [])
        self.clerk = self._account("fumiko", "文書 文子", [Role.CLERK])
        self.admin = self._account("kanri", "管理 太郎", [Role.ADMIN])
        case = self._case(session.get(User, self.hanako))
        hidden = Case.open(session.get(User, self.other), "Zさん世帯", HouseholdType.OTHER, clock.today())
        session.flush()
        self.case, self.hidden_case = case.id, hidden.id
        self.mother, self.son = (person.id for person in case.people)
        self.meeting = self._meeting(case).id
        self.hearing = session.get(Meeting, self.meeting).hearings[0].id

    def _account(self, login, name, roles):
        user = User(login=login, name=name, password_hash=_password(), must_change_password=False)
        user.take_roles(roles)
        session.add(user)
        session.flush()
        return user.id

    def _person(self, login, name, agency, roles, coordinating=False):
        user_id = self._account(login, name, roles)
        body = Agency(name=agency, kind=AgencyKind.PUBLIC, coordinating=coordinating)
        session.add(Member(agency=body, name=name, job="主査", email=f"{login}@example.jp", user_id=user_id))
        session.flush()
        return user_id

    def _case(self, by):
        case = Case.open(by, "Aさん・Bさん世帯", HouseholdType.E8050, clock.today(), own_words="息子のことが心配です。")
        case.people.append(HouseholdPerson(position=1, label="Aさん", relation="母", age=82))
        case.people.append(HouseholdPerson(position=2, label="Bさん", relation="長男", age=54))
        case.needs.append(Need(position=1, domain_code="ELD", text="介護の負担"))
        session.flush()
        case.people[0].record_consent(by, ConsentState.GIVEN, clock.today(), method=Method.ORAL, scope="市の関係課")
        return case

    def _meeting(self, case):
        starts = clock.instant(clock.today() + timedelta(days=1), clock.read_time("14:00"))
        by = session.get(User, self.hanako)
        meeting = Meeting.schedule(by, Kind.SHIEN, "みなも市支援会議", starts, starts + timedelta(hours=1), case=case,
                                   place="302会議室", purpose="暮らしの見通しを立てる", to_decide="最初の訪問を誰がするか")
        for place, (title, minutes) in enumerate([("開会", 5), ("事実", 25), ("役割", 30)], 1):
            meeting.agenda.append(AgendaItem(position=place, title=title, minutes=minutes))
        session.flush()
        roles = {self.hanako: SeatRole.FACILITATOR, self.jiro: SeatRole.NOTE_TAKER, self.saburo: SeatRole.PARTICIPANT}
        for user_id, role in roles.items():
            meeting.hearings[0].seat(self.member(user_id), Level.REQUIRED, role)
        session.flush()
        return meeting

    def another_meeting(self):
        """A fresh meeting on the same case, planned for tomorrow."""
        with self.app.app_context(), unit():
            made = self._meeting(session.get(Case, self.case))
            self.meeting, self.hearing = made.id, made.hearings[0].id

    # -- asking and changing the world ------------------------------------------------------------------------------

    def member(self, user_id: int) -> Member:
        """The roster entry of an account."""
        return session.query(Member).filter_by(user_id=user_id).one()

    def browser(self, login: str | None = None):
        """A browser, signed in as somebody (by sign-in name) or not at all."""
        return Browser(self.app, login)

    def consent_of_son(self):
        """B consents as well, so that the case may be heard in a 重層的支援会議."""
        with self.app.app_context(), unit():
            session.get(HouseholdPerson, self.son).record_consent(
                session.get(User, self.hanako), ConsentState.GIVEN, clock.today(), method=Method.WRITTEN, scope="市の関係課")

    def acknowledge(self, *user_ids):
        """These people (all who sit, if none is named) acknowledge the rules."""
        with self.app.app_context(), unit():
            meeting = session.get(Meeting, self.meeting)
            for user_id in user_ids or (self.hanako, self.jiro, self.saburo):
                meeting.acknowledge(self.member(user_id), by=session.get(User, user_id))

    def open_meeting(self):
        """Everybody acknowledges, is present, and the meeting is opened."""
        self.acknowledge()
        with self.app.app_context(), unit():
            meeting = session.get(Meeting, self.meeting)
            for seat in meeting.seats:
                seat.attendance = Attendance.PRESENT
            meeting.open(by=session.get(User, self.hanako))

    def close_meeting(self):
        """The meeting, opened before, is closed."""
        with self.app.app_context(), unit():
            session.get(Meeting, self.meeting).close(by=session.get(User, self.hanako))


class Browser:
    """A browser without scripts: keeps cookies, sends a page's token with each form."""

    def __init__(self, app, login=None):
        self.client = app.test_client()
        self.page = None
        if login:
            self.get("/sign-in")
            answer = self.post("/sign-in", login=login, password=PASSWORD)
            assert answer.status_code == 303, answer.text

    def get(self, path, **more):
        """GET a page; remembers its token."""
        answer = self.client.get(path, **more)
        if "html" in (answer.content_type or "") and 'name="csrf-token"' in answer.text:
            self.page = answer.text
        return answer

    def post(self, path, data=None, *, token=True, headers=None, **fields):
        """POST a form with the token of the last page (or none, or another)."""
        fields = dict(data or {}, **fields)
        if token is True:
            if self.page is None:
                self.get("/ground-rules")
            fields["csrf_token"] = re.search(r'name="csrf-token" content="([^"]+)"', self.page)[1]
        elif token:
            fields["csrf_token"] = token
        answer = self.client.post(path, data=fields, headers=headers)
        if "html" in (answer.content_type or "") and 'name="csrf-token"' in answer.text:
            self.page = answer.text
        return answer

    def once(self):
        """The double-click key of the form on the last page."""
        return re.search(r'name="once" value="([^"]+)"', self.page)[1]


def _password() -> str:
    """The hash of PASSWORD, made once: argon2 is slow on purpose."""
    if not _hashed:
        from argon2 import PasswordHasher

        _hashed["hash"] = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    return _hashed["hash"]
