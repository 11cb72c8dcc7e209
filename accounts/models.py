"""People who sign in. What a person may see comes from a seat or an office role, never from being an administrator."""

from __future__ import annotations

from datetime import datetime, timedelta
import enum
from functools import cache
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask_login import UserMixin
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from core import access
from core.database import Base, UtcDateTime, choice, session, utcnow
from core.languages import later

_hasher = PasswordHasher()
LASTS = timedelta(hours=12)  # a sign-in ends after a working day, whatever happens
KEPT = timedelta(days=2)  # so long a text that an ended sign-in left on a machine can be read by its writer again
IDLE = timedelta(hours=2)  # … and after two hours without a request; a meeting is shorter


class Role(enum.Enum):
    """What somebody does for the office. A participant needs none: their rights come from their seat."""

    COORDINATOR = "coordinator"
    CLERK = "clerk"
    IDENTITY = "identity"
    ADMIN = "admin"

    @property
    def label(self):
        return {
            "coordinator": later("Coordinator (runs cases and meetings)"),
            "clerk": later("Records clerk (files final minutes)"),
            "identity": later("Names and addresses of the people of one's cases (besides coordinator)"),
            "admin": later("Administrator (accounts, roster and settings; sees no case)"),
        }[self.value]

    @property
    def title(self):
        """The same in a word or two, as it stands below somebody's name."""
        return {"coordinator": later("Runs the meeting"), "clerk": later("Files the minutes"), "identity": later("Names and addresses"),
                "admin": later("Keeps accounts and settings")}[self.value]


class UserRole(Base):
    """An office role held by a person."""

    __tablename__ = "user_role"
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(choice(Role), primary_key=True)


class User(UserMixin, Base):
    """A person who signs in."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    held: Mapped[list[UserRole]] = orm.relationship(cascade="all, delete-orphan")
    member = orm.relationship("Member", back_populates="user", uselist=False)
    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def enrol(cls, login: str, name: str, password: str, roles=()) -> User:
        """Make an account; `roles` are office roles (Role), none for a participant."""
        user = cls(login=login, name=name, password_hash=_hasher.hash(password))
        user.take_roles(roles)
        session.add(user)
        return user

    @classmethod
    def listed(cls) -> list[User]:
        """All accounts, those out of use last."""
        whole = orm.selectinload(cls.held), orm.selectinload(cls.member)
        return list(session.scalars(sa.select(cls).options(*whole).order_by(cls.active.desc(), cls.login)))

    @classmethod
    def by_login(cls, login: str) -> User | None:
        """The active account with this sign-in name."""
        return session.scalar(sa.select(cls).where(cls.login == login, cls.active.is_(True)))

    @classmethod
    def by_password(cls, login: str, password: str) -> User | None:
        """The active account with this name and this password; an unknown name takes as long as a wrong password."""
        found = cls.by_login(login)
        known = (found or cls(password_hash=_nobodys_hash())).knows(password)
        return found if known else None

    def take_roles(self, roles) -> None:
        """Hold exactly these office roles from now on."""
        self.held = [each for each in self.held if each.role in roles] + [
            UserRole(role=role) for role in roles if role not in self.roles]

    @property
    def roles(self) -> set[Role]:
        return {each.role for each in self.held}

    @property
    def role_names(self) -> frozenset[str]:
        """The office roles as the doors name them."""
        return frozenset(each.value for each in self.roles)

    @property
    def coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def clerk(self) -> bool:
        return Role.CLERK in self.roles

    @property
    def identifies(self) -> bool:
        """Whether names and addresses may be shown to this person, for the cases of their teams."""
        return Role.IDENTITY in self.roles

    @property
    def admin(self) -> bool:
        return Role.ADMIN in self.roles

    @property
    def standing(self) -> str:
        """What stands below their name: whom they sit for, else what they do for the office."""
        titles = "・".join(str(each.title) for each in Role if each in self.roles)
        return self.member.agency.name if self.member else titles or self.login

    def knows(self, password: str) -> bool:
        """Whether this is the person's password."""
        try:
            return _hasher.verify(self.password_hash, password)
        except (Argon2Error, InvalidHashError):
            return False

    def change_password(self, password: str, for_now: bool = False) -> None:
        """Set a password; `for_now` means set by somebody else, to be changed at the next sign-in. Ends all sign-ins."""
        self.password_hash, self.must_change_password = _hasher.hash(password), for_now
        self.end_sign_ins()

    def end_sign_ins(self) -> None:
        """End every sign-in of this person, on whichever machine."""
        session.execute(sa.update(SignIn).where(SignIn.user_id == self.id, SignIn.ended_at.is_(None))
                        .values(ended_at=utcnow()))

    def leave(self) -> None:
        """Take the account out of use; what the person did stays on record."""
        self.active = False
        self.end_sign_ins()
        SignIn.forget_keys(self)

    @property
    def draft_keys(self) -> str:
        """What this person's pages seal and open kept texts with (see SignIn): "12:key 9:key", that of this sign-in first."""
        theirs = session.scalars(sa.select(SignIn).where(SignIn.user_id == self.id, SignIn.draft_key != "",
                                                         SignIn.at > utcnow() - LASTS - KEPT).order_by(SignIn.id.desc()))
        here = _hash(self.sign_in_secret)
        return " ".join(f"{each.id}:{each.draft_key}" for each in sorted(theirs, key=lambda each: each.secret_hash != here))

    def get_id(self) -> str:
        """For flask-login: the secret of the sign-in this request came with, not the person's number."""
        return self.sign_in_secret

    # What I may see is asked through me: `current_user.case(id)`, never a bare lookup (core/access.py).
    def find(self, kind: str, id: int, to: str = "see", *options):
        """The record of a kind, if I may act on it; 404 otherwise."""
        return access.find(self, kind, id, to, *options)

    def all(self, kind: str, to: str = "see") -> sa.Select:
        """SELECT of all records of a kind I may act on."""
        return access.visible(self, kind, to)

    def may(self, to: str, kind: str, id: int) -> bool:
        """Whether I may act on the record with this id: `user.may("run", "meeting", 3)`."""
        return access.may(self, kind, id, to)

    def case(self, id: int, to: str = "see"):
        return self.find("case", id, to)

    def meeting(self, id: int, to: str = "see"):
        return self.find("meeting", id, to)

    def hearing(self, id: int, to: str = "see", *options):
        return self.find("hearing", id, to, *options)

    def entry(self, id: int, to: str = "see"):
        return self.find("entry", id, to)

    def action(self, id: int, to: str = "see"):
        return self.find("action", id, to)

    def idea(self, id: int, to: str = "see"):
        return self.find("idea", id, to)


