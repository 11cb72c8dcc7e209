"""The figures of a small office: what they count, what they open to, and for whom."""

from __future__ import annotations

import csv as table
from datetime import date, timedelta
import io
import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
import openpyxl
import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Domain
from cases.flow import Stage
from cases.models import Case, HouseholdType, Need
from core import clock, database
from core.database import session, unit
from ground_rules.models import Acknowledgement, Part
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.rule_reviews import Kept, RuleReview
from reflection import sums
from reflection.rules import Quarter, Question, quarter_of
from reports import counting
from reports.figure import grouped, listed, named
from reports.span import Span
from resources.models import IdeaState, ResourceIdea
from resources.register import Proposal

DATABASES = ["sqlite"]
YEAR = clock.fiscal_year(clock.today())


@pytest.fixture
def over(monkeypatch):
    """The year is over: all its quarters are told."""
    after = date(YEAR + 1, 4, 2)
    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: after)


def counted(world, key, year=YEAR):
    with world.app.app_context(), unit(read_only=True):
        return counting.count(named(key), year)


@pytest.mark.databases("sqlite", "postgresql")
def test_every_figure_is_counted_on_both_databases(world):
    held(world, before=by_the_rules)
    totals = {each.key: counted(world, each.key).total for each in listed()}
    some = {key: totals[key] for key in ("cases_opened", "cases_active", "consents_given", "shien_held", "shien_hearings", "shien_cases", "shien_people", "shien_agencies",
                                         "rules_acknowledged", "juso_held", "meeting_minutes", "roles")}
    assert some == dict(cases_opened=2, cases_active=2, consents_given=1, shien_held=1, shien_hearings=1, shien_cases=1, shien_people=3, shien_agencies=3,
                        rules_acknowledged=100.0, juso_held=0, meeting_minutes=some["meeting_minutes"], roles=0)
    for each in listed():
        counted(world, each.key, YEAR + 1)
    with world.app.app_context(), unit(read_only=True):
        sums = {(each.key, part.key): sum(count for count, _seen in counting.parts(part, Span.between(YEAR, None, clock.today())).values()) for each in listed() for part in each.breakdowns}
    assert all(sums[key, part] == totals[key] for key, part in (("shien_held", "mode"), ("acknowledgements", "method"), ("acknowledgements", "edition"), ("pledges", "route")))
    assert totals["pledges"] == 1 and sums["rules_reviewed", "rule"] > 10 and totals["proposals_standing"] == sums["proposals_standing", "state"] == 1


def by_the_rules(hearing, by):
    """A pledge, a look back at the rules, and an idea that went to the register."""
    meeting, member = hearing.meeting, hearing.seats[0].member
    Pledge.give(meeting, member, by, Term.YEAR, PledgeMethod.PAPER, clock.today())
    RuleReview.say(meeting, by, {(Part.SAFETY, 4): Kept.PARTLY})
    idea = ResourceIdea.suggest(hearing, by, "wish", need="居場所", wished="夜の居場所", enables="休める")
    session.flush()
    Proposal.make(idea, by, "", {}, need="居場所", wished="夜の居場所", enables="休める")


def test_an_idea_is_real_when_its_proposal_is_and_once_for_all_that_asked_for_it(world):
    held(world, before=by_the_rules)
    with world.app.app_context(), unit():
        session.query(ResourceIdea).one().state = IdeaState.REAL  # at the table only
    assert (counted(world, "ideas_real").total, counted(world, "ideas").total) == (0, 1)
    with world.app.app_context(), unit():
        by, proposal = session.get(User, world.hanako), session.query(Proposal).one()
        proposal.move(by, IdeaState.REAL, clock.today(), "始まった")
        proposal.move(by, IdeaState.TRIAL, clock.today(), "休み")
        proposal.move(by, IdeaState.REAL, clock.today(), "また始まった")
    assert counted(world, "ideas_real").total == 1 and counted(world, "proposals_standing").total == 1
    rows = world.browser("fumiko").get("/reports/figures/ideas_real/rows").text
    assert "夜の居場所" in rows and "/resources/proposals/" in rows


