"""The life of a material in the browser: written, reviewed, published, compared, confirmed, retired; kits; shelves in and out."""

import io
import zipfile

import pytest
from sqlalchemy import select

from tests.library.test_files import heavy, pdf
from tracker.cases.words import PATH
from tracker.db import db
from tracker.journal.models import Entry
from tracker.library import exchange, kit_views, queries
from tracker.library.actions import load_shelf
from tracker.library.forms import SUGGESTED
from tracker.library.models import Edition, Kit, Material
from tracker.library.words import MaterialStatus
from tracker.people.models import Kinship
from tracker.staff.sessions import Program

NEW = {
    "title": "The first week home", "summary": "What helps in the first week.", "topic": "family_self_care", "audience": "family", "kind": "handout",
    "body": "Keep it calm. Eat and sleep.\n", "source": "Our own words", "licence": "CC BY 4.0", "months": "12", "language": "en",
}  # fmt: skip


def begun(client, **changes):
    return client.submit(client.get("/library/new"), "wording", status=200, **{**NEW, **changes})


def one():
    db.session.rollback()
    return db.session.scalars(select(Material).order_by(Material.id.desc())).first()


def published(priya, ruth, **changes):
    begun(priya, **changes)
    at = f"/library/{one().public_id}"
    priya.post(f"{at}/review", status=200)
    return at, ruth.post(f"{at}/publication", status=200)


