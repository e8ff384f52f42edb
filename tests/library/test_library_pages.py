"""The library's pages: what is on the shelf, and one material with its proof."""

import hashlib
from types import SimpleNamespace

import pytest

from tests.library.shelves import material, write
from tracker import journal
from tracker.library.actions import load_shelf
from tracker.library.queries import shelf
from tracker.staff.sessions import Program


@pytest.fixture
def loaded(cast):
    load_shelf(by=Program())
    journal.commit()
    return {
        edition.material.slug: SimpleNamespace(
            key=edition.material.public_id, title=edition.title, sha256=edition.sha256, grade=edition.grade, source=edition.source
        )
        for edition in shelf()
    }


@pytest.mark.parametrize("who", ["maya", "priya", "ruth", "omar"])
def test_whoever_reads_the_library_finds_every_material(client_of, loaded, who):
    opened = client_of(who).get("/library")

    for edition in loaded.values():
        assert f"/library/{edition.key}" in opened.body.decode()
        assert edition.title in opened.text


def test_an_empty_library_says_how_it_is_filled(client_of):
    assert "flask library load" in client_of("maya").get("/library").text


def test_a_material_shows_its_text_grade_source_and_hash(client_of, loaded):
    edition = loaded["signs-to-watch-for"]

    opened = client_of("maya").get(f"/library/{edition.key}")
    for words in (edition.sha256, f"grade {edition.grade}", edition.source, "☐ Their sleep has changed", "call or text 988", "CC BY 4.0"):
        assert words in opened.text


def test_the_text_file_has_the_hash_that_names_it(client_of, loaded):
    edition = loaded["how-to-talk"]

    answer = client_of("priya").get(f"/library/{edition.key}/editions/1/text")
    assert hashlib.sha256(answer.body).hexdigest() == edition.sha256


def test_an_earlier_edition_stays_readable_and_says_that_it_is_superseded(client_of, cast, tmp_path):
    for body in ("Some words.\n", "Now it is new.\n"):
        write(tmp_path, material(body=body))
        load_shelf(tmp_path, by=Program())
    journal.commit()
    key = shelf()[0].material.public_id

    client = client_of("maya")
    assert "Now it is new" in client.get(f"/library/{key}").text
    before = client.get(f"/library/{key}/editions/1").text
    assert "Some words" in before
    assert "Superseded" in before
    client.get(f"/library/{key}/editions/3", status=404)


def test_an_admin_has_no_library_and_an_unknown_material_is_not_there(client_of, loaded):
    client_of("ada").get("/library", status=403)
    client_of("maya").get("/library/00000000-0000-4000-8000-000000000000", status=404)
