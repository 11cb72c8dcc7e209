"""限定共有: what some of the table are told before the person and the family join is theirs, wherever it might be read."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile

from hypothesis import given, strategies as st
import pytest

from accounts.models import User
from actions.models import ActionItem
from agencies.models import AgencyKind, Domain
from core.database import session, unit, utcnow
from exports.minutes import COPY, SPOKEN, Hearing as Paper, Minutes, Statement
from meetings import minutes, record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Attendance, Level, SeatRole
from resources.models import ResourceIdea

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find

SECRET = "藤の花の合図"
OPEN = "栗の実の合図"


@pytest.fixture
def town(world):
    """A's mother herself (松子) has a seat beside the agencies, with an account; the meeting begins with a limited step."""
    with world.app.app_context(), unit():
        world.matsuko = world._person("matsuko", "松子", "本人・家族", [])
        home = world.member(world.matsuko).agency
        home.kind, home.domains = AgencyKind.INFORMAL, session.query(Domain).filter_by(code="FAM").all()
        meeting = session.get(Meeting, world.meeting)
        meeting.hearings[0].seat(world.member(world.matsuko), Level.REQUIRED, SeatRole.PARTICIPANT)
        meeting.agenda[0].limited, meeting.agenda[0].title = True, f"{SECRET}の確認"
        for seat in meeting.seats:
            seat.attendance = Attendance.PRESENT
        for user_id in (world.hanako, world.jiro, world.saburo, world.matsuko):
            meeting.acknowledge(world.member(user_id), by=session.get(User, user_id))
    return world


def begin(town):
    with town.app.app_context(), unit():
        session.get(Meeting, town.meeting).open(by=session.get(User, town.hanako))


def go_on(town, place=1):
    """The next step runs."""
    with town.app.app_context(), unit():
        session.get(Meeting, town.meeting).agenda[place].start()


def enter(town, who):
    visitor = town.browser(who)
    visitor.get(f"/meetings/{town.meeting}/room")
    return visitor


def write(town, who, text, kind="opinion", **more):
    return enter(town, who).post(f"/hearings/{town.hearing}/entries", dict(kind=kind, text=text, source="訪問", agency_id="0", **more))


def lines(town):
    with town.app.app_context():
        return {each.text: each.limited for each in session.query(Entry)}


def words(answer) -> str:
    """What an answer says, be it a page, a text or a Word file."""
    if "officedocument" in answer.content_type:
        return re.sub("<[^>]+>", "", zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode())
    return answer.text


def doors(town):
    """Everything a person of this table can read of it."""
    here = f"/meetings/{town.meeting}"
    return [f"{here}/room?view={view}" for view in ("console", "record", "seat")] + [
        f"{here}/room/table?view={view}" for view in ("console", "record", "seat")] + [
        here, f"{here}/projection", f"{here}/projection/table", f"{here}/minutes", f"{here}/minutes.txt", f"{here}/minutes.docx",
        f"{here}/minutes/1.docx", f"{here}.ics", f"{here}/closing", f"/cases/{town.case}", f"/cases/{town.case}/timeline", "/meetings", "/"]


def found(visitor, text):
    """The list of meetings, and of cases, after looking for these words."""
    visitor.get("/meetings")
    return [visitor.get(visitor.post(f"/{kind}/search", text=text).location or f"/{kind}").text.replace(f'value="{text}"', "") for kind in ("meetings", "cases")]


# -- who shares ---------------------------------------------------------------------------------------------------------

def test_agencies_share_in_limited_parts_and_the_person_and_the_family_do_not(town):
    with town.app.app_context():
        shares = {each.member.user_id: each.confidant for each in session.get(Meeting, town.meeting).seats}
    assert shares == {town.hanako: True, town.jiro: True, town.saburo: True, town.matsuko: False}


