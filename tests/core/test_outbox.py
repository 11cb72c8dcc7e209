"""The outbox: each letter reaches its reader once, whatever the mail server does; what cannot go says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import letters, outbox
from core.database import session, unit, utcnow
from core.letters import Letter
from core.reasons import Reason
from core.standing import MailTrouble
from tests.postoffice import free_port, silent_office


@pytest.fixture
def on(flask_app, settings, open_one):
    """The settings of an installation whose mail server is there."""
    return replace(settings, smtp_host="127.0.0.1", smtp_port=open_one[1], mail_from="kurumaza@city.example", smtp_timeout=0.3)


def post(*recipients, **more) -> list[int]:
    with unit():
        made = [outbox.post("meeting/1", each, "案内", "日時と場所", **more) for each in recipients]
        session.flush()
        return [each.id for each in made]


def read(id: int) -> Letter:
    with unit(read_only=True):
        return session.get(Letter, id)


def time_passes(**more) -> None:
    """As if everything in the outbox had happened earlier."""
    with unit():
        for each in session.scalars(sa.select(Letter)):
            for name in ("created_at", "queued_at", "due_at", "taken_until"):
                if getattr(each, name):
                    setattr(each, name, getattr(each, name) - timedelta(**more))
        for trouble in session.scalars(sa.select(MailTrouble)):
            trouble.again_at -= timedelta(**more)


def test_what_is_posted_goes_out_once(on, office):
    ids = post("a@example.jp", "b@example.jp")
    assert outbox.deliver(on) == 2
    assert outbox.deliver(on) == 0

    assert office.inbox == ["a@example.jp", "b@example.jp"] and office.talks == 1
    assert [(read(id).state, read(id).tries) for id in ids] == [("sent", 1)] * 2


def test_the_same_key_is_the_same_letter(on):
    assert post("a@example.jp", key="k") == post("a@example.jp", key="k")


def test_a_server_that_is_busy_is_asked_again_after_waits_that_grow(on, office):
    office.answers["a@example.jp"] = ["451 later"] * 3
    (id,) = post("a@example.jp")
    waits = []
    for _try in range(3):
        outbox.deliver(on)
        waits.append(round((read(id).due_at - utcnow()) / timedelta(minutes=1)))
        assert (read(id).state, read(id).reason) == ("waiting", Reason.LATER)
        assert outbox.deliver(on) == 0
        time_passes(minutes=waits[-1])
    assert waits == [1, 5, 15]
    assert outbox.deliver(on) == 1 and read(id).reason is None
    assert len(office.inbox) == 1


def test_an_address_that_is_not_there_fails_at_once_and_costs_nobody_else_anything(on, office):
    office.answers["gone@example.jp"] = ["550 5.1.1 unknown"]
    wrong, gone, here = post("no address", "gone@example.jp", "here@example.jp")
    assert outbox.deliver(on) == 1

    assert [(read(id).state, read(id).reason) for id in (wrong, gone, here)] == [
        ("failed", Reason.ADDRESS), ("failed", Reason.UNKNOWN), ("sent", None)]
    with unit():
        session.get(Letter, gone).try_again()
    assert outbox.deliver(on) == 1 and read(gone).state == "sent"


def test_a_dead_server_keeps_all_waiting_and_is_left_alone_for_a_while(on):
    ids = post("a@example.jp", "b@example.jp")
    with silent_office() as (port, calls):
        for _look in range(4):
            assert outbox.deliver(replace(on, smtp_port=port)) == 0
        assert len(calls) == 1
    for _look in range(3):
        time_passes(minutes=11)
        outbox.deliver(replace(on, smtp_port=free_port()))
    with unit(read_only=True):
        assert (MailTrouble.now().reason, MailTrouble.now().times) == (Reason.AWAY, 4)
    assert [(read(id).state, read(id).tries) for id in ids] == [("waiting", 0)] * 2

    time_passes(minutes=11)
    assert outbox.deliver(on) == 2
    with unit(read_only=True):
        assert MailTrouble.now() is None


def test_a_trouble_ends_when_the_server_is_back_though_no_letter_waits_any_more(on):
    (id,) = post("a@example.jp")
    outbox.deliver(replace(on, smtp_port=free_port()))
    with unit():
        session.get(Letter, id).end(Reason.WITHDRAWN)
    time_passes(minutes=11)
    outbox.deliver(on)
    with unit(read_only=True):
        assert MailTrouble.now() is None


def test_a_letter_that_is_out_but_could_not_be_written_down_reaches_its_reader_once(on, office, monkeypatch):
    (id,) = post("a@example.jp")
    with monkeypatch.context() as full:
        full.setattr(Letter, "arrive", lambda _letter: 1 / 0)  # the disk is full
        with pytest.raises(ZeroDivisionError):
            outbox.deliver(on)
    assert outbox.deliver(on) == 0 and read(id).taken
    time_passes(minutes=6)
    assert outbox.deliver(on) == 1

    assert len(office.taken) == 2 and office.inbox == ["a@example.jp"]
    assert read(id).state == "sent"


def test_a_server_that_chokes_on_one_letter_takes_the_others_next(on, office):
    office.at_data["a@example.jp"] = ["close"] * 2
    bad, good = post("a@example.jp", "b@example.jp")
    outbox.deliver(on)
    time_passes(seconds=61)
    outbox.deliver(on)
    assert (read(bad).state, read(bad).reason, read(good).state) == ("waiting", Reason.BROKEN, "sent")


def test_a_sender_that_is_refused_ends_the_round_and_blames_no_letter(on, office):
    ids = post("a@example.jp", "b@example.jp")
    office.sender = "550 not from here"
    outbox.deliver(on)
    assert [(read(id).state, read(id).tries) for id in ids] == [("waiting", 0)] * 2
    with unit(read_only=True):
        assert (MailTrouble.now().reason, MailTrouble.now().fault) == (Reason.SENDER, "550 not from here")


def test_without_a_sender_nothing_breaks_and_it_is_said(on):
    post("a@example.jp")
    assert outbox.deliver(replace(on, mail_from="")) == 0
    with unit(read_only=True):
        assert MailTrouble.now().reason is Reason.NO_SENDER


@pytest.mark.parametrize("act", ["sent", "refused", "withdrawn", "too old"])
def test_a_secret_letter_leaves_nothing_to_be_read_however_it_ends(on, office, act):
    (id,) = post("a@example.jp", secret=True, calendar=b"BEGIN:VCALENDAR")
    office.answers["a@example.jp"] = ["550 5.7.1 https://city.example/l/secret is on a list"] if act == "refused" else []
    if act == "withdrawn":
        with unit():
            session.get(Letter, id).end(Reason.WITHDRAWN)
    elif act == "too old":
        time_passes(days=4)
    outbox.deliver(on)
    ended = read(id)

    assert (ended.body, ended.calendar, ended.sendable) == ("", None, False)
    assert "secret" not in ended.fault
    assert len(office.taken) == (act == "sent")


def test_letters_of_a_time_without_mail_are_not_sent_on_the_day_it_is_switched_on(on, settings, office):
    old = post("a@example.jp", "b@example.jp")
    outbox.deliver(settings)
    assert read(old[0]).state == "waiting"
    time_passes(days=4)
    (new,) = post("c@example.jp")
    assert outbox.deliver(on) == 1

    assert [read(id).reason for id in old] == [Reason.OFF] * 2 and read(old[0]).state == "unsent"
    assert office.inbox == ["c@example.jp"] and read(new).state == "sent"


def test_what_another_side_put_off_for_days_has_failed_and_was_no_matter_of_a_switch(on, office):
    office.answers["a@example.jp"] = ["451 later"]
    (id,) = post("a@example.jp")
    outbox.deliver(on)
    time_passes(days=4)
    outbox.deliver(on)
    assert (read(id).state, read(id).reason) == ("failed", Reason.OLD)


def test_what_a_dead_server_kept_for_days_has_failed(on):
    (id,) = post("a@example.jp")
    outbox.deliver(replace(on, smtp_port=free_port()))
    time_passes(days=4)
    outbox.deliver(replace(on, smtp_port=free_port()))
    assert (read(id).state, read(id).reason) == ("failed", Reason.OLD)


def test_two_workers_never_hold_the_same_letter_and_a_lease_ends(on):
    post("a@example.jp", "b@example.jp")
    held = [letters.take(), letters.take(), letters.take()]
    assert held[2] is None and held[0].id != held[1].id
    time_passes(minutes=6)
    assert letters.take().id == held[0].id


def test_a_lease_taken_while_another_waited_for_its_turn_is_no_fault_of_a_clock(on):
    (id,) = post("a@example.jp")
    with unit():  # whoever looked a second earlier and had to wait finds a lease that ends later than its own would
        session.get(Letter, id).taken_until = utcnow() + letters.LEASE + timedelta(seconds=1)
    assert letters.take() is None


def test_a_worker_passes_over_a_row_that_another_is_taking(on, database_kind):
    if database_kind == "sqlite":
        pytest.skip("there one takes after the other")
    from core.database import engine

    first, second = post("a@example.jp", "b@example.jp")
    with engine().begin() as other:
        other.execute(sa.select(Letter.id).where(Letter.id == first).with_for_update())
        assert letters.take().id == second


def test_a_clock_that_was_set_back_keeps_no_letter(on, office):
    (id,) = post("a@example.jp")
    with unit():
        letter = session.get(Letter, id)
        letter.due_at = letter.taken_until = utcnow() + timedelta(days=300)
    assert outbox.deliver(on) == 1


def test_a_letter_withdrawn_while_it_is_on_its_way_tells_the_truth(on):
    post("a@example.jp", "b@example.jp")
    sent, not_sent = letters.take(), letters.take()
    for each in (sent, not_sent):
        with unit():
            session.get(Letter, each.id).end(Reason.WITHDRAWN)
    letters.settle(sent, "arrive")
    letters.settle(not_sent, "wait", Reason.LATER)
    assert (read(sent.id).state, read(not_sent.id).state) == ("sent", "unsent")
