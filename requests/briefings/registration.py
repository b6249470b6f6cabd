"""What briefings, and what a request knows of its call, add elsewhere."""

from django.utils.translation import gettext_lazy as _

from activities.duties.pages import register_guides
from activities.set_up.making import register_place_needed
from advocacy.events import bus
from advocacy.records.resource import register as register_resource
from advocacy.tenancy import stuck
from advocacy.tenancy.sweeps import register_sweep
from requests.briefings import sending, services
from requests.briefings.pages import guides_for
from requests.briefings.resource import BRIEFINGS
from requests.scheduling.place import place_needed


def register() -> None:
    """Called once, when the application is ready."""
    register_place_needed(place_needed)
    register_resource(BRIEFINGS)
    register_guides(guides_for)
    stuck.name_work(sending.WORK, _("Briefing before a call"))
    register_sweep(
        "briefings",
        "tenants_with_due_briefings",
        sending.sweep_briefings,
        why="both sides of a call are briefed by mail",
    )
    bus.subscribe(
        "ask.accepted",
        services.on_accepted,
        order=60,
        why="both sides have a briefing from the yes on (FUL-2)",
    )
    bus.subscribe(
        "activity.scheduled",
        sending.on_booked,
        order=70,
        why="briefings go out before the call (FUL-2)",
    )
    for verb in (
        *("activity.unscheduled", "activity.cancelled", "activity.declined"),
        *("activity.no_show", "activity.completed"),
    ):
        bus.subscribe(
            verb,
            sending.on_fell_through,
            order=70,
            why="nobody is briefed for what does not come (FUL-2)",
        )
