"""What may be told to a program: only under a whole consent of the person's own that names it and holds today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.consents.papers import facts, release
from tests.directory.programs import program
from tests.placements.family import make_home
from tracker import clock, journal
from tracker.consents import actions, queries
from tracker.consents.models import Disclosure
from tracker.consents.words import ConsentElement, ConsentStatus, ConsentType, DisclosurePurpose, InfoCategory, SignatureMethod, SignerCapacity
from tracker.db import db
from tracker.moves import Refused
from tracker.people.models import AgeBand

NOW = datetime(2026, 11, 24, 15, 14, tzinfo=UTC)
IDENTITY = [InfoCategory.IDENTITY_CONTACT]


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def home(cast):
    return make_home(cast)


@pytest.fixture
def bridge(cast):
    return program(cast)


def ask(home, to, what=IDENTITY, at=NOW):
    return queries.may_disclose(what, to, home.marcus, at=at)


def test_nothing_on_file_opens_nothing(home, bridge):
    answer = ask(home, bridge)
    assert not answer.yes
    assert "Marcus" in answer.reason


def test_his_own_whole_consent_that_names_it_opens_it(cast, home, bridge):
    given = release(cast, home, bridge)
    answer = ask(home, bridge)
    assert answer.yes
    assert answer.consent is given
    assert given.status is ConsentStatus.ACTIVE


def test_another_program_is_not_named_by_it(cast, home, bridge):
    release(cast, home, bridge)
    answer = ask(home, program(cast, "Marsh Point", "53545"))
    assert not answer.yes
    assert answer.reason == "Marcus's consent does not name Marsh Point. It covers Stone Bridge only."


def test_a_consent_about_somebody_else_does_not_count(cast, home, bridge):
    actions.record(home.case, home.linh, facts(home.linh, bridge), by=cast.actor("maya"))
    assert not ask(home, bridge).yes


def test_only_what_it_covers_may_be_told(cast, home, bridge):
    release(cast, home, bridge)
    answer = ask(home, bridge, [InfoCategory.IDENTITY_CONTACT, InfoCategory.INSURANCE])
    assert not answer.yes
    assert answer.uncovered == (InfoCategory.INSURANCE,)


@pytest.mark.parametrize(
    ("without", "element"),
    [
        ({"info_categories": ()}, ConsentElement.INFORMATION),
        ({"purpose": None}, ConsentElement.PURPOSE),
        ({"revocation_told": False}, ConsentElement.RIGHT_TO_REVOKE),
        ({"expires_on": None}, ConsentElement.EXPIRY),
        ({"signature_method": None}, ConsentElement.SIGNATURE),
        ({"signature_method": SignatureMethod.VERBAL_DOCUMENTED}, ConsentElement.SIGNATURE),
        ({"signed_on": None}, ConsentElement.DATE_SIGNED),
    ],
)
def test_one_that_lacks_an_element_is_kept_opens_nothing_and_says_what_is_missing(cast, home, bridge, without, element):
    given = release(cast, home, bridge, **without)
    answer = ask(home, bridge, [])
    assert given.status is ConsentStatus.DRAFT
    assert not answer.yes
    assert answer.missing == (element,)
    assert element.label.lower() in answer.reason


def test_an_event_instead_of_a_day_ends_it_too(cast, home, bridge):
    release(cast, home, bridge, expires_on=None, expires_event="End of treatment")
    assert ask(home, bridge).yes


def test_to_a_program_and_from_it_are_two_ways(cast, home, bridge):
    release(cast, home, bridge, kind=ConsentType.ROI_INBOUND)
    assert not ask(home, bridge).yes
    assert queries.may_be_told(bridge, home.marcus, at=NOW).yes
    actions.record(home.case, home.marcus, facts(home.marcus, bridge, kind=ConsentType.ROI_MUTUAL), by=cast.actor("maya"))
    assert ask(home, bridge).yes


def test_it_holds_through_its_last_day_on_the_organizations_calendar(cast, home, bridge):
    release(cast, home, bridge, expires_on=date(2026, 11, 30))
    evening = datetime(2026, 12, 1, 4, 59, tzinfo=UTC)  # 11:59 PM of the 30th in New York
    assert ask(home, bridge, at=evening).yes
    answer = ask(home, bridge, at=evening + timedelta(minutes=1))
    assert not answer.yes
    assert "ended Nov 30" in answer.reason


def test_one_that_ended_yesterday_counts_as_none(cast, home, bridge):
    release(cast, home, bridge, expires_on=date(2026, 11, 24))
    with clock.travel(NOW + timedelta(days=1)):
        assert not ask(home, bridge, at=clock.now()).yes
        assert queries.in_force(home.marcus.id, ConsentType.ROI_OUTBOUND) is None


def test_a_withdrawn_one_stops_the_future(cast, home, bridge):
    given = release(cast, home, bridge)
    actions.withdraw(given, home.case, "By phone", by=cast.actor("ben"))
    answer = ask(home, bridge)
    assert not answer.yes
    assert "withdrawn Nov 24" in answer.reason
    with pytest.raises(Refused):
        actions.withdraw(given, home.case, "Again", by=cast.actor("ben"))


def test_a_declined_one_is_kept_and_opens_nothing(cast, home, bridge):
    given = release(cast, home, bridge, declined=True)
    assert given.status is ConsentStatus.REFUSED
    assert not ask(home, bridge).yes


def test_a_new_one_takes_the_place_of_the_old(cast, home, bridge):
    old = release(cast, home, bridge)
    new = release(cast, home, bridge)
    assert old.status is ConsentStatus.SUPERSEDED
    assert new.supersedes_id == old.id
    assert ask(home, bridge).consent is new


@pytest.mark.parametrize("capacity", list(SignerCapacity))
def test_a_relatives_signature_never_opens_it(cast, home, bridge, capacity):
    """Linh is his mother; Marcus is 18 to 25. As herself, as parent, or claiming another right without a paper: no."""
    with pytest.raises(Refused) as refused:
        release(cast, home, bridge, giver=home.linh, signer_name="Linh", signer_capacity=capacity)
    assert refused.value.field == "signer_capacity"
    assert not ask(home, bridge).yes


def test_a_signer_whom_the_law_authorizes_opens_it_with_what_shows_it(cast, home, bridge):
    release(
        cast, home, bridge, giver=None, signer_name="A guardian", signer_capacity=SignerCapacity.COURT_APPOINTED, evidence="Letters of guardianship, drawer 2"
    )  # fmt: skip
    assert ask(home, bridge).yes


def test_a_parent_signs_for_a_child_only_with_what_shows_it(cast, home, bridge):
    home.marcus.age_band = AgeBand.TEEN
    parent = {"giver": home.linh, "signer_name": "Linh", "signer_capacity": SignerCapacity.PARENT_GUARDIAN}
    with pytest.raises(Refused):
        release(cast, home, bridge, **parent)
    release(cast, home, bridge, **parent, evidence="State form, both signed")
    assert ask(home, bridge).yes


def test_even_a_row_that_slipped_in_with_a_relatives_signature_opens_nothing(cast, home, bridge):
    given = release(cast, home, bridge)
    given.giver, given.giver_id, given.signer_name = home.linh, home.linh.id, "Linh"
    db.session.flush()
    answer = ask(home, bridge)
    assert not answer.yes
    assert "Linh cannot sign for Marcus" in answer.reason


def test_legal_proceedings_are_never_combined(cast, home, bridge):
    with pytest.raises(Refused):
        release(cast, home, bridge, types=(ConsentType.PROCEEDINGS, ConsentType.ROI_OUTBOUND))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"types": ()}, "types"),
        ({"signer_capacity": None}, "signer_capacity"),
        ({"signer_name": " "}, "signer_name"),
        ({"signed_on": date(2026, 11, 25)}, "signed_on"),
        ({"expires_on": date(2026, 11, 23)}, "expires_on"),
    ],
)
def test_what_cannot_be_a_consent_is_refused(cast, home, bridge, changes, field):
    with pytest.raises(Refused) as refused:
        release(cast, home, bridge, **changes)
    assert refused.value.field == field


def test_a_disclosure_asks_the_gate_itself_and_is_never_changed(cast, home, bridge):
    deed = {
        "purpose": DisclosurePurpose.REFERRAL_COORDINATION, "way": "Fax", "recipient_at": "(608) 555-0143", "referral_id": None, "by": cast.actor("maya"),
    }  # fmt: skip
    told = [(InfoCategory.IDENTITY_CONTACT, "First name: Marcus")]
    with pytest.raises(Refused):
        actions.disclose(home.case, home.marcus, bridge, told, **deed)
    assert queries.disclosures(home.case.id) == []
    given = release(cast, home, bridge)
    actions.disclose(home.case, home.marcus, bridge, told, **deed)
    journal.commit()
    [row] = queries.disclosures(home.case.id)
    assert (row.recipient, row.told, row.consent_id) == ("Stone Bridge", ["First name: Marcus"], given.id)
    for sentence in ("UPDATE disclosures SET recipient = 'Other'", "DELETE FROM disclosures"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(sentence))
        db.session.rollback()
    assert db.session.query(Disclosure).count() == 1


def test_follow_up_permission_is_the_last_thing_said_by_the_person(cast, home):
    given = release(cast, home, kind=ConsentType.FOLLOWUP_CONSENT, expires_on=None, signature_method=SignatureMethod.VERBAL_DOCUMENTED)
    assert queries.in_force(home.marcus.id, ConsentType.FOLLOWUP_CONSENT) is given
    assert queries.in_force(home.linh.id, ConsentType.FOLLOWUP_CONSENT) is None
    release(cast, home, kind=ConsentType.FOLLOWUP_CONSENT, declined=True)
    assert queries.in_force(home.marcus.id, ConsentType.FOLLOWUP_CONSENT) is None