def test_whoever_acknowledges_after_the_case_was_opened_was_not_before_it(world):
    held(world)
    with world.app.app_context(), unit():
        late = session.query(Acknowledgement).first()
        late.at = session.get(Meeting, world.meeting).hearings[0].opened_at + timedelta(minutes=5)
    assert counted(world, "rules_acknowledged").total == 100.0 and counted(world, "rules_before").total == 66.7
    assert counted(world, "acknowledgements").total == 3


def test_a_case_heard_twice_is_one_case_and_two_hearings(world):
    held(world)
    world.another_meeting()
    held(world)
    assert (counted(world, "shien_hearings").total, counted(world, "shien_cases").total) == (2, 1)


def test_a_meeting_falls_into_its_month_by_the_clock_of_the_office(world):
    held(world)
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).held_from = clock.instant(clock.today().replace(year=YEAR, month=7, day=1), clock.read_time("0:30"))
    line = counted(world, "shien_held")
    assert line.months[3] == 1 or not clock.today() >= clock.today().replace(year=YEAR, month=7, day=1)
    assert line.months[2] in (0, None)


def test_the_year_before_stands_beside_it(world):
    with world.app.app_context(), unit():
        session.get(Case, world.case).opened_on = clock.today().replace(year=YEAR - 1, month=5, day=2)
    line = counted(world, "cases_opened")
    assert (line.total, line.before, line.months_before[1]) == (1, 1, 1)


def test_of_months_to_come_nothing_is_said(world):
    assert counted(world, "cases_opened", YEAR + 1).months == (None,) * 12
    assert counted(world, "cases_opened", YEAR + 1).total is None


def test_the_page_says_what_each_figure_counts(world):
    page = world.browser("hanako").get("/reports").text
    with world.app.app_context():
        assert all(str(each.definition).replace("'", "&#39;") in page for each in listed())


def test_a_number_opens_to_the_records_a_coordinator_may_open(world):
    page = world.browser("hanako").get("/reports/figures/cases_opened/rows").text
    assert f"/cases/{world.case}\"" in page and "Aさん・Bさん世帯" in page
    assert f"/cases/{world.hidden_case}\"" not in page and "Zさん" not in page
    assert "このほかに、閲覧できないものが1件含まれています。" in page


def test_a_clerk_reads_the_numbers_and_opens_no_case(world):
    clerk = world.browser("fumiko")
    assert clerk.get("/reports").status_code == 200
    page = clerk.get("/reports/figures/cases_opened/rows").text
    assert "/cases/" not in page and "さん" not in page
    assert "閲覧できないものが2件" in page
    assert clerk.get("/reports/fairness").status_code == 404


def test_what_few_households_are_like_is_told_to_their_team_only(world, over):
    clerk, team = (world.browser(who).get(f"/reports/figures/cases_opened?year={YEAR}").text for who in ("fumiko", "hanako"))
    assert "8050世帯" in team and "8050世帯" not in clerk
    assert "この年度の内訳は、件数が少ないため示しません。" in clerk and "3件未満" not in clerk
    for browser in (world.browser("fumiko"), world.browser("other")):
        rows = browser.get(f"/reports/figures/cases_opened/rows?year={YEAR}&by=household&part=8050").text
        assert "少数のため件数は示しません" in rows
        empty = browser.get(f"/reports/figures/cases_opened/rows?year={YEAR}&by=household&part=hoarding").text
        assert ("少数のため" in empty) == ("少数のため" in rows)


def test_many_alike_are_told_to_everybody_who_reads_the_figures(world, over):
    with world.app.app_context(), unit():
        by = session.get(User, world.other)
        for _each in range(4):
            case = Case.open(by, "Yさん世帯", HouseholdType.POVERTY, date(YEAR, 5, 2))
            case.needs.append(Need(position=1, domain_code=Domain.listed()[0].code, text="家賃"))
            session.flush()
    page = world.browser("fumiko").get(f"/reports/figures/cases_opened?year={YEAR}").text
    assert "生活困窮" in page


