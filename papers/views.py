"""Doors to the papers of a meeting: the list of all of them, and those that have no page of their own."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask_login import current_user

from core import audit, clock
from core.access import office, signed_in
from core.office import office as the_office
from exports import pdf, word
from meetings.pledges import Term
from meetings.table import Level
from papers import agenda_paper, listing, pledge_paper, wall_paper
from papers.pledge_paper import Signer
from room.pages import heard
from stationery.handing import asked_as, hand_out
from stationery.house import layout

bp = Blueprint("papers", __name__)


@bp.get("/meetings/<int:meeting_id>/papers")
@signed_in(record="minutes")
def index(meeting_id):
    meeting = current_user.find("minutes", meeting_id)
    reach = listing.Reach(current_user, meeting)
    audit.saw(f"meeting/{meeting.id}")
    parts = [[paper for paper in part(reach) if paper.copies] for part in (listing.before, listing.during, listing.after)]
    return render_template("papers/index.html", meeting=meeting, reach=reach, parts=parts, pdf_made=pdf.available(), terms=list(Term))


@bp.get("/meetings/<int:meeting_id>/agenda.docx")
@signed_in(record="meeting", act="enter")
def agenda(meeting_id):
    meeting = current_user.meeting(meeting_id, to="enter")
    blocks = agenda_paper.lay_out(meeting, heard(meeting))
    made = word.draw(blocks, agenda_paper.TITLE, the_office().handling_mark, meeting.reference, layout=layout())
    return _out(made, agenda_paper.file_name(meeting), f"meeting/{meeting.id}", "agenda")


@bp.get("/meetings/<int:meeting_id>/pledges.docx")
@office("coordinator", record="meeting", act="run")
def pledges(meeting_id):
    """?of=blank, all (who sits at a table one runs), or paper (of these, who has no account); ?term=case or year."""
    meeting = current_user.meeting(meeting_id, to="run")
    which = request.args.get("of") if request.args.get("of") in ("all", "paper") else "blank"
    term = Term.YEAR if request.args.get("term") == "year" else Term.CASE
    signers = [Signer()] if which == "blank" else _signers(meeting, without_account=which == "paper")
    on = None if which == "blank" else clock.local(meeting.starts_at).date()
    made = word.draw(pledge_paper.lay_out(meeting, signers or [Signer()], term, on), pledge_paper.TITLE, "", meeting.reference, layout=layout())
    name = {"blank": "様式", "all": "出席者", "paper": "アカウントのない人"}[which]
    return _out(made, pledge_paper.file_name(meeting, name), f"meeting/{meeting.id}", f"pledges {which}")


@bp.get("/hearings/<int:hearing_id>/roles.docx")
@signed_in(record="hearing")
def wall(hearing_id):
    hearing = current_user.hearing(hearing_id)
    size = request.args.get("size") if request.args.get("size") in wall_paper.PAGES else "a3"
    rows = wall_paper.rows_of(hearing) if hearing.opened_at else abort(404)
    page = wall_paper.page(rows, size, layout())
    made = word.draw(wall_paper.lay_out(hearing, rows, page), wall_paper.TITLE, the_office().handling_mark, hearing.meeting.reference, layout=page.layout)
    return _out(made, wall_paper.file_name(hearing), f"hearing/{hearing.id}", f"role table {size}")


def _signers(meeting, without_account: bool) -> list[Signer]:
    """Everybody who sits (not for a written answer only) at the tables the person runs, once each."""
    tables: dict = {}
    for hearing in heard(meeting, "run"):
        for seat in hearing.seats:
            if seat.level != Level.INQUIRY and not (without_account and seat.member.user_id):
                tables.setdefault(seat.member, []).append(hearing.case.number if hearing.case else "")
    return [Signer(each.agency.name, each.job, each.name, tuple(filter(None, numbers))) for each, numbers in tables.items()]


def _out(docx: bytes, name: str, subject: str, what: str):
    answer = hand_out(docx, name)
    audit.note("exported", subject, f"{asked_as()} {what}")  # noted once it is made: nothing leaves the house before the answer does
    return answer
