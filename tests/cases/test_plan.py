"""The plan tailored to the person: in their words, by the vocabulary, with who helps; earlier versions stay."""

import pytest
from sqlalchemy import select

from tracker.cases.models import Plan
from tracker.cases.words import PlanLimit, PlanOpenness
from tracker.db import db

FIRST = {
    "what_matters": "“I want to sleep again.”",
    "openness": ["outpatient", "peer_support"],
    "limits": ["work"],
    "limits_note": "works weekends",
    "who_0": "Andre",
    "what_0": "drives him on Tuesdays",
    "by_0": "2026-12-01",
}


def write(client, walkers, status=200, **said):
    page = client.get(f"{walkers.url}/plan")
    return client.submit(page, "deed", status=status, **said)


def plans():
    return db.session.scalars(select(Plan).order_by(Plan.number)).all()


def test_it_keeps_their_words_openness_limits_and_who_helps(maya, walkers):
    write(maya, walkers, **FIRST)
    plan = plans()[0]
    assert plan.what_matters == "“I want to sleep again.”"
    assert (plan.openness, plan.limits) == ([PlanOpenness.OUTPATIENT, PlanOpenness.PEER_SUPPORT], [PlanLimit.WORK])
    assert plan.helpers == [{"who": "Andre", "what": "drives him on Tuesdays", "by": "2026-12-01"}]
    shown = maya.get(walkers.url).at("panel-plan").text
    assert "I want to sleep again" in shown and "drives him on Tuesdays" in shown and "Outpatient" in shown


def test_earlier_versions_stay_readable(maya, walkers):
    write(maya, walkers, **FIRST)
    write(maya, walkers, what_matters="“Sleep, and my sister's wedding.”")
    assert [plan.number for plan in plans()] == [1, 2]
    text = maya.get(f"{walkers.url}/plans").text
    assert "I want to sleep again" in text and "my sister's wedding" in text
    assert plans()[1].helpers == plans()[0].helpers  # what stood in the form stays


def test_the_second_of_two_writers_sees_both_texts(maya, client_of, walkers):
    ruth = client_of("ruth")
    hers, ruths = maya.get(f"{walkers.url}/plan"), ruth.get(f"{walkers.url}/plan")
    ruth.submit(ruths, "deed", status=200, what_matters="Ruth heard: her garden")
    answer = maya.submit(hers, "deed", status=409, what_matters="Maya heard: his music", openness=["outpatient"])
    texts = [area.text for area in answer.page.all("textarea")]
    assert "Ruth heard: her garden" in texts and "Maya heard: his music" in texts and "Outpatient" in texts
    assert "Ruth Lindqvist" in answer.text
    assert [plan.what_matters for plan in plans()] == ["Ruth heard: her garden"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "what_matters"),
        ({"what_0": "drives him"}, "who_0"),
        ({"who_0": "Andre"}, "what_0"),
        ({"by_0": "2026-12-01", "what_matters": "sleep"}, "who_0"),
        ({"who_0": "Andre", "what_0": "drives", "by_0": "soon"}, "by_0"),
        ({"what_matters": "x" * 4001}, "what_matters"),
        ({"what_matters": "sleep\x00"}, "what_matters"),
        ({"openness": ["a_spa"]}, "openness"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(maya, walkers, said, field):
    answer = write(maya, walkers, status=422, **said)
    assert field in answer.errors()
    assert not plans()


def test_only_those_who_work_with_the_case_read_its_versions(client_of, walkers):
    walkers.again()
    client_of("ben").get(f"{walkers.url}/plans")
    client_of("luis").get(f"{walkers.url}/plans", status=404)
    client_of("omar").get(f"{walkers.url}/plans", status=403)
    client_of("priya").get(f"{walkers.url}/plans", status=403)
