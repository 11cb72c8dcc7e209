"""What a council leaves on paper: minutes without a case, 開催経過, 委員名簿, 年次報告; and what must not be on them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from docx import Document
import pytest

from accounts.models import User
from agencies.models import Agency, AgencyKind, Member
from core import clock
from core.database import session, unit
from councils.models import Council, CouncilMember
from councils.posts import Post, Quorum
from councils.sessions import CouncilSession
from exports.minutes import Minutes
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting, Mode
from meetings.table import Attendance

DATABASES = ["sqlite"]
TODAY = clock.today()
YEAR, NEXT = clock.fiscal_year(TODAY), TODAY + timedelta(days=20)


@pytest.fixture
def office(world):
    """A committee of three that has sat once: the chair (a professor without an account) and a proxy for 次郎 came, 三郎 did not;
    one line was for some of the table only."""
    with world.app.test_request_context(), unit():
        hanako = session.get(User, world.hanako)
        professor = Member(agency=Agency(name="みなも大学", kind=AgencyKind.INFORMAL), name="湊川 ひさし", job="教授")
        council = Council.found(hanako, "検討委員会", quorum=Quorum.MAJORITY, ground="設置要綱", purpose="検証する", public=True, chair_title="会長")
        session.add(professor)
        session.flush()
        for member, post in ((professor, Post.CHAIR), (world.member(world.jiro), Post.VICE), (world.member(world.saburo), Post.MEMBER)):
            council.terms.append(CouncilMember(member=member, post=post, category="委員区分", since=TODAY - timedelta(days=800)))
        session.flush()
        world.council = council.id
        world.second = plan(world, council, 2, NEXT, topics="次の議題").id
        world.first = hold(world, council, 1, TODAY)
    return world


def plan(world, council, number, day, topics="進み具合の報告\n来年度の計画"):
    starts = clock.instant(day, clock.read_time("14:00"))
    return CouncilSession.plan(council, session.get(User, world.hanako), number, starts, starts + timedelta(minutes=90), public=True, topics=topics,
                               materials="集計\n計画（案）", place="委員会室", mode=Mode.BOTH)


def hold(world, council, number, day):
    """Held, written down, closed and final; give the id of the meeting."""
    hanako, made = session.get(User, world.hanako), plan(world, council, number, day)
    meeting, hearing = made.meeting, made.meeting.hearings[0]
    for seat in hearing.seats:
        seat.attendance = Attendance.ABSENT if seat.member.name == "田中 三郎" else Attendance.PRESENT
        if seat.member.name == "佐藤 次郎":
            seat.attendance, seat.proxy_name = Attendance.PROXY, "代わりの人"
        if seat.attendance.here:
            meeting.acknowledge(seat.member, by=hanako)
    meeting.open(by=hanako)
    for key, kind, text, limited in (("a", EntryKind.FACT, "実施は14世帯", False), ("b", EntryKind.DECISION, "計画を承認した", False),
                                     ("c", EntryKind.DECISION, "松の実の決定", True)):
        Entry.capture(hearing, hanako, f"{number}-{key}", kind, text).limited = limited
    made.visitors = 3
    session.flush()
    meeting.close(by=hanako)
    session.flush()
    record.finalise(meeting, hanako, minutes.lay_out)
    return meeting.id


def read(answer):
    """(all paragraphs, all tables as rows of words) of a Word file."""
    assert answer.status_code == 200
    paper = Document(BytesIO(answer.data))
    return [each.text for each in paper.paragraphs], [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def headings(office, login="hanako"):
    paper = Document(BytesIO(office.browser(login).get(f"/meetings/{office.first}/minutes.docx").data))
    return [each.text for each in paper.paragraphs if each.style.name == "Heading 1"]


def test_the_minutes_of_a_session_have_the_parts_its_members_expect_and_none_of_a_case(office):
    assert headings(office) == ["次第", "資料", "出席者（敬称略）", "議事", "決定事項", "次回", "開催経過", "記録の作成及び保存"]
    page = office.browser("hanako").get(f"/meetings/{office.first}/minutes").text
    assert "開催経過" in page and "本人の同意" not in page and "世帯の概要" not in page


def test_the_minutes_say_what_the_council_says_of_a_session(office):
    said, tables = read(office.browser("hanako").get(f"/meetings/{office.first}/minutes.docx"))
    head = {label: answer for label, answer in tables[0]}
    course = next(rows for rows in tables if rows[0][0] == "回")
    present = next(rows for rows in tables if rows[0][0] == "所属")

    assert any(f"{clock.fiscal_year_name(YEAR)}第1回" in line for line in said)
    assert head["公開・非公開"] == "公開（傍聴者3名）"
    assert head["定足数"] == "委員3名の過半数（2名）に対し、出席2名（うち代理1名）により成立"
    assert [row[0] for row in course[1:]] == ["第1回"]
    assert "・進み具合の報告\n・来年度の計画" in course[1][3] and "対面・オンライン併用" in course[1][2]
    assert course[1][4] == "委員3名中2名（うち代理1名）\n傍聴者3名"
    assert {row[2]: row[3] for row in present[1:]} == {
        "湊川 ひさし": "◎会長、進行役", "佐藤 次郎": "○副会長", "田中 三郎": "委員", "山田 花子": "事務局、記録者"}
    assert any("第2回" in line and "委員会室" in line for line in said)  # the next session, though nobody wrote it down


def test_a_quorum_that_counts_no_proxy_was_not_reached(office):
    with office.app.app_context(), unit():
        session.get(Council, office.council).proxies_count = False
    with office.app.test_request_context():
        sitting = session.get(Meeting, office.first).sitting
        assert not sitting.stands
        assert sitting.quorum_words.endswith("（うち代理1名、代理は算入しない）により不成立")


def test_the_list_of_members_marks_chair_and_vice(office):
    said, tables = read(office.browser("jiro").get(f"/councils/{office.council}/members.docx"))

    assert [row[2] for row in tables[0][1:]] == ["◎湊川 ひさし", "○佐藤 次郎", "田中 三郎"]
    assert [row[4] for row in tables[0][1:]] == ["会長", "副会長", "委員"]
    assert "◎会長　○副会長" in said and any(line.startswith("任期　") for line in said)


def test_the_yearly_report_tells_sessions_attendance_and_decisions_but_nothing_limited(office):
    answer = office.browser("fumiko").get(f"/councils/{office.council}/report/{YEAR}.docx")
    said, tables = read(answer)
    whole = "\n".join(said) + str(tables)
    attendance = next(rows for rows in tables if rows[0][0] == "氏名")

    assert "計画を承認した" in whole and "松の実の決定" not in whole
    assert ["◎湊川 ひさし", "○", "1／1"] in attendance and ["○佐藤 次郎", "代", "1／1"] in attendance and ["田中 三郎", "欠", "0／1"] in attendance
    assert any(line.startswith("第2回") for line in said) == (clock.fiscal_year(NEXT) == YEAR)  # what is planned for the year


def test_a_line_limited_after_the_minutes_were_final_is_not_in_the_report(office):
    with office.app.app_context(), unit():
        entry = next(each for each in session.get(Meeting, office.first).hearings[0].entries if each.text == "計画を承認した")
        entry.limited = True
    said, tables = read(office.browser("hanako").get(f"/councils/{office.council}/report/{YEAR}.docx"))
    assert "計画を承認した" not in "\n".join(said) + str(tables)


def test_a_report_of_a_year_without_a_session_says_so(office):
    said, _tables = read(office.browser("hanako").get(f"/councils/{office.council}/report/{YEAR - 1}.docx"))
    assert "この年度に開かれた会議はない。" in said


def test_a_member_reads_the_minutes_of_the_session_they_sat_at_and_the_stranger_does_not(office):
    with office.app.app_context(), unit():
        seat = next(each for each in session.get(Meeting, office.first).seats if each.member.name == "佐藤 次郎")
        seat.confidant = False
    copy = "\n".join(read(office.browser("jiro").get(f"/meetings/{office.first}/minutes.docx"))[0])
    assert "計画を承認した" in copy and "松の実の決定" not in copy
    assert office.browser("stranger").get(f"/meetings/{office.first}/minutes").status_code == 404
    assert office.browser("saburo").get(f"/meetings/{office.first}/minutes").status_code == 404  # has not accepted the rules


def test_final_minutes_of_a_session_are_read_back_as_they_were_sealed(office):
    with office.app.app_context():
        version = session.get(Meeting, office.first).final
        again = Minutes.from_json(version.content)
        assert again.course and again.agenda and again.sealed().content_hash == version.hash


def test_the_details_of_a_session_stand_until_its_minutes_are_final(office):
    browser = office.browser("hanako")
    with office.app.app_context():
        first, second = session.get(Meeting, office.first).sitting.id, office.second
    browser.get(f"/councils/sessions/{second}")
    kept = browser.post(f"/councils/sessions/{second}", number="2", topics="別の議題", materials="", closed_reason="個人の情報を扱うため", visitors="")
    refused = browser.post(f"/councils/sessions/{first}", number="1", topics="書き換え", visitors="9")

    assert kept.status_code == 303 and refused.status_code == 409
    with office.app.app_context():
        assert session.get(CouncilSession, second).openness == "非公開（個人の情報を扱うため）"
        assert session.get(CouncilSession, first).topics.startswith("進み具合")


def test_the_agenda_paper_names_the_session_and_its_papers(office):
    said, _tables = read(office.browser("hanako").get(f"/meetings/{office.first}/agenda.docx"))
    assert any("第1回" in line and "次第" in line for line in said) and "資料1　集計" in "\n".join(said)
