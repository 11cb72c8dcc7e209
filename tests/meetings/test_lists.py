"""Looking for a meeting: by name, number and place for whoever is invited, by what it is about only inside."""

from __future__ import annotations

from tests.cases.test_lists import looked_for


def test_the_purpose_finds_a_meeting_once_the_rules_are_read(world):
    found = "みなも市支援会議</a>"

    assert found in looked_for(world.browser("jiro"), "302", "/meetings")[1]
    assert found not in looked_for(world.browser("jiro"), "見通し", "/meetings")[1]
    assert found in looked_for(world.browser("hanako"), "見通し", "/meetings")[1]
    world.acknowledge(world.jiro)
    assert found in looked_for(world.browser("jiro"), "見通し", "/meetings")[1]
    for person in ("stranger", "other", "kanri"):
        assert found not in looked_for(world.browser(person), "302", "/meetings")[1], person
