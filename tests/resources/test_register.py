"""An idea leaves its case: read through first, counted without being told, on its way to becoming real."""

from __future__ import annotations

from datetime import timedelta
import io
import re

import docx
import pytest
import sqlalchemy as sa

from accounts.models import User
from cases.models import Case, Need
from community.kinds import Footing, ResourceKind
from community.models import SocialResource
from core import clock
from core.database import session, unit
from meetings.models import Meeting
from notices.kinds import NoticeKind
from notices.models import Notice
from resources.models import IdeaState, ResourceIdea
from resources.register import KeptWords, Proposal

DATABASES = ["sqlite"]  # forms and pages; what it asks of a database is plain
PLAIN = dict(wished="夜まで過ごせる居場所", enables="子どもが自分の時間を持てる", need="夕方に一人で過ごす子どもがいる", nearest="", next_step="", kind="place", domain_code="", area="", looked="y")


@pytest.fixture
def hanako(world):
    world.open_meeting()
    return world.browser("hanako")


def suggest(world, by=None, meeting=None, key="i", **words):
    """Put an idea on a table; give its id."""
    with world.app.test_request_context(), unit():
        hearing = session.get(Meeting, meeting or world.meeting).hearings[0]
        texts = dict(wished="居場所", enables="過ごせる", need="一人でいる") | words
        idea = ResourceIdea.suggest(hearing, session.get(User, by or world.hanako), key, **texts)
        session.flush()
        return idea.id


def take(hanako, idea, **words):
    """Take an idea to the register through its door; give the answer."""
    hanako.get(f"/ideas/{idea}/proposal")
    return hanako.post(f"/ideas/{idea}/proposal", **PLAIN | words)


def number(answer):
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/resources/proposals/(\d+)", answer.location)[1])


def test_nothing_leaves_before_every_finding_is_taken_out_or_ticked(world, hanako):
    idea = suggest(world)
    answer = take(hanako, idea, need="82歳の母と中学生の双子が、電話0123-45-6789で相談した")
    keys = re.findall(r'name="kept" value="(\w+)"', answer.text)
    assert answer.status_code == 422 and "82歳の母と中学生の双子" in answer.text and len(keys) == 3
    with world.app.test_request_context():
        assert session.scalar(sa.select(sa.func.count()).select_from(Proposal)) == 0
    assert take(hanako, idea, need="82歳の母と中学生の双子が、電話0123-45-6789で相談した", kept=keys[:2]).status_code == 422
    assert take(hanako, idea, looked="").status_code == 422
    number(take(hanako, idea, need="82歳の母と中学生の双子が、電話0123-45-6789で相談した", kept=keys))
    with world.app.test_request_context():
        assert set(session.scalars(sa.select(KeptWords.key))) == set(keys)


def test_words_of_the_case_record_and_rare_fields_are_shown(world, hanako):
    with world.app.test_request_context(), unit():
        case = session.get(Case, world.case)
        case.own_words = "ラジオの修理なら朝まででもできるのに"
        case.needs.append(Need(position=1, domain_code="CHD", text="夕方"))
    answer = take(hanako, suggest(world), wished="修理なら朝まででもできる場", domain_code="CHD")
    assert answer.status_code == 422
    assert "案件の記録と同じ言葉" in answer.text and "まれな組合せ" in answer.text and "<mark>修理なら朝まででもできる</mark>" in answer.text


def test_the_office_reads_it_and_finds_no_way_back_to_the_case(world, hanako):
    idea = suggest(world)
    made = number(take(hanako, idea))
    with world.app.test_request_context():
        meeting = session.get(Meeting, world.meeting)
        telling = [f"/meetings/{meeting.id}", meeting.reference, session.get(Case, world.case).number]
    pages = [world.browser(who).get(path) for who in ("fumiko", "other") for path in ("/resources/proposals", f"/resources/proposals/{made}")]
    assert all(each.status_code == 200 and "夜まで過ごせる居場所" in each.text for each in pages)
    assert not any(word in each.text.split("<main", 1)[1] for each in pages for word in telling)
    assert telling[1] in hanako.get(f"/resources/proposals/{made}").text
    jiro = world.browser("jiro")
    assert jiro.get(f"/resources/proposals/{made}").status_code == 404 and jiro.get("/resources/proposals").status_code == 404
    assert world.browser("other").get(f"/ideas/{idea}/proposal").status_code == 404


