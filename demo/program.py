"""A program that has run for a while: more is offered, and some settings are its own."""

from collections.abc import Sequence

from activities.distribution.numbers import DISTRIBUTION
from activities.settings import CONTENT
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.joining.settings import RECRUITING
from advocates.models import ActivityType
from advocates.people.choices import Importance
from advocates.program.catalogue.services import update_activity_type
from benefits.points.settings import POINT_SETTINGS
from requests.asks.settings import ASKS
from requests.gates.services import create_gate
from requests.requests.settings import REQUESTS
from requests.routing.services import create_rule


def mature(actor: Actor) -> None:
    """Switch on what a program adds to its must-haves (ACT-3), and tell of news sooner."""
    for kind in ActivityType.objects.filter(importance=Importance.IMPORTANT):
        update_activity_type(actor=actor, activity_type=kind, is_on=True)
    change_settings(actor=actor, family=CONTENT, values={"tell_days": 10})
    change_settings(actor=actor, family=DISTRIBUTION, values={"gallery_on": True})
    change_settings(actor=actor, family=POINT_SETTINGS, values={"is_on": True})
    ideal = {"profile_sizes": ("enterprise", "mid_market"), "profile_regions": ("emea", "na")}
    change_settings(actor=actor, family=RECRUITING, values=ideal)
    # Forty customers: more of them in each description would leave little to tell.
    change_settings(actor=actor, family=REQUESTS, values={"described_companies": 3})
    change_settings(
        actor=actor, family=ASKS, values={"meeting_place": "https://meet.example/northwind"}
    )


def route(actor: Actor, managers: Sequence[Membership]) -> None:
    """Say which requests go to whom, and what a deal needs (REQ-3, REQ-4).

    Written once there are requests to try it on.
    """
    create_rule(actor=actor, managers=managers[:1], segment="enterprise")
    create_rule(actor=actor, managers=managers)
    executives = ActivityType.objects.get(code="executive_reference_call")
    create_gate(actor=actor, activity_type=executives, min_stage="qualified", min_amount=100_000)
