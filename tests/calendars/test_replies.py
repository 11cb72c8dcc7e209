"""What a calendar answers counts if it fits what its person was sent; whatever else comes changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy.exc import OperationalError

from core import jobs
from core.database import session, unit, utcnow
from meetings import invitations, itip, mailbox
from meetings.models import Meeting
from meetings.replies import CalendarAnswer
from meetings.table import Reply
from notices.kinds import NoticeKind
from notices.models import Notice
from tests.calendars.mailbox import Server


@pytest.fixture
def invited(world):
    """Everybody at the table has been sent the invitation."""
    with world.app.test_request_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        invitations.send(meeting, meeting.hearings)
        world.uid = meeting.uid
    return world


def reply(uid, who="jiro@example.jp", word="ACCEPTED", sequence=0, at=None, method="REPLY", sender=None, more=""):
    """A mail as Outlook and others send it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"誰か <{sender or who}>", "office@example.jp", "承諾"
    mail.set_content("承諾しました。")
    mail.add_alternative(calendar_object(uid, who, word, sequence, at, method, more), subtype="calendar", params={"method": method})
    return mail.as_bytes()


def calendar_object(uid, who="jiro@example.jp", word="ACCEPTED", sequence=0, at=None, method="REPLY", more=""):
    stamp = f"{at or utcnow():%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Somebody//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}",
             f"DTSTAMP:{stamp}", f"ATTENDEE;PARTSTAT={word}:mailto:{who}", "ORGANIZER:mailto:office@example.jp", *more.splitlines(), "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def read(world, *mails):
    with world.app.test_request_context(), unit():
        for each in mails:
            mailbox.read_one(each)


def seat(world, who="jiro@example.jp"):
    with world.app.app_context(), unit(read_only=True):
        return next((each.reply, each.reply_note) for each in session.get(Meeting, world.meeting).seats if each.member.email == who)


def outcomes(world):
    with world.app.app_context(), unit(read_only=True):
        return sorted(each.outcome.value for each in session.query(CalendarAnswer))


@pytest.mark.parametrize(("word", "means"), [("ACCEPTED", Reply.YES), ("TENTATIVE", Reply.MAYBE), ("DECLINED", Reply.NO)])
def test_an_answer_by_mail_is_the_answer_of_the_seat(invited, word, means):
    read(invited, reply(invited.uid, word=word, more="COMMENT:少し遅れます"))
    assert seat(invited) == (means, "少し遅れます")
    assert seat(invited, "saburo@example.jp") == (Reply.NONE, "")


def test_the_same_mail_again_counts_once_and_whoever_leads_is_told_once(invited):
    mail = reply(invited.uid)
    read(invited, mail, mail)
    read(invited, mail, reply(invited.uid, "saburo@example.jp", "DECLINED"))
    with invited.app.app_context(), unit(read_only=True):
        told, = session.query(Notice).filter_by(kind=NoticeKind.REPLY)
        assert (told.member.name, told.number) == ("山田 花子", 2)
    assert outcomes(invited) == ["kept", "kept"]


def test_of_two_answers_the_later_one_counts_in_whichever_order_they_come(invited):
    early = utcnow() - timedelta(minutes=5)
    read(invited, reply(invited.uid, word="DECLINED"), reply(invited.uid, word="ACCEPTED", at=early))
    assert seat(invited)[0] == Reply.NO
    assert outcomes(invited) == ["kept", "older"]


def test_an_answer_to_the_day_before_it_moved_does_not_count(invited):
    with invited.app.test_request_context(), unit():
        meeting = session.get(Meeting, invited.meeting)
        meeting.settle_in("401会議室", "")
        invitations.send(meeting, meeting.hearings)
    read(invited, reply(invited.uid, sequence=0))
    assert seat(invited)[0] == Reply.NONE
    read(invited, reply(invited.uid, sequence=1))
    assert seat(invited)[0] == Reply.YES


def test_another_day_is_asked_for_in_words(invited):
    read(invited, reply(invited.uid, method="COUNTER", word="TENTATIVE", more="DTSTART:20301203T060000Z\nDTEND:20301203T070000Z"))
    assert seat(invited) == (Reply.MAYBE, "別の日時を希望（令和12年12月3日(火) 午後3時から午後4時まで）")