def test_an_idea_is_taken_once_and_a_second_case_is_counted_without_its_words(world, hanako):
    first, second = suggest(world), suggest(world, key="j", wished="秘密の言葉で書いた居場所")
    made = number(take(hanako, first))
    assert take(hanako, first).status_code in (409, 422)
    page = hanako.get(f"/ideas/{second}/proposal").text
    assert "共通する言葉" in page and "居場所" in page
    assert number(hanako.post(f"/ideas/{second}/proposal/{made}", area="東学区")) == made
    shown = world.browser("fumiko").get(f"/resources/proposals/{made}").text
    assert "秘密の言葉" not in shown and "東学区" not in shown and "3件未満" in shown


def test_an_area_is_a_place_and_is_offered_again_only_where_it_tells_of_nobody(world, hanako):
    first, second = suggest(world), suggest(world, key="j", wished="朝まで過ごせる居場所")
    made = number(take(hanako, first, area="山の手の一軒家"))
    answer = hanako.post(f"/ideas/{second}/proposal/{made}", area="82歳の母の家 電話0123-45-6789")
    assert answer.status_code == 422 and "82歳の母の家" in answer.text and "地域の名前だけ" in answer.text
    assert "山の手の一軒家" not in hanako.get(f"/ideas/{second}/proposal").text  # named once only
    with world.app.test_request_context(), unit():
        session.add(SocialResource(name="子ども食堂", kind=ResourceKind.PLACE, footing=Footing.INFORMAL, area="東学区"))
    assert '<option value="東学区">' in hanako.get(f"/ideas/{second}/proposal").text


def test_each_step_is_a_record_and_those_who_suggested_it_are_told_of_the_end(world, hanako):
    made = number(take(hanako, suggest(world, by=world.jiro)))
    step = dict(on=clock.today().isoformat(), forum="協議体", owner_id="0", owner_member_id="0", next_step="見学に行く", next_on="2020-01-01", note="")
    assert hanako.post(f"/resources/proposals/{made}/steps", **step, state="study").status_code == 303
    assert "期限超過" in hanako.get("/resources/proposals?due=over").text
    assert hanako.post(f"/resources/proposals/{made}/steps", **step, state="dropped").status_code in (409, 422)
    assert hanako.post(f"/resources/proposals/{made}/steps", **step | dict(note="担い手がいないため"), state="dropped").status_code == 303
    with world.app.test_request_context():
        proposal, notice = session.get(Proposal, made), session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.WISH_DROPPED)).unique().one()
        assert [each.state for each in proposal.steps] == [IdeaState.IDEA, IdeaState.STUDY, IdeaState.DROPPED]
        assert notice.member.user_id == world.jiro and proposal.next_on is None
        assert {each.state for each in session.scalars(sa.select(ResourceIdea)).unique()} == {IdeaState.DROPPED}
    page = world.browser("jiro").get(f"/resources/proposals/{made}").text
    assert "担い手がいないため" in page and 'name="state"' not in page


def test_who_suggested_it_at_the_table_is_told_and_not_who_wrote_it_down(world, hanako):
    with world.app.app_context():
        saburo, stranger = world.member(world.saburo).id, world.member(world.stranger).id
    hanako.get(f"/meetings/{world.meeting}/room")
    words = dict(wished="居場所", enables="過ごせる", need="一人でいる")
    assert hanako.post(f"/hearings/{world.hearing}/ideas", words, suggested_by_id=str(stranger), key="a").status_code == 422
    assert hanako.post(f"/hearings/{world.hearing}/ideas", words, suggested_by_id=str(saburo), key="b").status_code in (200, 303)
    with world.app.app_context():
        idea = session.scalars(sa.select(ResourceIdea.id)).one()
    assert "田中 三郎" in hanako.get(f"/meetings/{world.meeting}/room?view=resources").text
    made = number(take(hanako, idea))
    other = world.browser("other")
    other.get(f"/resources/proposals/{made}")
    step = dict(state="real", on=clock.today().isoformat(), owner_id="0", owner_member_id="0", forum="協議体", next_step="", note="公民館で始まる")
    assert other.post(f"/resources/proposals/{made}/steps", **step).status_code == 303
    with world.app.app_context():
        assert [each.member.name for each in session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.WISH_REAL)).unique()] == ["田中 三郎"]
    assert "公民館で始まる" in world.browser("saburo").get(f"/resources/proposals/{made}").text