class SignIn(Base):
    """One sign-in of one person: kept on the server, so that it can be ended there.

    Its `draft_key` seals what the person's browser keeps of texts that are not saved yet. The key is random, lives here and in
    the memory of open pages, and is never written down in the browser: what lies there is unreadable for whoever comes
    next. Signing out erases it, and with it those texts. A sign-in that ended without that (it expired, was ended from
    elsewhere, the machine crashed) leaves its key to the same person's next sign-in, for two days: then it is gone, too.
    """

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    draft_key: Mapped[str] = mapped_column(sa.String(64), default=lambda: secrets.token_urlsafe(32))  # empty: erased
    user: Mapped[User] = orm.relationship(lazy="joined", innerjoin=True)

    @classmethod
    def begin(cls, user: User) -> str:
        """Sign a person in; give the secret their browser keeps. The server keeps only its hash."""
        secret = secrets.token_urlsafe(32)
        cls.forget_keys(user, before=utcnow() - LASTS - KEPT)
        session.add(cls(user_id=user.id, secret_hash=_hash(secret)))
        return secret

    @classmethod
    def of(cls, secret: str) -> SignIn | None:
        """The sign-in of this secret, if it still stands."""
        found = session.scalar(sa.select(cls).where(cls.secret_hash == _hash(secret)))
        return found if found and found.standing else None

    @classmethod
    def forget_keys(cls, user: User, before: datetime | None = None) -> None:
        """Erase the keys of this person's sign-ins (of those begun before a moment): what they sealed stays sealed."""
        table = cls.__table__
        session.execute(sa.update(table).where(table.c.user_id == user.id, table.c.at < (before or utcnow() + LASTS)).values(draft_key=""))

    def sign_out(self) -> None:
        """End this sign-in as its owner wishes: with its key."""
        self.ended_at, self.draft_key = utcnow(), ""

    @property
    def standing(self) -> bool:
        return self.ended_at is None and self.user.active and utcnow() - self.at < LASTS


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
