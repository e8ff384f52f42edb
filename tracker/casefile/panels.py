"""The side panels of a case page: each asks its room's rows and shows a few lines with one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from tracker import clock
from tracker.casefile.gather import Beside, Member
from tracker.casefile.head import best, kin
from tracker.casefile.stage_facts import agree_to_follow_up, holds
from tracker.casefile.timeline import to
from tracker.cases.access import may_on
from tracker.cases.models import Case
from tracker.consents.words import ConsentStatus
from tracker.interventions.actions import VIOLENCE
from tracker.interventions.models import Intervention
from tracker.interventions.words import MOVES as STATES
from tracker.interventions.words import InterventionStatus
from tracker.people.models import ContactPoint, PointKind
from tracker.placements.models import PlacementStatus
from tracker.referrals.telling import stands
from tracker.staff.permissions import Permission
from tracker.templating import show_day, show_phone

Tag = tuple[str, str, str]


@dataclass(slots=True)
class Line:
    """One line of a panel: its words, what stands under them, tags, and where it leads."""

    title: str
    sub: str = ""
    tags: list[Tag] = field(default_factory=list)
    url: str = ""


@dataclass(slots=True)
class Panel:
    """One panel. `empty` is the one line when it has none; the verb is left out where nothing may be done."""

    title: str
    icon: str
    empty: str
    verb: str = ""
    url: str = ""
    key: str = ""
    lines: list[Line] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The name under which a link may lead to it."""
        return f"panel-{self.title.lower().replace(' ', '-')}"


@dataclass(slots=True)
class View:
    """For whom panels are drawn: the case, what stands beside it, the reader's zone, staff names that are known."""

    case: Case
    beside: Beside
    zone: str
    names: Mapping[int, str]

    def verb(self, words: str, endpoint: str, permission: Permission) -> tuple[str, str]:
        """A panel's verb and its address; both empty where the case is closed, the right is missing, or the room is not open."""
        url = to(endpoint, case_id=self.case.public_id) if self.case.is_open and may_on(self.case, permission) else ""
        return (words, url) if url else ("", "")


def all_of(view: View) -> list[Panel]:
    """The panels in their order."""
    return [draw(view) for draw in PANELS]


def family(view: View) -> Panel:
    """Who belongs to it, and how each is reached."""
    verb, url = view.verb("Edit", "people.family", Permission.LOG_CONTACT)
    lines = [_member(view, member) for member in view.beside.people]
    panel = Panel("Family", "users", "Nobody yet.", verb, url, lines=lines)
    if may_on(view.case, Permission.TIGHTEN_CONTACT) and (noting := to("people.family", case_id=view.case.public_id)):
        panel.more.append(("Note what they asked us not to do", noting))
    if view.case.is_open and may_on(view.case, Permission.EDIT_CASE) and len(lines) > 1:
        panel.more.append(("Change main contact", to("cases.main_contact", case_id=view.case.public_id)))
    return panel


def _member(view: View, member: Member) -> Line:
    person, case = member.person, view.case
    tags: list[Tag] = []
    if person.id == case.main_contact_id:
        tags.append(("Main contact", "n", ""))
    if person.id == case.person_id:
        tags.append(("Loved one", "n", ""))
    if person.no_contact_at:
        tags.append(("Do not contact", "soon", "hand-stop"))
    said = [kin(member, case).capitalize(), person.age_band.label if person.age_band else "", person.about or ""]
    ways = [] if person.no_contact_at or person.died_at else [way(point) for point in member.points]
    return Line(person.name, " · ".join(part for part in [*said, *ways] if part), tags)


def way(point: ContactPoint) -> str:
    """One way to reach somebody, with its hours and limits: "(614) 555-0142, after 4 PM, text only"."""
    if point.kind is PointKind.PHONE:
        said = [show_phone(point.value) + (f" ext. {point.extension}" if point.extension else ""), best(point)]
        if not point.ok_to_call:
            said.append("text only" if point.ok_to_text else "do not call or text")
        return ", ".join(part for part in said if part)
    return point.as_typed + ("" if point.ok_to_write else ", do not write")


