"""The figures of the year counted a second time: straight through all rows in plain Python, by what is printed as their definitions.

Nothing of `reports/` is used here. Facts are (day, what is counted, value); how they become numbers of a month and of a year is
said again below.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
import json
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from core.database import Base, session

TOKYO = ZoneInfo("Asia/Tokyo")
CAME = {"present", "online", "proxy"}
AT_WORK = {"intake", "assessment", "plan", "support", "evaluation"}
LAST = date.max

AVERAGES = {"days_to_answer", "days_to_consent", "meeting_minutes", "days_to_final"}
SHARES = {"roles_in_time", "rules_acknowledged", "rules_before", "rules_all_kept", "council_turnout"}
STOCKS = {"cases_active", "accompanied", "proposals_standing"}


class Rows:
    """Every row of the tables, as dictionaries of plain values."""

    def __init__(self, today: date):
        self.today = today
        self.tables = {}

    def __getattr__(self, name: str) -> list[dict]:
        if name.startswith("_") or name == "tables":
            raise AttributeError(name)
        if name not in self.tables:
            rows = session.execute(sa.select(Base.metadata.tables[name.rstrip("_")])).mappings()
            self.tables[name] = [{str(key): _plain(value) for key, value in row.items()} for row in rows]
        return self.tables[name]

    def by_id(self, name: str) -> dict[int, dict]:
        return {row["id"]: row for row in getattr(self, name)}


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(TOKYO)
    return getattr(value, "value", value)


# -- from facts to numbers ------------------------------------------------------------------------------------------------

def months_of(year: int) -> list[date]:
    """The first days of April to March, and of the April after."""
    return [date(year + (month < 4), month, 1) for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)] + [date(year + 1, 4, 1)]


def numbers(rows: Rows, key: str, year: int) -> tuple[list, float | None]:
    """(the twelve months, the whole year); None for what has not begun, and for an average of nothing."""
    days, facts = months_of(year), FACTS[key](rows) if key not in STOCKS else []
    if key in STOCKS:
        months = [_standing(rows, key, min(after - timedelta(days=1), rows.today)) if first <= rows.today else None for first, after in zip(days, days[1:])]
        return months, next((each for each in reversed(months) if each is not None), None)
    months = []
    for first, after in zip(days, days[1:]):
        months.append(_number(key, [each for each in facts if first <= each[0] < after]) if first <= rows.today else None)
    whole = _number(key, [each for each in facts if days[0] <= each[0] < days[-1]]) if days[0] <= rows.today else None
    return months, whole


def _number(key: str, facts: list):
    if key in AVERAGES:
        return round(sum(value for _day, _unit, value in facts) / len(facts), 1) if facts else None
    if key in SHARES:
        return round(100 * sum(value for _day, _unit, value in facts) / len(facts), 1) if facts else None
    return len({unit for _day, unit, *_value in facts})


def _standing(rows: Rows, key: str, day: date) -> int:
    if key == "proposals_standing":
        return len(_registered(rows, day))
    count = 0
    for case in rows.case:
        stages = [move["to_stage"] for move in sorted(rows.stage_move, key=lambda each: each["id"]) if move["case_id"] == case["id"] and move["on"] <= day]
        if stages and (stages[-1] in AT_WORK if key == "cases_active" else stages[-1] == "accompanied"):
            count += 1
    return count


def parts(rows: Rows, key: str, by: str, year: int) -> dict:
    """{part: how many} of a year."""
    first, after = months_of(year)[0], months_of(year)[-1]
    if key in STOCKS:  # at the end of the year, or as of today
        last = min(after - timedelta(days=1), rows.today)
        return dict(Counter(state for _id, state in _registered(rows, last))) if first <= last else {}
    found = defaultdict(set)
    for day, unit, part in PARTS[key, by](rows):
        if first <= day < after:
            found[None if part is None else str(part)].add(unit)
    return {part: len(units) for part, units in found.items()}


# -- consultations --------------------------------------------------------------------------------------------------------

def _opened(rows):
    return [(case["opened_on"], case["id"], 0) for case in rows.case]


def _steps(rows, referral):
    return [step for step in sorted(rows.referral_step, key=lambda each: each["id"]) if step["referral_id"] == referral["id"]]


def _received(rows):
    return [(_steps(rows, each)[0]["at"].date(), each["id"], 0) for each in rows.referral]


def _answered(rows):
    for each in rows.referral:
        steps = _steps(rows, each)
        answers = [step["at"].date() for step in steps if step["act"] in ("accepted", "advised", "returned")]
        if answers:
            yield steps[0]["at"].date(), each["id"], (answers[0] - steps[0]["at"].date()).days


# -- consents -------------------------------------------------------------------------------------------------------------

def _said(*states):
    return lambda rows: [(each["on"], each["id"], 0) for each in rows.consent if each["state"] in states]


def _whole(rows):
    """(case, the day on which the last of those whose information is shared had consented for the first time)."""
    for case in rows.case:
        days = []
        for person in rows.household_person:
            if person["case_id"] == case["id"] and person["shared"]:
                given = [each["on"] for each in rows.consent if each["person_id"] == person["id"] and each["state"] in ("given", "partly")]
                days.append(min(given) if given else LAST)
        if days and max(days) < LAST:
            yield case, max(days)


def _consented(rows):
    return [(day, case["id"], 0) for case, day in _whole(rows)]


def _until_consent(rows):
    return [(day, case["id"], max(0, (day - case["opened_on"]).days)) for case, day in _whole(rows)]


# -- meetings -------------------------------------------------------------------------------------------------------------

def _held(rows, *kinds):
    return [each for each in rows.meeting if each["opened_at"] and each["closed_at"] and not each["cancelled_at"] and (not kinds or each["kind"] in kinds)]


def _day(meeting) -> date:
    return (meeting["held_from"] or meeting["opened_at"]).date()


def _meetings(*kinds):
    return lambda rows: [(_day(each), each["id"], 0) for each in _held(rows, *kinds)]


def _hearings(rows, *kinds):
    held = {each["id"]: each for each in _held(rows, *kinds)}
    return [(each, held[each["meeting_id"]]) for each in rows.hearing if each["meeting_id"] in held and each["opened_at"]]


def _heard(kind):
    return lambda rows: [(_day(meeting), (meeting["id"], hearing["case_id"]), 0) for hearing, meeting in _hearings(rows, kind) if hearing["case_id"]]


def _cases(kind):
    return lambda rows: [(_day(meeting), hearing["case_id"], 0) for hearing, meeting in _hearings(rows, kind) if hearing["case_id"]]


def _seats(rows, *kinds):
    of = {hearing["id"]: meeting for hearing, meeting in _hearings(rows, *kinds)}
    return [(seat, of[seat["hearing_id"]]) for seat in rows.seat if seat["hearing_id"] in of and seat["attendance"] in CAME]


def _people(kind):
    return lambda rows: [(_day(meeting), (meeting["id"], seat["member_id"]), 0) for seat, meeting in _seats(rows, kind)]


def _agencies(kind):
    def facts(rows):
        members = rows.by_id("member")
        return [(_day(meeting), (meeting["id"], members[seat["member_id"]]["agency_id"]), 0) for seat, meeting in _seats(rows, kind)]
    return facts


def _switched(rows):
    return [(_day(each), each["id"], 0) for each in _held(rows, "juso") if each["switched_from"]]


def _moved(rows):
    for case in rows.case:
        met = sorted(((meeting["held_from"] or meeting["opened_at"], meeting) for hearing, meeting in _hearings(rows, "juso", "shien") if hearing["case_id"] == case["id"]),
                     key=lambda each: each[0])
        juso = [(at, meeting) for at, meeting in met if meeting["kind"] == "juso"]
        if juso and (juso[0][1]["switched_from"] or any(meeting["kind"] == "shien" and at < juso[0][0] for at, meeting in met)):
            yield _day(juso[0][1]), case["id"], 0


def _length(rows):
    for each in _held(rows):
        begins, ends = each["held_from"] or each["opened_at"], each["held_to"] or each["closed_at"]
        yield _day(each), each["id"], (ends - begins).total_seconds() / 60


# -- plans and course -----------------------------------------------------------------------------------------------------

def _versions(rows, plan):
    return sorted((each for each in rows.plan_version if each["plan_id"] == plan["id"]), key=lambda each: each["number"])


def _plans(first: bool):
    return lambda rows: [(_versions(rows, each)[0]["frozen_at"].date(), each["id"], 0) for each in rows.plan if (each["number"] == 1) == first and _versions(rows, each)]


def _judged(rows):
    meetings, hearings = rows.by_id("meeting"), rows.by_id("hearing")
    return [(_day(meetings[hearings[each["hearing_id"]]["meeting_id"]]), each["id"], each["verdict"]) for each in rows.plan_verdict]


def _programme(name):
    def facts(rows):
        for plan in rows.plan:
            said = [each for each in _versions(rows, plan) if name in json.loads(each["content"])["programmes"]]
            if said:
                yield said[0]["frozen_at"].date(), plan["id"], 0
    return facts


def _evaluated(rows):
    return [(each["on"], each["id"], each["conclusion"]) for each in rows.plan_evaluation]


def _moves(rows, right):
    return [(each["on"], each["id"], 0) for each in rows.stage_move if right(each["from_stage"], each["to_stage"])]


# -- roles, ideas, running ------------------------------------------------------------------------------------------------

def _roles(rows):
    of = {hearing["id"]: meeting for hearing, meeting in _hearings(rows)}
    return [(each, of[each["hearing_id"]]) for each in rows.action_item if each["hearing_id"] in of and not each["removed_at"]]


def _has_taker(rows, role) -> bool:
    said = [each for each in sorted(rows.confirmation, key=lambda each: each["id"]) if each["action_id"] == role["id"]]
    hard = bool(said) and said[-1]["fingerprint"] == role["stands"] and said[-1]["answer"] == "hard"
    return role["agency_id"] is not None and not hard


def _decided(rows):
    return [(_day(meeting), role["id"], role["agency_id"] if _has_taker(rows, role) else None) for role, meeting in _roles(rows) if role["state"] != "carried"]


def _in_time(rows):
    for role, _meeting in _roles(rows):
        if role["due_on"] and role["due_on"] < rows.today and role["state"] not in ("dropped", "carried") and _has_taker(rows, role):
            done = [each["at"].date() for each in rows.progress_step if each["action_id"] == role["id"] and each["state"] == "done"]
            yield role["due_on"], role["id"], int(role["state"] == "done" and bool(done) and min(done) <= role["due_on"])


def _untaken(rows):
    return [(_day(meeting), role["id"], 0) for role, meeting in _roles(rows) if role["state"] not in ("done", "dropped", "carried") and not _has_taker(rows, role)]


def _ideas(rows):
    of = {hearing["id"]: meeting for hearing, meeting in _hearings(rows)}
    return [(_day(of[each["hearing_id"]]), each["id"], each["state"]) for each in rows.resource_idea if each["hearing_id"] in of and not each["removed_at"]]


def _words_given(rows):
    """(day, (meeting, member), what they gave for each of their tables: the acknowledgement or None, and when that table's case was opened)."""
    done = {(each["meeting_id"], each["member_id"], each["edition_id"]): each for each in rows.acknowledgement}
    proxies = {(each["meeting_id"], each["member_id"], each["edition_id"], each["name"]): each for each in rows.proxy_acknowledgement}
    opened, people = rows.by_id("hearing"), {}
    for seat, meeting in _seats(rows):
        mark = meeting["id"], seat["member_id"], meeting["edition_id"]
        word = proxies.get((*mark, seat["proxy_name"])) if seat["attendance"] == "proxy" else done.get(mark)
        people.setdefault((_day(meeting), mark[:2], meeting["edition_id"]), []).append((word, opened[seat["hearing_id"]]["opened_at"]))
    return people


def _acknowledged(rows):
    return [(day, who, int(all(word for word, _opened in said))) for (day, who, _edition), said in _words_given(rows).items()]


def _before(rows):
    return [(day, who, int(all(word and word["at"] <= opened for word, opened in said))) for (day, who, _edition), said in _words_given(rows).items()]


def _readers(rows, of):
    return [(day, who, of(edition, said[0][0])) for (day, who, edition), said in _words_given(rows).items() if all(word for word, _opened in said)]


def _pledged(rows):
    return [(each["given_on"], each["id"], f"{each['term']}-{each['method']}") for each in rows.pledge if not each["struck_at"]]


def _reviewed(rows):
    held = {each["id"]: each for each in _held(rows)}
    return [(held[each["meeting_id"]], each, [one for one in rows.rule_finding if one["review_id"] == each["id"]]) for each in rows.rule_review if each["meeting_id"] in held]


def _kept(rows):
    """Each rule of the edition, once for every meeting that wrote nothing down against it; rules are the lines that begin with a number."""
    for meeting, review, findings in _reviewed(rows):
        hard = {(each["part"], each["number"]) for each in findings}
        for text in rows.rule_text:
            if text["edition_id"] == review["edition_id"] and text["language"] == "ja":
                for number in (int(line.split(".")[0]) for line in text["body"].splitlines() if line.split(".")[0].isdigit()):
                    if (text["part"], number) not in hard:
                        yield _day(meeting), meeting["id"], f"{review['edition_id']}-{text['part']}-{number}"


# -- the register and the councils ----------------------------------------------------------------------------------------

def _registered(rows, day):
    """[(proposal, where it stood)] of those that stood for themselves at the end of a day."""
    found = []
    for proposal in rows.resource_proposal:
        under = any(each["proposal_id"] == proposal["id"] and each["at"].date() <= day and not (each["parted_at"] and each["parted_at"].date() <= day) for each in rows.resource_merger)
        steps = sorted((each["on"], each["id"], each["state"]) for each in rows.resource_proposal_step if each["proposal_id"] == proposal["id"] and each["on"] <= day)
        if steps and not under and proposal["made_at"].date() <= day:
            found.append((proposal["id"], steps[-1][2]))
    return found


def _entered(rows):
    return [(each["made_at"].date(), each["id"], 0) for each in rows.resource_proposal]


def _merged(rows):
    return [(each["at"].date(), each["id"], 0) for each in rows.resource_merger if not each["parted_at"]]


def _real(rows):
    for proposal in rows.resource_proposal:
        days = [each["on"] for each in rows.resource_proposal_step if each["proposal_id"] == proposal["id"] and each["state"] == "real"]
        if days and not proposal["merged_into_id"]:
            yield min(days), proposal["id"], 0


def _sessions(rows):
    held = {each["id"]: each for each in _held(rows)}
    return [(each, held[each["meeting_id"]]) for each in rows.council_session if each["meeting_id"] in held]


def _members(rows):
    """(day, (meeting, member), came or not, council) of the members of each session's day."""
    seats, there = rows.by_id("hearing"), {}
    for seat in rows.seat:
        there.setdefault(seats[seat["hearing_id"]]["meeting_id"], set()).update({seat["member_id"]} if seat["attendance"] in CAME else ())
    for sitting, meeting in _sessions(rows):
        day = meeting["starts_at"].date()
        for term in rows.council_member:
            if term["council_id"] == sitting["council_id"] and term["post"] != "observer" and term["since"] <= day <= (term["until"] or LAST):
                yield _day(meeting), (meeting["id"], term["member_id"]), int(term["member_id"] in there.get(meeting["id"], ())), sitting["council_id"]


def _asked(rows):
    sat = {meeting["id"]: meeting for seat, meeting in _seats(rows) if seat["attendance"] != "proxy" and seat["role"] != "facilitator"}
    return [(_day(each), id, 0) for id, each in sat.items()]


def _final(rows):
    for each in rows.meeting:
        versions = [version["finalised_at"].date() for version in rows.minutes_version if version["meeting_id"] == each["id"]]
        if versions:
            yield each, min(versions)


FACTS = {
    "cases_opened": _opened, "referrals": _received, "days_to_answer": lambda rows: list(_answered(rows)),
    "consents_given": _said("given", "partly"), "consents_refused": _said("refused"), "consents_withdrawn": _said("withdrawn"),
    "households_consented": _consented, "days_to_consent": _until_consent, "switched": _switched, "moved_to_juso": lambda rows: list(_moved(rows)),
    **{f"{kind}_held": _meetings(kind) for kind in ("juso", "shien", "general")}, "premeetings_held": _meetings("premeeting"),
    **{f"{kind}_hearings": _heard(kind) for kind in ("juso", "shien")}, **{f"{kind}_cases": _cases(kind) for kind in ("juso", "shien")},
    **{f"{kind}_people": _people(kind) for kind in ("juso", "shien")}, **{f"{kind}_agencies": _agencies(kind) for kind in ("juso", "shien")},
    "meeting_minutes": lambda rows: list(_length(rows)), "plans_first": _plans(True), "plans_again": _plans(False), "plans_judged": _judged,
    "plans_participation": lambda rows: list(_programme("participation")(rows)), "plans_outreach": lambda rows: list(_programme("outreach")(rows)),
    "evaluations": _evaluated, "support_begun": lambda rows: _moves(rows, lambda a, b: (a, b) == ("plan", "support")),
    "closed": lambda rows: _moves(rows, lambda a, b: b == "closed"), "suspended": lambda rows: _moves(rows, lambda a, b: b == "suspended"),
    "reopened": lambda rows: _moves(rows, lambda a, b: a in ("closed", "accompanied", "suspended") and b in AT_WORK),
    "roles": _decided, "roles_in_time": lambda rows: list(_in_time(rows)), "roles_unassigned": _untaken,
    "ideas": _ideas, "proposals": _entered, "proposals_merged": _merged, "ideas_real": lambda rows: list(_real(rows)),
    "council_sessions": lambda rows: [(_day(meeting), meeting["id"], 0) for _session, meeting in _sessions(rows)],
    "council_people": lambda rows: [each for each in _members(rows) if each[2]], "council_turnout": lambda rows: [each[:3] for each in _members(rows)],
    "acknowledgements": lambda rows: _readers(rows, lambda edition, word: 0), "rules_acknowledged": _acknowledged, "rules_before": _before, "pledges": _pledged,
    "rules_reviewed": lambda rows: [(_day(meeting), meeting["id"], 0) for meeting, _review, _hard in _reviewed(rows)],
    "rules_all_kept": lambda rows: [(_day(meeting), meeting["id"], int(not hard)) for meeting, _review, hard in _reviewed(rows)], "reflections_asked": _asked,
    "minutes_final": lambda rows: [(day, each["id"], 0) for each, day in _final(rows)],
    "days_to_final": lambda rows: [(_day(each), each["id"], (day - _day(each)).days) for each, day in _final(rows)],
}


def _of_case(rows, name, column):
    days = {case["id"]: case["opened_on"] for case in rows.case}
    return [(days[each["case_id"]], each["case_id"], each[column]) for each in getattr(rows, name) if each["case_id"] in days]


def _route(rows):
    asked = {each["case_id"] for each in rows.referral}
    return [(case["opened_on"], case["id"], "referral" if case["id"] in asked else "direct") for case in rows.case]


def _of_referral(column):
    return lambda rows: [(day, id, rows.by_id("referral")[id][column]) for day, id, _none in _received(rows)]


def _referred_domains(rows):
    days = {id: day for day, id, _none in _received(rows)}
    return [(days[each["referral_id"]], each["referral_id"], each["domain_code"]) for each in rows.referral_need]


PARTS = {
    ("cases_opened", "route"): _route, ("cases_opened", "domain"): lambda rows: _of_case(rows, "need", "domain_code"),
    ("cases_opened", "household"): lambda rows: [(case["opened_on"], case["id"], case["household_type"]) for case in rows.case],
    ("referrals", "agency"): _of_referral("agency_id"), ("referrals", "domain"): _referred_domains, ("referrals", "answer"): _of_referral("state"),
    **{(f"{kind}_held", "mode"): (lambda rows, kind=kind: [(_day(each), each["id"], each["mode"]) for each in _held(rows, kind)]) for kind in ("juso", "shien")},
    ("plans_judged", "verdict"): _judged, ("evaluations", "conclusion"): _evaluated, ("roles", "agency"): _decided, ("ideas", "state"): _ideas,
    ("acknowledgements", "edition"): lambda rows: _readers(rows, lambda edition, word: edition), ("acknowledgements", "method"): lambda rows: _readers(rows, lambda edition, word: word["method"]),
    ("pledges", "route"): _pledged, ("rules_reviewed", "rule"): _kept,
    ("council_sessions", "council"): lambda rows: [(_day(meeting), meeting["id"], each["council_id"]) for each, meeting in _sessions(rows)],
    ("council_sessions", "mode"): lambda rows: [(_day(meeting), meeting["id"], meeting["mode"]) for _session, meeting in _sessions(rows)],
    ("council_people", "council"): lambda rows: [(day, who, council) for day, who, came, council in _members(rows) if came],
    ("ideas", "kind"): lambda rows: [(day, id, rows.by_id("resource_idea")[id]["kind"]) for day, id, _state in _ideas(rows)],
}