def test_a_material_is_drafted_reviewed_and_published_by_another_right(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    at, opened = published(priya, ruth)
    edition = db.session.scalars(select(Edition)).one()
    assert (edition.number, edition.status, edition.grade < 6) == (1, MaterialStatus.PUBLISHED, True)
    assert edition.sha256 in opened.text
    assert priya.post(f"{at}/publication", follow=False).status == 403
    assert list(db.session.scalars(select(Entry.verb).where(Entry.verb.startswith("library.")).order_by(Entry.number))) == [
        "library.begun", "library.review", "library.published",
    ]  # fmt: skip


def test_a_new_version_is_compared_word_by_word_and_takes_the_place_of_the_first(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    at, _ = published(priya, ruth)
    copy = priya.get(f"{at}/wording")
    priya.submit(copy, "wording", body="Keep it quiet. Eat and sleep.\n", status=200)
    compared = priya.get(f"{at}/comparison", to="copy")
    assert ([node.text for node in compared.page.all("del")], [node.text for node in compared.page.all("ins")]) == (["calm."], ["quiet."])
    priya.post(f"{at}/review", status=200)
    ruth.post(f"{at}/publication", status=200)
    db.session.rollback()
    assert [one.status for one in db.session.scalars(select(Edition).order_by(Edition.number))] == [MaterialStatus.SUPERSEDED, MaterialStatus.PUBLISHED]


def test_an_older_page_does_not_overwrite_another_ones_words(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    begun(priya)
    at = f"/library/{one().public_id}/wording"
    theirs = ruth.get(at)
    priya.submit(priya.get(at), "wording", body="Hers.\n", status=200)
    answer = ruth.submit(theirs, "wording", body="Mine.\n")
    assert answer.status == 409
    assert "Mine." in answer.text
    assert "Hers." in answer.text


def test_the_preview_shows_the_grade_and_takes_no_markup(client_of):
    priya = client_of("priya")
    priya.get("/library/new")
    hard = "Notwithstanding aforementioned considerations, interdisciplinary rehabilitation necessitates comprehensive organizational participation. "
    shown = priya.post("/library/preview", {"body": f"<script>x</script> [a](javascript:alert(1)) {hard}", "language": "en"}, htmx=True)
    assert "<script" not in shown.body.decode()
    assert "javascript:" not in {node.get("href") for node in shown.page.all("a")}
    assert "Above 8" in shown.text
    assert "Crawford" in priya.post("/library/preview", {"body": "Hable con calma.", "language": "es"}, htmx=True).text


def test_what_reads_above_grade_eight_needs_a_reason(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    begun(priya, body="Interdisciplinary organizational rehabilitation necessitates comprehensive participation.\n")
    at = f"/library/{one().public_id}"
    priya.post(f"{at}/review", status=200)
    assert "above 8" in ruth.post(f"{at}/publication", status=422).text


@pytest.mark.parametrize(
    ("field", "bad"),
    [("title", ""), ("source", ""), ("kind", "pigeon"), ("link", "javascript:alert(1)"), ("slug", "Not A Slug"), ("body", "x" * 60_001), ("title", "a\x00b")],
)
def test_bad_input_is_answered_beside_its_field_and_keeps_the_words(client_of, field, bad):
    priya = client_of("priya")
    answer = priya.submit(priya.get("/library/new"), "wording", **{**NEW, "summary": "Keep these words", field: bad})
    assert answer.status == 422
    assert field in answer.errors()
    assert "Keep these words" in answer.body.decode()
    assert one() is None


def upload(client, at, data, name="a.pdf", **more):
    client.get(f"{at}/wording")
    return client.post(f"{at}/file", {"file": [(io.BytesIO(data), name)], **more})


def test_a_pdf_of_several_megabytes_is_kept_and_one_that_is_too_large_changes_nothing(client_of):
    priya = client_of("priya")
    begun(priya, kind="file", body="")
    at = f"/library/{one().public_id}"
    large = pdf(2, heavy)
    assert len(large) > 5_000_000
    assert upload(priya, at, large).status == 200
    assert queries.at_work()[0].file_pages == 2
    assert upload(priya, at, b"%PDF-" + b"x" * 100_000_000).status == 413
    assert "neither a PDF" in upload(priya, at, b"PK\x03\x04", "a.pdf").text
    db.session.rollback()
    assert queries.at_work()[0].file_pages == 2


def test_it_is_confirmed_kept_and_retired_with_a_reason(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    at, _ = published(priya, ruth)
    page = ruth.get(at)
    page = ruth.submit(page, f"{at}/confirmations", months="24", status=200)
    assert "last looked through" in page.text
    assert ruth.submit(page, f"{at}/retirement", why="").status == 422
    ruth.submit(page, f"{at}/retirement", why="The law changed", status=200)
    assert "Retired" in ruth.get("/library").text
    assert queries.shelf() == []


def test_a_kit_is_made_changed_and_used_no_more(client_of):
    priya, ruth = client_of("priya"), client_of("ruth")
    published(priya, ruth)
    key = str(one().public_id)
    form = {"title": "First days", "stage": "follow_up", "kinship": "parent", "language": "en"}
    assert priya.submit(priya.get("/library/kits/new"), "kit", **form).status == 422
    opened = priya.submit(priya.get("/library/kits/new"), "kit", chosen=[key], status=200, **form)
    assert "First days" in opened.text
    kit = db.session.scalars(select(Kit)).one().public_id
    priya.submit(priya.get(f"/library/kits/{kit}"), "kit", title="First week", status=200)
    priya.post(f"/library/kits/{kit}/retirement", status=200)
    assert "No kits are made yet" in priya.get("/library/kits").text


def test_a_saved_shelf_taken_in_elsewhere_makes_drafts_and_here_changes_nothing(client_of, db_session):
    load_shelf(by=Program())
    db.session.commit()
    saved = exchange.export(queries.shelf())
    assert saved == exchange.export(queries.shelf())
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        linked = archive.read("shelf.jsonld")
    for data in (saved, linked):
        taken = exchange.take(data, "x", by=Program())
        assert (len(taken.new), len(taken.changed), taken.same, taken.refused) == (0, 0, 38, [])
    changed = saved_with(saved, b"Some other words.\n")
    taken = exchange.take(changed, "x", by=Program())
    assert (len(taken.new), len(taken.changed), taken.same) == (0, 1, 37)
    assert [copy.status for copy in queries.at_work()] == [MaterialStatus.IN_REVIEW]


def saved_with(saved, more):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (more if name == "en/how-to-talk.md" else b""))
    return made.getvalue()


def test_the_stages_and_relations_of_the_library_are_those_of_cases_and_people():
    assert dict(SUGGESTED) == {stage.value: stage.label for stage in PATH}
    assert dict(kit_views.KINSHIPS).items() <= dict(Kinship.choices()).items()