def test_the_exports_say_the_same_as_the_page_and_what_is_counted(world):
    held(world)
    team = world.browser("hanako")
    rows = list(table.reader(io.StringIO(team.get(f"/reports/years/{YEAR}.csv").data.decode("utf-8-sig"))))
    assert next(row for row in rows if row[1:2] == ["新規受付"])[15] == "2"
    assert any(row[1:3] == ["新規受付", "新たに受け付けた案件の数。受付日による。"] for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(team.get(f"/reports/years/{YEAR}.xlsx").data))
    assert book.sheetnames == ["月別", "内訳", "数え方"]
    assert next(row[15] for row in book["月別"].values if row[1] == "新規受付") == 2
    paper = Document(io.BytesIO(team.get(f"/reports/years/{YEAR}.docx").data))
    text = "\n".join(cell.text for each in paper.tables for cell in each._cells)
    assert "新規受付" in text and "新たに受け付けた案件の数。受付日による。" in text and "８０５０" not in text


def test_whoever_takes_a_year_out_for_outside_once_more_is_told_of_the_last_time(world):
    team = world.browser("hanako")
    warned = "公表用として令和"
    assert warned not in team.get(f"/reports?year={YEAR - 1}").text
    team.get(f"/reports/years/{YEAR - 1}.csv")
    assert warned not in team.get(f"/reports?year={YEAR - 1}").text
    team.get(f"/reports/years/{YEAR - 1}.csv?to=public")
    assert f"公表用として{clock.wareki(clock.today(), False)}" in team.get(f"/reports?year={YEAR - 1}").text
    assert warned in team.get(f"/reports?year={YEAR - 2}").text and warned not in team.get(f"/reports?year={YEAR}").text


def test_what_goes_outside_tells_no_small_number_of_households_whoever_takes_it(world, over):
    team = world.browser("hanako")
    inside = team.get(f"/reports/years/{YEAR}.csv").data.decode("utf-8-sig")
    outside = team.get(f"/reports/years/{YEAR}.csv?to=public").data.decode("utf-8-sig")
    assert "8050世帯" in inside and "8050世帯" not in outside
    assert "この年度の内訳は、件数が少ないため示しません。,非公表" in outside and "差引き" in outside and "その他の" not in outside


def test_a_share_counts_what_was_due(world):
    from actions.models import ActionItem
    from actions.words import Answer, Progress

    held(world, before=lambda hearing, by: [ActionItem.assign(hearing, by, f"r{turn}", f"訪問{turn}", member=world.member(world.jiro),
                                                              due_on=clock.today() - timedelta(days=1)) for turn in range(3)])
    with world.app.app_context(), unit():
        roles = session.query(ActionItem).all()
        assert len(roles) == 3
        roles[0].confirm(session.get(User, world.jiro), Answer.TAKE)
        roles[0].report(session.get(User, world.jiro), Progress.DONE)
        roles[0].steps[-1].at -= timedelta(days=2)
        roles[1].report(session.get(User, world.jiro), Progress.DONE)  # a day late
    assert counted(world, "roles").total == 3
    assert counted(world, "roles_in_time").total == 33.3


def test_an_address_of_nothing_answers_404(world):
    browser = world.browser("hanako")
    for path in ("/reports?year=1", "/reports/figures/nothing", "/reports/figures/roles/rows?month=12", "/reports/figures/roles/rows?by=nothing", "/reports/years/1900.csv"):
        assert browser.get(path).status_code == 404, path


def test_a_moved_case_is_where_it_stood_at_the_end_of_the_month(world):
    with world.app.app_context(), unit():
        case, by = session.get(Case, world.case), session.get(User, world.hanako)
        case.moves[0].on = case.opened_on = clock.today() - timedelta(days=400)
        case.move(by, Stage.SUSPENDED, clock.today(), reason="転出")
    line = counted(world, "cases_active")
    assert line.total == 1 and line.before == 1  # the other team's is new, ours was there at the end of last year


def held(world, before=lambda hearing, by: None):
    """The planned meeting is opened, something happens at its table, and it is closed."""
    world.open_meeting()
    with world.app.app_context(), unit():
        before(session.get(Meeting, world.meeting).hearings[0], session.get(User, world.hanako))
    world.close_meeting()