def test_the_team_chooses_who_shares_where_it_sets_the_table(town):
    hanako = town.browser("hanako")
    page = hanako.get(f"/hearings/{town.hearing}/seats").text
    with town.app.app_context():
        seats = {seat.member_id: seat.role.value for seat in session.get(Meeting, town.meeting).seats}
        jiro, matsuko = town.member(town.jiro).id, town.member(town.matsuko).id
    assert re.search(rf'name="shares-{matsuko}".*?value="no" selected', page)
    assert re.search(rf'name="shares-{jiro}".*?value="yes" selected', page)
    fields = {"member": [str(each) for each in seats], **{f"role-{id}": role for id, role in seats.items()}, f"shares-{jiro}": "no"}
    answer = hanako.post(f"/hearings/{town.hearing}/seats", fields)
    with town.app.app_context():
        shares = {each.member_id: each.confidant for each in session.get(Meeting, town.meeting).seats}

    assert answer.status_code == 303
    assert not shares[jiro] and not shares[matsuko] and sum(shares.values()) == 2
    assert "4名のうち2名" in hanako.get(f"/meetings/{town.meeting}").text
    assert "限定共有" not in town.browser("saburo").get(f"/meetings/{town.meeting}").text


# -- limited from birth -------------------------------------------------------------------------------------------------

def test_a_line_written_while_a_limited_step_runs_is_limited_and_stays_so(town):
    begin(town)
    write(town, "jiro", SECRET)
    go_on(town)
    write(town, "jiro", OPEN)
    assert lines(town) == {SECRET: True, OPEN: False}


def test_a_line_begun_in_a_limited_step_is_limited_however_late_it_arrives(town):
    begin(town)
    began = utcnow().isoformat()
    go_on(town)
    write(town, "jiro", SECRET, began=began)
    write(town, "jiro", OPEN, began=utcnow().isoformat())
    assert lines(town) == {SECRET: True, OPEN: False}


def test_no_claim_makes_a_line_of_a_limited_step_open(town):
    begin(town)
    jiro = enter(town, "jiro")
    for turn, began in enumerate(["2099-01-01T00:00:00+00:00", "", "soon", "2099-01-01", "9" * 400]):
        jiro.post(f"/hearings/{town.hearing}/entries", dict(kind="opinion", text=f"{SECRET}{turn}", agency_id="0", began=began))
    assert lines(town) == {f"{SECRET}{turn}": True for turn in range(5)}


def test_words_of_a_limited_line_stay_limited_however_they_come_back(town):
    begin(town)
    go_on(town)
    write(town, "jiro", SECRET, limited="1")
    assert lines(town) == {SECRET: True}


def test_a_line_changed_on_a_page_of_the_limited_step_is_limited_without_a_script_too(town):
    begin(town)
    go_on(town)
    write(town, "jiro", OPEN)
    go_on(town, place=0)
    page = enter(town, "jiro").get(f"/meetings/{town.meeting}/room?view=record").text
    entry, began = re.search(r'id="entry-(\d+)".*?name="began" value="([^"]+)"', page, re.S).groups()
    go_on(town)
    enter(town, "jiro").post(f"/entries/{entry}", dict(read="1", kind="opinion", text=SECRET, agency_id="0", began=began))
    assert lines(town) == {SECRET: True}


def test_words_written_into_an_open_line_during_a_limited_step_make_it_limited(town):
    begin(town)
    go_on(town)
    write(town, "jiro", OPEN)
    go_on(town, place=0)
    with town.app.app_context():
        entry = session.query(Entry).one().id
    enter(town, "jiro").post(f"/entries/{entry}", dict(read="1", kind="opinion", text=SECRET, agency_id="0"))
    assert lines(town) == {SECRET: True}


def test_whoever_does_not_share_and_writes_meanwhile_writes_to_the_whole_table(town):
    begin(town)
    write(town, "matsuko", OPEN)
    assert lines(town) == {OPEN: False}
    assert OPEN in town.browser("matsuko").get(f"/meetings/{town.meeting}/room?view=record").text


