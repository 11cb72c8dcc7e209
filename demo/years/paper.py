"""The minutes of a made-up meeting, as `meetings.minutes.lay_out` would have written them on their day.

Laying out a hundred and seventy meetings through the database takes far longer than all the rest of the sample; here they
are written from the story itself. tests/test_demo_years.py holds both against each other.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions.words import Answer, Progress
from core import clock
from core.office import office
from demo.people import Town
from demo.years import keeping_rules, planting, planting_meetings
from demo.years.lives import Life, Person
from demo.years.planting_meetings import opened_at, reference, spans
from demo.years.planting_tables import SETTLED, before
from demo.years.sittings import Sitting
from demo.years.tables import RoleStory, SeatStory, Table
from exports import minutes as paper
from ground_rules.models import Citation, Edition
from meetings import counts
from meetings.capture import EntryKind
from meetings.kinds import Kind
from meetings.minutes import ACKNOWLEDGED, CONSENT, METHOD
from meetings.rule_reviews import RuleFinding, RuleReview
from meetings.table import Attendance, SeatRole
from plans import verdicts
from stationery import choices
from stationery.models import PaperStyle

CAME = {Attendance.PRESENT: "出席", Attendance.ONLINE: "出席（オンライン）", Attendance.ABSENT: "欠席", Attendance.PROXY: "代理出席", Attendance.WRITTEN: "書面照会"}
COVERS = "健康・住まい・家族"


class Scribe:
    """Writes the minutes of the meetings `held`, in the office's own way with days and hours."""

    def __init__(self, held: list[Sitting], town: Town):
        own = PaperStyle.own()
        self._held, self._town, self._here = held, town, office()
        self._days, self._times, self._comma = (own.days, own.times, own.comma) if own else ("long", "half", "、")
        self._edition = Edition.current()
        self._grounds = {key: Citation.of(key) for key in ("meeting", "secrecy", "juso_ground")}

    def write(self, each: Sitting, number: int) -> paper.Minutes:
        """Version `number`, unsealed."""
        version, reopened = each.versions[number - 1], each.versions[:number - 1]
        hearings = tuple(self._hearing(each, place, table, version.at) for place, table in enumerate(each.tables, 1))
        alone = each.tables[0] if len(each.tables) == 1 else None
        return paper.Minutes(
            title=f"{clock.fiscal_year_name(clock.fiscal_year(each.day))}第{each.serial}回 {each.name} 会議録", office=self._here.name,
            legal_kind=each.kind.law_name, legal_ground=self._ground(each), handling_mark=self._here.handling_mark, reference=reference(each),
            status=f"確定 第{number}版", held=choices.span(each.opened, each.closed, self._days, self._times), place=each.place or "オンライン",
            mode=each.mode.law_name, purpose=alone.purpose if alone else "", to_decide=alone.to_decide if alone else "",
            next_meeting=planting_meetings.next_words(alone) if alone else "", facilitator=self._holder(each, SeatRole.FACILITATOR),
            note_taker=self._holder(each, SeatRole.NOTE_TAKER), timekeeper=self._holder(each, SeatRole.TIMEKEEPER), rules=self._rules(each),
            hearings=hearings, confirmation=counts.of_roles(hearings),
            reopened=tuple(f"第{turn}版を{self._day(one.reopened)}に再開: {one.reason}" for turn, one in enumerate(reopened, 1)),
            author=self._holder(each, SeatRole.NOTE_TAKER), written_on=self._day(each.closed), finalised_on=self._day(version.at),
            retention=self._here.retention, disclosure="不開示情報を含む（開示請求時に個別に判断）")

    def _on(self, day: date, weekday: bool = True) -> str:
        return choices.day(day, self._days, weekday)

    def _day(self, at: datetime) -> str:
        return self._on(clock.local(at).date())

    def _ground(self, each: Sitting) -> str:
        if each.kind is Kind.SHIEN:
            return f"{self._grounds['meeting']}に基づく支援会議（本人同意を要しない。守秘義務: {self._grounds['secrecy']}）"
        switched = planting_meetings.switched_from(each)
        return f"{self._grounds['juso_ground']}に基づく重層的支援会議（本人同意に基づき情報を共有）" + (f"　※{switched}として計画したものを切替え" if switched else "")

    def _holder(self, each: Sitting, role: SeatRole) -> str:
        return next((self._town.members[seat.member].full for table in each.tables for seat in table.seats if seat.role is role), "")

    def _rules(self, each: Sitting) -> str:
        here = {seat.member for table in each.tables for seat in table.seats if seat.attendance.here}
        done = planting_meetings.acknowledged(each, self._town).keys() & here
        at = choices.hours(clock.local(each.opened).time(), self._times)
        return f"グランドルール第{self._edition.number}版（出席者{len(here)}名中{len(done)}名が確認、開会時に全員で確認（{at}））{self._looked_back(each)}"

    def _looked_back(self, each: Sitting) -> str:
        found = keeping_rules.said_of(each, self._held)
        if found is None:
            return ""
        findings = [RuleFinding(part=part, number=number, kept=kept) for (part, number), kept in found.items()]
        return f"　{RuleReview(edition=self._edition, findings=findings).on_paper}"

    def _hearing(self, each: Sitting, place: int, table: Table, at: datetime) -> paper.Hearing:
        life, done = table.life, planting_meetings.acknowledged(each, self._town)
        of = lambda kind: tuple(paper.Statement(line.text, self._town.agencies[line.agency].name, line.source, line=line.id) for line in table.lines if line.kind is kind)  # noqa: E731
        return paper.Hearing(
            **self._turn(each, place, table), case_number=life.number, household=self._household(life), own_words=life.texts["own_words"],
            consent=tuple(self._consent(person, life, clock.local(at).date()) for person in life.people),
            attendees=tuple(self._attendee(seat, done.get(seat.member)) for seat in table.seats), facts=of(EntryKind.FACT),
            formulations=of(EntryKind.FORMULATION), issues=of(EntryKind.ISSUE), opinions=of(EntryKind.OPINION), decisions=of(EntryKind.DECISION),
            taken_back=of(EntryKind.TAKEN_BACK), carried=tuple(self._carried(each, place, table)), assignments=self._assignments(table),
            ideas=tuple(self._idea(idea) for idea in table.ideas), lead_agency=self._town.agencies[table.lead].name,
            verdict=self._verdict(table), emergency=table.emergency)

    def _turn(self, each: Sitting, place: int, table: Table) -> dict:
        if len(each.tables) == 1:
            return {}
        begins, ends = (choices.hours(clock.local(at).time(), self._times) for at in spans(each)[place])
        return dict(purpose=table.purpose, to_decide=table.to_decide, next_meeting=planting_meetings.next_words(table), held=f"{begins}から{ends}まで")

    def _household(self, life: Life) -> str:
        people = self._comma.join(f"{each.label}（{each.relation}{self._comma}{each.age}歳）" for each in life.people)
        return f"{life.label}：{people}\n{life.texts['summary']}"

    def _consent(self, person: Person, life: Life, on: date) -> str:
        said = next((each for each in reversed(person.said) if each[0] <= on), None)
        if said is None:
            return f"{person.label}：未確認" if person.shared else f"{person.label}：情報共有の対象外"
        day, state, method, words = said
        refused = state.value == "refused"
        covers = "" if refused else "／".join(filter(None, ["・".join(each.name for each in planting.scope(life, self._town)), COVERS, words]))
        parts = [CONSENT[state.value], self._on(day, False), METHOD[method.value] if method else "", f"範囲 {covers}" if covers else "", f"理由 {words}" if refused else ""]
        return f"{person.label}：" + self._comma.join(each.removesuffix("。") for each in parts if each)

    def _attendee(self, seat: SeatStory, ack) -> paper.Attendee:
        member = self._town.members[seat.member]
        said = f"第{self._edition.number}版 {self._day(ack[1])} {ACKNOWLEDGED[ack[0]]}" if ack else "未確認" if seat.attendance.here else "―"
        return paper.Attendee(agency=member.agency.name, job=member.job, name=member.name, role=seat.role.law_name, attendance=CAME[seat.attendance], acknowledged=said)

    def _assignments(self, table: Table) -> tuple[paper.Assignment, ...]:
        rows = sorted(table.roles, key=lambda role: role.agency != table.lead)
        return tuple(paper.Assignment(what=role.what, who=self._taker(role), by_when=self._on(role.due) if role.due else "定めなし", rank=role.rank.law_name,
                                      confirmation=self._answer(role), lead=role.agency == table.lead, line=0) for role in rows)

    def _who(self, role: RoleStory) -> str:
        return self._town.members[role.member].full if role.member else self._town.agencies[role.agency].name if role.agency else ""

    def _taker(self, role: RoleStory) -> str:
        return self._who(role) if role.held else f"未割当\n調整：{self._town.agencies['juso'].name}\n{self._on(role.looked_for_until)}まで"

    def _answer(self, role: RoleStory) -> str:
        if role.said is None:
            return "未割当" if not role.held else "未回答"
        answer, day, word, via = role.said
        said = f"：{word}" if word else ""
        if answer is Answer.HARD:
            return f"{self._who(role)} {answer.law_name}（{self._on(day, False)}）{said}"
        how = f"、{via.law_name}（記録：{self._town.facilitator.name}）" if via.heard else ""
        return f"{answer.law_name}（{self._on(day, False)}{how}）{said}"

    def _carried(self, each: Sitting, place: int, table: Table):
        earlier, since = before(self._held, each, table), opened_at(each, place)
        roles = [role for other in earlier for role in other.roles if not _state_at(role, since).over]
        for role in sorted(roles, key=lambda one: (_state_at(one, each.closed).over, one.due is None, one.due or date.max)):
            agency = self._town.agencies[role.agency if role.held else "juso"].name
            yield paper.Carried(role.what, agency, clock.wareki(role.due) if role.due else "定めなし", _state_at(role, each.closed).law_name, line=0)
        for line in (line for other in earlier if self._nearest(table, other, earlier) for line in other.lines if line.kind is EntryKind.TAKEN_BACK):
            yield paper.Carried(line.text, self._town.agencies[line.agency].name, "持ち帰り", f"済、{SETTLED}", line=line.id)

    def _nearest(self, table: Table, other: Table, earlier: list[Table]) -> bool:
        """What was taken back at the table before this one; what came earlier was settled there."""
        return other is earlier[-1]

    def _verdict(self, table: Table) -> str:
        turn = table.turn
        if turn.verdict is None:
            return table.verdict if turn.kind is Kind.JUSO else ""
        number = [each.day for each in table.life.plan(turn.plan).versions].index(turn.day) + 1
        return "\n".join(filter(None, [verdicts.sentence(turn.plan, number, turn.verdict), verdicts.beyond(turn.verdict, table.verdict)]))

    def _idea(self, idea) -> paper.Idea:
        words, law = idea.words, {"person": "人", "place": "場", "thing": "物", "system": "仕組み", "money": "お金", "information": "情報"}
        return paper.Idea(need=words["need"], wished=words["wished"], enables=words["enables"], kind=law[words["kind"]], nearest=words["nearest"],
                          first_step=words["first"], forum=words["forum"], owner=self._town.agencies[words["owner"]].name, by_when=self._on(idea.due), line=0)


def _state_at(role: RoleStory, instant: datetime) -> Progress:
    """How it stood then: reports come in the afternoon."""
    at = [(state, clock.instant(day, time(16, 20)) + timedelta(minutes=turn)) for turn, (state, day, _note) in enumerate(role.went)]
    return next((state for state, moment in reversed(at) if moment <= instant), Progress.OPEN)