def test_of_two_parts_the_large_one_is_held_back_with_the_small_one(world, over):
    with world.app.app_context(), unit():
        by = session.get(User, world.other)
        for _each in range(4):
            Case.open(by, "Yさん世帯", HouseholdType.POVERTY, date(YEAR, 5, 2))
            session.flush()
        world_case = session.get(Case, world.case)
        from referrals.models import Referral, ReferralStep
        from referrals.words import Act, Agreement, State
        member = world.member(world.jiro)
        referral = Referral(number="R00-つ-0001", fiscal_year=2000, serial=1, label="世帯", household_type=HouseholdType.POVERTY, worry="", ask="", agreement=Agreement.GIVEN,
                            referred_by_id=world.jiro, member_id=member.id, agency_id=member.agency_id, state=State.ACCEPTED, case_id=world_case.id)
        referral.steps.append(ReferralStep(act=Act.SENT, by_id=world.jiro))
        session.add(referral)
    page = world.browser("fumiko").get(f"/reports/figures/cases_opened?year={YEAR}").text
    route = page.split('id="by-route"')[1].split("</section>")[0]
    assert "この年度の内訳は" in route and ">5<" not in route and ">1<" not in route


def test_what_came_in_since_the_last_quarter_changes_no_breakdown_for_whoever_may_not_open_it(world, monkeypatch):
    for kind, times in ((HouseholdType.POVERTY, 4), (HouseholdType.YOUNG_CARER, 5), (HouseholdType.OTHER, 1)):
        opened(world, kind, date(YEAR, 5, 2), times)
    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: date(YEAR, 8, 20))
    clerk = world.browser("fumiko")
    inner = lambda: clerk.get("/reports/figures/cases_opened").text.split('id="by-route"')[1]  # noqa: E731
    paper = lambda: clerk.get(f"/reports/years/{YEAR}.csv").data.decode("utf-8-sig")  # noqa: E731
    breakdowns = lambda: [row for row in paper().splitlines() if "（当年度は4月から6月まで）" in row]  # noqa: E731
    later = lambda: clerk.get(f"/reports/figures/cases_opened?year={YEAR + 1}").text.split('id="by-route"')[1]  # noqa: E731
    outside = lambda: [clerk.get(f"/reports/years/{year}.csv?to=public").data for year in (YEAR, YEAR + 1)]  # noqa: E731
    before, out = (inner(), breakdowns(), later()), outside()
    assert ">4<" in before[0] and "終わった四半期まで(4月から6月まで)の数です。" in before[0]
    assert len(before[1]) > 3 and "終わった四半期までの数である" in paper()
    opened(world, HouseholdType.POVERTY, date(YEAR, 8, 10), 3)
    assert (inner(), breakdowns(), later()) == before and outside() == out
    assert counted(world, "cases_opened").months[4] == 3
    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: date(YEAR, 10, 1))
    assert ">7<" in inner() and "(4月から9月まで)" in inner()


def test_what_leaves_the_house_of_a_finished_year_has_no_month_of_people_and_no_small_number(world, over):
    opened(world, HouseholdType.POVERTY, date(YEAR, 5, 2), 4)
    held(world)
    with world.app.app_context(), unit():
        session.get(Meeting, world.meeting).held_from = clock.instant(date(YEAR, 7, 1), clock.read_time("10:00"))
    made = lambda way: {row[1]: row[3:] for row in table.reader(io.StringIO(world.browser("fumiko").get(f"/reports/years/{YEAR}.csv{way}").data.decode("utf-8-sig"))) if len(row) == 18}  # noqa: E731
    inside, outside = made(""), made("?to=public")
    assert "4" in inside["新規受付"][:12] and set(outside["新規受付"][:12]) == {"x"} and inside["新規受付"][12] == outside["新規受付"][12]
    assert (inside["同意を得た人（延べ）"][12], *outside["同意を得た人（延べ）"][12:]) == ("1", *["非公表"] * 3)
    assert outside["同意を得られなかった人（延べ）"][12] == "非公表" != inside["同意を得られなかった人（延べ）"][12]  # 0
    assert outside["支援中の案件（月末）"][12] == "非公表" and int(inside["支援中の案件（月末）"][12]) > 3
    assert outside["支援会議 回数"] == inside["支援会議 回数"] and "1" in outside["支援会議 回数"][:12]


