"""Lay a meeting out as paper: `exports.minutes.Minutes`, in the words and dates of a Japanese office."""

from __future__ import annotations

from datetime import datetime

from core import clock
from core.database import utcnow
from core.office import office
from exports import minutes as paper
from ground_rules.models import AckMethod, Citation
from ground_rules.proxies import ProxyAcknowledgement
from meetings import counts
from meetings.capture import EntryKind
from meetings.kinds import Kind
from meetings.models import Meeting
from meetings.table import Attendance, SeatRole
from plans import models as plans
from stationery import house

CONSENT = {"given": "同意あり", "partly": "一部同意", "refused": "同意なし", "withdrawn": "同意撤回"}
AIMS = ("purpose", "to_decide", "next_meeting")
METHOD = {"written": "書面", "oral": "口頭", "guardian": "親権者等"}
ACKNOWLEDGED = {AckMethod.SCREEN: "画面", AckMethod.PAPER: "書面", AckMethod.ALOUD: "読み合わせ"}


def lay_out(meeting: Meeting, number: int | None = None, at: datetime | None = None) -> paper.Minutes:
    """The 会議録 of a meeting: a draft (案), or version `number` made final at the instant `at`."""
    here, hearings = office(), tuple(_hearing(each, meeting) for each in meeting.hearings)
    return paper.Minutes(
        title=title(meeting), office=here.name, legal_kind=meeting.kind.law_name, legal_ground=_ground(meeting),
        handling_mark=here.handling_mark, reference=meeting.reference, status=f"確定 第{number}版" if number else "案",
        held=_held(meeting), place=meeting.place or "オンライン", mode=meeting.mode.law_name,
        **_aims(meeting), **_without_case(meeting), facilitator=_holder(meeting, SeatRole.FACILITATOR),
        note_taker=_holder(meeting, SeatRole.NOTE_TAKER), timekeeper=_holder(meeting, SeatRole.TIMEKEEPER),
        rules=_rules(meeting), hearings=hearings, confirmation=counts.of_roles(hearings),
        reopened=tuple(f"第{each.number}版を{_day(each.reopened_at)}に再開: {each.reason}"
                       for each in meeting.minutes_versions if each.reopened_at),
        author=_holder(meeting, SeatRole.NOTE_TAKER) or _holder(meeting, SeatRole.FACILITATOR),
        written_on=_day(meeting.closed_at or utcnow()), finalised_on=_day(at) if at else "", retention=next(filter(None, (tell(meeting) for tell in _keeps)), here.retention),
        disclosure=_disclosure(meeting),
        document_number=_number(meeting, at) if number and at else "")


_carried: list = []


def carries(function):
    """Declare function(hearing) -> tuple of `paper.Carried`: what earlier meetings left to do (the features above know)."""
    _carried.append(function)
    return function


_keeps: list = []


def keeps(function):
    """Declare function(meeting) -> the class of retention chosen for it or its kind, or "" (the rooms above know)."""
    _keeps.append(function)
    return function


def _number(meeting: Meeting, at: datetime) -> str:
    """文書番号: one for all versions of a meeting's minutes, taken when the first becomes final."""
    earlier = next((each.minutes.document_number for each in meeting.minutes_versions if each.minutes.document_number), "")
    return earlier or house.next_number(clock.fiscal_year(clock.local(at).date()))


def title(meeting: Meeting) -> str:
    """令和8年度第3回 みなも市支援会議 会議録; a council counts its own sessions."""
    of_a_council = not meeting.kind.hears_cases and meeting.sitting  # a list of meetings need not ask it of each
    called = meeting.sitting.called if of_a_council else f"{clock.fiscal_year_name(meeting.fiscal_year)}第{meeting.serial}回"
    return f"{called} {meeting.name} 会議録"


