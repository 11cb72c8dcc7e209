"""The mails, taken into a calendar that many people use under Linux: khal."""

from __future__ import annotations

from datetime import timedelta
import os
import shutil
import subprocess

import pytest

from core import clock
from core.database import session, unit
from core.outbox import Letter
from meetings import invitations
from meetings.models import Meeting
from preparation import series_calendar
from tests.calendars.test_invitations import mails, move, send
from tests.calendars.test_series import FIXED, day, furnish, truth

DATABASES = ["sqlite"]
CONFIG = """[calendars]
[[office]]
path = {home}/office
[locale]
local_timezone = Asia/Tokyo
default_timezone = Asia/Tokyo
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


@pytest.fixture
def khal(tmp_path):
    """`khal(command, …)` on an empty calendar; what it prints, in lines."""
    if shutil.which("khal") is None:
        pytest.skip("no khal on this machine")
    (tmp_path / "office").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(home=tmp_path), encoding="utf-8")

    def run(*arguments):
        done = subprocess.run(["khal", "-c", str(tmp_path / "config"), *arguments], capture_output=True, text=True, check=False, timeout=60,
                              env=os.environ | {"LANG": "C.UTF-8", "HOME": str(tmp_path)})
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def take(objects):
        for number, each in enumerate(objects):
            (tmp_path / f"{number}.ics").write_bytes(each)
        run("import", "--batch", "-a", "office", *(str(tmp_path / f"{number}.ics") for number in range(len(objects))))
        return [each for each in run("list", "--day-format", "", "--format", "{start} {end-time} {location} {status}", "today", "150d") if each]

    return take


def line(begins, ends, place, word="CONFIRMED"):
    return f"{clock.local(begins):%Y-%m-%d %H:%M} {clock.local(ends):%H:%M} {place} {word}".strip()


def shown(lines):
    return [each.strip() for each in lines]


def test_an_invitation_a_change_and_a_cancellation(world, khal):
    send(world)
    for act in (lambda meeting: move(world, meeting, timedelta(days=7)), lambda meeting: meeting.settle_in("401会議室", "")):
        with world.app.test_request_context(), unit():
            act(session.get(Meeting, world.meeting))
        send(world)
    meeting = session.get(Meeting, world.meeting)
    span = meeting.starts_at, meeting.ends_at
    session.remove()
    assert shown(khal(mails("jiro@example.jp"))) == [line(*span, "401会議室")]

    with world.app.test_request_context(), unit():
        meeting = session.get(Meeting, world.meeting)
        meeting.cancel()
        invitations.let_go(meeting)
    assert shown(khal(mails("jiro@example.jp")[-1:])) == [line(*span, "401会議室", "CANCELLED")]


def test_a_series_with_a_day_moved_one_elsewhere_and_one_called_off(world, khal):
    with world.app.test_request_context(), unit():
        furnish(world)
        move(world, day(world, 0), timedelta(days=1))
        day(world, 1).settle_in("401会議室", "")
        day(world, 3).cancel()
        session.flush()
        series_calendar.send(world.series)
        session.flush()
        mail = session.query(Letter).filter_by(recipient=FIXED).one().calendar
        expected = [line(*each) for each in truth(world)]
    assert shown(khal([mail])) == expected
