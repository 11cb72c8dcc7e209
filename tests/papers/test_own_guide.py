"""The guide to the fields of the office's own forms: every field stands there, also those of which the sample meeting has nothing."""

from papers import own_fields

DATABASES = ["sqlite"]


def test_the_guide_names_every_field_and_list(world):
    page = world.browser("kanri").get("/settings/forms/guide")
    assert page.status_code == 200
    assert [each.name for each in own_fields.FIELDS if f'<code lang="ja">{each.name}</code>' not in page.text] == []
