"""Who is admitted to which group: nobody is placed in a room that is not for them."""

import pytest

from tracker.directory.audience import Attendee, admits
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience

MOTHER = Attendee("Denise", parent=True, teen=False)
BROTHER = Attendee("Bao", teen=False)
PERSON = Attendee("Marcus", own_use=True, teen=False)
TEEN = Attendee("Ivy", teen=True)
WIDOW = Attendee("Rosa", bereaved=True, teen=False)

OPEN, CLOSED, UNKNOWN, SIGN_UP = GroupAccess.OPEN, GroupAccess.CLOSED, GroupAccess.UNKNOWN, GroupAccess.REGISTRATION


@pytest.mark.parametrize("fellowship", [Fellowship.AA, Fellowship.NA, Fellowship.CA, Fellowship.SMART, Fellowship.MARA])
@pytest.mark.parametrize("access", [CLOSED, UNKNOWN, SIGN_UP])
def test_a_relative_is_never_placed_in_a_meeting_for_the_person_unless_it_is_open(fellowship, access):
    admitted, reason = admits(fellowship, [], access, MOTHER)
    assert not admitted
    assert "Al-Anon" in reason
    assert "Denise" in reason


def test_a_relative_may_listen_in_an_open_meeting():
    answer = admits(Fellowship.AA, [], OPEN, MOTHER)
    assert answer.admitted
    assert "listen" in answer.reason


@pytest.mark.parametrize("access", list(GroupAccess))
def test_family_groups_take_family_however_their_door_stands(access):
    assert admits(Fellowship.NAR_ANON, [], access, BROTHER).admitted


@pytest.mark.parametrize(
    "fellowship", [Fellowship.AL_ANON, Fellowship.NAR_ANON, Fellowship.PAL, Fellowship.SMART_FF, Fellowship.CRAFT_GROUP]
)
@pytest.mark.parametrize("access", list(GroupAccess))
def test_family_groups_are_not_for_the_person(fellowship, access):
    admitted, reason = admits(fellowship, [], access, PERSON)
    assert not admitted
    assert "NA" in reason


@pytest.mark.parametrize("access", list(GroupAccess))
def test_the_person_may_go_to_a_meeting_for_the_person(access):
    assert admits(Fellowship.NA, [], access, PERSON).admitted


def test_a_listing_cannot_widen_what_its_fellowship_is_for():
    assert not admits(Fellowship.AL_ANON, [GroupAudience.INDIVIDUAL], OPEN, PERSON).admitted
    assert not admits(Fellowship.AA, [GroupAudience.FAMILY_FRIENDS], CLOSED, MOTHER).admitted


def test_a_listing_for_parents_is_for_parents():
    assert admits(Fellowship.AL_ANON, [GroupAudience.PARENTS], CLOSED, MOTHER).admitted
    assert not admits(Fellowship.AL_ANON, [GroupAudience.PARENTS], CLOSED, BROTHER).admitted
    assert admits(Fellowship.PAL, [], OPEN, BROTHER).admitted, "other family is welcome at PAL"


def test_alateen_takes_teens_only_and_an_age_we_do_not_know_is_no_teen():
    assert admits(Fellowship.ALATEEN, [], CLOSED, TEEN).admitted
    assert not admits(Fellowship.ALATEEN, [], OPEN, MOTHER).admitted
    assert "age" in admits(Fellowship.ALATEEN, [], OPEN, Attendee("Sam")).reason


def test_grief_groups_are_for_the_bereaved():
    assert admits(Fellowship.GRASP, [], UNKNOWN, WIDOW).admitted
    assert not admits(Fellowship.GRASP, [], OPEN, MOTHER).admitted


def test_a_listing_that_says_nothing_of_whom_it_is_for_takes_nobody():
    assert not admits(Fellowship.OTHER, [], OPEN, MOTHER).admitted
    assert admits(Fellowship.OTHER, [GroupAudience.FAMILY_FRIENDS], UNKNOWN, MOTHER).admitted


def test_faith_and_what_nobody_may_guess_are_asked_first():
    assert "Christian" in admits(Fellowship.CELEBRATE_RECOVERY, [], OPEN, MOTHER).reason
    assert "women" in admits(Fellowship.WFS, [], CLOSED, PERSON).reason
    assert "sign-up" in admits(Fellowship.SMART_FF, [], SIGN_UP, MOTHER).reason
