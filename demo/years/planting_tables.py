"""Puts into the database what was said, taken on and wished for at the tables of the last years, and how roles went on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions import rules
from actions.models import ActionItem, Confirmation
from actions.progress import ProgressStep
from actions.words import Via
from core import clock, search
from demo.people import Town
from demo.years.planting import add, put
from demo.years.planting_meetings import opened_at
from demo.years.sittings import Sitting
from demo.years.tables import RoleStory, Table
from followup.settlements import Settlement
from meetings.capture import STEP, Entry, EntryKind, Revision
from resources.models import ResourceIdea

SETTLED = "所属で確かめた結果を共有した。"


def records(held: list[Sitting], town: Town) -> None:
    """Lines, roles and ideas of every table."""
    tables = [(each, table) for each in held for table in each.tables]
    lines = _lines(tables, town)
    _settle(held, lines, town)
    _roles(tables, town)
    _ideas(tables, town)


def _lines(tables: list[tuple[Sitting, Table]], town: Town) -> dict[int, list[int]]:
    """{table: ids of what was taken back there}."""
    by, back = town.facilitator.id, {}
    rows = [(each, table, turn, line) for each, table in tables for turn, line in enumerate(table.lines, 1)]
    words = [dict(kind=line.kind, text=line.text, source=line.source, agency_id=town.agencies[line.agency].id, number=1, limited=False, written_by_id=by,
                  written_at=each.opened + timedelta(seconds=int((each.closed - each.opened).total_seconds() * turn / (len(table.lines) + 1))))
             for each, table, turn, line in rows]
    ids = put(Entry, [dict(hearing_id=table.id, key=f"years-{table.id}-{turn}", position=turn * STEP, told=0, **said)
                      for (_each, table, turn, _line), said in zip(rows, words, strict=True)])
    add(Revision, [dict(entry_id=id, rival=False, **said) for id, said in zip(ids, words, strict=True)])
    for (_each, table, _turn, line), id in zip(rows, ids, strict=True):
        line.id = id
        if line.kind is EntryKind.TAKEN_BACK:
            back.setdefault(table.id, []).append(id)
    return back


def before(held: list[Sitting], each: Sitting, table: Table) -> list[Table]:
    """The tables at which the same household was heard earlier, in meetings that were held."""
    return [other for sat in held if sat.opened and sat.starts < each.starts for other in sat.tables
            if other.life is table.life]


def _settle(held: list[Sitting], back: dict[int, list[int]], town: Town) -> None:
    """What was taken back is settled at the household's next table."""
    by, rows, done = town.facilitator.id, [], set()
    for each in (each for each in held if each.opened):
        for place, table in enumerate(each.tables, 1):
            ids = [id for other in before(held, each, table) for id in back.get(other.id, ()) if id not in done]
            done.update(ids)
            rows += [dict(entry_id=id, hearing_id=table.id, note=SETTLED, by_id=by, at=opened_at(each, place) + timedelta(minutes=6)) for id in ids]
    add(Settlement, rows)


def _roles(tables: list[tuple[Sitting, Table]], town: Town) -> None:
    by = town.facilitator.id
    rows = [(each, table, turn, role) for each, table in tables for turn, role in enumerate(table.roles, 1)]
    words = [_words(role, town) for *_where, role in rows]
    ids = put(ActionItem, [dict(
        said, hearing_id=table.id, key=f"years-{table.id}-{turn}", entry_id=None, nature=role.nature, stands=_fingerprint(said), state=role.state,
        escalation_agency_id=None if role.held else town.agencies["juso"].id, escalation_on=role.looked_for_until, written_by_id=by,
        written_at=each.closed - timedelta(minutes=6)) for (each, table, turn, role), said in zip(rows, words, strict=True)])
    add(Confirmation, [_confirmation(role, said, id, town) for (*_where, role), said, id in zip(rows, words, ids, strict=True) if role.said])
    add(ProgressStep, [dict(action_id=id, state=state, note=note, via=Via.SCREEN if hand.id != by else Via.TOLD, by_id=hand.id, link_id=None, deputised=False,
                            at=_moment(day, "16:20", turn))
                       for (*_where, role), id in zip(rows, ids, strict=True) for turn, (state, day, note) in enumerate(role.went)
                       for hand in [town.hand_of(town.members[role.member]) if role.member else town.facilitator]])
    search.stale(ActionItem.__table__, ids)


def _words(role: RoleStory, town: Town) -> dict:
    return dict(what=role.what, agency_id=town.agencies[role.agency].id if role.agency else None,
                member_id=town.members[role.member].id if role.member else None, due_on=role.due, rank=role.rank, until_on=None)


def _fingerprint(said: dict) -> str:
    return rules.fingerprint(said["what"], said["agency_id"], said["member_id"], said["due_on"], said["rank"].value, said["until_on"])


def _confirmation(role: RoleStory, said: dict, id: int, town: Town) -> dict:
    answer, day, word, via = role.said
    own = via is Via.SCREEN
    return dict(said, action_id=id, fingerprint=_fingerprint(said), answer=answer, word=word, answer_by=None, via=via, heard_on=None if own else day,
                by_id=town.hand_of(town.members[role.member]).id if own else town.facilitator.id, at=_moment(day, "17:10"))


def _ideas(tables: list[tuple[Sitting, Table]], town: Town) -> None:
    add(ResourceIdea, [dict(
        hearing_id=table.id, key=f"years-{table.id}-{turn}", need=idea.words["need"], wished=idea.words["wished"], enables=idea.words["enables"],
        kind=_kind(idea.words["kind"]), nearest=idea.words["nearest"], first_step=idea.words["first"], forum=idea.words["forum"],
        owner_id=town.agencies[idea.words["owner"]].id, due_on=idea.due, state=idea.state, written_by_id=town.facilitator.id,
        written_at=each.closed - timedelta(minutes=10)) for each, table in tables for turn, idea in enumerate(table.ideas, 1)])


def _kind(value: str):
    return ResourceIdea.__table__.c.kind.type.enum_class(value)


def _moment(day: date, at: str, turn: int = 0) -> datetime:
    return clock.instant(day, time.fromisoformat(at)) + timedelta(minutes=turn)
