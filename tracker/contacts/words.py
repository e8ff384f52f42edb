"""The codes of a contact: what it was, who spoke first, with whom, and how it ended."""

from tracker.words import Words


class ContactType(Words):
    """What a contact was."""

    CALL = "call", "Call"
    VOICEMAIL = "voicemail", "Voicemail"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    VIDEO = "video", "Video"
    IN_PERSON = "in_person", "In person"
    LETTER = "letter", "Letter"
    CHAT = "chat", "Chat"
    COLLATERAL = "collateral", "Collateral", "About, not with, the person"
    CASE_CONFERENCE = "case_conference", "Case conference"
    SYSTEM_NOTE = "system_note", "System note"


class ContactDirection(Words):
    """Who began it."""

    INBOUND = "inbound", "Inbound"
    OUTBOUND = "outbound", "Outbound"
    INTERNAL = "internal", "Internal"


class ContactOutcome(Words):
    """How a contact ended."""

    REACHED = "reached", "Reached"
    LEFT_MESSAGE = "left_message", "Left message", "Only if allowed for that number"
    NO_ANSWER = "no_answer", "No answer"
    BUSY = "busy", "Busy"
    WRONG_NUMBER = "wrong_number", "Wrong number", "Mark the number unverified"
    DISCONNECTED = "disconnected", "Disconnected"
    MESSAGE_DELIVERED = "message_delivered", "Message delivered"
    REPLIED = "replied", "Replied"
    BOUNCED = "bounced", "Bounced"
    OPTED_OUT = "opted_out", "Opted out", "Blocks texting"
    CALLBACK_SCHEDULED = "callback_scheduled", "Callback scheduled"
    REFUSED_CONTACT = "refused_contact", "Asked not to be contacted"
    CRISIS_ESCALATED = "crisis_escalated", "Crisis escalated"


class ContactWith(Words):
    """With whom."""

    INQUIRER = "inquirer", "Inquirer"
    PERSON_OF_CONCERN = "person_of_concern", "Person of concern"
    OTHER_FAMILY = "other_family", "Other family"
    PROVIDER = "provider", "Provider"
    INTERVENTIONIST = "interventionist", "Interventionist"
    OTHER = "other", "Other"


O = ContactOutcome  # noqa: E741
# A try: nobody was spoken to. Counted on the case until somebody is reached again (domain 3.7).
TRIES = frozenset({O.LEFT_MESSAGE, O.NO_ANSWER, O.BUSY, O.WRONG_NUMBER, O.DISCONNECTED, O.MESSAGE_DELIVERED, O.BOUNCED})

ONE_PRESS = (O.NO_ANSWER, O.BUSY, O.LEFT_MESSAGE, O.WRONG_NUMBER, O.DISCONNECTED)


class LogKind(Words):
    """What the log box offers first."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    MEETING = "meeting", "Meeting"
    NOTE = "note", "Note"


class Result(Words):
    """How it ended, as the log box offers it."""

    REACHED = "reached", "Reached"
    NOT_REACHED = "not_reached", "Not reached"
    LEFT_VOICEMAIL = "left_voicemail", "Left voicemail"


class Began(Words):
    """Who began it, as the log box asks."""

    WE = "we", "We contacted them"
    THEY = "they", "They contacted us"


TYPES = {
    LogKind.CALL: ContactType.CALL,
    LogKind.TEXT: ContactType.TEXT,
    LogKind.EMAIL: ContactType.EMAIL,
    LogKind.MEETING: ContactType.IN_PERSON,
    LogKind.NOTE: ContactType.COLLATERAL,
}
# A text or an e-mail that nobody answers yet was delivered; a call that nobody answers rang.
WRITTEN = (ContactType.TEXT, ContactType.EMAIL, ContactType.CHAT, ContactType.LETTER)
EXACTLY = [
    O.NO_ANSWER, O.BUSY, O.WRONG_NUMBER, O.DISCONNECTED, O.REFUSED_CONTACT, O.OPTED_OUT, O.CALLBACK_SCHEDULED, O.BOUNCED,
    O.CRISIS_ESCALATED,
]  # fmt: skip
OTHER_TYPES = [ContactType.VIDEO, ContactType.VOICEMAIL, ContactType.LETTER, ContactType.CHAT, ContactType.CASE_CONFERENCE]