def test_a_difference_has_its_sign_and_numbers_stand_on_the_right(world, over):
    opened(world, HouseholdType.POVERTY, date(YEAR, 5, 2), 4)
    team = world.browser("hanako")
    row = next(each for each in table.reader(io.StringIO(team.get(f"/reports/years/{YEAR}.csv").data.decode("utf-8-sig"))) if each[1:2] == ["新規受付"])
    assert row[17] == "+6"
    book = openpyxl.load_workbook(io.BytesIO(team.get(f"/reports/years/{YEAR}.xlsx").data))["月別"]
    assert next(each for each in book.iter_rows() if each[1].value == "新規受付")[17].number_format.startswith("+")
    cells = next(each.cells for made in Document(io.BytesIO(team.get(f"/reports/years/{YEAR}.docx").data)).tables for each in made.rows if each.cells[0].text == "新規受付")
    assert cells[-1].text == "+6" and [each.paragraphs[0].alignment for each in (cells[0], cells[2], cells[-1])] == [None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]


def test_of_the_reflections_stands_there_what_their_own_page_says_and_nothing_outside(world, monkeypatch):
    quarter = lambda begins: Quarter(begins, 3, 15, dict.fromkeys(Question, 12))  # noqa: E731
    monkeypatch.setattr(sums, "quarters", lambda: [quarter(date(YEAR - 1, 4, 1)), quarter(date(YEAR - 1, 10, 1)), quarter(quarter_of(clock.today()))])
    clerk = world.browser("fumiko")
    trend = lambda path: re.findall(r"令和\d+年\d+月〜\d+月", clerk.get(path).data.decode("utf-8-sig"))  # noqa: E731
    assert len(trend("/reflections")) == 2 == len(trend(f"/reports?year={YEAR - 1}")) == len(trend(f"/reports/years/{YEAR - 1}.csv"))
    assert not trend(f"/reports/years/{YEAR - 1}.csv?to=public") and not trend(f"/reports?year={YEAR}") and not trend(f"/reports/years/{YEAR}.csv")
    assert clerk.get(f"/reports/years/{YEAR - 1}.docx").status_code == clerk.get(f"/reports/years/{YEAR - 1}.xlsx").status_code == 200


def test_years_of_which_the_office_has_nothing_are_not_offered(world):
    with world.app.app_context(), unit():
        session.get(Case, world.case).fiscal_year = YEAR - 4
    page = world.browser("hanako").get("/reports").text.split('id="year"')[1].split("</form>")[0]
    assert [year for year in range(YEAR - 9, YEAR + 2) if f'value="{year}"' in page] == [YEAR - 4, YEAR]
    assert clock.fiscal_year_name(YEAR - 4) in world.browser("hanako").get("/reports").text


def test_the_other_figures_of_the_office_are_told_to_those_who_may_look(world):
    team, clerk = (world.browser(who).get("/reports").text for who in ("hanako", "fumiko"))
    for path in ("/ground-rules/figures", "/reflections", "/resources/proposals", "/self-check", "/actions/figures"):
        assert f'href="{path}' in team and f'href="{path}' in clerk
        assert world.browser("fumiko").get(path).status_code == 200
    assert "/reports/fairness" in team and "/reports/fairness" not in clerk


def test_the_figures_of_a_group_are_one_question(world):
    asked = []
    listen = lambda *all_: asked.append(all_[2]) if all_[2].startswith(("SELECT", "WITH")) else None  # noqa: E731
    with world.app.app_context(), unit(read_only=True):
        sa.event.listen(database.engine(), "before_cursor_execute", listen)
        lines = [counting.count_all(figures, YEAR) for _group, figures in grouped()]
        sa.event.remove(database.engine(), "before_cursor_execute", listen)
        assert len(asked) == len(lines) < sum(map(len, lines)) / 4
        assert [line for each in lines for line in each] == [counting.count(line.figure, YEAR) for each in lines for line in each]


def test_in_the_first_quarter_only_the_year_before_is_told(world, monkeypatch):
    opened(world, HouseholdType.POVERTY, date(YEAR, 5, 2), 4)
    opened(world, HouseholdType.YOUNG_CARER, date(YEAR, 5, 2), 4)
    monkeypatch.setattr(clock, "today", lambda zone=clock.TOKYO: date(YEAR, 6, 30))
    page = world.browser("fumiko").get("/reports/figures/cases_opened").text
    assert "最初の四半期が終わるまで示しません。" in page
    assert ">4<" not in page.split('id="by-route"')[1]


def opened(world, kind, on, times):
    """Households of another team."""
    with world.app.app_context(), unit():
        for _each in range(times):
            Case.open(session.get(User, world.other), "Yさん世帯", kind, on)
            session.flush()
