"""The codes of follow-up, and the schedule that a plan starts from."""

from datetime import date, timedelta

from tracker.words import Words


class CheckInResult(Words):
    """How somebody is, as they tell it."""

    DOING_WELL = "doing_well", "Doing well"
    ROUGH_PATCH = "rough_patch", "Rough patch, no use"
    RETURNED_TO_USE_SUPPORT_REQUESTED = "returned_to_use_support_requested", "Returned to use; wants support", "Opens a new episode on the same case"
    RETURNED_TO_USE_NO_CHANGE_WANTED = "returned_to_use_no_change_wanted", "Returned to use; no change wanted now", "Opens a new episode on the same case"
    BACK_IN_TREATMENT = "back_in_treatment", "Back in treatment"
    NEW_NEED = "new_need", "New need"
    SAFETY_ACTION = "safety_action", "Safety action taken"
    DECLINED_THIS_TIME = "declined_this_time", "Declined this time"
    UNABLE_TO_REACH = "unable_to_reach", "Unable to reach"
    NOT_ASKED = "not_asked", "Not asked"
    DECEASED = "deceased", "Person died", "Stops all automated contact; offer grief support"


RETURNED = {CheckInResult.RETURNED_TO_USE_SUPPORT_REQUESTED, CheckInResult.RETURNED_TO_USE_NO_CHANGE_WANTED}


class CheckInNextAction(Words):
    """What follows from a check-in."""

    ROUTINE = "routine", "Keep schedule"
    SOONER = "sooner", "Sooner (within 7 days)"
    SAME_DAY = "same_day", "Same day"
    LINK_TREATMENT = "link_treatment", "Link to treatment"
    LINK_GROUP = "link_group", "Link to a group"
    SEND_MATERIAL = "send_material", "Send material"
    END_FOLLOW_UP = "end_follow_up", "End follow-up"


class AnchorKind(Words):
    """What a plan counts its days from."""

    DISCHARGE = "discharge", "Leaving a program"
    PLACEMENT = "placement", "First group meeting"
    INTERVENTION = "intervention", "Family meeting"
    OTHER = "other", "Another day that matters"


# Domain 3.7: 72 h, 7, 14, 30, 60, 90 days, then months; every date may be changed afterwards.
SCHEDULE: list[tuple[str, int, int]] = [
    ("72 hours", 3, 0),
    ("7 days", 7, 0),
    ("14 days", 14, 0),
    ("30 days", 30, 0),
    ("60 days", 60, 0),
    ("90 days", 90, 0),
    ("6 months", 0, 6),
    ("9 months", 0, 9),
    ("12 months", 0, 12),
    ("18 months", 0, 18),
    ("2 years", 0, 24),
    ("3 years", 0, 36),
    ("4 years", 0, 48),
    ("5 years", 0, 60),
]


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def due_dates(anchor: date, after: date) -> list[tuple[str, date]]:
    """The schedule's labels and days, counted from an anchor; only those not before `after`."""
    found = [(label, months_after(anchor, months) if months else anchor + timedelta(days=days)) for label, days, months in SCHEDULE]
    return [(label, day) for label, day in found if day >= after]
