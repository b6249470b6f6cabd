"""The activities app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus
from advocacy.web.navigation import NavItem, register


class ActivitiesConfig(AppConfig):
    """What advocates do, from planned to completed."""

    name = "activities"

    def ready(self) -> None:
        """Declare what happens to activities, and add the navigation item."""
        from activities.activities.leaving import ask_whether_it_stands
        from activities.activities.models import Activity
        from activities.activities.work import WORK
        from advocacy.events import presentation
        from advocacy.web.queue import register_work

        register_work(*WORK)

        presentation.name_subjects(
            "activities.activity",
            presentation.own_names(Activity, "activity_type"),
            url_name="activities:detail",
            action="activities.view",
        )
        register(
            NavItem(
                "activities",
                _("Activities"),
                "calendar-event",
                "activities:list",
                "activities.view",
            )
        )
        bus.declare(
            {
                "activity.planned": _("planned the activity"),
                "activity.accepted": _("accepted the activity"),
                "activity.scheduled": _("booked the time"),
                "activity.completed": _("completed the activity"),
                "activity.declined": _("declined the activity"),
                "activity.cancelled": _("cancelled the activity"),
                "activity.no_show": _("marked the activity as a no-show"),
                "activity.questioned": _("asks whether it still takes place"),
                "activity.voided": _("voided the activity as recorded in error"),
                "loop.due": _("noted what came of it"),
                "loop.closed": _("told the advocate what came of it"),
            }
        )
        for verb in ("advocate.paused", "advocate.retired"):
            bus.subscribe(
                verb,
                ask_whether_it_stands,
                order=40,
                why="whoever is in charge is asked whether a booked activity still takes place",
            )
