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


# What may be said by hand of a packet after what was said last; what the mail room learns stands in the letter.
S = DeliveryStatus
MOVES = {
    S.PRINTED: {S.ACCEPTED, S.HANDED_OVER, S.READ_ALOUD, S.DECLINED},
    S.ACCEPTED: {S.DELIVERED, S.ACKNOWLEDGED, S.BOUNCED, S.DECLINED},
    S.DELIVERED: {S.ACKNOWLEDGED, S.DECLINED},
    S.UNKNOWN: {S.ACKNOWLEDGED, S.DECLINED},
    S.HANDED_OVER: {S.ACKNOWLEDGED, S.DECLINED},
    S.READ_ALOUD: {S.HANDED_OVER, S.DECLINED},
}
BY_POST_ONLY = {S.ACCEPTED, S.DELIVERED, S.BOUNCED}  # of a printed packet: posted, arrived, came back


class Leaving(Words):
    """How a finished packet leaves the desk."""

    EMAIL_LINK = "email_link", "E-mail a link"
    EMAIL_FILE = "email_file", "E-mail the file"
    IN_PERSON = "in_person", "Hand it over in person"
    AT_THE_DESK = "at_the_desk", "Print it at the desk"
    POST = "post", "Print it and post it"
    READ_ALOUD = "read_aloud", "Read it aloud on the phone"


CHANNELS = {
    Leaving.EMAIL_LINK: DeliveryChannel.EMAIL_LINK,
    Leaving.EMAIL_FILE: DeliveryChannel.EMAIL_ATTACHMENT,
    Leaving.IN_PERSON: DeliveryChannel.PRINT_IN_PERSON,
    Leaving.AT_THE_DESK: DeliveryChannel.PRINT_IN_PERSON,
    Leaving.POST: DeliveryChannel.POSTAL,
    Leaving.READ_ALOUD: DeliveryChannel.READ_ALOUD,
}
BY_MAIL = (Leaving.EMAIL_LINK, Leaving.EMAIL_FILE)


class Reached(Words):
    """What was done about somebody who holds an edition that was replaced."""

    SENT = "sent", "Sent anew"
    ASKED = "asked", "Asked of packet staff"
    LEFT = "left", "Not reached"
