"""Two answers at the same moment, one click too many, and the letters that go out."""

from __future__ import annotations

import pytest

from core.languages import catalogue
from tests.referrals.conftest import filled
from tests.test_twice_and_late import at_once
from tests.wide import token_in


def _(message, **values):
    return catalogue("ja").gettext(message) % values


def test_the_second_of_two_coordinators_is_told_and_keeps_their_words(desk, world):
    id = desk.put_forward()
    other = world.browser("other")
    read = filled(other.get(f"/referrals/{id}").text)
    desk.answer(id, "hanako", "accept", "引き受けます")
    late = other.post(f"/referrals/{id}/answers", read | dict(answer="advise", words="二時間かけて書いた助言"))

    assert late.status_code == 409
    assert _("This referral no longer waits for an answer.") in late.text
    assert "二時間かけて書いた助言" in late.text
    with desk.kept(id) as referral:
        assert [each.act.value for each in referral.steps] == ["sent", "accepted"]


def test_two_answers_at_the_same_moment_make_one(desk, world):
    id = desk.put_forward()
    sent = []
    for login, words in (("hanako", "花子の助言"), ("other", "別の助言")):
        browser = world.browser(login)
        page = browser.get(f"/referrals/{id}").text
        sent.append((browser, f"/referrals/{id}/answers", filled(page) | dict(answer="advise", words=words, csrf_token=token_in(page))))
    answers = at_once(world, sent)

    assert sorted(each.status_code for each in answers) == [303, 409]
    loser = next(place for place, each in enumerate(answers) if each.status_code == 409)
    assert sent[loser][2]["words"] in answers[loser].text
    with desk.kept(id) as referral:
        assert [each.act.value for each in referral.steps] == ["sent", "advised"]


def test_an_answer_to_what_one_was_never_shown_finds_nothing(desk, world):
    id, another = desk.put_forward(), desk.put_forward()
    other = world.browser("other")
    seal = filled(other.get(f"/referrals/{another}").text)["seal"]
    desk.answer(id, "hanako", "accept")

    for forged in ("", "x", seal):
        assert other.post(f"/referrals/{id}/answers", dict(answer="advise", words="x", seal=forged)).status_code == 404


def test_a_message_that_came_in_while_one_wrote_is_shown_before_the_answer_goes(desk, world):
    id = desk.put_forward()
    hanako = world.browser("hanako")
    read = filled(hanako.get(f"/referrals/{id}").text)
    desk.signed_in("jiro").post(f"/referrals/{id}/messages", message="昨日入院されました")
    stale = hanako.post(f"/referrals/{id}/answers", read | dict(answer="advise", words="私の助言"))
    again = hanako.post(f"/referrals/{id}/answers", filled(stale.text) | dict(answer="advise", words="私の助言"))

    assert stale.status_code == 409
    assert "昨日入院されました" in stale.text
    assert "私の助言" in stale.text
    assert again.status_code == 303


def test_an_answer_clicked_twice_opens_one_case(desk, world):
    id = desk.put_forward()
    hanako = world.browser("hanako")
    page = hanako.get(f"/referrals/{id}").text
    fields = filled(page) | dict(answer="accept", once="twice-the-same")
    first, second = (hanako.post(f"/referrals/{id}/answers", fields) for _time in range(2))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location


def test_letters_say_that_something_waits_and_nothing_of_what_it_says(desk, world):
    id = desk.put_forward(urgency="life")
    desk.answer(id, "hanako", "return", "年齢を教えてください")
    letters = desk.letters()
    number = "-つ-0001"

    assert [each[0] for each in letters] == ["hanako@example.jp", "other@example.jp", "jiro@example.jp"]
    assert "緊急" in letters[0][1]
    assert "つなぎに回答があります" in letters[2][1]
    for _to, subject, body in letters:
        assert number in subject
        assert not [word for word in ("Jさん", "通り道", "年齢", "決められない") if word in subject + body]


def test_a_message_goes_to_whoever_handles_it(desk, world):
    id = desk.put_forward()
    desk.signed_in("other").post(f"/referrals/{id}/handler")
    before = len(desk.letters())
    desk.signed_in("jiro").post(f"/referrals/{id}/messages", message="付け加えます")

    assert [each[0] for each in desk.letters()[before:]] == ["other@example.jp"]


@pytest.mark.parametrize("answer", ["advise", "return"])
def test_an_answer_without_words_is_asked_for_them_and_posts_nothing(desk, world, answer):
    id = desk.put_forward()
    before = len(desk.letters())

    assert desk.answer(id, "hanako", answer).status_code == 422
    assert len(desk.letters()) == before


def test_a_person_without_an_address_is_passed_over(desk, world):
    with world.app.app_context():
        from core.database import unit

        with unit():
            world.member(world.jiro).email = ""
    id = desk.put_forward()
    before = len(desk.letters())

    assert desk.answer(id, "hanako", "advise", "助言").status_code == 303
    assert len(desk.letters()) == before
