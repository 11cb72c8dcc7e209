"""Who may know a name, how it is asked for, how somebody is found, and what is on record afterwards."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from accounts.models import Role, User
from cases.models import Case, HouseholdPerson, HouseholdType
from core import clock
from core.database import session, unit
from core.languages import catalogue
from core.office import Office
from identities.facts import Facts
from identities.models import Identity
from tests.identities.conftest import HANAE, page
from tests.test_audit import noted

DATABASES = ["sqlite"]  # pages and forms; what PostgreSQL alone refuses, the walks over every door and form find


def _(message, **values):
    return catalogue("ja").gettext(message) % values if values else catalogue("ja").gettext(message)


def all_of(world):
    return f"/cases/{world.case}/identity"


# -- who may ------------------------------------------------------------------------------------------------------------

def test_the_right_alone_opens_nothing_and_the_team_alone_neither(known):
    with known.app.app_context(), unit():
        session.get(User, known.other).take_roles([Role.COORDINATOR, Role.IDENTITY])  # on another team
        session.get(User, known.admin).take_roles([Role.ADMIN, Role.IDENTITY])
        session.get(User, known.jiro).take_roles([Role.IDENTITY])
    known.acknowledge()
    answers = [known.browser(login).get(f"{all_of(known)}/values?of=all") for login in ("other", "kanri", "jiro", "saburo", "fumiko")]
    with known.app.app_context(), unit():
        session.get(User, known.hanako).take_roles([Role.COORDINATOR])  # on the team, but without the right
    hanako = known.browser("hanako")
    answers.append(hanako.get(f"{all_of(known)}/values?of=all"))

    assert [each.status_code for each in answers] == [404] * 6
    assert _("Names and addresses") not in hanako.get(f"/cases/{known.case}").text
    assert hanako.get("/names").status_code == 404
    assert "見本" not in "".join(each.text for each in answers)


def test_the_administrator_gives_the_right_and_it_counts_at_once(known):
    with known.app.app_context(), unit():
        session.get(User, known.hanako).take_roles([Role.COORDINATOR])
    hanako, kanri = known.browser("hanako"), known.browser("kanri")
    before = hanako.get(all_of(known)).status_code
    kanri.get(f"/accounts/{known.hanako}")
    given = kanri.post(f"/accounts/{known.hanako}", name="山田 花子", login="hanako", roles=["coordinator", "identity"])

    assert (before, given.status_code) == (404, 303)
    assert hanako.get(all_of(known)).status_code == 200
    assert str(Role.IDENTITY.label) in kanri.get("/accounts").text


def test_a_participant_knows_the_label_and_nothing_else(known):
    known.acknowledge()
    seen = known.browser("jiro").get(f"/cases/{known.case}").text

    assert "Aさん" in seen
    assert "見本" not in seen and _("Names and addresses") not in seen


# -- looking --------------------------------------------------------------------------------------------------------------

def test_nothing_is_shown_until_it_is_asked_for(known):
    hanako = known.browser("hanako")
    with noted(known) as rows:
        closed = hanako.get(all_of(known))
    with noted(known) as looks:
        opened = hanako.get(f"{all_of(known)}/values?of={known.mother}")

    assert "花江" not in closed.text and _("Show all") in closed.text
    assert [each.subject for each in rows] == [f"case/{known.case}"]
    assert "見本 花江" in opened.text and "昭和18年4月12日" in opened.text and "000-1234-5678" in opened.text
    assert [(each.who, each.act, each.subject.split("/")[0]) for each in looks] == [("hanako", "saw", "identity")]


def test_only_the_person_asked_for_is_shown(known):
    with known.app.app_context(), unit():
        case = session.get(Case, known.case)
        Identity.of(case, case.people[1]).keep(Facts(name="見本 太一"), by=session.get(User, known.hanako))
    seen = known.browser("hanako").get(f"{all_of(known)}/values?of={known.son}").text

    assert "見本 太一" in seen and "花江" not in seen


def test_looking_while_correcting_is_on_record_too(known):
    hanako = known.browser("hanako")
    with noted(known) as rows:
        hanako.get(page(known))
    assert [(each.act, each.subject.split("/")[0]) for each in rows] == [("saw", "identity")]


def test_what_somebody_else_wrote_in_between_is_a_look_as_well(known):
    hanako = known.browser("hanako")
    hanako.get(page(known))
    with noted(known) as rows:
        late = hanako.post(page(known), HANAE | dict(version="0", name="別の名"))
    assert late.status_code == 409 and "見本 花江" in late.text
    assert [(each.act, each.subject.split("/")[0]) for each in rows] == [("saw", "identity")]


def test_an_office_may_ask_for_the_reason_and_keeps_it(known):
    with known.app.app_context(), unit():
        session.get(Office, 1).asks_reason = True
    hanako = known.browser("hanako")
    without = [hanako.get(f"{all_of(known)}/values?of=all{reason}") for reason in ("", "&reason=", "&reason=curious")]
    edit = hanako.get(page(known))
    with noted(known) as rows:
        shown = hanako.get(f"{all_of(known)}/values?of=all&reason=contact")
    correct = hanako.get(f"{page(known)}?reason=correct")

    assert [each.status_code for each in without] == [422] * 3 and _("Choose the reason first.") in without[0].text
    assert edit.status_code == 302 and edit.location.endswith("/identity")
    assert "花江" not in "".join(each.text for each in without)
    assert "見本 花江" in shown.text and correct.status_code == 200
    assert [each.detail for each in rows] == ["contact"]


def test_the_administrator_switches_the_question_on(known):
    kanri = known.browser("kanri")
    kanri.get("/settings")
    kanri.post("/settings", name="みなも市", handling_mark="取扱注意", retention="5年", answer_within="3", check_months="12", asks_reason="y")
    assert known.browser("hanako").get(f"{all_of(known)}/values?of=all").status_code == 422


# -- writing down -----------------------------------------------------------------------------------------------------------

def test_a_change_says_which_fields_changed(known):
    hanako = known.browser("hanako")
    hanako.get(page(known))
    with noted(known) as rows:
        hanako.post(page(known), HANAE | dict(version="1", address="みなも市架空町9番"))
    changed = next(each for each in rows if each.act == "changed" and each.subject.startswith("identity/"))

    assert "address" in changed.detail and "kana" not in changed.detail
    assert "架空町9番" in hanako.get(f"{all_of(known)}/values?of=all").text


@pytest.mark.parametrize("typed", ["S18.4.12", "昭和18年4月12日", "1943-04-12", "Ｓ１８．４．１２"])
def test_a_birth_date_is_read_as_people_write_it(known, typed):
    hanako = known.browser("hanako")
    hanako.get(page(known))
    assert hanako.post(page(known), HANAE | dict(version="1", birth_date=typed)).status_code == 303
    assert "昭和18年4月12日" in hanako.get(page(known)).text


def test_rare_letters_and_every_kind_of_space_come_back_as_they_were_typed(known):
    hanako, rare = known.browser("hanako"), "辻\U000e0101\u3000𠮷田 髙﨑"
    hanako.get(page(known))
    hanako.post(page(known), HANAE | dict(version="1", name=rare))
    assert rare in hanako.get(f"{all_of(known)}/values?of=all").text
    assert names(known, "吉田高崎") == [rare]


def test_the_age_on_the_case_follows_the_birth_date_when_asked(known):
    hanako = known.browser("hanako")
    shown = hanako.get(f"{all_of(known)}/values?of=all").text
    filled = hanako.post(f"{page(known)}/age")
    with known.app.app_context(), unit(read_only=True):
        age = session.get(HouseholdPerson, known.mother).age

    assert _("Count the age from the birth date") in shown
    assert filled.status_code == 303
    assert age == Facts(birth_date=clock.read_date("S18.4.12")).age_on(clock.today()) != 82
    assert _("Count the age from the birth date") not in hanako.get(f"{all_of(known)}/values?of=all").text


def test_without_a_birth_date_there_is_no_age_to_fill_in(known):
    hanako = known.browser("hanako")
    hanako.get(page(known, known.son))
    hanako.post(f"{page(known, known.son)}/age")
    assert _("There is no birth date to count from.") in hanako.get("/cases").text


# -- finding ----------------------------------------------------------------------------------------------------------------

def test_somebody_is_found_by_name_and_the_search_is_on_record_without_its_words(known):
    hanako = known.browser("hanako")
    hanako.get("/names")
    with noted(known) as rows:
        found = hanako.post("/names", wanted="ミホン ハナ")

    assert "見本 花江" in found.text and f"/cases/{known.case}/identity" in found.text
    assert [(each.act, each.subject.split("/")[0], each.detail) for each in rows] == [
        ("searched", "identity", "1"), ("saw", "identity", "")]
    assert "ミホン" not in repr([vars(each) for each in rows]) and "/names" == found.request.path


def test_a_search_that_finds_nobody_is_on_record_too(known):
    hanako = known.browser("hanako")
    hanako.get("/names")
    with noted(known) as rows:
        found = hanako.post("/names", wanted="別人")
    assert _("Nobody found.") in found.text
    assert [(each.act, each.detail) for each in rows] == [("searched", "0")]


def test_only_the_cases_of_ones_teams_are_searched(known):
    with known.app.app_context(), unit():
        hidden, other = session.get(Case, known.hidden_case), session.get(User, known.other)
        hidden.people.append(HouseholdPerson(position=1, label="Zさん"))
        session.flush()
        Identity.of(hidden, hidden.people[0]).keep(Facts(name="見本 他所男"), by=other)
        other.take_roles([Role.COORDINATOR, Role.IDENTITY])

    assert names(known, "見本") == ["見本 花江"]
    assert names(known, "見本", as_="other") == ["見本 他所男"]


@pytest.mark.parametrize("typed", ["見本", "花江", "はなえ", "ﾐﾎﾝ", "仮名花江", "1943/4/12", "昭和18年4月12日", "000 1234 5678", "5678"])
def test_she_is_found_by(known, typed):
    assert names(known, typed) == ["見本 花江"]


@pytest.mark.parametrize("typed", ["見花", "本江", "架空町", "1943-04-13", "1234", "%", "_", "女性", "' OR 1=1 --"])
def test_she_is_not_found_by(known, typed):
    assert names(known, typed) == []


def test_who_was_renamed_is_found_by_the_new_name_only(known):
    hanako = known.browser("hanako")
    hanako.get(page(known))
    hanako.post(page(known), dict(name="改名 花江", version="1"))
    assert names(known, "改名") == ["改名 花江"] and names(known, "みほん") == names(known, "5678") == []


def test_many_of_one_name_are_cut_off_and_it_is_said(known):
    with known.app.app_context(), unit():
        by = session.get(User, known.hanako)
        for count in range(60):
            case = Case.open(by, f"世帯{count}", HouseholdType.OTHER, clock.today())
            case.people.append(HouseholdPerson(position=1, label="Aさん"))
            session.flush()
            Identity.of(case, case.people[0]).keep(Facts(name=f"同姓 {count}郎"), by=by)
    hanako = known.browser("hanako")
    hanako.get("/names")
    found = hanako.post("/names", wanted="同姓")
    assert found.text.count("<th scope=\"row\">") == 50
    assert _("There may be more: write a longer part of the name.") in found.text


# -- a case that gives its people away ----------------------------------------------------------------------------------------

WARNED = "本人を特定できる情報が含まれている可能性があります"


@pytest.mark.parametrize("field, text", [
    ("label", "見本さん世帯"), ("summary", "花江さんは元気。"), ("summary", "ミホン ハナエさん"), ("own_words", "「見本\u3000花江です」"),
    ("strengths", "架空町一丁目2番3号の庭"), ("summary", "みなも市架空町一丁目２番３号に住む"), ("summary", "電話は000(1234)5678"),
    ("people-0-note", "旧姓は仮名"), ("needs-0-text", "見本家の家計")])
def test_whoever_writes_a_name_into_the_case_is_told_gently_and_it_is_saved(known, field, text):
    saved, shown = save(known, {field: text})

    assert saved.status_code == 303
    assert WARNED in shown
    with known.app.app_context(), unit(read_only=True):
        assert text in repr([each for row in session.execute(sa.text('SELECT * FROM "case"')) for each in row]
                            + [each for row in session.execute(sa.text("SELECT * FROM household_person")) for each in row]
                            + [each for row in session.execute(sa.text("SELECT * FROM need")) for each in row]).replace("\\u3000", "\u3000")


@pytest.mark.parametrize("text", ["Aさんは元気。", "江戸川の花火を見た", "「本を見たい」", "はなの水やり"])
def test_an_ordinary_word_is_no_name(known, text):
    _saved, shown = save(known, {"summary": text})
    assert WARNED not in shown


def test_a_colleague_without_the_right_is_told_the_field_and_not_the_name(known):
    with known.app.app_context(), unit():
        session.get(User, known.hanako).take_roles([Role.COORDINATOR])
    _saved, shown = save(known, {"summary": "はなえさん宅"})
    told = shown[shown.index(WARNED):][:200]

    assert _("Outline of the household") in told
    assert "はなえ" not in told and "花江" not in told


def test_a_case_without_a_name_on_record_is_never_warned_of(town):
    _saved, shown = save(town, {"summary": "見本 花江"})
    assert WARNED not in shown


def test_writing_down_a_name_that_the_case_already_tells_is_told_too(known):
    save(known, {"summary": "長男の太一さん"})
    hanako = known.browser("hanako")
    hanako.get(page(known, known.son))
    hanako.post(page(known, known.son), dict(name="見本 太一"))
    assert WARNED in hanako.get("/cases").text


def save(world, changed):
    """Save the case with these words; the answer, and the page that follows it."""
    hanako = world.browser("hanako")
    hanako.get(f"/cases/{world.case}/edit")
    answer = hanako.post(f"/cases/{world.case}", {
        "label": "Aさん世帯", "household_type": "8050", "stage": "intake", "opened_on": "2026-06-17", "summary": "概要", "people-0-id": world.mother,
        "people-0-label": "Aさん", "people-1-id": world.son, "people-1-label": "Bさん", "needs-0-domain": "ELD", "needs-0-text": "介護"} | changed)
    return answer, hanako.get(answer.location).text


def names(world, typed, as_="hanako"):
    """Whom a person finds."""
    with world.app.app_context(), unit(read_only=True):
        person = session.scalar(sa.select(User).where(User.login == as_))
        return [facts.name for _identity, facts in Identity.search(typed, person.all("case", to="identify"))]
