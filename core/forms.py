"""Forms that lose nothing: a fault is told at its field, and what was typed stands there still."""

from __future__ import annotations

import enum
import re
import uuid

from flask import request
from flask_wtf import FlaskForm
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
import wtforms
from wtforms import validators

from core import clock, text
from core.database import Base, session
from core.languages import _


class Form(FlaskForm):
    """The house's form: carries its key against the double click and the version it was read at."""

    once = wtforms.HiddenField()
    version = wtforms.HiddenField()

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form, formdata):
            """What a page's form sent, be it nothing at all; JSON is no form of ours."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            else:
                return request.form if request.method == "POST" else None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.once.data:
            self.once.data = uuid.uuid4().hex
        self.stale = False
        if not self.is_submitted():
            self.pad()

    def pad(self) -> None:
        """Add empty rows to be filled in, when the form is shown; what is sent is judged without them."""

    @property
    def faults(self):
        """(field, first message) of every field with a fault, in the order of the page."""
        return [(self[name], messages[0]) for name, messages in self.errors.items() if name in self._fields and messages]

    def accepts(self, record=None, words=None) -> bool:
        """Whether what was sent may be saved; with `record`, also whether nobody saved it in between (`words` has its fields
        where the record keeps them apart from itself)."""
        words = record if words is None else words
        sound = self.validate_on_submit()
        if record is not None and sound and self.version.data and self.version.data != str(record.version):
            self.stale, sound = True, False
            for name, field in self._fields.items():  # what stands there now, beside what was typed
                if name not in ("once", "version", "csrf_token") and hasattr(words, name):
                    field.saved = _named(field, words) if _shown(getattr(words, name)) != _shown(field.data) else ""
        if record is not None and sound:
            record.version += 1  # rows beneath it (people, steps, domains) count as a change of it too
        elif record is not None:
            self.version.raw_data, self.version.data = None, str(record.version)
        if not sound:
            self.pad()
        return sound

    @property
    def status(self) -> int:
        """The status of an answer that shows this form again: 409 for a stale page, 422 for faults, 200 unsent."""
        if self.stale:
            return 409
        else:
            return 422 if self.is_submitted() else 200


def _shown(value) -> str:
    value = value.value if isinstance(value, enum.Enum) else value
    return "" if value is None else str(value)


def _named(field, record) -> str:
    """What a record has saved, as this field's page calls it."""
    value = _shown(getattr(record, field.name))
    return next((str(label) for key, label, *_rest in getattr(field, "choices", None) or () if _shown(key) == value), value)


class Words:
    """What is typed arrives trimmed and with one kind of line end; a field left out of the form is empty text."""

    def process_formdata(self, valuelist):
        self.data = text.normal(valuelist[0]) if valuelist else ""


class Text(Words, wtforms.StringField):
    """A line of text."""


class Paragraph(Words, wtforms.TextAreaField):
    """Several lines of text."""


class Day(wtforms.Field):
    """A date, as the browser's picker sends it or as people write it (令和8年7月8日, R8.7.8)."""

    widget = wtforms.widgets.DateInput()

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        else:
            return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist):
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = clock.read_date(valuelist[0])
            except clock.UnreadableDate:
                raise ValueError(_("Write a date that exists, for example 2026-07-08 or R8.7.8.")) from None
            if not 1900 <= self.data.year <= 2100:
                raise ValueError(_("Write a date between 1900 and 2100."))


class TimeOfDay(wtforms.Field):
    """A time of day, 24 hours or 午後2時30分."""

    widget = wtforms.widgets.TimeInput()

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        else:
            return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist):
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = clock.read_time(valuelist[0])
            except clock.UnreadableDate:
                raise ValueError(_("Write a time that exists, for example 14:00.")) from None


