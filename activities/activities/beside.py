"""What activities say at the top of a person's page: log one, and the one that is booked."""

from django.utils.translation import gettext as _

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from advocates.people import registry
from advocates.people.registry import Deed, NextStep


def log(advocate: Advocate, membership: Membership) -> Deed:
    """Something that happened without having been asked for here."""
    url = tenant_reverse(membership.tenant, "activities:log")
    return Deed("log", _("Log"), f"{url}?advocate={advocate.pk}", "notebook", panel=True)


def over(advocate: Advocate, membership: Membership) -> NextStep | None:
    """Something booked is over, and nobody has said whether it happened."""
    activity = (
        Activity.objects.filter(
            advocate=advocate, state=ActivityState.SCHEDULED, ends_at__lte=clock.now()
        )
        .select_related("activity_type")
        .order_by("ends_at")
        .first()
    )
    if activity is None or activity.starts_at is None:
        return None
    booked = {"when": words.moment(activity.starts_at)}
    return NextStep(
        _("Did the %(what)s happen?") % {"what": activity.activity_type.name.lower()},
        _("It was booked for %(when)s, and nobody has said.") % booked,
        "calendar-question",
        "warning",
        _("Yes or no"),
        tenant_reverse(membership.tenant, "activities:detail", activity.pk),
        panel=True,
    )


def coming(advocate: Advocate, membership: Membership) -> NextStep | None:
    """What they agreed to and is still to come."""
    activity = (
        Activity.objects.filter(advocate=advocate, state__in=OPEN)
        .exclude(ends_at__lte=clock.now())
        .select_related("activity_type")
        .order_by("starts_at", "planned_at")
        .first()
    )
    if activity is None:
        return None
    what = {"what": activity.activity_type.name}
    booked = activity.starts_at
    return NextStep(
        _("%(what)s on %(when)s") % {**what, "when": words.moment(booked)}
        if booked
        else _("%(what)s, not booked yet") % what,
        activity.purpose,
        "calendar-event",
        label=_("Look at it"),
        url=tenant_reverse(membership.tenant, "activities:detail", activity.pk),
        panel=True,
        due=booked,
    )


def register() -> None:
    """Called once, when the application is ready."""
    registry.register_deed("log", log, "activities.log", order=20)
    registry.register_next("over", over, "activities.complete", order=15)
    registry.register_next("coming", coming, "activities.view", order=35)
