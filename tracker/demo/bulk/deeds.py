"""What a stage brings with it in the quick way: an invitation, a referral, a group, follow-up."""

from datetime import datetime, timedelta

from tracker.cases.words import CaseStage
from tracker.consents.words import ConsentType
from tracker.demo.bulk.life import Life
from tracker.demo.bulk.referring import Referring
from tracker.interventions.models import Intervention
from tracker.interventions.words import InterventionModel, InterventionStatus
from tracker.placements.models import Placement, PlacementStatus
from tracker.recovery.models import CheckIn, FollowUpPlan
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult, due_dates


class Deeds(Referring):
    """Rows of what stands beside a case."""

    def reach(self, life: Life, stage: CaseStage, at: datetime) -> None:
        """What stands beside the case from this stage on."""
        {
            CaseStage.INTERVENTION: self._invite,
            CaseStage.REFERRAL: self.refer,
            CaseStage.PLACEMENT: self._place,
            CaseStage.FOLLOW_UP: self._follow,
        }[stage](life, at)

    def _invite(self, life: Life, at: datetime) -> None:
        key, model = self.sink.public_id(), InterventionModel.CRAFT
        aim = "A calmer home, and a good moment to ask."
        self.sink.add(
            Intervention,
            id=life.number,
            public_id=key,
            case_id=life.number,
            model=model,
            status=InterventionStatus.EXPLORING,
            aim=aim,
            led_by=self.owner(life).name,
            sessions_planned=12,
            created_at=at,
        )
        self.tell("intervention.begun", life, at, "interventions", key, model=model.label, aim=aim)

    def _place(self, life: Life, at: datetime) -> None:
        n, public_id, listed = life.number, self.sink.public_id(), self.groups[life.luck % len(self.groups)]
        first = listed.next_day(at + timedelta(hours=20))
        self.sink.add(
            Placement,
            id=n,
            public_id=public_id,
            case_id=n,
            episode=1,
            person_id=2 * n,
            meeting_id=listed.id,
            status=PlacementStatus.AGREED,
            status_since=at,
            first_on=first,
            ask_on=first + timedelta(days=2),
            placed_at=at,
            placed_by_id=self.owner(life).id,
        )
        facts = {"who": self.names(life).caller, "status": PlacementStatus.AGREED.label, "meeting": listed.name, "first": f"{first:%b} {first.day}"}
        self.tell("placement.made", life, at, "placements", public_id, **facts)

    def _follow(self, life: Life, at: datetime) -> None:
        n, public_id, owner = life.number, self.sink.public_id(), self.owner(life)
        life.follow_up = str(public_id)
        self.consent(life, at, ConsentType.FOLLOWUP_CONSENT, 2 * n, self.names(life).caller)
        ended = self.sink.moment(life.closed) if life.closed else None
        self.sink.add(
            FollowUpPlan,
            id=n,
            public_id=public_id,
            case_id=n,
            person_id=2 * n,
            anchor=AnchorKind.OTHER,
            anchor_on=at.date(),
            wish="By phone.",
            started_at=at,
            started_by_id=owner.id,
            ended_at=ended,
            ended_why="As they wished" if ended else None,
        )
        over = CheckInResult.NOT_ASKED if ended else None
        for label, day in due_dates(at.date(), at.date()):
            self.sink.add(
                CheckIn,
                id=self.sink.key("check_ins"),
                plan_id=n,
                case_id=n,
                label=label,
                due_on=day,
                done_at=ended,
                by_id=owner.id if ended else None,
                result=over,
                next_action=CheckInNextAction.END_FOLLOW_UP if ended else None,
            )
        self.tell("recovery.started", life, at, "follow_up_plans", public_id, name=self.names(life).whole, anchor_on=at.date().isoformat())

    def end_follow_up(self, life: Life, at: datetime) -> None:
        """Follow-up ends with the case."""
        self.sink.tell(
            "recovery.ended", at, self.owner(life).id, ("follow_up_plans", life.follow_up), life.number, name=self.names(life).whole, why="As they wished"
        )