def file_name(meeting: Meeting, version=None) -> str:
    """A file name without personal data: R08-03_支援会議_0012_会議録_確定v1.docx (year and number of the meeting, kind, case serial)."""
    cases = [each.case for each in meeting.hearings if each.case]
    middle = f"_{cases[0].serial:04d}" if len(cases) == 1 else ""
    state = f"確定v{version.number}" if version else "案"
    year = clock.fiscal_year_code(meeting.fiscal_year)
    return f"{year}-{meeting.serial:02d}_{meeting.kind.law_name}{middle}_会議録_{state}.docx"


def current(meeting: Meeting) -> paper.Minutes:
    """The minutes as they stand: the final version word for word, or a draft laid out now."""
    return meeting.final.minutes if meeting.final else lay_out(meeting).sealed()


def _day(instant: datetime) -> str:
    return house.day(clock.local(instant).date())


def _held(meeting: Meeting) -> str:
    """The hours really held: as they were typed at the closing, else from the opening on, never the planned ones."""
    begins, ends = meeting.held_from or meeting.opened_at, meeting.held_to or meeting.closed_at
    if begins is None:
        return house.span(meeting.starts_at, meeting.ends_at)
    elif ends is None or ends <= begins:
        at = clock.local(begins)
        return f"{house.day(at.date())} {house.hours(at.time())}から"
    else:
        return house.span(begins, ends)


def _aims(meeting: Meeting) -> dict:
    """What a meeting of one case says at its head and end; where there are several, each says it in its own part."""
    alone = meeting.hearings[0] if len(meeting.hearings) == 1 else None
    said = {each: getattr(alone, each) if alone else "" for each in AIMS}
    if meeting.sitting and not meeting.closed and not said["next_meeting"]:  # at the closing it is written down
        said["next_meeting"] = meeting.sitting.next_words
    return said


def _disclosure(meeting: Meeting) -> str:
    if meeting.sitting and meeting.sitting.public:
        return "公開の会議（公表の前に個人に関する情報の有無を確認）"
    else:
        return "不開示情報を含む（開示請求時に個別に判断）"


def _without_case(meeting: Meeting) -> dict:
    """The agenda of a meeting without a case, and what a council says of its session. A step for some only is not on it."""
    if meeting.kind.hears_cases:
        return {}
    return dict(agenda=tuple(each.title for each in meeting.agenda if not each.limited)) | (meeting.sitting.on_paper() if meeting.sitting else {})


def _turn(hearing, meeting: Meeting) -> dict:
    """The same for one case of several, with its time."""
    if len(meeting.hearings) == 1:
        return {}
    begins, ends = (house.hours(clock.local(each).time()) for each in _heard(hearing, meeting))
    return {each: getattr(hearing, each) for each in AIMS} | dict(held=f"{begins}から{ends}まで")


def _heard(hearing, meeting: Meeting):
    """From when to when a case was really heard: as its steps ran; as planned while one of them has not."""
    ran = [(each.started_at, each.ended_at) for each in meeting.agenda if each.hearing is hearing and each.started_at]
    if not ran or not all(ended for _began, ended in ran):
        return meeting.slot([hearing])
    return min(began for began, _ended in ran), max(ended for _began, ended in ran)


def _ground(meeting: Meeting) -> str:
    if not meeting.kind.hears_cases:
        return ""
    ground = Citation.of(meeting.kind.citation, on=meeting.day)  # articles move: the record cites what held that day
    if meeting.kind == Kind.SHIEN:
        text = f"{ground}に基づく支援会議（本人同意を要しない。守秘義務: {Citation.of('secrecy', on=meeting.day)}）"
    else:
        text = f"{ground}に基づく重層的支援会議（本人同意に基づき情報を共有）"
    return f"{text}　※{meeting.switched_from}として計画したものを切替え" if meeting.switched_from else text


def _holder(meeting: Meeting, role: SeatRole) -> str:
    member = meeting.holder(role)
    return member.full if member else ""


