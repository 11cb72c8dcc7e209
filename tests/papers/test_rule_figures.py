"""The figures of the rules, against what was done in the small world."""

from __future__ import annotations

from accounts.models import User
from core import clock
from core.database import session, unit
from ground_rules.models import Part
from meetings.models import Meeting
from meetings.pledges import Pledge, PledgeMethod, Term
from meetings.rule_reviews import Kept, RuleReview
from meetings.table import Attendance
from papers import rule_figures

DATABASES = ["sqlite"]


def test_what_was_acknowledged_pledged_and_looked_back_at_is_counted_in_its_month(world):
    world.open_meeting()
    with world.app.app_context(), unit():
        meeting, by = session.get(Meeting, world.meeting), session.get(User, world.hanako)
        proxied = next(each for each in meeting.seats if each.member.user_id == world.saburo)
        proxied.attendance, proxied.proxy_name = Attendance.PROXY, "係長"  # who has not acknowledged
        RuleReview.say(meeting, by, {(Part.SAFETY, 4): Kept.PARTLY})
        Pledge.give(meeting, world.member(world.jiro), by, Term.YEAR, PledgeMethod.PAPER, clock.today())
        year, month = meeting.fiscal_year, clock.local(meeting.starts_at).month
    with world.app.app_context(), unit(read_only=True):
        found = rule_figures.of_year(year)
        counts = found.months[month]
        assert (counts["meetings"], counts["present"], counts["screen"], counts["proxy"]) == (1, 3, 2, 0)
        assert (counts["reviewed"], counts["all_kept"]) == (1, 0)
        assert rule_figures.of_year(clock.fiscal_year(clock.today())).total["year_paper"] == 1
        assert [(each[1], each[2], each[4], each[5]) for each in found.hard] == [(Part.SAFETY, 4, 1, 0)]
        assert rule_figures.of_year(year - 5).total == {}
    hanako = world.browser("hanako")
    assert "最後まで聞きます。みんなが話します。" in hanako.get(f"/ground-rules/figures?year={year}").text
    assert hanako.get(f"/ground-rules/figures.csv?year={year}").text.splitlines()[-1].startswith("計,1,3,2,0,0,0,")
    assert hanako.get("/ground-rules/figures?year=abcd").status_code == 200
    assert world.browser("jiro").get("/ground-rules/figures").status_code == 404