def test_similar_proposals_are_merged_by_a_person_and_taken_apart_again(world, hanako):
    one = number(take(hanako, suggest(world)))
    other = number(take(hanako, suggest(world, key="j"), wished="夜の居場所を歩いて行ける所に"))
    page = hanako.get(f"/resources/proposals/{other}").text
    assert "共通する言葉" in page
    version = re.search(r'name="into" value="\d+"><input type="hidden" name="version" value="(\d+)"', page)[1]
    assert number(hanako.post(f"/resources/proposals/{other}/merger", into=str(one), version=version)) == one
    listed = lambda: re.findall(r'href="/resources/proposals/(\d+)"', hanako.get("/resources/proposals").text)  # noqa: E731
    assert listed() == [str(one)]
    assert hanako.post(f"/resources/proposals/{one}/merger", into=str(other)).status_code in (409, 422)  # no circle
    assert hanako.post(f"/resources/proposals/{other}/steps", state="study", on="2026-06-01", owner_id="0", owner_member_id="0").status_code in (404, 409, 422)
    hanako.post(f"/resources/proposals/{other}/parting")
    assert set(listed()) == {str(one), str(other)}


def test_the_forums_are_the_offices_own(world, hanako):
    assert "自立支援協議会" in hanako.get("/resources/forums").text
    assert hanako.post("/resources/forums", names="協議体\n議会\n協議体").status_code == 303
    page = hanako.get(f"/meetings/{world.meeting}/room?view=record").text
    assert '<option value="議会">' in page and '<option value="自立支援協議会">' not in page


def test_words_of_two_letters_find_a_proposal(world, hanako):
    number(take(hanako, suggest(world)))
    found = hanako.get(hanako.post("/resources/proposals", text="居場", state="", domain="", due="").location).text
    assert "夜まで過ごせる居場所" in found
    assert "夜まで過ごせる居場所" not in hanako.get(hanako.post("/resources/proposals", text="修理", state="", domain="", due="").location).text


def test_a_proposal_and_the_list_come_out_as_word_without_their_case(world, hanako):
    made = number(take(hanako, suggest(world), area="東学区"))
    fumiko = world.browser("fumiko")
    for path in (f"/resources/proposals/{made}.docx", "/resources/proposals.docx"):
        paper = docx.Document(io.BytesIO(fumiko.get(path).data))
        words = "\n".join([each.text for each in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells])
        assert "夜まで過ごせる居場所" in words and "3件未満" in words
        assert "東学区" not in words and "R08-" not in words
    assert world.browser("jiro").get(f"/resources/proposals/{made}.docx").status_code == 404


def test_what_is_over_its_day_stands_on_the_page_of_today(world, hanako):
    made = number(take(hanako, suggest(world)))
    with world.app.test_request_context(), unit():
        proposal = session.get(Proposal, made)
        proposal.owner_member_id, proposal.next_on = world.member(world.jiro).id, clock.today() - timedelta(days=1)
    link = f'/resources/proposals/{made}"'
    assert all(link in world.browser(who).get("/").text for who in ("hanako", "jiro", "other"))
    assert link not in world.browser("saburo").get("/").text
    assert world.browser("jiro").get(f"/resources/proposals/{made}").status_code == 200


