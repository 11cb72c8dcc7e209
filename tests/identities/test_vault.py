"""Names and addresses stand nowhere in plain words, and whatever happens to the database or the key is told."""

from __future__ import annotations

import os
import stat

import pytest
import sqlalchemy as sa
import structlog

from accounts.models import User
from cases.models import Case, HouseholdPerson
from core import audit, backup
from core.database import Base, engine, session, unit
from core.languages import catalogue
from identities import rotation, vault
from identities.facts import Facts
from identities.models import Identity
from tests.identities.conftest import HANAE, page

PLAIN = ["見本", "花江", "みほん", "はなえ", "仮名 花江", "1943-04-12", "昭和18年4月12日", "S18.4.12", "架空町一丁目", "000-1234-5678", "00012345678",
         "手紙なら読める"]


def _(message):
    return catalogue("ja").gettext(message)


def of_mother():
    return session.scalar(sa.select(Identity).where(Identity.person_id.is_not(None)))


# -- nowhere in plain words ----------------------------------------------------------------------------------------------

def test_nothing_of_a_name_stands_in_the_database_its_file_or_a_backup(known, settings, database_kind, tmp_path):
    with known.app.app_context(), engine().connect() as connection:
        rows = [value for table in Base.metadata.sorted_tables for row in connection.execute(sa.select(table)) for value in row]
    everything = [each if isinstance(each, bytes) else str(each).encode() for each in rows]
    backup.write(tmp_path / "all.zip")
    everything.append(unpacked(tmp_path / "all.zip"))
    if database_kind == "sqlite":
        everything += [path.read_bytes() for path in tmp_path.glob("test.sqlite3*")]

    assert len(everything) > 100
    assert [word for word in PLAIN for each in everything if word.encode() in each] == []


def test_nothing_of_a_name_stands_in_the_audit_the_log_an_address_or_another_page(known, capsys, monkeypatch):
    hanako, answers = known.browser("hanako"), []
    with structlog.testing.capture_logs() as logged:
        for where in (f"/cases/{known.case}/identity/values?of=all", page(known)):
            answers.append(hanako.get(where))
        answers.append(hanako.post("/names", wanted="見本花江"))
        answers.append(hanako.post(page(known), HANAE | dict(version="1")))
        monkeypatch.setattr("identities.models.Identity.keep", lambda self, facts, by: {}[facts.name])
        broken = hanako.post(page(known), HANAE | dict(version="2"))
    with known.app.app_context(), unit(read_only=True):
        trail = repr(session.execute(sa.select(audit.AuditRow.__table__)).all())
    elsewhere = [broken.text, trail, repr(logged), "".join(capsys.readouterr()), repr([each.headers for each in answers]),
                 repr([each.request.full_path for each in answers])]
    elsewhere += [hanako.get(where).text for where in ("/", "/cases", f"/cases/{known.case}", f"/cases/{known.case}/edit", f"/meetings/{known.meeting}",
                                                       f"/cases/{known.case}/identity")]

    assert [each.status_code for each in answers] == [200, 200, 200, 303]
    assert broken.status_code == 500
    assert "見本 花江" in answers[0].text and "見本 花江" in answers[2].text
    assert [(word, text[:60]) for word in PLAIN for text in elsewhere if word in text] == []


def test_the_key_lies_beside_the_database_for_its_owner_alone(known, tmp_path):
    kept = (tmp_path / "identity.key").read_bytes().strip()

    assert len(kept) >= 43
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "identity.key").stat().st_mode) == 0o600
    backup.write(tmp_path / "all.zip")
    assert kept not in unpacked(tmp_path / "all.zip")
    assert kept not in b"".join(path.read_bytes() for path in tmp_path.glob("test.sqlite3*"))


def test_no_key_is_made_before_somebody_is_written_down(town, tmp_path):
    town.browser("hanako").get(page(town))
    assert not (tmp_path / "identity.key").exists()


# -- when something is wrong -----------------------------------------------------------------------------------------------

def test_two_rows_that_change_places_are_found_out(known):
    hanako = known.browser("hanako")
    hanako.get(page(known, known.son))
    assert hanako.post(page(known, known.son), HANAE | dict(name="見本 太一")).status_code == 303
    with known.app.app_context(), engine().begin() as connection:
        table = Identity.__table__
        (one, his), (other, hers) = connection.execute(sa.select(table.c.id, table.c.name).where(table.c.person_id.is_not(None))).all()
        connection.execute(sa.update(table).where(table.c.id == one).values(name=hers))
        connection.execute(sa.update(table).where(table.c.id == other).values(name=his))
    answer = hanako.get(f"/cases/{known.case}/identity/values?of=all")

    assert answer.status_code == 200
    assert answer.text.count(_("This entry is damaged, or was altered past Kurumaza.")) == 2
    assert "見本" not in answer.text


def test_two_fields_that_change_places_are_found_out(known):
    with known.app.app_context(), unit():
        session.execute(sa.update(Identity.__table__).values(name=Identity.__table__.c.kana, kana=Identity.__table__.c.name))
    with known.app.app_context(), unit(read_only=True):
        assert of_mother().damaged
        with pytest.raises(vault.Damaged):
            _facts = of_mother().facts


def test_what_is_damaged_can_be_written_down_anew(known):
    with known.app.app_context(), unit():
        session.execute(sa.update(Identity.__table__).values(sex=b"\x01" + b"x" * 60))
    hanako = known.browser("hanako")
    before = hanako.get(page(known))
    hanako.post(page(known), HANAE | dict(version="1", name="見本 花枝"))

    assert _("What stood here is damaged and cannot be read. Saving puts what you write now in its place.") in before.text
    assert "見本 花枝" in hanako.get(f"/cases/{known.case}/identity/values?of=all").text


