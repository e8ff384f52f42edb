"""The shelf is loaded into the library: once, in exact words, and every wording stays as it was published."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from tests.library.shelves import material, write
from tracker import clock, journal
from tracker.cases.words import PATH
from tracker.db import db
from tracker.library import kits
from tracker.library.actions import load_shelf, months_after
from tracker.library.models import Edition, Material, hash_of
from tracker.library.queries import by_slug, current, shelf
from tracker.library.queries import kits as kits_in_use
from tracker.library.shelf import ShelfUnreadable
from tracker.library.words import MaterialStatus
from tracker.moves import Refused
from tracker.staff.sessions import Program


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_shelf_that_ships_is_loaded_once_and_loading_again_changes_nothing(db_session):
    first = load_shelf(by=Program())
    journal.commit()
    again = load_shelf(by=Program())
    journal.commit()

    assert (len(first.new), first.changed, first.same) == (38, [], 0)
    assert (again.new, again.changed, again.same) == ([], [], 38)
    assert (count(Material), count(Edition)) == (38, 38)


def test_an_edition_is_measured_hashed_and_due_for_review_in_a_year(db_session):
    with clock.travel(datetime(2026, 11, 1, 12, tzinfo=UTC)):
        load_shelf(by=Program())

    for edition in shelf():
        assert edition.sha256 == hash_of(edition.text)
        assert 0 < edition.grade <= 8
        assert edition.review_due_on.isoformat() in ("2027-11-01", "2027-05-01")
        assert not edition.past_review(edition.review_due_on)


def test_changed_words_become_the_next_edition_and_the_one_before_is_superseded(db_session, tmp_path):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    write(tmp_path, material(body="Now it is new.\n"))
    done = load_shelf(tmp_path, by=Program())
    journal.commit()

    found = by_slug("a-leaf", "en")
    assert done.changed == ["A leaf"]
    assert [edition.status for edition in found.editions] == [MaterialStatus.SUPERSEDED, MaterialStatus.PUBLISHED]
    assert found.editions[0].body == "Some words.\n"
    assert current(found).number == 2


def test_a_changed_stage_or_tag_alone_makes_no_edition(db_session, tmp_path):
    write(tmp_path, material())
    load_shelf(tmp_path, by=Program())
    write(tmp_path, material(stages="placement", tags="genetics"))
    load_shelf(tmp_path, by=Program())

    found = by_slug("a-leaf", "en")
    assert len(found.editions) == 1
    assert found.stages == ["placement"]


def test_a_shelf_with_one_unreadable_file_changes_nothing(db_session, tmp_path):
    write(tmp_path, material())
    write(tmp_path, "no fences at all", "b.md")

    with pytest.raises(ShelfUnreadable, match="b.md"):
        load_shelf(tmp_path, by=Program())
    assert count(Material) == 0


def test_a_text_above_grade_eight_is_refused(db_session, tmp_path):
    write(tmp_path, material(body="Notwithstanding considerable methodological heterogeneity, investigations demonstrate deterioration.\n"))

    with pytest.raises(Refused, match="grade"):
        load_shelf(tmp_path, by=Program())


@pytest.mark.parametrize("changes", [{"body": "x"}, {"title": "x"}, {"sha256": "0" * 64}, {"number": 9}])
def test_the_database_refuses_to_change_a_published_edition(db_session, changes):
    load_shelf(by=Program())
    journal.commit()

    with pytest.raises(DBAPIError, match="stays as it was"):
        db_session.execute(update(Edition).values(**changes))
    db_session.rollback()
    with pytest.raises(DBAPIError, match="stays as it was"):
        db_session.execute(Edition.__table__.delete())
    db_session.rollback()


def test_the_kits_that_ship_are_made_once_in_both_languages_and_a_retired_one_stays_away(db_session):
    load_shelf(by=Program())
    made = kits.load_kits(by=Program())
    journal.commit()

    assert made == 18 and {kit.language for kit in kits_in_use()} == {"en", "es"}
    assert {kit.stage for kit in kits_in_use()} == {stage.value for stage in PATH}
    assert all(item.material.language == kit.language for kit in kits_in_use() for item in kit.items)
    kits.retire(kits_in_use()[0], by=Program())
    journal.commit()
    assert kits.load_kits(by=Program()) == 0 and len(kits_in_use()) == 17


def test_a_kit_whose_materials_are_not_all_there_is_not_made(db_session, tmp_path):
    write(tmp_path, material())
    (tmp_path / "kits.toml").write_text('[[kit]]\nstage = "inquiry"\nen = "One"\nmaterials = ["a-leaf", "no-leaf"]\n')
    load_shelf(tmp_path, by=Program())
    assert kits.load_kits(tmp_path, by=Program()) == 0
    (tmp_path / "kits.toml").write_text('[[kit]]\nstage = "inquiry"\nen = "One"\nmaterials = ["a-leaf"]\n')
    assert kits.load_kits(tmp_path, by=Program()) == 1


def test_a_year_later_is_the_same_day_or_the_month_s_last():
    assert months_after(datetime(2024, 2, 29).date(), 12).isoformat() == "2025-02-28"
    assert months_after(datetime(2026, 11, 30).date(), 3).isoformat() == "2027-02-28"
