"""The administrator's door to what the office has settled for the time after a meeting."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
import wtforms

from core.access import office
from core.forms import Form, Required, TimeOfDay, Whole
from core.languages import _, later
from core.office import office as the_office

bp = Blueprint("after", __name__)


class AfterForm(Form):
    """Times in working days (土日・祝日・年末年始 left out), in days where that is said, and hours of the day."""

    confirm_within = Whole(later("Roles are confirmed within (working days)"), [Required()], low=1, high=30)
    minutes_within = Whole(later("The draft of the minutes begins to go round within (working days)"), [Required()], low=1, high=60)
    remarks_within = Whole(later("Corrections come in within (working days)"), [Required()], low=1, high=60)
    deemed = wtforms.BooleanField(later("Who says nothing within that time has no correction to the wording"))
    remind_before = Whole(later("Remind before the day of a role (days)"), low=0, high=30)
    remind_after = Whole(later("Remind again after it (days)"), low=0, high=30)
    digest_at = TimeOfDay(later("Reminders go out at"), [Required()])
    quiet_from = TimeOfDay(later("No mail from"), [Required()])
    quiet_to = TimeOfDay(later("until"), [Required()])
    link_days = Whole(later("A personal link works for (days)"), [Required()], low=1, high=90)


@bp.get("/settings/after")
@office("admin")
def edit():
    return _page(AfterForm(obj=the_office()))


@bp.post("/settings/after")
@office("admin")
def update():
    here, form = the_office() or abort(404), AfterForm()
    if not form.accepts(here):
        return _page(form), form.status
    for name in ("confirm_within", "minutes_within", "remarks_within", "deemed", "remind_before", "remind_after", "digest_at",
                 "quiet_from", "quiet_to", "link_days"):
        setattr(here, name, form[name].data)
    flash(_("Saved."), "success")
    return redirect(url_for("office.settings"), 303)


def _page(form: AfterForm):
    return render_template("home/after.html", form=form)