def plan(view: View) -> Panel:
    """What matters to them, what they are open to, who helps."""
    now = view.beside.plan
    verb, url = view.verb("Edit" if now else "Write", "cases.plan", Permission.EDIT_CASE)
    panel = Panel("Plan", "checklist", "No plan yet.", verb, url)
    if now is None:
        return panel
    if now.what_matters:
        panel.lines.append(Line("What matters", now.what_matters))
    for title, words, note in (("Open to", now.openness, now.openness_note), ("Must respect", now.limits, now.limits_note)):
        if words or note:
            panel.lines.append(Line(title, " · ".join(part for part in (", ".join(word.label for word in words), note) if part)))
    for helper in now.helpers:
        by = f" by {show_day(date.fromisoformat(helper['by']))}" if helper["by"] else ""
        panel.lines.append(Line(helper["who"], f"{helper['what']}{by}"))
    panel.more.append((f"Version {now.number}, {show_day(now.made_at, view.zone)}: all versions", to("cases.plans", case_id=view.case.public_id)))
    return panel


def consent(view: View) -> Panel:
    """What was agreed to or declined, by whom, until when; what holds first."""
    verb, url = view.verb("Record", "consents.new", Permission.ADD_CONSENT)
    panel = Panel("Consent", "shield-check", "Nothing recorded. Until it is, share nothing outside.", verb, url)
    today = clock.today(current_app.config["WAYPOINT"].zone)
    shown = [one for one in view.beside.consents if one.standing(today) not in GONE]
    for one in sorted(shown, key=lambda one: one.standing(today) is not ConsentStatus.ACTIVE):
        standing = one.standing(today)
        lacking = "Not complete" if standing is ConsentStatus.ACTIVE else standing.label
        tag = ("On file", "ok", "shield-check") if holds(one) else (lacking, "soon", "shield-off")
        said = [
            one.subject.called.capitalize(),
            f"signed {show_day(one.signed_on)}" if one.signed_on else f"recorded {show_day(one.recorded_at, view.zone)}",
            ", ".join(program.name for program in one.programs) or one.recipients_text,
            f"ends {show_day(one.expires_on)}" if one.expires_on else one.expires_event,
        ]
        panel.lines.append(Line(one.type.label, " · ".join(part for part in said if part), [tag], to("consents.show", consent_id=one.public_id)))
    if may_on(view.case, Permission.WITHDRAW_CONSENT) and view.beside.consents:
        panel.more.append(("All consents, and a withdrawal", to("consents.index", case_id=view.case.public_id)))
    return panel


GOING_ON = {status for status, onward in STATES.items() if InterventionStatus.SAFETY_REVIEW in onward or status is InterventionStatus.SAFETY_REVIEW}
GONE = (ConsentStatus.ENTERED_IN_ERROR, ConsentStatus.SUPERSEDED)


def referrals(view: View) -> Panel:
    """Which programs were asked, and how each stands."""
    verb, url = view.verb("Refer", "referrals.new", Permission.WORK_CASE)
    panel = Panel("Referrals", "building-community", "No referral yet.", verb, url, key="r")
    for one in view.beside.referrals:
        days = [
            f"sent {show_day(one.sent_at, view.zone)}" if one.sent_at else "",
            "the family calls" if one.shares_nothing else "",
            f"in treatment since {show_day(one.admitted_on)}" if one.in_treatment else "",
            f"expected {show_day(one.expected_on)}" if one.expected_on and one.is_live and not one.in_treatment else "",
            f"left {show_day(one.discharged_on)}" if one.discharged_on else "",
        ]
        tag = stands(one, clock.now(), view.zone)
        sub = " · ".join(part for part in [one.level_of_care.label, *days] if part)
        panel.lines.append(Line(one.program.name, sub, [tag], to("referrals.show", referral_id=one.public_id)))
    return panel