class Whole(wtforms.Field):
    """A whole number between `low` and `high`; full-width digits are read too."""

    widget = wtforms.widgets.NumberInput()

    def __init__(self, label=None, validators=None, low=0, high=9999, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.low, self.high = low, high
        self.render_kw = {"min": low, "max": high, "inputmode": "numeric"} | (self.render_kw or {})

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        else:
            return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist):
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = int(valuelist[0].strip()[:12])
            except ValueError:
                raise ValueError(_("Write a whole number.")) from None
            if not self.low <= self.data <= self.high:
                raise ValueError(_("Write a number from %(low)s to %(high)s.", low=self.low, high=self.high))


class Select(wtforms.SelectField):
    """One of the choices offered; anything else was not on the page."""

    def pre_validate(self, form):
        if not self.raw_data:  # left out of the form: what a browser would have shown chosen
            self.data = next((value for value, *_rest in self.iter_choices()), None)
        try:
            super().pre_validate(form)
        except wtforms.ValidationError:
            raise wtforms.ValidationError(_("Choose one of the choices shown.")) from None

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Choose one of the choices shown.")) from None


class Radio(wtforms.RadioField):
    """One of the choices offered, all of them in sight."""

    validate_choice = False

    def pre_validate(self, form):
        if self.data not in (None, "None", "") and self.data not in [value for value, *_rest in self.iter_choices()]:
            raise wtforms.ValidationError(_("Choose one of the choices shown."))


class Required(validators.DataRequired):
    """The field may not stay empty."""

    def __call__(self, form, field):
        if field.errors:
            raise validators.StopValidation()  # an unreadable date is not an empty one
        if field.data is None or (isinstance(field.data, str) and (text.blank(field.data) or field.data == "None")):
            raise validators.StopValidation(_("Please fill this in."))


class Keepable:
    """At most `limit` characters, and none that a document cannot hold (those are shown, so as to be found)."""

    def __init__(self, limit: int):
        self.limit = limit

    def __call__(self, form, field):
        typed = field.data or ""
        fault = unfit(typed, self.limit)
        if fault:
            field.data = text.revealed(typed)
            raise validators.StopValidation(fault)


def unfit(typed: str, limit: int) -> str:
    """Why a text of at most `limit` characters cannot be kept; empty when it can."""
    where = text.unkeepable(typed)
    if where:
        return _("Character %(place)s cannot be kept in a document. It is shown as a sign now; delete it and save again.",
                 place=where[0] + 1)
    elif len(typed) > limit:
        return _("At most %(limit)s characters; there are %(count)s now.", limit=f"{limit:,}", count=f"{len(typed):,}")
    else:
        return ""


def line(label, *more, limit=120, required=True, **kwargs) -> Text:
    """A one-line text field of at most `limit` characters."""
    first = [Required()] if required else []
    return Text(label, [*first, Keepable(limit), *more], **kwargs)


def paragraph(label, *more, limit=4000, required=False, rows=3, **kwargs) -> Paragraph:
    """A text field of several lines and at most `limit` characters."""
    first = [Required()] if required else []
    return Paragraph(label, [*first, Keepable(limit), *more], render_kw={"rows": rows}, **kwargs)


class Submission(Base):
    """A form that was carried out: sent once more (a double click, a reload), it only shows its result again."""

    __tablename__ = "submission"
    audited = False
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    location: Mapped[str] = mapped_column(sa.String(300))


def plain_key(typed: str | None) -> str:
    """A key that a page carried hidden, as it was made there; empty for anything else that was sent in its place."""
    return typed if re.fullmatch(r"[A-Za-z0-9-]{1,40}", typed or "") else ""


def earlier_result() -> str | None:
    """Where the form sent now led when it was sent before; None for the first time."""
    key = plain_key(request.form.get("once", ""))
    found = session.get(Submission, key) if key else None
    return found.location if found else None


def keep_result(location: str) -> None:
    """Remember where this form led, in the same transaction as what it did."""
    key = plain_key(request.form.get("once", ""))
    if key:
        session.add(Submission(key=key, location=location[:300]))
