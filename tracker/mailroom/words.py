"""The words of the mail room."""

from tracker.words import Words


class LetterKind(Words):
    """What a letter brings."""

    PACKET = "packet", "Packet"


class LetterState(Words):
    """Where a letter stands. Its draft is the packet that is still being built."""

    WAITING = "waiting", "Waiting to leave", "can be taken back"
    SENDING = "sending", "Leaving now", "lease held"
    ACCEPTED = "accepted", "Sent", "taken over by the receiving server"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Came back", "needs a hand"
    FAILED = "failed", "Not delivered", "needs a hand"
    UNKNOWN = "unknown", "May have arrived", "the line dropped after the data"
    CANCELLED = "cancelled", "Taken back or stopped"
    EXPIRED = "expired", "Not taken within a day", "needs a hand"


TO_LEAVE = (LetterState.WAITING, LetterState.UNKNOWN)  # an unknown one only while it has a time for its second try
NEED_A_HAND = (LetterState.BOUNCED, LetterState.FAILED, LetterState.UNKNOWN, LetterState.EXPIRED)
GONE = (LetterState.ACCEPTED, LetterState.DELIVERED, LetterState.UNKNOWN)


class Subject(Words):
    """The only subjects that a letter may have: none tells what it is about (trust 1.7)."""

    ASKED = "asked", "The information you asked for"
    TALKED = "talked", "What we talked about"
    PAPERS = "papers", "Your papers"
    ASKED_ES = "asked_es", "La información que pidió"
    TALKED_ES = "talked_es", "Lo que hablamos"


class Outcome(Words):
    """What a try came to."""

    ACCEPTED = "accepted", "Taken over"
    LATER = "later", "Not now: the server asks to try again, or could not be reached"
    NEVER = "never", "Refused for good"
    UNKNOWN = "unknown", "The line dropped after the message was handed over"
