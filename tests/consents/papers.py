"""Consents for tests: Marcus's release to a program, complete unless a test takes something out."""

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from tests.placements.family import Home
from tracker import clock
from tracker.consents.actions import ConsentFacts, record
from tracker.consents.models import Consent
from tracker.consents.words import ConsentType, DisclosurePurpose, InfoCategory, SignatureMethod, SignerCapacity
from tracker.directory.programs.models import Program
from tracker.people.models import Person

ORG = "America/New_York"


def facts(signer: Person, *programs: Program, kind: ConsentType = ConsentType.ROI_OUTBOUND, **changes: Any) -> ConsentFacts:
    """A release with every element of 42 CFR 2.31(a), for ninety days."""
    today = clock.today(ORG)
    whole: dict[str, Any] = {
        "types": (kind,),
        "giver": signer,
        "signer_capacity": SignerCapacity.SELF,
        "signer_name": signer.name,
        "signature_method": SignatureMethod.WET_SCAN,
        "signed_on": today,
        "info_categories": (InfoCategory.IDENTITY_CONTACT, InfoCategory.REFERRAL_NEEDS),
        "programs": list(programs),
        "purpose": DisclosurePurpose.REFERRAL_COORDINATION,
        "revocation_told": True,
        "expires_on": today + timedelta(days=90),
    }
    return ConsentFacts(**(whole | changes))


def release(cast: Cast, home: Home, *programs: Program, **changes: Any) -> Consent:
    """Marcus's own release to some programs, recorded by Maya."""
    return record(home.case, home.marcus, facts(home.marcus, *programs, **changes), by=cast.actor("maya"))[0]
