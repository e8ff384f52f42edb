"""What may be done with programs: add, change, confirm with whoever answers there, keep what they said about places."""

from dataclasses import dataclass

from tracker import clock, journal, places
from tracker.db import db
from tracker.directory.programs import queries
from tracker.directory.programs.models import Capacity, Program, Provider, Site
from tracker.directory.programs.words import CapacityStatus, CareAttribute, LevelOfCare, NarrLevel, Payment, ProgramStatus, Serves, VerifiedHow
from tracker.folding import fold
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.moves import Refused

ADDED = journal.verb("program.added", Kind.CHANGE, "building-community", "Program added: {name}")
CHANGED = journal.verb("program.changed", Kind.CHANGE, "building-community", "Program changed: {name}")
CONFIRMED = journal.verb("program.confirmed", Kind.CHANGE, "check", "Program confirmed: {name}, {how}. {note}")
PLACES_TOLD = journal.verb("program.places_told", Kind.CHANGE, "building-community", "Places at {name}: {status}")


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """A program with its provider and place, as a form says it. Phone and fax are E.164, languages BCP 47."""

    provider: str
    name: str
    level_of_care: LevelOfCare
    zip_code: str
    phone: str = ""
    fax: str = ""
    website: str = ""
    coi_disclosure: str = ""
    narr_level: NarrLevel | None = None
    payments: tuple[Payment, ...] = ()
    attributes: tuple[CareAttribute, ...] = ()
    serves: tuple[Serves, ...] = ()
    serves_note: str = ""
    age_from: int | None = None
    age_to: int | None = None
    languages: tuple[str, ...] = ("en",)
    address: str = ""
    address_confidential: bool = False
    alert: str = ""
    notes: str = ""
    status: ProgramStatus = ProgramStatus.ACTIVE


OF_PROGRAM = ("level_of_care", "narr_level", "serves_note", "age_from", "age_to", "phone", "fax", "alert", "notes", "status")


def add_program(facts: ProgramFacts, *, by: Someone) -> Program:
    """Add a program that staff heard of. It counts as not confirmed until somebody confirms it.

    Raises:
        Refused: the facts do not go together, or it is listed already.
    """
    _check(facts)
    provider = _provider(facts)
    if queries.twin(provider, fold(facts.name), facts.zip_code):
        raise Refused("name", f"{facts.name} is in the directory already at this ZIP.")
    program = Program(provider=provider, created_at=clock.now(), payments=[], attributes=[], serves=[], languages=[])
    _put(program, provider, facts)
    db.session.add(program)
    db.session.flush()
    journal.record(ADDED, by=by, about=program, name=program.name)
    return program


def change_program(program: Program, facts: ProgramFacts, *, by: Someone) -> None:
    """Change what the directory says of a program. Raises Refused."""
    _check(facts)
    provider = _provider(facts)
    other = queries.twin(provider, fold(facts.name), facts.zip_code)
    if other is not None and other is not program:
        raise Refused("name", f"{facts.name} is in the directory already at this ZIP.")
    program.provider = provider
    _put(program, provider, facts)
    journal.record(CHANGED, by=by, about=program, name=program.name)


def confirm(program: Program, how: VerifiedHow, note: str = "", *, by: Someone) -> None:
    """Somebody asked the program, and what the directory says of it is true now.

    Args:
        note: whom they spoke with, by role.
    """
    program.verified_at, program.verified_how, program.verified_by_id = clock.now(), how, by.id
    program.verified_note = note.strip() or None
    journal.record(CONFIRMED, by=by, about=program, name=program.name, how=how.label.lower(), note=note.strip())


def tell_places(
    program: Program, status: CapacityStatus, *, by: Someone, available: int | None = None, maximum: int | None = None, wait_days: int | None = None
) -> Capacity:
    """Keep what a program said about places; asked without a word about anybody. Believed for a day.

    Raises:
        Refused: more places open than there are.
    """
    if available is not None and maximum is not None and available > maximum:
        raise Refused("available", "Enter no more places open than there are.")
    told = Capacity(program_id=program.id, status=status, as_of=clock.now(), available=available, maximum=maximum, wait_days=wait_days, by_id=by.id)
    db.session.add(told)
    journal.record(PLACES_TOLD, by=by, about=program, name=program.name, status=status)
    return told


def _check(facts: ProgramFacts) -> None:
    if (facts.level_of_care is LevelOfCare.RECOVERY_RESIDENCE) != (facts.narr_level is not None):
        sentence = "Choose the type of residence (NARR level)." if facts.narr_level is None else "A NARR level belongs to a recovery residence only."
        raise Refused("narr_level", sentence)
    if facts.age_from is not None and facts.age_to is not None and facts.age_from > facts.age_to:
        raise Refused("age_to", "Enter a highest age that is not below the lowest.")
    if not facts.languages:
        raise Refused("languages", "Choose the languages spoken.")


def _provider(facts: ProgramFacts) -> Provider:
    folded = fold(facts.provider)
    provider = queries.provider_named(folded)
    if provider is None:
        provider = Provider(name=facts.provider, folded_name=folded, created_at=clock.now())
        db.session.add(provider)
    provider.website, provider.coi_disclosure = facts.website or provider.website or "", facts.coi_disclosure or provider.coi_disclosure or ""
    db.session.flush()
    return provider


def _put(program: Program, provider: Provider, facts: ProgramFacts) -> None:
    program.name, program.folded_name = facts.name, fold(facts.name)
    for name in OF_PROGRAM:
        setattr(program, name, getattr(facts, name))
    program.payments, program.attributes = list(facts.payments), list(facts.attributes)
    program.serves, program.languages = list(facts.serves), list(facts.languages)
    program.site = queries.same_site(provider, facts.address, facts.zip_code, facts.address_confidential) or _site(provider, facts)


def _site(provider: Provider, facts: ProgramFacts) -> Site:
    here = places.place(facts.zip_code)
    site = Site(
        provider_id=provider.id, address=facts.address, address_confidential=facts.address_confidential, zip_code=facts.zip_code,
        city=here.city if here else "", state=here.state if here else "",
        latitude=here.point.latitude if here else None, longitude=here.point.longitude if here else None,
    )  # fmt: skip
    db.session.add(site)
    db.session.flush()
    return site
