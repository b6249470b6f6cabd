"""What managers and teams can carry; the tenant's own numbers (CAP-6, SET-1.i)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.settings import HOURS, MINUTES, PEOPLE, Numbers, number
from advocates.responsibilities.steps import Step

_MANAGERS: dict[str, Any] = {"part": _("What program managers can carry"), "clause": "CAP-6.b"}
_TEAMS: dict[str, Any] = {"part": _("What teams give"), "clause": "CAP-6.c", "unit": HOURS}
_STEPS: dict[str, Any] = {
    "part": _("What a step costs a colleague"),
    "clause": "CAP-6.c",
    "unit": MINUTES,
    "high": 6000,
}
#: The teams whose hours are compared with what open work needs.
TEAMS = (Role.CSM, Role.MARKETING, Role.SALES)


@dataclass(frozen=True, slots=True)
class Bandwidth(Numbers):
    """Requests and people a manager can look after; hours of the teams, and what a step takes.

    Running an activity takes the minutes of its type; finding people is nobody's open work.
    """

    store: ClassVar[str] = "bandwidth"

    open_requests: int = number(
        20, _("Open requests one full-time manager can run"), low=1, high=1000, **_MANAGERS
    )
    half_time_people: int = number(
        100,
        _("Managers who have half their time or less look after at most"),
        unit=PEOPLE, low=1, **_MANAGERS,
    )  # fmt: skip
    full_time_people: int = number(
        500, _("Somebody full-time is needed from"), unit=PEOPLE, low=1, **_MANAGERS
    )
    csm_hours: int = number(10, _("Customer success gives each week"), high=10_000, **_TEAMS)
    marketing_hours: int = number(10, _("Marketing gives each week"), high=10_000, **_TEAMS)
    sales_hours: int = number(10, _("Sales gives each week"), high=10_000, **_TEAMS)
    weeks_of_work: int = number(
        2, _("Open work of more weeks than this is too much"), low=1, high=52,
        part=_TEAMS["part"], clause="CAP-6.c",
    )  # fmt: skip
    ask_minutes: int = number(30, _("Match and ask"), **_STEPS)
    prepare_minutes: int = number(30, _("Prepare the advocate"), **_STEPS)
    brief_minutes: int = number(20, _("Brief the prospect"), **_STEPS)
    schedule_minutes: int = number(15, _("Find a time"), **_STEPS)
    outcome_minutes: int = number(10, _("Record the outcome"), **_STEPS)
    produce_minutes: int = number(240, _("Produce it"), **_STEPS)
    publish_minutes: int = number(60, _("Publish and distribute"), **_STEPS)
    referral_minutes: int = number(30, _("Follow up the referral"), **_STEPS)
    feedback_minutes: int = number(30, _("Answer the feedback"), **_STEPS)
    thank_minutes: int = number(15, _("Thank"), **_STEPS)

    def hours_of(self, role: str) -> int:
        """What a team gives each week."""
        hours: int = getattr(self, f"{role}_hours")
        return hours

    def minutes_of(self, step: str, run_minutes: int) -> int:
        """What a step costs whoever does it; ``run_minutes`` is how long the activity takes."""
        if step == Step.RUN:
            return run_minutes
        minutes: int = getattr(self, f"{step}_minutes", 0)
        return minutes
