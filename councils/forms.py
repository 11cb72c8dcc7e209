"""Forms of a council: itself, a term of a member, a session to be planned, a session as it was."""

from __future__ import annotations

import sqlalchemy as sa
import wtforms
from wtforms import ValidationError

from accounts.forms import Ticks
from accounts.models import Role, User, UserRole
from agencies.models import Agency, Member
from core import kana
from core.database import session
from core.forms import Day, Form, Radio, Required, Select, Whole, line, paragraph
from core.languages import _, later
from councils.models import Council
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from meetings.forms import TimeForm


class CouncilForm(Form):
    """What a council is, and who keeps it."""

    name = line(later("Name of the council"), limit=80)
    purpose = paragraph(later("Purpose"), limit=1000, rows=3)
    ground = line(later("Ground (bylaw or outline)"), limit=200, required=False)
    chair_title = line(later("What the chair is called"), limit=20)
    quorum = Radio(later("Quorum"), [Required()])
    proxies_count = wtforms.BooleanField(later("Proxies count towards the quorum"))
    public = wtforms.BooleanField(later("Its sessions are public"))
    through = wtforms.BooleanField(later("Sessions are counted through the years"))
    keepers = Ticks(later("Who keeps it"))
    ended_on = Day(later("Ended on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.quorum.choices = [(each.value, each.label) for each in Quorum]
        self.people = {str(each.id): each for each in coordinators()}
        self.keepers.choices = [(id, each.name) for id, each in self.people.items()]

    def validate_keepers(self, field):
        """Somebody must run its sessions."""
        if not field.data:
            raise ValidationError(_("Tick at least one person."))

    @property
    def words(self) -> dict:
        """What a council keeps of this, apart from its keepers."""
        plain = {name: self[name].data for name in ("name", "purpose", "ground", "chair_title", "proxies_count", "public", "through", "ended_on")}
        return plain | dict(quorum=Quorum(self.quorum.data))

    @property
    def chosen(self) -> list[User]:
        """The coordinators who are to keep it."""
        return [self.people[each] for each in self.keepers.data if each in self.people]


class TermForm(Form):
    """Somebody of the roster, as what and from when to when."""

    member_id = Select(later("Person"), coerce=lambda value: int(value or 0))
    post = Radio(later("Post in the council"), [Required()])
    category = line(later("Category"), limit=40, required=False, render_kw={"list": "categories"})
    since = Day(later("Term from"), [Required()])
    until = Day(later("Term to"))

    def __init__(self, *args, council: Council, term=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.council, self.term = council, term
        self.post.choices = [(each.value, each.label) for each in Post]
        self.member_id.choices = [(0, "–"), *on_roster(term.member if term else None)]

    def validate_member_id(self, field):
        """A term is somebody's."""
        if not field.data:
            raise ValidationError(_("Please fill this in."))

    def validate_until(self, field):
        """It ends after it begins, and stands beside no other term of the same person or of another chair."""
        if field.errors or not self.since.data:
            return
        if field.data and field.data < self.since.data:
            raise ValidationError(_("The end lies before the beginning."))
        if self.post.data not in [each.value for each in Post]:
            return
        other = self.council.clash(self.member_id.data, Post(self.post.data), self.since.data, field.data, self.term.id if self.term else 0)
        if other and other.member_id == self.member_id.data:
            raise ValidationError(_("This person has a term already that shares days with this one. End that one first."))
        elif other:
            raise ValidationError(_("%(name)s is the chair in that time. End that term first.", name=other.member.name))

    @property
    def words(self) -> dict:
        return dict(member_id=self.member_id.data, post=Post(self.post.data), category=self.category.data, since=self.since.data, until=self.until.data)


class _OfACouncil:
    """The fields that only a council's session has."""

    number = Whole(later("Which session (number)"), [Required()], low=1, high=999)
    public = wtforms.BooleanField(later("Open to the public"))
    closed_reason = line(later("Why it is not public"), limit=200, required=False)
    topics = paragraph(later("Topics (one a line)"), limit=2000, rows=4)
    materials = paragraph(later("Papers (one a line)"), limit=2000, rows=4)


class SessionForm(_OfACouncil, TimeForm):
    """The next session: when, where, and what is on."""

    def __init__(self, *args, council: Council, **kwargs):
        super().__init__(*args, **kwargs)
        self.council = council

    def validate_number(self, field):
        """No two sessions of a 年度 bear one number."""
        if field.data and self.day.data and CouncilSession.taken(self.council, field.data, self.day.data):
            raise ValidationError(_("Another session bears this number already."))


class DetailsForm(_OfACouncil, Form):
    """A session that is planned or was held."""

    visitors = Whole(later("Visitors who listened"), [wtforms.validators.Optional()], low=0, high=9999)

    def __init__(self, *args, sitting: CouncilSession, **kwargs):
        super().__init__(*args, **kwargs)
        self.sitting = sitting

    def validate_number(self, field):
        """No two sessions of a 年度 bear one number."""
        of = self.sitting
        if field.data and CouncilSession.taken(of.council, field.data, of.on, except_id=of.id):
            raise ValidationError(_("Another session bears this number already."))

    @property
    def words(self) -> dict:
        return {name: self[name].data for name in ("number", "public", "closed_reason", "topics", "materials", "visitors")}


def coordinators() -> list[User]:
    """The accounts that can keep a council."""
    query = sa.select(User).join(UserRole, UserRole.user_id == User.id).where(UserRole.role == Role.COORDINATOR, User.active.is_(True))
    return list(session.scalars(query.order_by(User.login)))


def on_roster(also: Member | None = None) -> list[tuple[int, str]]:
    """(id, agency and name) of everybody on the roster today, with an account or without, and of one more."""
    query = sa.select(Member.id, Agency.name.label("agency"), Member.name, Member.kana, Member.job).join(Agency, Agency.id == Member.agency_id)
    there = sa.and_(Member.active, Agency.active)
    rows = session.execute(query.where(sa.or_(there, Member.id == (also.id if also else 0))).order_by(Member.id)).all()
    rows.sort(key=lambda each: (each.agency, kana.order(each.kana or each.name)))
    return [(each.id, f"{each.agency}　{each.name}" + (f"（{each.job}）" if each.job else "")) for each in rows]