@pytest.mark.parametrize("harm", ["gone", "another", "unreadable"])
def test_without_its_key_nothing_is_shown_or_written_and_everything_else_goes_on(known, tmp_path, harm):
    key, hanako = tmp_path / "identity.key", known.browser("hanako")
    kept = key.read_text()
    if harm == "gone":
        key.unlink()
    else:
        key.write_text("another-key-another-key-another-key-another" if harm == "another" else "x")
    case = f"/cases/{known.case}"
    hanako.get("/names")
    closed = [hanako.get(f"{case}/identity/values?of=all"), hanako.get(page(known)), hanako.post("/names", wanted="見本"),
              hanako.post(page(known, known.son), HANAE), hanako.post(page(known), HANAE | dict(version="1"))]
    still = [hanako.get(where).status_code for where in ("/", case, f"{case}/identity", f"{case}/edit", f"/meetings/{known.meeting}")]
    hanako.get(f"{case}/edit")
    saved = hanako.post(case, {"label": "見本さん世帯", "household_type": "8050", "stage": "plan", "opened_on": "2026-06-17",
                               "people-0-id": known.mother, "people-0-label": "Aさん", "people-1-id": known.son, "people-1-label": "Bさん"})
    left = key.read_text() if key.exists() else None
    key.write_text(kept)

    assert [(each.status_code, _("Names and addresses cannot be shown now.") in each.text, "identity.key" in each.text) for each in closed] == [
        (409, True, True)] * 5
    assert not [each for each in closed[:3] if "花江" in each.text]
    assert still == [200] * 5 and saved.status_code == 303
    assert left != kept and (left is None) == (harm == "gone")  # no new key was made in its place
    assert "見本 花江" in hanako.get(f"{case}/identity/values?of=all").text


def test_two_people_who_write_at_once_are_told(known):
    hanako = known.browser("hanako")
    hanako.get(page(known))
    hanako.post(page(known), HANAE | dict(version="1", sex=""))
    late = hanako.post(page(known), HANAE | dict(version="1", name="見本 別名"))
    first = hanako.post(page(known, known.son), HANAE | dict(version="0"))
    also_first = hanako.post(page(known, known.son), HANAE | dict(version="0", name="見本 別名"))

    assert late.status_code == also_first.status_code == 409 and first.status_code == 303
    assert "見本 別名" in late.text and "見本 花江" in late.text


# -- another key -----------------------------------------------------------------------------------------------------------

def test_a_new_key_seals_everything_anew_and_everybody_is_found_still(known, settings):
    with known.app.app_context(), unit():
        Identity.of(session.get(Case, known.case), None).keep(Facts(address="架空町", telephone="000-9999-0001"), by=session.get(User, known.hanako))
    before = settings.identity_keys()
    settings.renew_identity_key()
    found_between = search(known, "みほん")
    with known.app.app_context(), unit():
        assert rotation.rotate() == 2
    with known.app.app_context(), unit(read_only=True):
        keys, faults = rotation.check()

    assert settings.identity_keys()[1:] == before
    assert faults == [] and list(keys) == [vault.ring().newest.id.hex()]
    assert found_between == search(known, "みほん") == ["見本 花江"]
    assert search(known, "9990001") == [] and search(known, "0001") == [""]
    settings.identity_file.write_text(settings.identity_keys()[0])  # the older key is not needed any more
    assert search(known, "見本") == ["見本 花江"]


def test_the_environment_may_give_the_keys(known, settings, tmp_path):
    from dataclasses import replace

    given = replace(settings, identity_key="a-key-from-the-environment-0123456789")
    vault.use(given)
    with known.app.app_context(), unit():
        rotation.rotate()
    (tmp_path / "identity.key").unlink()
    with known.app.app_context(), unit(read_only=True):
        assert of_mother().facts.name == "見本 花江"
        assert rotation.check()[1] == []


def test_nothing_is_sealed_anew_when_something_cannot_be_read(known, settings):
    with known.app.app_context(), unit():
        session.execute(sa.update(Identity.__table__).values(sex=b"\x01" + b"x" * 60))
    settings.renew_identity_key()
    with known.app.app_context(), pytest.raises(vault.Damaged), unit():
        rotation.rotate()
    with known.app.app_context(), unit(read_only=True):
        assert rotation.check()[1] == [f"identity/{of_mother().id}: damaged"]


def test_a_search_index_that_was_altered_is_told_and_mended_by_a_new_key(known):
    from identities.models import IdentityTerm

    with known.app.app_context(), unit():
        session.execute(sa.delete(IdentityTerm).where(IdentityTerm.hash == sa.select(sa.func.min(IdentityTerm.hash)).scalar_subquery()))
    with known.app.app_context(), unit():
        assert rotation.check()[1] == [f"identity/{of_mother().id}: search index"]
        rotation.rotate()
        assert rotation.check()[1] == []


def test_somebody_who_leaves_the_household_takes_the_name_along(known):
    with known.app.app_context(), unit():
        case = session.get(Case, known.case)
        for consent in case.people[0].consents:
            session.delete(consent)
        session.flush()
        session.expire_all()
        case.people.remove(session.get(HouseholdPerson, known.mother))
    with known.app.app_context(), unit(read_only=True):
        assert session.scalar(sa.select(sa.func.count()).select_from(Identity)) == 0
        assert "removed" in session.scalars(sa.select(audit.AuditRow.act).where(audit.AuditRow.subject.like("identity/%"))).all()


def search(world, typed):
    with world.app.app_context(), unit(read_only=True):
        found = Identity.search(typed, sa.select(Case))
        return [facts.name for _identity, facts in found]


def unpacked(path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as whole:
        return b"".join(whole.read(each) for each in whole.namelist())
