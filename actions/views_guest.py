"""Doors behind a personal link: one's own roles of that meeting, and nothing else of the house."""

from __future__ import annotations

from flask import Blueprint, render_template

from actions import guests
from core import audit
from links.guests import guest

bp = Blueprint("guests", __name__)


@bp.get("/l/own")
@guest
def own(link):
    audit.saw(f"link/{link.id}")
    return render_template("links/own.html", link=link, roles=guests.own(link))