def _rules(meeting: Meeting) -> str:
    done, proxies = meeting.acknowledgements, ProxyAcknowledgement.of(meeting)
    people = {seat.member_id: seat for seat in meeting.seats if seat.attendance.here}
    heard = [seat for seat in people.values() if _acknowledged(seat, done, proxies)]
    shown = f"、開会時に全員で確認（{house.hours(clock.local(meeting.rules_shown_at).time())}）" if meeting.rules_shown_at else ""
    looked_back = f"　{meeting.rule_review.on_paper}" if meeting.rule_review else ""
    return f"グランドルール第{meeting.edition.number}版（出席者{len(people)}名中{len(heard)}名が確認{shown}）{looked_back}"


def _hearing(hearing, meeting: Meeting) -> paper.Hearing:
    case, done, proxies = hearing.case, meeting.acknowledgements, ProxyAcknowledgement.of(meeting)
    entries = [each for each in hearing.entries if not each.removed_at]
    asked = _questions(hearing)
    of = lambda kind: tuple(paper.Statement(each.text, each.agency.name if each.agency else "", each.source, each.limited, asked.get(each.key, ""), line=each.id)  # noqa: E731
                            for each in entries if each.kind == kind)
    return paper.Hearing(
        **_turn(hearing, meeting),
        case_number=case.number if case else "", household=_household(case) if case else "",
        own_words=case.own_words if case else "", consent=tuple(map(_consent, case.people)) if case else (),
        attendees=tuple(_attendee(seat, _acknowledged(seat, done, proxies)) for seat in hearing.seats), facts=of(EntryKind.FACT),
        formulations=of(EntryKind.FORMULATION), issues=of(EntryKind.ISSUE), opinions=of(EntryKind.OPINION),
        carried=tuple(each for told in _carried for each in told(hearing)), cards=_cards(hearing), decisions=of(EntryKind.DECISION), taken_back=of(EntryKind.TAKEN_BACK), assignments=_assignments(hearing),
        ideas=tuple(_idea(each, each.entry_id in _confined(hearing)) for each in hearing.ideas if not each.removed_at),
        lead_agency=hearing.lead_agency.name if hearing.lead_agency else "",
        dissents=tuple(_dissent(each) for turn in meeting.circulations for each in turn.dissents(hearing)),
        circulated=tuple(paper.Statement(text, limited=limited, line=0) for turn in meeting.circulations for text, limited in turn.told(hearing)),
        verdict=_verdict(hearing) if meeting.kind == Kind.JUSO else "", emergency=hearing.emergency)


def _dissent(remark) -> paper.Statement:
    """In their own words and under their name; what it is about as it stood in the draft."""
    return paper.Statement(remark.text, remark.who, house.day(clock.local(remark.at).date(), False), remark.confined, about=remark.sentence, line=remark.line)


def _questions(hearing) -> dict[str, str]:
    """The questions that were put to everybody, by the keys of the lines that answer them. What was asked of some of the
    table only stands beside the lines told to some only: a line released to all does not take its question along."""
    told = {each.key for each in hearing.entries if each.limited}
    return {key: each.question for each in hearing.rounds for key in each.answers if key in told or not each.limited}


def _cards(hearing) -> tuple[paper.Statement, ...]:
    """The questions put to the table and what came of them; a return to the ground rules only where something was written."""
    return tuple(paper.Statement(each.outcome, source=each.question_ja, limited=each.limited, line=0) for each in hearing.cards
                 if each.outcome or not each.rule)


def _verdict(hearing) -> str:
    """What the meeting found of the plan before it, in fixed words, and then its own."""
    said = plans.verdict_of(hearing)
    return "\n".join(filter(None, [said.sentence, said.beyond(hearing.verdict)])) if said else hearing.verdict


def _household(case) -> str:
    people = house.comma().join(f"{each.label}（{each.relation}{f'{house.comma()}{each.age}歳' if each.age is not None else ''}）" if each.relation
                      else each.label for each in case.people)
    return "\n".join(filter(None, [f"{case.label}：{people}", case.summary]))


def _consent(person) -> str:
    now = person.consent
    if now is None:
        return f"{person.label}：未確認" if person.shared else f"{person.label}：情報共有の対象外"
    parts = [CONSENT[now.state.value], house.day(now.on, False), METHOD[now.method.value] if now.method else "",
             f"聴取 {now.witness}" if now.witness else "", f"範囲 {now.on_paper}" if now.on_paper else "",
             f"{house.day(now.expires_on, False)}まで" if now.expires_on else "", f"理由 {now.reason}" if now.reason else ""]
    return f"{person.label}：" + house.comma().join(each.removesuffix("。") for each in parts if each)