def groups(view: View) -> Panel:
    """Who is placed in which support group, as they tell it."""
    verb, url = view.verb("Place", "placements.new", Permission.WORK_CASE)
    panel = Panel("Groups", "armchair", "Nobody is in a group yet.", verb, url, key="m")
    for one in view.beside.placements:
        going = one.status in (PlacementStatus.ATTENDED_FIRST, PlacementStatus.ATTENDING)
        tag = (one.status.label, "ok" if going else "info" if one.is_live else "n", "check" if going else "armchair")
        first = f"first meeting {show_day(one.first_on)}" if one.first_on and one.is_live and not going else ""
        sub = " · ".join(part for part in (one.person.called, one.meeting.mode.label, first) if part)
        panel.lines.append(Line(one.meeting.name, sub, [tag], to("placements.one", placement_id=one.public_id)))
    return panel


def packets(view: View) -> Panel:
    """What was handed to whom, with its receipt."""
    verb, url = view.verb("Send", "packets.new", Permission.BUILD_PACKET)
    panel = Panel("Packets", "package", "Nothing handed over yet.", verb, url, key="p")
    for one in view.beside.packets:
        if one.sealed_at:
            sub = f"{show_day(one.sealed_at, view.zone)} · for {one.receiver.called} · {one.receipt}"
            panel.lines.append(Line(one.title, sub, url=to("packets.receipt", packet_id=one.public_id)))
        else:
            tag = ("Being built", "info", "pencil")
            panel.lines.append(Line(one.title, f"for {one.receiver.called}", [tag], to("packets.one", packet_id=one.public_id)))
    if view.case.packet_asked_at:
        note = view.case.packet_asked_note
        panel.lines.insert(0, Line("Asked for", note or "", [(f"Waits since {show_day(view.case.packet_asked_at, view.zone)}", "soon", "clock")]))
    return panel


def interventions(view: View) -> Panel:
    """The ways in which the person is invited into help."""
    verb, url = view.verb("Plan", "interventions.new", Permission.WORK_CASE)
    panel = Panel("Interventions", "users", "None yet.", verb, url)
    for one in view.beside.interventions:
        sub = one.outcome.label if one.outcome else "" if one.screened_at else "Safety screen not done"
        tag = ("Stopped: violence was noted", "crisis", "hand-stop") if _stopped(one, view.beside) else (one.status.label, "info", "users")
        panel.lines.append(Line(one.model.label, sub, [tag], to("interventions.show_one", intervention_id=one.public_id)))
    return panel


def _stopped(one: Intervention, beside: Beside) -> bool:
    """Whether violence or a weapon was noted that no supervisor has weighed yet, while something may be set."""
    noted = [mark.noted_at for mark in beside.risks if mark.flag in VIOLENCE]
    return one.status in GOING_ON and any(one.signed_at is None or at > one.signed_at for at in noted)


def follow_up(view: View) -> Panel:
    """Who agreed to be asked how they are, and when next."""
    verb, url = view.verb("Plan", "recovery.new", Permission.WORK_CASE)
    panel = Panel("Follow-up", "plant-2", "Nobody is followed up yet.", verb, url)
    agreed = agree_to_follow_up(view.beside)
    for one, due in view.beside.follow_ups:
        sub = f"next check-in {show_day(due)}" if due and not one.ended_at else f"from {show_day(one.anchor_on)}"
        running = ("Check-ins planned", "ok", "calendar") if one.person_id in agreed else ("Permission ended", "soon", "shield-off")
        tag = ("Ended", "n", "check") if one.ended_at else running
        panel.lines.append(Line(one.person.name, sub, [tag], to("recovery.show_one", plan_id=one.public_id)))
    return panel


PANELS: list[Callable[[View], Panel]] = [family, consent, referrals, groups, packets, plan, interventions, follow_up]
