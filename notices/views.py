"""Doors to what somebody is told: the list behind the bell, and how they want to be told."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
import sqlalchemy as sa
import wtforms

from core import clock
from core.access import signed_in
from core.database import session
from core.forms import Form, Radio, Required
from core.languages import _, later
from core.office import office
from core.pages import page_asked
from notices.mailing import hours
from notices.models import Notice
from notices.settings import NoticeSetting
from notices.when import ByMail

bp = Blueprint("notices", __name__)
SHOWN = 30


class SettingsForm(Form):
    """How often mail comes, and whether days of roles are reminded of."""

    by_mail = Radio(later("By mail"), [Required()])
    reminders = wtforms.BooleanField(later("Remind me before and after the day of a role"))

    def __init__(self, **more):
        super().__init__(**more)
        self.by_mail.choices = [(each.value, each.label) for each in ByMail]


@bp.app_template_global()
def notices_unseen() -> int:
    """How many notices wait for the person whose page this is."""
    mine = current_user.all("notice").where(Notice.unseen).with_only_columns(sa.func.count(Notice.id))
    return session.scalar(mine) or 0


@bp.get("/notices")
@signed_in()
def index():
    page = page_asked()
    rows = session.scalars(current_user.all("notice").order_by(Notice.id.desc()).limit(SHOWN + 1).offset(SHOWN * (page - 1))).unique().all()
    days = groupby(rows[:SHOWN], key=lambda each: clock.local(each.at).date())
    return render_template("notices/index.html", days=[(day, list(told)) for day, told in days], page=page, more=len(rows) > SHOWN)


@bp.post("/notices/<int:notice_id>/seen")
@signed_in(record="notice")
def see(notice_id):
    """Seen, and on to its page."""
    notice = current_user.find("notice", notice_id)
    notice.see()
    return redirect(notice.path or url_for("notices.index"), 303)


@bp.post("/notices/seen")
@signed_in()
def see_all():
    Notice.see_all(current_user, newest=min(request.form.get("newest", 0, type=int), 2**31 - 1))
    return redirect(url_for("notices.index"), 303)


@bp.get("/notices/settings")
@signed_in()
def settings():
    chosen = NoticeSetting.of(current_user.member) if current_user.member else None
    return _page(SettingsForm(data=dict(by_mail=chosen.by_mail.value, reminders=chosen.reminders) if chosen else None))


@bp.post("/notices/settings")
@signed_in()
def choose():
    form = SettingsForm()
    if current_user.member is None or not form.accepts():
        return _page(form), form.status
    NoticeSetting.choose(current_user.member, ByMail(form.by_mail.data), form.reminders.data)
    flash(_("Saved."), "success")
    return redirect(url_for("notices.index"), 303)


def _page(form: SettingsForm):
    here, mail = office(), bool(current_app.config["KURUMAZA"].smtp_host)
    return render_template("notices/settings.html", form=form, digest=hours(here).digest, mail=mail)