def test_the_team_limits_and_releases_a_line_with_one_stroke_and_it_is_on_record(town):
    begin(town)
    go_on(town)
    write(town, "jiro", SECRET)
    with town.app.app_context():
        entry = session.query(Entry).one().id
    hanako, jiro, matsuko = (enter(town, each) for each in ("hanako", "jiro", "matsuko"))
    room = f"/meetings/{town.meeting}/room/table?view=record"
    before = matsuko.get(room)
    assert jiro.post(f"/entries/{entry}/limitation", limited="1").status_code == 404
    assert hanako.post(f"/entries/{entry}/limitation", limited="1", headers={"X-Part": "1"}).status_code == 204
    after = matsuko.get(room, headers={"If-None-Match": before.headers["ETag"]})

    assert SECRET in before.text and SECRET not in after.text
    assert SECRET in jiro.get(room).text
    assert matsuko.post(f"/entries/{entry}", dict(read="1", kind="fact", text="x", source="y", agency_id="0")).status_code == 404
    hanako.post(f"/entries/{entry}/limitation", limited="")
    assert SECRET in matsuko.get(room).text
    with town.app.app_context():
        from core.audit import AuditRow
        acts = [each.act for each in session.query(AuditRow).filter_by(subject=f"entry/{entry}").order_by(AuditRow.id)]
    assert "limited" in acts and "released" in acts


# -- nobody else, anywhere ----------------------------------------------------------------------------------------------

def tell(town, seed):
    """Lines of every kind, limited or not at random, some with two texts; gives the texts that are limited, and the others."""
    chance, told = random.Random(seed), {True: [], False: []}
    with town.app.app_context(), unit():
        meeting = session.get(Meeting, town.meeting)
        hearing, hanako = meeting.hearings[0], session.get(User, town.hanako)
        for turn in range(14):
            limited, kind = chance.random() < .5 or turn == 0, chance.choice(list(EntryKind)) if turn else EntryKind.DECISION
            text = f"{SECRET if limited else OPEN}{turn:02d}"
            entry = Entry.capture(hearing, hanako, f"line-{turn}", kind, text, f"{text}の出所")
            entry.limited = limited
            session.flush()
            if chance.random() < .3:
                entry.rewrite(hanako, 99, kind, f"{text}の別の文", confidant=False)
                chance.random() < .5 and entry.settle(hanako, f"{text}に決まる")
            if chance.random() < .15:
                entry.removed_at = utcnow()
            else:
                told[limited].append(text)
    return told


def finish(town):
    with town.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, town.meeting), session.get(User, town.hanako)
        for each in meeting.hearings[0].entries:
            if each.rivals:
                each.settle(hanako, each.text)
        meeting.close(by=hanako)
        session.flush()
        record.finalise(meeting, hanako, minutes.lay_out)


def test_no_door_shows_a_limited_line_to_a_person_who_does_not_share(town):
    begin(town)
    told = tell(town, 1)
    matsuko = town.browser("matsuko")
    for step in (0, 1):
        go_on(town, step)
        for path in doors(town):
            assert SECRET not in words(matsuko.get(path)), path
    assert all(SECRET not in page for page in found(matsuko, SECRET))
    assert all(text in matsuko.get(f"/meetings/{town.meeting}/room?view=record").text for text in told[False])
    finish(town)
    for path in doors(town):
        assert SECRET not in words(matsuko.get(path)), path
    for kind in ("txt", "docx"):
        copy = words(matsuko.get(f"/meetings/{town.meeting}/minutes.{kind}"))
        assert COPY in copy and all(text in copy for text in told[False])


