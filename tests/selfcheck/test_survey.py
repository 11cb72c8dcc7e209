"""The national figures as they were published, which base each has, and what is proposed to try next."""

import pytest

from selfcheck.advising import shelf, suggest
from selfcheck.survey import read

# question, option: percent, base, whether the base was reckoned back
PUBLISHED = {
    ("criteria", "examples"): (45.9, 109, True), ("criteria", "required"): (8.3, 109, True),
    ("criteria_content", "single"): (84.7, 59, True), ("criteria_content", "unclear"): (79.7, 59, True), ("criteria_content", "no_idea"): (59.3, 59, True),
    ("window", "yes"): (68.8, 109, True),
    ("case_trouble", "own_field"): (45.9, 0, True), ("case_trouble", "public_only"): (44.9, 0, True), ("case_trouble", "scheme_only"): (40.4, 0, True),
    ("participants", "per_case"): (46.8, 109, True), ("participants", "partly"): (40.4, 109, True), ("participants", "fixed"): (8.3, 109, True),
    ("functions", "plan"): (85.2, 88, True), ("functions", "roles"): (84.1, 88, True), ("functions", "relations"): (78.4, 88, True),
    ("meeting_trouble", "consent"): (54.8, 104, True), ("meeting_trouble", "no_way"): (51.0, 104, True), ("meeting_trouble", "roles"): (26.0, 104, True),
    ("rules_written", "yes"): (34.9, 109, True), ("rules_content", "compliance"): (89.5, 38, True), ("rules_content", "safety"): (31.6, 38, True),
    ("running_trouble", "staffing"): (77.1, 109, True), ("running_trouble", "prefecture"): (53.2, 109, True), ("running_trouble", "no_cases"): (52.3, 109, True),
    ("direct", "coordination"): (35.8, 109, True), ("direct", "outreach"): (18.3, 109, True), ("direct", "participation"): (14.7, 109, True),
    ("changes", "inside"): (89.0, 109, True), ("changes", "outside"): (88.1, 109, True), ("changes", "passing_on"): (79.8, 109, True),
    ("changes", "supporters"): (79.8, 109, True), ("changes", "quality"): (79.8, 109, True),
    ("target_cases", "hard_cases"): (65.7, 291, False), ("target_cases", "inventory"): (51.5, 291, False), ("target_cases", "past_cases"): (41.2, 291, False),
    ("consultation", "window"): (67.0, 291, False), ("consultation", "understanding"): (63.2, 291, False), ("consultation", "places"): (54.3, 291, False),
    ("cross_field", "existing"): (78.4, 291, False), ("cross_field", "place"): (71.5, 291, False), ("cross_field", "community"): (58.7, 291, False),
    ("team", "yes"): (43.6, 291, False),
}


def test_every_figure_is_the_published_one_and_no_other_stands_there():
    told = {(question.key, option.key): (option.percent, question.base.n, question.base.derived)
            for question in read().questions.values() for option in question.options if option.percent is not None}
    assert told == PUBLISHED


def test_a_count_fits_its_percentage_and_base():
    counted = [(option, question.base) for question in read().questions.values() for option in question.options if option.count is not None]
    assert len(counted) == 4
    for option, base in counted:
        assert round(100 * option.count / base.n, 1) == option.percent


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_is_said_in_both_languages(language):
    survey = read()
    words = [survey.source, survey.frame, *(each.words for each in survey.sections), *(each.words for each in survey.questions.values()),
             *(option.words for each in survey.questions.values() for option in each.choices), *(each.base.words for each in survey.questions.values()),
             *(part for tip in shelf() for part in (tip.words, tip.how, tip.link))]
    assert all(each.said(language).strip() for each in words)


def test_a_tip_speaks_of_options_that_there_are():
    for tip in shelf():
        assert set(tip.options) <= {each.key for each in read().questions[tip.question].options}, tip
        assert tip.when in ("chosen", "missing")


def test_three_things_at_most_and_what_stayed_comes_first():
    trouble = {"case_trouble": {"public_only"}, "meeting_trouble": {"consent", "no_way", "roles"}, "criteria": {"none"}, "against_dumping": set()}
    assert [each.topic for each in suggest(trouble, {})] == ["meeting_trouble", "case_trouble", "examples"]
    again = suggest(trouble, {"criteria": {"none"}, "against_dumping": {"before", "managing"}})
    assert [(each.topic, each.again) for each in again] == [("examples", True), ("meeting_trouble", False), ("case_trouble", False)]


def test_where_nothing_was_answered_nothing_is_proposed():
    assert suggest({}, {}) == []
    assert suggest({"rules_content": {"compliance", "safety"}, "rules_written": {"yes"}}, {}) == []
