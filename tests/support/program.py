"""A program that is set up, with people to act in it; for tests of activities and above."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from activities.activities import booking, completion, services
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType, Advocate
from advocates.program.ledger import services as ledger
from requests.models import Request
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory, set_up
from tests.factories.requests import AskFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.owners_say import owners_have_none


@dataclass
class Program:
    """A program manager, a CSM with an account, and one enrolled advocate there.

    Methods act through the services, as the product does.
    """

    manager: Membership
    csm: Membership
    advocate: Advocate

    @property
    def actor(self) -> Actor:
        """The program manager as the one who acts."""
        return Actor.member(self.manager)

    def type(self, code: str) -> ActivityType:
        """A type of the seeded catalogue."""
        return ActivityType.objects.get(code=code)

    def planned(
        self, code: str = "reference_call", *, advocate: Advocate | None = None, **kwargs: Any
    ) -> Activity:
        """An activity on a unit that was volunteered, so that no guardrail is in the way."""
        who = advocate or self.advocate
        unit = ledger.plan_volunteered(advocate=who, activity_type=self.type(code))
        return services.plan_activity(
            actor=self.actor,
            advocate=who,
            activity_type=self.type(code),
            participation=unit,
            **{"purpose": "Isdom", "owner": self.manager, **kwargs},
        )

    def accepted(self, code: str = "reference_call", **kwargs: Any) -> Activity:
        """One the advocate said yes to."""
        activity = self.planned(code, **kwargs)
        return services.accept_activity(actor=self.actor, activity=activity)

    def scheduled(
        self, code: str = "reference_call", *, hours: float = 2, minutes: int = 30, **kwargs: Any
    ) -> Activity:
        """One that is booked in so many hours."""
        activity = self.accepted(code, **kwargs)
        starts_at = clock.now() + timedelta(hours=hours)
        return booking.schedule_activity(
            actor=self.actor,
            activity=activity,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
        )

    def completed(
        self, code: str = "reference_call", *, hours_ago: float = 0, **kwargs: Any
    ) -> Activity:
        """One that happened so long ago and is recorded now."""
        happened_at = clock.now() - timedelta(hours=hours_ago)
        facts = {name: kwargs.pop(name) for name in ("minutes", "advocate_rating") & kwargs.keys()}
        return completion.log_activity(
            actor=self.actor,
            advocate=kwargs.pop("advocate", self.advocate),
            activity_type=self.type(code),
            happened_at=happened_at,
            **{"purpose": "Isdom", "owner": self.manager, **facts, **kwargs},
        )


def make_program(
    *, manager: Membership, owners_have_a_say: bool = False, **advocate: Any
) -> Program:
    """Set the open scope's tenant up. The account has an owner who is not the manager: an ask would
    wait for them first (ASK-2), which is switched off but for who wants it.
    """
    set_up()
    if not owners_have_a_say:
        owners_have_none()
    csm = MembershipFactory(role="csm", user__name="Cleo")
    account = AccountFactory(name="Quantum Textiles", owner=csm)
    values = {"first_name": "Frank", "last_name": "Murphy", "account": account, **advocate}
    return Program(manager=manager, csm=csm, advocate=AdvocateFactory(**values))


def said_yes(request: Request) -> None:
    """Somebody would talk to the prospect, and no time is picked yet."""
    activity = ActivityFactory(state="accepted", activity_type=request.activity_type)
    AskFactory(
        request=request,
        advocate=activity.advocate,
        participation=activity.participation,
        activity=activity,
        state="accepted",
    )