def test_the_forum_and_the_area_are_read_through_before_they_leave_too(world, hanako):
    idea = suggest(world, forum="82歳の母の件の打合せ")
    page = hanako.get(f"/ideas/{idea}/proposal").text
    assert 'name="forum"' in page and "82歳" in page  # what goes along is seen, and found
    assert take(hanako, idea, forum="82歳の母の件の打合せ").status_code == 422
    assert take(hanako, idea, forum="協議体", area="電話0123-45-6789の辺り").status_code == 422
    made = number(take(hanako, idea, forum="協議体", area="東学区"))  # an area is a place, and may be one
    with world.app.test_request_context():
        assert session.get(Proposal, made).forum == "協議体" and session.get(Proposal, made).steps[0].forum == "協議体"


def test_who_is_in_charge_is_told_before_it_goes_along(world, hanako):
    with world.app.test_request_context(), unit():
        session.get(ResourceIdea, suggest(world)).owner = world.member(world.hanako).agency
    assert "重層担当課" in hanako.get("/ideas/1/proposal").text.split("<main", 1)[1]


def test_a_step_is_kept_only_when_its_words_were_looked_at(world, hanako):
    made = number(take(hanako, suggest(world)))
    step = dict(state="study", on=clock.today().isoformat(), owner_id="0", owner_member_id="0", next_on="", forum="協議体", next_step="")
    for told in (dict(note="82歳の母から聞いた"), dict(next_step="0123-45-6789に掛ける"), dict(forum="82歳の母の件の打合せ")):
        answer = hanako.post(f"/resources/proposals/{made}/steps", **step | told)
        keys = re.findall(r'name="kept" value="(\w+)"', answer.text)
        assert answer.status_code == 422 and next(iter(told.values())) in answer.text and len(keys) == 1
    with world.app.test_request_context():
        assert len(session.get(Proposal, made).steps) == 1
    assert hanako.post(f"/resources/proposals/{made}/steps", **step | told, kept=keys).status_code == 303
    assert hanako.post(f"/resources/proposals/{made}/steps", **step | told).status_code == 303  # looked at once, the line may stay
    assert hanako.post(f"/resources/proposals/{made}/steps", **step | dict(note="11月24日に本町の重層担当課で話した")).status_code == 303  # what a step tells


def test_names_of_the_household_stay_out_when_the_words_are_changed_later(world, hanako):
    made = number(take(hanako, suggest(world)))
    with world.app.test_request_context():
        label = session.get(Case, world.case).people[0].label
    changed = PLAIN | dict(need=f"{label}の家の近くがよい")
    assert hanako.post(f"/resources/proposals/{made}", **changed).status_code == 422
    step = dict(state="study", on=clock.today().isoformat(), owner_id="0", owner_member_id="0", forum="", next_step="", note=f"{label}も来る")
    assert hanako.post(f"/resources/proposals/{made}/steps", **step).status_code == 422
    other = world.browser("other")  # who may not see the case is told nothing of it by trying names
    other.get(f"/resources/proposals/{made}/edit")
    assert other.post(f"/resources/proposals/{made}", **changed).status_code == 303


def test_whoever_suggested_a_merged_wish_reads_where_they_are_sent(world, hanako):
    one = number(take(hanako, suggest(world)))
    two = number(take(hanako, suggest(world, key="j"), wished="夜の居場所を歩いて行ける所に"))
    three = number(take(hanako, suggest(world, by=world.jiro, key="k"), wished="夕方の居場所"))
    hanako.post(f"/resources/proposals/{three}/merger", into=str(two))
    hanako.post(f"/resources/proposals/{two}/merger", into=str(one))
    step = dict(state="real", on=clock.today().isoformat(), owner_id="0", owner_member_id="0", forum="協議体", next_step="", note="公民館で始まる")
    assert hanako.post(f"/resources/proposals/{one}/steps", **step).status_code == 303
    jiro = world.browser("jiro")
    with world.app.test_request_context():
        path = session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.WISH_REAL)).unique().one().path
    page = jiro.get(path)
    assert page.status_code == 200 and "公民館で始まる" in page.text
    linked = set(re.findall(r'href="(/resources/proposals/\d+)"', page.text))
    assert all(jiro.get(each).status_code == 200 for each in linked)