def test_who_shares_reads_limited_lines_marked_everywhere_but_on_the_wall(town):
    begin(town)
    told = tell(town, 3)
    jiro, hanako, fumiko = (town.browser(each) for each in ("jiro", "hanako", "fumiko"))
    assert all(text in jiro.get(f"/meetings/{town.meeting}/room?view=record").text for text in told[True])
    for visitor in (jiro, hanako):
        for part in ("", "/table"):
            assert SECRET not in visitor.get(f"/meetings/{town.meeting}/projection{part}").text
    finish(town)
    for visitor in (jiro, hanako, fumiko):
        for kind in ("txt", "docx"):
            paper = words(visitor.get(f"/meetings/{town.meeting}/minutes.{kind}"))
            assert COPY not in paper
            assert f"【限定共有】{SECRET}" in paper and all(text in paper for text in told[True] + told[False])
    assert SECRET in jiro.get(f"/cases/{town.case}/timeline").text


def test_a_limited_share_taken_away_ends_at_once(town):
    begin(town)
    write(town, "jiro", SECRET)
    jiro, room = town.browser("jiro"), f"/meetings/{town.meeting}/room/table?view=record"
    before = jiro.get(room)
    with town.app.app_context(), unit():
        next(each for each in session.get(Meeting, town.meeting).seats if each.member.user_id == town.jiro).confidant = False
    after = jiro.get(room, headers={"If-None-Match": before.headers["ETag"]})
    assert SECRET in before.text
    assert after.status_code == 200 and SECRET not in after.text


def test_a_line_limited_later_is_left_out_of_the_versions_from_before(town):
    begin(town)
    go_on(town)
    write(town, "jiro", SECRET)
    write(town, "jiro", OPEN)
    finish(town)
    with town.app.app_context(), unit():
        record.reopen(session.get(Meeting, town.meeting), session.get(User, town.hanako), "内々の話だった")
        session.query(Entry).filter_by(text=SECRET).one().limit(True)
    version = f"/meetings/{town.meeting}/minutes/1.docx"
    assert SECRET in words(town.browser("jiro").get(version))
    paper = words(town.browser("matsuko").get(version))
    assert SECRET not in paper and OPEN in paper


def test_a_role_and_an_idea_go_no_further_than_the_line_they_were_made_of(town):
    begin(town)
    go_on(town)
    write(town, "jiro", "あとで限られる行")
    with town.app.app_context(), unit():
        hearing, hanako = session.get(Meeting, town.meeting).hearings[0], session.get(User, town.hanako)
        line = session.query(Entry).filter_by(text="あとで限られる行").one()
        ActionItem.assign(hearing, hanako, "a", f"{SECRET}を届ける", member=town.member(town.jiro)).entry_id = line.id
        ActionItem.assign(hearing, hanako, "b", OPEN, member=town.member(town.jiro))
        ResourceIdea.suggest(hearing, hanako, "c", need=f"{SECRET}の場", wished="場所", enables="集まれる").entry_id = line.id
    finish(town)
    with town.app.app_context(), unit():
        record.reopen(session.get(Meeting, town.meeting), session.get(User, town.hanako), "内々の話だった")
        session.query(Entry).filter_by(text="あとで限られる行").one().limit(True)
    for address in ("minutes", "minutes.txt", "minutes/1.docx"):
        address = f"/meetings/{town.meeting}/{address}"
        read = lambda login: words(town.browser(login).get(address)) if address.endswith("docx") else town.browser(login).get(address).text  # noqa: B023, E731
        assert SECRET in read("jiro"), address
        assert SECRET not in read("matsuko") and OPEN in read("matsuko"), address
        assert "役割1件のうち" in read("matsuko"), address


def test_no_template_asks_for_the_lines_of_a_case_past_the_rule():
    from pathlib import Path
    bare = [path.name for path in Path("templates").rglob("*.html") if "hearing.entries" in path.read_text()]
    assert bare == []


# -- the frozen record --------------------------------------------------------------------------------------------------

def paper(**said) -> Minutes:
    plain = dict.fromkeys(("title", "office", "legal_kind", "legal_ground", "handling_mark", "reference", "status", "held", "place", "mode",
                           "purpose", "to_decide", "facilitator", "note_taker", "timekeeper", "rules", "next_meeting", "confirmation"), "")
    return Minutes(**plain, hearings=(Paper("R08-0007", "", "", (), (), **said),)).sealed()