def hostile(uid):
    plain = reply(uid)
    deep = b"From: jiro@example.jp\r\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400))
    return {
        "forged": reply(uid, sender="evil@example.com"), "other uid": reply("else@kurumaza"), "stranger": reply(uid, "stranger@example.jp"),
        "huge": plain + b"x" * itip.LARGEST, "huge object": reply(uid, more="COMMENT:" + "あ" * 30_000), "deep": deep, "empty": b"", "zeros": bytes(2000),
        "not utf-8": b"From: jiro@example.jp\nContent-Type: text/calendar\n\n" + calendar_object(uid).encode().replace(b"Somebody", b"\xff\xfe"),
        "two attendees": reply(uid, more="ATTENDEE;PARTSTAT=ACCEPTED:mailto:saburo@example.jp"), "unknown word": reply(uid, word="DELEGATED"),
        "request": reply(uid, method="REQUEST"), "cancel": reply(uid, method="CANCEL"), "no such day": reply(uid, more="RECURRENCE-ID:20261203T060000Z"),
        "sequence": reply(uid, sequence=-1), "zero in the uid": reply(uid + "\0"), "zero in the address": reply(uid, "jiro\0@example.jp"), "huge sequence": reply(uid, sequence="9" * 5000), "bad stamp": reply(uid).replace(b"From:", b"From: a@b, "),
    }


def test_hostile_mails_change_nothing(invited):
    mails = hostile(invited.uid)
    read(invited, *mails.values())
    with invited.app.app_context(), unit(read_only=True):
        assert {each.reply for each in session.get(Meeting, invited.meeting).seats} == {Reply.NONE}
        assert session.query(Notice).count() == 0
    assert "kept" not in outcomes(invited)


def test_a_rule_in_an_answer_is_never_followed(invited):
    read(invited, reply(invited.uid, more="DTSTART:20261203T060000Z\nRRULE:FREQ=SECONDLY;COUNT=999999999\nEXDATE:" + ",".join(["20261203T060000Z"] * 500)))
    assert seat(invited)[0] == Reply.YES


def test_nobody_answers_for_a_meeting_that_was_called_off(invited):
    with invited.app.test_request_context(), unit():
        meeting = session.get(Meeting, invited.meeting)
        meeting.cancel()
        invitations.let_go(meeting)
    read(invited, reply(invited.uid, sequence=9))
    assert seat(invited)[0] == Reply.NONE


def test_the_worker_reads_the_mailbox_and_marks_what_is_done(invited, monkeypatch):
    with Server([reply(invited.uid), b"Subject: hello\r\n\r\nhello", reply(invited.uid, "saburo@example.jp", "DECLINED")]) as server:
        use(invited, monkeypatch, server)
        look(invited)
        assert server.seen == {1, 2, 3}
    assert seat(invited)[0] == Reply.YES
    assert outcomes(invited) == ["kept", "kept", "unreadable"]


def test_what_is_not_kept_is_not_marked_and_what_is_not_marked_counts_once(invited, monkeypatch):
    with Server([reply(invited.uid)]) as server:
        use(invited, monkeypatch, server)
        with monkeypatch.context() as broken, pytest.raises(OperationalError):
            broken.setattr(mailbox, "read_one", gone)
            look(invited)
        assert server.seen == set()
        server.deaf = True
        look(invited)
        server.deaf = False
        look(invited)
        assert server.seen == {1}
    assert outcomes(invited) == ["kept"]


def gone(_mail):
    raise OperationalError("", {}, Exception("the database is gone"))


def test_one_mail_that_cannot_be_read_undoes_nothing_and_is_marked_too(invited, monkeypatch):
    take = mailbox.replies.take

    def stumble(answer):
        take(answer)
        return answer.attendee.startswith("saburo") and 1 / 0

    monkeypatch.setattr(mailbox.replies, "take", stumble)
    with Server([reply(invited.uid, "saburo@example.jp", "DECLINED"), reply(invited.uid)]) as server:
        use(invited, monkeypatch, server)
        look(invited)
        assert server.seen == {1, 2}
    assert (seat(invited)[0], seat(invited, "saburo@example.jp")[0]) == (Reply.YES, Reply.NONE)
    assert outcomes(invited) == ["kept", "unreadable"]


def use(world, monkeypatch, server):
    monkeypatch.setitem(world.app.config, "KURUMAZA", replace(world.app.config["KURUMAZA"], **server.settings))


def look(world):
    with world.app.test_request_context(), unit():
        mailbox.look(utcnow())


def test_the_job_is_known_to_the_worker_and_rests_without_a_mailbox(world):
    assert "meetings.mailbox.look" in jobs._jobs
    look(world)


def test_an_all_day_or_floating_time_is_read_as_the_offices():
    answer, = itip.answers(reply("x", more="RECURRENCE-ID;VALUE=DATE:20261203"))
    assert answer.recurs == datetime(2026, 12, 2, 15, tzinfo=UTC)
