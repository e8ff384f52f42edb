"""What reaches the desk besides cases: calls that are none, and inquiries that nobody has taken yet."""

from collections.abc import Generator
from datetime import datetime

from sqlalchemy import select

from tracker.cases.access import ROW
from tracker.cases.models import Case
from tracker.db import db
from tracker.demo import invented
from tracker.demo.ground import World
from tracker.inquiries import actions
from tracker.inquiries.told import Told
from tracker.inquiries.words import DangerAnswer, InquirerRelationship, InquiryChannel, InquiryDisposition, Want
from tracker.packets import actions as packets
from tracker.packets import content, leaving
from tracker.packets.words import Leaving

D = InquiryDisposition
HANDED = 12  # packets of the last evening
NO_CASE = [
    (D.WRONG_NUMBER, "", ""),
    (D.HANG_UP, "", ""),
    (D.SPAM_SALES, "", ""),
    (D.INFORMATION_ONLY, "Ines", "Asked whether there is a family group on Saturdays. Told her of two."),
    (D.SILENT, "", ""),
    (D.INFORMATION_ONLY, "", "A school nurse asked for our address, for the notice board."),
    (D.TRANSFERRED, "Omar", "Looked for a tenant advice line. Gave him the city's number."),
    (D.PRANK_OR_ABUSIVE, "", ""),
    (D.REFERRAL_GIVEN, "Tova", "Wanted the number of a clinic near her sister. Gave three."),
]


def calls_that_are_none(world: World, families: int) -> Generator[datetime, None, None]:
    """Calls of the year that are no case: counted, or kept with a line of what was asked. About one to two for every family."""
    chance = world.chance("calls")
    who = [one for one in world.people.values() if one.team_ids and one.role.value == "coordinator"]
    moments = sorted(world.moment(chance.randint(1, 360), f"{chance.randint(8, 18):02d}:{chance.randint(0, 59):02d}") for _ in range(families * 3 // 2))
    for moment in moments:
        yield moment
        disposition, name, words = chance.choice(NO_CASE)
        by = chance.choice(who)
        if words:
            actions.keep_only(Told(name=name, words=words, danger=DangerAnswer.NO), disposition, by=by)
        else:
            actions.count(Told(), disposition, by=by)


def unclaimed(world: World) -> Generator[datetime, None, None]:
    """Inquiries of the last night that wait for somebody: web forms and missed calls, for both teams."""
    maya, luis = world.people["maya"], world.people["luis"]
    waiting = [
        (
            "21:50",
            maya,
            InquiryChannel.WEB_FORM,
            "Greta Fairley",
            "her brother",
            2,
            "My brother has changed since he lives alone. May I write first, and talk later?",
        ),
        ("22:05", luis, InquiryChannel.VOICEMAIL, "", "", 12, "A voice asks for a call back after nine. Sounds tired, not afraid."),
        ("23:20", maya, InquiryChannel.VOICEMAIL, "Amir", "his wife", 4, "Missed call, no message left."),
    ]
    for at, by, channel, name, about, town, words in waiting:
        yield world.moment(1, at)
        area = invented.TOWNS[town].area
        told = Told(
            channel=channel, name=name, person_name=about, words=words, phone=f"+1{area}5550119", phone_typed=f"({area}) 555-0119",
            zip_code=invented.TOWNS[town].zip_code, relation=InquirerRelationship.UNKNOWN, wants=[Want.TALK],
        )  # fmt: skip
        actions.keep_only(told, None, by=by)


def packets_of_the_evening(world: World) -> Generator[datetime, None, None]:
    """A few packets with their real pages, handed to families of coordinators who are known by name."""
    owners = {one.id: one for one in world.people.values()}
    yield world.moment(1, "22:30")
    query = select(Case).where(Case.closed_at.is_(None), Case.owner_id.in_(owners)).options(*ROW).order_by(Case.id.desc()).limit(HANDED)
    for case in db.session.scalars(query).all():
        by = owners[case.owner_id]
        wish = packets.Wish(list(world.editions.values())[case.id % 5 :][:3], case.main_contact, content.NEUTRAL_TITLE)
        packet = packets.build(case, wish, by=by)
        pages = content.make_pages(content.content(packet))
        packets.keep_pages(packet, *pages)
        leaving.seal(packet, case, Leaving.IN_PERSON, by=by)
