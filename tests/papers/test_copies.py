"""Copies through the door: what each holds, to whom it went, and what is withheld of final minutes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
import re
from zipfile import ZipFile

from docx import Document
import pytest
import sqlalchemy as sa

from accounts.models import User
from agencies.models import Agency, AgencyKind, Member
from core.audit import AuditRow
from core.database import session, unit
from meetings import record
from meetings.capture import Entry, EntryKind
from meetings.models import Meeting
from meetings.table import Level, SeatRole
from papers.copies import PaperCopy
from papers.overlooked import elsewhere
from papers.redaction import Cell, Passage
from papers.variants import Variant
from papers.withholding import Ground, Mark, approve
from tests.papers.conftest import DECISION, FACT, HEALTH, LIMITED

DATABASES = ["sqlite"]


def words(content: bytes) -> str:
    """All the parts of the file."""
    with ZipFile(BytesIO(content)) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def made(browser, where, **typed):
    """The copy that a form makes: its page, and its file."""
    browser.get(where.rpartition("/")[0])
    answer = browser.post(where, **typed)
    assert answer.status_code == 303, answer.text
    return answer.location, browser.get(f"{answer.location}.docx")


def test_a_copy_for_an_informal_supporter_holds_what_was_decided_but_no_health(final):
    hanako = final.browser("hanako")
    page = hanako.get(f"/meetings/{final.meeting}/copies/{final.agency}").text
    assert DECISION in page and HEALTH not in page and LIMITED not in page and FACT not in page
    _page, file = made(hanako, f"/meetings/{final.meeting}/copies/{final.agency}", sections=["decisions", "roles", "next"], lean="1")
    whole = words(file.data)

    assert DECISION in whole and HEALTH not in whole and LIMITED not in whole and FACT not in whole
    assert "配布用（民生委員協議会）写し第1号" in whole and "この写しに載せていない部分" in whole
    assert "%E9%85%8D%E5%B8%83%E7%94%A8_01.docx" in file.headers["Content-Disposition"]  # 配布用_01
    assert Document(BytesIO(file.data)).core_properties.author == ""


def test_an_agency_that_has_not_acknowledged_the_rules_gets_no_paper(final):
    with final.app.app_context(), unit():
        late = Member(agency=Agency(name="後から来た機関", kind=AgencyKind.CONTRACTED), name="遅 来")
        session.add(late)
        session.get(Meeting, final.meeting).hearings[0].seat(late, Level.REQUIRED, SeatRole.PARTICIPANT)
        session.flush()
        agency = late.agency_id
    hanako = final.browser("hanako")

    assert hanako.get(f"/meetings/{final.meeting}/copies/{agency}").status_code == 409
    offered = hanako.get(f"/meetings/{final.meeting}/copies").text
    assert f"/copies/{final.agency}" in offered and f"/copies/{agency}" not in offered and "後から来た機関" in offered


def test_an_open_line_in_the_words_of_a_limited_one_stays_on_every_copy(final):
    """Else whoever may write lines could try out what the limited ones say."""
    with final.app.app_context(), unit():
        meeting, hanako = session.get(Meeting, final.meeting), session.get(User, final.hanako)
        record.reopen(meeting, hanako, "追記")
        for key, limited in (("guess", False), ("secret", True)):
            Entry.capture(meeting.hearings[0], hanako, key, EntryKind.DECISION, "当ててみた文", limited=limited)
    hanako = final.browser("hanako")
    hanako.get(f"/meetings/{final.meeting}/minutes")
    assert hanako.post(f"/meetings/{final.meeting}/minutes/finalisation").status_code == 303
    _page, file = made(hanako, f"/meetings/{final.meeting}/copies/{final.agency}", sections="decisions")

    assert words(file.data).count("当ててみた文") == 1


def test_to_whom_it_went_and_that_it_came_back_is_noted_and_found_by_its_number(final):
    hanako = final.browser("hanako")
    page, file = made(hanako, f"/meetings/{final.meeting}/copies/{final.agency}", sections="decisions")
    assert hanako.post(f"{page}/deliveries", on="2026-01-05", how="hand", pieces="2", recall="1").status_code == 303
    check = re.search(r"照合番号 ([0-9a-f]{12})", words(file.data))[1]
    clerk = final.browser("fumiko")
    found = clerk.get(f"/copies?check={check}").text

    assert "民生委員協議会" in found and page in found
    delivery = re.search(r"/deliveries/(\d+)/return", clerk.get(page).text)[1]
    early = clerk.post(f"/deliveries/{delivery}/return", returned_on="2025-01-06")
    assert early.status_code == 422 and "2025-01-06" in early.text and "より前の日付です" in early.text
    assert clerk.post(f"/deliveries/{delivery}/return", returned_on="2026-01-06").status_code == 303
    assert f"/deliveries/{delivery}/return" not in clerk.get(page).text
    with final.app.app_context(), unit(read_only=True):
        copy = session.scalars(sa.select(PaperCopy)).unique().one()
        assert copy.deliveries[0].returned_on and copy.file == file.data
        assert session.scalars(sa.select(AuditRow).where(AuditRow.subject == f"copy/{copy.id}", AuditRow.act == "exported")).first()


def open_the_rest(clerk, where):
    """Open every place on which nobody has decided; how many these were."""
    shown = re.findall(r'<label class="passage".*?</label>', clerk.get(where).text, re.S)
    places = [re.search(r'value="([^"]+)"', each)[1] for each in shown if "passage-why" in each]
    ground = re.search(r'<option value="(\d+)">第三者情報', clerk.get(where).text)[1]
    assert clerk.post(where, places=places, decision="open", ground=ground).status_code == 303
    clerk.get(where)
    return len(places)


def ask_to_disclose(clerk, world):
    clerk.get(f"/meetings/{world.meeting}/copies")
    return clerk.post(f"/meetings/{world.meeting}/copies/disclosed", recipient="請求者", cases=number_of(world))


def test_a_withheld_passage_is_gone_from_the_copy_and_named_in_its_list(final):
    clerk = final.browser("fumiko")
    page = clerk.get(f"/meetings/{final.meeting}/withholding").text
    place = re.search(r'value="(hearings\.0\.facts\.0\.text)"', page)[1]
    ground = re.search(r'<option value="(\d+)">第三者情報', page)[1]
    where = f"/meetings/{final.meeting}/withholding"
    assert clerk.post(where, places=place, words="訪問", ground=ground, decision="withhold", reason="訪問のこと").status_code == 422  # the reason says it
    assert clerk.post(where, places=place, words="訪問", ground=ground, decision="withhold").status_code == 303
    _page, file = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    assert LIMITED not in words(file.data) and "限定共有" in words(file.data)  # black until somebody opens it
    clerk.get(where)
    assert clerk.post(where, places="hearings.0.opinions.0.text", decision="withhold", ground=ground).status_code == 303
    open_the_rest(clerk, where)
    assert clerk.post(f"{where}/approval", decided_by="福祉課長 山本", decided_on="2026-01-05", aware="y").status_code == 303
    _page, file = made(clerk, f"/meetings/{final.meeting}/copies/disclosed", recipient="請求者", cases=number_of(final))
    whole = words(file.data)

    assert "Aさんの■■■■〔" in whole and "Aさんの訪問を始めた" not in whole and DECISION in whole and LIMITED not in whole
    assert "第78条第1項第2号" in whole and "福祉課長 山本" in whole
    assert re.search(r"文書名　[^<]+会議録（R\d\d-", whole)  # the list may be parted from its paper
    assert "%E9%96%8B%E7%A4%BA%E7%94%A8_02.docx" in file.headers["Content-Disposition"]  # 開示用_02
    assert "内部検討用" not in whole and "未検討" not in whole and "検討中" not in whole


def test_nothing_is_disclosed_until_every_passage_is_decided_and_approved(final):
    clerk, where = final.browser("fumiko"), f"/meetings/{final.meeting}/withholding"
    early = ask_to_disclose(clerk, final)
    left = int(re.search(r"決めていない箇所が (\d+) か所", early.text)[1])
    assert early.status_code == 409 and f'href="{where}"' in early.text and "主な意見（" in early.text and "出席者（" in early.text
    offered = clerk.get(f"/meetings/{final.meeting}/copies").text
    assert f"未検討 {left} か所" in offered and "/copies/disclosed" not in offered
    assert clerk.post(f"{where}/approval", decided_by="課長", decided_on="2026-01-05", aware="y").status_code == 409

    assert open_the_rest(clerk, where) == left
    unapproved = ask_to_disclose(clerk, final)
    assert unapproved.status_code == 409 and "承認されていません" in unapproved.text and f'href="{where}#approval"' in unapproved.text
    clerk.get(where)
    assert clerk.post(f"{where}/approval", decided_by="課長", decided_on="2026-01-05", aware="y").status_code == 303
    assert ask_to_disclose(clerk, final).status_code == 303
    clerk.get(where)
    assert clerk.post(where, places="hearings.0.facts.0.text", words="訪問", **marking(final, clerk)[1]).status_code == 303
    assert ask_to_disclose(clerk, final).status_code == 409  # a mark was changed since
    with final.app.app_context(), unit(read_only=True):
        assert [each.variant for each in session.scalars(sa.select(PaperCopy)).unique()] == [Variant.DISCLOSED]


def test_an_approval_of_old_given_over_undecided_lines_lets_nothing_out(final):
    """Approvals could once be noted while lines were undecided."""
    with final.app.app_context(), unit():
        version = session.get(Meeting, final.meeting).final
        approve(version, session.get(User, final.hanako), "課長", date(2026, 1, 5))
    assert ask_to_disclose(final.browser("fumiko"), final).status_code == 409


def test_a_working_copy_says_on_every_page_that_it_stays_in_the_office_and_what_is_undecided(final):
    clerk = final.browser("fumiko")
    page, file = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    with ZipFile(BytesIO(file.data)) as paper:
        headers = [paper.read(name).decode() for name in paper.namelist() if "header" in name]
        body = paper.read("word/document.xml").decode()

    assert len(headers) == 2 and all(each.count("内部検討用・交付不可") >= 2 for each in headers)  # in the frame, and behind the text
    assert f"【未検討】{FACT}" in body and f"【未検討】{DECISION}" not in body and LIMITED not in body
    assert "庁外の者に渡さない" in body and "未検討の部分が" in body and "不開示とする部分はない" not in body
    shown = clerk.get(page).text
    assert "庁外の者には渡しません" in shown and 'value="post"' not in shown
    assert clerk.post(f"{page}/deliveries", on="2026-01-05", how="post", pieces="1").status_code == 422


def marking(world, browser):
    """The door of the marks, and what marks of a third party say."""
    where = f"/meetings/{world.meeting}/withholding"
    ground = re.search(r'<option value="(\d+)">第三者情報', browser.get(where).text)[1]
    return where, dict(ground=ground, decision="withhold")


def test_words_of_a_limited_line_that_was_opened_are_withheld_alone(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    place = "hearings.0.opinions.0.text"
    assert clerk.post(where, places=place, **withhold).status_code == 303
    for typed in (withhold | dict(decision="open"), withhold | dict(words="限られた人")):
        clerk.get(where)
        assert clerk.post(where, places=place, **typed).status_code == 303
    _page, file = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    assert "だけの話。" in words(file.data) and "限られた人だけの話" not in words(file.data)
    clerk.get(where)
    assert clerk.post(where, places="hearings.0.facts.0.text", **withhold).status_code == 303
    clerk.get(where)
    assert clerk.post(where, places=place, **withhold).status_code == 422  # a part of it is withheld already


def test_a_reason_never_says_what_another_mark_withholds(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places="hearings.0.decisions.0.text", words="週1回", reason="訪問の回数", **withhold).status_code == 303
    clerk.get(where)
    answer = clerk.post(where, places="hearings.0.facts.0.text", words="訪問", **withhold)
    assert answer.status_code == 422 and "訪問の回数" in answer.text
    answer = clerk.post(where, places="hearings.0.facts.0.text", words="始めた", reason="週1回のこと", **withhold)
    assert answer.status_code == 422
    with final.app.app_context(), unit():
        old = session.scalars(sa.select(Mark)).one()
        session.add(Mark(version_id=old.version_id, place="hearings.0.facts.0.text", start=4, end=6, kind="第三者情報", by_id=final.hanako))
    _page, file = made(clerk, f"/meetings/{final.meeting}/copies/disclosure", recipient="情報公開担当", cases=number_of(final))
    assert "訪問の回数" not in words(file.data)  # an older pair of marks


def test_a_small_mistake_is_said_at_its_field_and_the_form_is_kept(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    for place, said, fault in (("hearings.0.facts.0.text", "どこにもない語句", "語句"), ([], "訪問", "1行")):
        answer = clerk.post(where, places=place, words=said, reason="打った理由", **withhold)
        assert answer.status_code == 422 and fault in answer.text
        assert f'value="{said}"' in answer.text and "打った理由" in answer.text


def test_lines_are_looked_at_one_at_a_time_and_the_next_one_follows(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    whole = clerk.get(where).text
    first = re.search(rf'href="{where}/(\d+)">1か所ずつ', whole)[1]
    page = clerk.get(f"{where}/{first}").text
    assert len(page) < len(whole) and "次の未検討の箇所へ" in page
    place = re.search(r'name="places" value="([^"]+)"', page)[1]
    wrong = clerk.post(where, places=place, line=first, words="どこにもない語句", **withhold)
    assert wrong.status_code == 422 and "次の未検討の箇所へ" in wrong.text
    onwards = clerk.post(where, places=place, line=first, **withhold)
    assert onwards.status_code == 303 and onwards.location.startswith(f"{where}/") and int(onwards.location.rpartition("/")[2]) > int(first)
    assert clerk.get(f"{where}/99999").status_code == 404


def test_an_approval_asks_about_lines_nobody_decided_and_words_that_stand_elsewhere(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    assert clerk.post(where, places="hearings.0.decisions.0.text", words="保健師", **withhold).status_code == 303
    with final.app.app_context(), unit(read_only=True):
        job = session.get(Meeting, final.meeting).final.minutes.hearings[0].attendees
    early = clerk.post(f"{where}/approval", decided_by="課長", decided_on="2026-01-05", aware="y")
    assert early.status_code == 409 and "共有された情報（事実）（" in early.text and "決めていない箇所が" in early.text
    page = clerk.get(where).text.partition('id="approval"')[2]
    assert "共有された情報（事実）　1行目　内容" in page and "出席者" in page  # not decided: whom it speaks of, and who sat
    assert ("「保健師」" in page) == any(each.job == "保健師" for each in job)
    open_the_rest(clerk, where)
    assert clerk.post(f"{where}/approval", decided_by="課長", decided_on="2026-01-05").status_code == (422 if "「保健師」" in page else 303)
    clerk.get(where)
    assert clerk.post(f"{where}/approval", decided_by="課長", decided_on="2026-01-05", aware="y").status_code == 303


@pytest.mark.parametrize(("start", "end", "found"), [(0, 2, ["b"]), (0, None, []), (2, 3, [])])
def test_words_withheld_at_one_place_are_found_at_another(start, end, found):
    shown = [Cell(place, words, "", "", place, kind) for place, words, kind in (("a", "佐藤が話す", "facts.text"), ("b", "佐藤と佐藤", "facts.text"),
                                                                             ("c", "佐藤", "facts.text"), ("d", "出席", "attendees.attendance"))]
    mark, all_black = Passage("a", start, end), [Passage("a", start, end), Passage("b", 0, 2)]
    assert [each.cell.place for each in elsewhere(shown, [mark], all_black, {"c"})] == found
    assert elsewhere(shown, [Passage("d")], [], set()) == []


def test_a_usual_reason_that_the_office_wrote_itself_is_looked_at_like_any_other(final):
    clerk = final.browser("fumiko")
    where, withhold = marking(final, clerk)
    with final.app.app_context(), unit():
        Ground.listed()[0].reason = "訪問の様子が分かるため"
    answer = clerk.post(where, places="hearings.0.facts.0.text", words="訪問", **withhold)
    assert answer.status_code == 422 and "理由" in answer.text
    assert clerk.post(where, places="hearings.0.facts.0.text", words="訪問", reason="第三者に関する記載", **withhold).status_code == 303


def together(*acts) -> list[int]:
    with ThreadPoolExecutor(len(acts)) as hands:
        return sorted(answer.status_code for answer in hands.map(lambda act: act(), acts))


@pytest.mark.databases("sqlite", "postgresql")
def test_copies_made_at_the_same_moment_get_a_number_each(final):
    clerks = [final.browser("hanako") for _each in range(6)]
    for each in clerks:
        each.get(f"/meetings/{final.meeting}/copies/{final.agency}")
    acts = [lambda each=each, part=part: each.post(f"/meetings/{final.meeting}/copies/{final.agency}", sections=part)
            for each, part in zip(clerks, ["decisions", "roles", "next"] * 2, strict=True)]

    assert together(*acts) == [303] * 6
    with final.app.app_context(), unit(read_only=True):
        assert sorted(session.scalars(sa.select(PaperCopy.number))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.databases("sqlite", "postgresql")
def test_of_two_who_mark_the_same_words_at_once_one_is_told(final):
    clerks = [final.browser(who) for who in ("hanako", "fumiko")]
    where, withhold = [marking(final, each) for each in clerks][0]
    acts = [lambda each=each, said=said: each.post(where, places="hearings.0.facts.0.text", words=said, **withhold)
            for each, said in zip(clerks, ["訪問", "の訪"], strict=True)]

    assert together(*acts) == [303, 422]


def test_marks_stay_on_words_that_are_the_same_in_the_next_version(final):
    hanako, where = final.browser("hanako"), f"/meetings/{final.meeting}/withholding"
    page = hanako.get(where).text
    ground = re.search(r'<option value="(\d+)">第三者情報', page)[1]
    for place in ("hearings.0.facts.0.text", "hearings.0.decisions.0.text"):
        hanako.get(where)
        assert hanako.post(where, places=place, ground=ground, decision="withhold").status_code == 303
    hanako.get(f"/meetings/{final.meeting}/minutes")
    assert hanako.post(f"/meetings/{final.meeting}/minutes/reopening", reason="訂正").status_code == 303
    with final.app.app_context(), unit():
        hearing = session.get(Meeting, final.meeting).hearings[0]
        entry = next(each for each in hearing.entries if each.text == DECISION)
        entry.rewrite(session.get(User, final.hanako), entry.number, entry.kind, "保健師が月1回訪ねる。")
    hanako.get(f"/meetings/{final.meeting}/minutes")
    assert hanako.post(f"/meetings/{final.meeting}/minutes/finalisation").status_code == 303
    page = hanako.get(where).text
    assert DECISION in page  # asked again: these words stand there no longer
    assert hanako.post(f"{where}/carrying").status_code == 303
    with final.app.app_context(), unit(read_only=True):
        version = session.get(Meeting, final.meeting).final
        assert [each.place for each in session.scalars(sa.select(Mark).where(Mark.version_id == version.id))] == ["hearings.0.facts.0.text"]


def test_who_does_not_keep_the_papers_sees_no_copy(final):
    page, _file = made(final.browser("hanako"), f"/meetings/{final.meeting}/copies/{final.agency}", sections="decisions")
    for who in ("jiro", "other", "kanri"):
        for where in (page, f"{page}.docx", f"/meetings/{final.meeting}/copies", f"/meetings/{final.meeting}/withholding"):
            assert final.browser(who).get(where).status_code == 404, (who, where)


def number_of(world) -> str:
    with world.app.app_context(), unit(read_only=True):
        return session.get(Meeting, world.meeting).hearings[0].case.number
