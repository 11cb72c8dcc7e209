"""Two people at the same moment: the first one's work is done but not yet on record when the second one sends the form.

Nobody meets the error page: the second one's form is carried out too, or answered in words with what was typed kept.
"""

from __future__ import annotations

from datetime import timedelta
import re
from threading import Barrier, Event, Thread

import pytest

from accounts.models import User
from core import clock, web
from core.database import session, unit
from ground_rules.drafts import EditionDraft
from ground_rules.models import Edition
from meetings.models import Meeting
from retention import classes

DATABASES = ["postgresql"]  # SQLite lets one write at a time
ENOUGH = 0.4  # seconds in which the second would long be done, if it did not wait
TODAY = clock.today()
FROM = TODAY + timedelta(days=5)


@pytest.fixture
def one_upon_the_other(world, monkeypatch):
    """Send the first form and, before it is on record, the second: (browser, address, fields) each; their answers."""
    commit, done, first = web._commit, Event(), []

    def wait_with_the_first(response):
        session.flush()
        if first.pop() if first else False:
            done.set()
            Event().wait(ENOUGH)
        return commit(response)

    def run(*sent):
        answers = [None, None]
        monkeypatch.setattr(web, "_commit", wait_with_the_first)
        first.append(True)
        begin = Thread(target=_send, args=(answers, 0, sent[0], done))
        follow = Thread(target=lambda: (done.wait(), _send(answers, 1, sent[1], done)))
        for each in (begin, follow):
            each.start()
        for each in (begin, follow):
            each.join(60)
        return answers

    return run


def _send(answers, place, sent, done, part=False):
    browser, where, fields = sent
    try:
        answers[place] = browser.post(where, fields, headers={"X-Part": "1"} if part else None)
    finally:
        session.remove()
        done.set()


def at(world, who: str, page: str):
    """Somebody's browser with a page open."""
    browser = world.browser(who)
    browser.get(page)
    return browser


def version(browser) -> str:
    return re.search(r'name="version"[^>]*value="(\d+)"', browser.page)[1]


def test_two_who_add_the_first_class_of_retention_both_have_it(world, one_upon_the_other):
    people = [at(world, each, "/settings/retention") for each in ("fumiko", "kanri")]
    answers = one_upon_the_other(*((each, "/settings/retention", dict(name=name, years=name[0])) for each, name in zip(people, ("7年", "8年"))))

    assert [each.status_code for each in answers] == [303, 303], answers[1].text
    with world.app.app_context():
        assert [each.name for each in classes.offered()] == ["永年", "30年", "10年", "8年", "7年", "5年", "3年", "1年", "1年未満"]


def test_two_who_add_the_same_class_are_not_both_told_that_it_is_saved(world, one_upon_the_other):
    people = [at(world, each, "/settings/retention") for each in ("fumiko", "kanri")]
    first, second = one_upon_the_other(*((each, "/settings/retention", dict(name="7年", years="7")) for each in people))

    assert first.status_code == 303 and second.status_code in (409, 422), second.text
    assert "7年" in second.text


@pytest.mark.parametrize("who", ["the move first", "the edition first"])
def test_a_meeting_moved_while_an_edition_is_published_meets_no_error_page(world, one_upon_the_other, who):
    with world.app.app_context(), unit():
        EditionDraft.begin(session.get(User, world.admin)).write({"safety_ja": "1. **仲間を責めません。**"})
    hanako, admin = at(world, "hanako", f"/meetings/{world.meeting}/edit"), at(world, "kanri", "/ground-rules/draft/preview")
    moved = dict(name="みなも市支援会議", day=(TODAY + timedelta(days=9)).isoformat(), start="14:00", end="15:00", mode="in_person",
                 place="別の部屋", version=version(hanako), **{"steps-0-title": "開会", "steps-0-minutes": "5"})
    move = hanako, f"/meetings/{world.meeting}", moved
    publish = admin, "/ground-rules/draft/publication", dict(effective_on=FROM.isoformat(), version=version(admin))
    answers = one_upon_the_other(*((move, publish) if who == "the move first" else (publish, move)))

    assert {each.status_code for each in answers} <= {303, 409}, [each.text for each in answers]
    with world.app.app_context(), unit(read_only=True):
        meeting = session.get(Meeting, world.meeting)
        assert meeting.edition is Edition.on(meeting.day)


def test_two_who_begin_the_next_edition_write_the_same_draft(world, one_upon_the_other):
    people = [at(world, each, "/ground-rules/draft") for each in ("hanako", "kanri")]
    answers = one_upon_the_other(*((each, "/ground-rules/draft/begin", {}) for each in people))

    assert [each.status_code for each in answers] == [303, 303]


@pytest.fixture
def in_each_others_way(world, monkeypatch):
    """Whoever changes one of two meetings wants the other one next, and the other way round: the database sends one away."""
    first = world.meeting
    world.another_meeting()
    meetings, both = (first, world.meeting), Barrier(2)

    def want(meeting):
        Meeting.hold([meeting.id])
        both.wait(20)
        Meeting.hold([each for each in meetings if each != meeting.id])

    monkeypatch.setattr(Meeting, "cancel", want)
    return [f"/meetings/{each}/cancellation" for each in meetings]


@pytest.mark.parametrize(("part", "status"), [(False, 409), (True, 503)], ids=["a page keeps what was typed", "a part is sent again by its page"])
def test_of_two_who_wait_for_each_other_one_is_told_so(world, in_each_others_way, part, status):
    browsers, answers = [at(world, "hanako", "/meetings") for _each in in_each_others_way], [None, None]
    turns = [Thread(target=_send, args=(answers, place, (each, where, dict(word="理由")), Event(), part))
             for place, (each, where) in enumerate(zip(browsers, in_each_others_way))]
    for each in turns:
        each.start()
    for each in turns:
        each.join(60)
    told = max(answers, key=lambda each: each.status_code)

    assert sorted(each.status_code for each in answers) == [303, status]
    assert "ほかの人が同じ所を" in told.text
    assert part or "理由</textarea>" in told.text