def test_minutes_frozen_before_there_were_limited_lines_still_load_and_hold_their_seal():
    now = paper(facts=(Statement("事実", "", "訪問"),))
    kept = json.loads(now.to_json())
    del kept["copy"]
    for said in kept["hearings"][0]["facts"]:
        del said["limited"]
    assert Minutes.from_json(json.dumps(kept)).digest() == now.content_hash
    assert now.content_hash == "44df3352c3e6c73b2b29747a92c78ec8bbb79dc44a33546f60f591b20dac9443"


@given(st.lists(st.tuples(st.sampled_from(SPOKEN), st.text(min_size=1, max_size=5), st.booleans()), max_size=12))
def test_a_copy_holds_everything_told_to_all_and_nothing_else(told):
    said = {name: tuple(Statement(text, limited=limited) for place, text, limited in told if place == name) for name in SPOKEN}
    copy = paper(**said).copied(lambda _hearing: False)
    assert {name: getattr(copy.hearings[0], name) for name in SPOKEN} == {
        name: tuple(each for each in lines if not each.limited) for name, lines in said.items()}


def test_a_copy_says_that_something_may_be_missing_whether_or_not_anything_is():
    nothing, something = (paper(decisions=(Statement("開く", limited=False), *more)) for more in [(), (Statement(SECRET, limited=True),)])
    copies = [each.copied(lambda _hearing: False) for each in (nothing, something)]
    assert copies[0] == copies[1] and copies[0].content_hash == copies[1].content_hash
    assert copies[0].copy == COPY
    assert something.copied(lambda _hearing: True) is something


def test_a_limited_line_counts_for_nobodys_voice(town):
    begin(town)
    hanako = enter(town, "hanako")
    with town.app.app_context():
        agencies = {town.member(each).agency_id for each in (town.jiro, town.saburo)}
    for each in agencies:
        hanako.post(f"/hearings/{town.hearing}/entries", dict(kind="opinion", text=SECRET, agency_id=str(each)))
    assert "どの機関からも" not in hanako.get(f"/meetings/{town.meeting}/room?view=console").text


def test_while_it_is_typed_those_who_share_see_that_it_is_limited_and_nobody_else(town):
    begin(town)
    page = lambda who, view: town.browser(who).get(f"/meetings/{town.meeting}/room?view={view}").text  # noqa: E731
    assert all("data-confided" in page(who, view) for who, view in (("hanako", "console"), ("hanako", "record"), ("jiro", "seat")))
    assert "data-confided" not in page("matsuko", "seat")
    go_on(town)
    assert "data-confided" not in page("jiro", "seat")


def test_during_the_time_of_the_family_the_others_are_asked_to_leave_and_limited_lines_are_folded(town):
    with town.app.app_context(), unit():
        session.get(Meeting, town.meeting).agenda[1].screen = "family"
    begin(town)
    write(town, "jiro", SECRET)
    go_on(town)
    page = lambda who, view: town.browser(who).get(f"/meetings/{town.meeting}/room?view={view}").text  # noqa: E731
    assert "席を外す時間です" in page("jiro", "seat")
    assert "席を外す時間です" not in page("matsuko", "seat")
    assert all("data-family" in page("hanako", view) for view in ("console", "record"))


def test_it_is_said_plainly_when_limiting_hides_a_line_from_nobody(town):
    begin(town)
    write(town, "jiro", SECRET)
    page = lambda: town.browser("hanako").get(f"/meetings/{town.meeting}/room?view=record").text  # noqa: E731
    assert "加わる人: 3名" in page()
    with town.app.app_context(), unit():
        for each in session.get(Meeting, town.meeting).seats:
            each.confidant = True
    assert "誰にも隠れません" in page() and f"/hearings/{town.hearing}/seats" in page()
