"""The words of a packet: how it goes to somebody, and what became of it."""

from tracker.words import Words


class DeliveryChannel(Words):
    """How a packet goes to somebody."""

    PRINT_IN_PERSON = "print_in_person", "Printed, in person"
    POSTAL = "postal", "Post", "Plain envelope"
    EMAIL_ATTACHMENT = "email_attachment", "Email attachment"
    EMAIL_LINK = "email_link", "Email link"
    TEXT_LINK = "text_link", "Text link", "Needs text opt-in"
    PORTAL_LINK = "portal_link", "Portal link"
    READ_ALOUD = "read_aloud", "Read aloud"
    SCREEN_SHARE = "screen_share", "Screen share"


class DeliveryStatus(Words):
    """What became of a packet on its way to somebody."""

    WAITING = "waiting", "Waiting to leave", "can be taken back"
    SENDING = "sending", "Leaving now", "lease held"
    ACCEPTED = "accepted", "Sent", "taken over by the receiving server"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Came back", "makes a task"
    FAILED = "failed", "Not delivered", "makes a task"
    UNKNOWN = "unknown", "May have arrived", "line dropped after the data"
    CANCELLED = "cancelled", "Taken back or stopped"
    EXPIRED = "expired", "No longer open"
    PRINTED = "printed", "Printed"
    HANDED_OVER = "handed_over", "Handed over", "to whom, by whom"
    READ_ALOUD = "read_aloud", "Read aloud"
    ACKNOWLEDGED = "acknowledged", "They told us it came"
    DECLINED = "declined", "Declined by the recipient"
    RECALLED = "recalled", "Recalled"


# What may be said of a packet after what was said last. Only ways by hand: mail and links come with the mail room.
MOVES = {
    DeliveryStatus.PRINTED: {DeliveryStatus.HANDED_OVER, DeliveryStatus.READ_ALOUD, DeliveryStatus.DECLINED},
    DeliveryStatus.HANDED_OVER: {DeliveryStatus.ACKNOWLEDGED, DeliveryStatus.DECLINED},
    DeliveryStatus.READ_ALOUD: {DeliveryStatus.HANDED_OVER, DeliveryStatus.DECLINED},
}


class ByHand(Words):
    """How a finished packet leaves the desk today."""

    IN_PERSON = "in_person", "Hand it over in person"
    AT_THE_DESK = "at_the_desk", "Print it at the desk"
