"""One case along the whole path, by keyboard alone, with scripts and without: from the first call to a packet in the family's hands."""

import pytest

from tests.journeys import a_supervisors_look as look
from tests.journeys import into_their_hands as packet
from tests.journeys import to_a_referral as referral
from tests.journeys import to_an_invitation as invitation
from tests.journeys import to_follow_up as after
from tests.journeys.from_call_to_case import SECRETS, log_a_contact, move_to, take_the_call, write_the_plan
from tests.journeys.ground import lay
from tests.journeys.walk import Walk

WHY = "He asked on the phone; he signs tomorrow."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_from_the_first_call_to_a_packet_in_their_hands(screens, served, scripts):
    lay(served)
    maya, ruth = Walk(screens, "maya", scripts), Walk(screens, "ruth", scripts)
    case = take_the_call(maya)
    log_a_contact(maya)
    write_the_plan(maya)
    move_to(maya, "Intervention")
    invitation.begin(maya)
    look.from_the_table(ruth)
    ruth.link("Johnson")
    invitation.sign(ruth)
    invitation.hold(maya)
    referral.back(maya)
    move_to(maya, "Rehab referral", refused="supervisor", moves=False)
    referral.consent(maya)
    referral.send(maya)
    referral.back(maya)
    move_to(maya, "Rehab referral")
    maya.link("Harbor Light")
    referral.to_the_end_of_the_stay(maya)
    after.place(maya)
    move_to(maya, "Support group")
    move_to(maya, "Recovery follow-up", refused="supervisor", moves=False)
    after.permission(maya)
    move_to(maya, "Recovery follow-up")
    after.follow(maya)
    after.return_to_use(maya)
    packet.ask(maya)
    priya = Walk(screens, "priya", scripts)
    packet.sees_only_the_queue(priya, case, waiting=True)
    packet.build(priya)
    packet.hand_over(priya, served)
    packet.sees_only_the_queue(priya, case, waiting=False)
    referral.back(maya)
    referral.withdraw(maya)
    look.from_the_table(ruth)
    move_to(ruth, "Rehab referral", why=WHY, refused="why the open points are passed")
    ruth.shows("main", WHY)
    look.close_and_reopen(ruth)
    for walk in (maya, ruth, priya):
        walk.leaves_nothing_behind(*SECRETS)