def _acknowledged(seat, done, proxies):
    """The acknowledgement of who came: a proxy's own, or the person's."""
    return proxies.get((seat.member_id, seat.proxy_name)) if seat.attendance == Attendance.PROXY else done.get(seat.member_id)


def _attendee(seat, ack) -> paper.Attendee:
    return paper.Attendee(
        agency=seat.member.agency.name, job=seat.member.job, name=seat.member.name, role=part(seat),
        attendance=_attendance(seat), acknowledged=f"第{ack.edition.number}版 {_day(ack.at)} {ACKNOWLEDGED[ack.method]}" if ack
        else ("未確認" if seat.attendance.here else "―"))


def part(seat) -> str:
    """◎委員長、進行役: what somebody is in the council, and their role at the table."""
    sitting = seat.hearing.meeting.sitting
    return "、".join(filter(None, [sitting.part_of(seat.member) if sitting else "", seat.role.law_name]))


def _attendance(seat) -> str:
    return {
        Attendance.PRESENT: "出席", Attendance.ONLINE: "出席（オンライン）", Attendance.ABSENT: "欠席",
        Attendance.PROXY: f"代理出席（{seat.proxy_name}）" if seat.proxy_name else "代理出席",
        Attendance.WRITTEN: "書面照会", Attendance.UNKNOWN: "未記録"}[seat.attendance]


def _assignments(hearing) -> tuple[paper.Assignment, ...]:
    lead, confined = hearing.lead_agency_id, _confined(hearing)
    rows = sorted((each for each in hearing.actions if not each.removed_at),
                  key=lambda each: (each.agency_id != lead or lead is None, each.id))
    return tuple(paper.Assignment(
        what=each.what, who=_taker(each), by_when=_term(each), rank=each.rank.law_name, confirmation=_answer(each), limited=each.entry_id in confined,
        lead=lead is not None and each.agency_id == lead, line=each.entry_id or 0) for each in rows)


def _confined(hearing) -> set[int]:
    """The lines that were told to some of the table only: what was made of them goes no further than they do."""
    return {each.id for each in hearing.entries if each.limited}


def _taker(action) -> str:
    """Who has it; where nobody has, who goes on looking and until when."""
    if action.held:
        return action.who
    until = f"\n{house.day(action.escalation_on)}まで" if action.escalation_on else ""
    return f"未割当\n調整：{action.escalation or '未定'}{until}"


def _term(action) -> str:
    due = house.day(action.due_on) if action.due_on else "定めなし"
    return f"{due}\n{house.day(action.until_on)}までの期限付き" if action.until_on else due


def _answer(action) -> str:
    """The holder's own word; of a role that is looked for, who found it difficult and why."""
    if action.seeking:
        return "\n".join(map(_no, action.nos)) or "未割当"
    now = action.confirmation
    if now is None:
        return "内容変更のため再確認中" if action.outdated else "未回答"
    word = f"：{now.word}" if now.word else ""
    how = f"、{now.via.law_name}（記録：{now.by.name}）" if now.heard else ""
    return f"{now.answer.law_name}（{house.day(now.on, False)}{how}）{word}"


def _no(said) -> str:
    word = f"：{said.word}" if said.word else ""
    return f"{said.who} {said.answer.law_name}（{house.day(said.on, False)}）{word}"


def _idea(idea, limited: bool) -> paper.Idea:
    return paper.Idea(
        need=idea.need, wished=idea.wished, enables=idea.enables, kind=idea.kind.law_name if idea.kind else "",
        nearest=idea.nearest, first_step=idea.first_step, forum=idea.forum, owner=idea.in_charge,
        by_when=house.day(idea.due_on) if idea.due_on else "", limited=limited, line=idea.entry_id or 0)
