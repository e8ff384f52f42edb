"""Invented programs for tests, in Wisconsin."""

from typing import Any

from tests.cast import Cast
from tracker.directory.programs.actions import ProgramFacts, add_program, confirm
from tracker.directory.programs.models import Program
from tracker.directory.programs.words import LevelOfCare, VerifiedHow


def program(cast: Cast, name: str = "Stone Bridge", zip_code: str = "53703", confirmed: bool = True, **facts: Any) -> Program:
    """Add a program, confirmed by phone now unless told otherwise."""
    facts = {"level_of_care": LevelOfCare.RESIDENTIAL_SHORT, "phone": "+16085550142", "fax": "+16085550143", "provider": name, **facts}
    made = add_program(ProgramFacts(name=name, zip_code=zip_code, **facts), by=cast.actor("maya"))
    if confirmed:
        confirm(made, VerifiedHow.PHONE, by=cast.actor("maya"))
    return made
