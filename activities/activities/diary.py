"""What stands in an advocate's diary (FUL-1)."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.web.formatting import moment
from advocates.people.disclosure import called, knows


def require_free(actor: Actor, activity: Activity, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time at which the advocate is booked already (FUL-1).

    Whose call it is, and when it begins, is for whom advocates are open (VIS-1).
    """
    booked = (
        Activity.objects.filter(
            advocate_id=activity.advocate_id,
            state=ActivityState.SCHEDULED,
            starts_at__lt=ends_at,
            ends_at__gt=starts_at,
        )
        .exclude(pk=activity.pk)
        .order_by("starts_at")
        .first()
    )
    if booked is None or booked.starts_at is None:
        return
    who = called(actor, activity.advocate)
    if knows(actor, activity.advocate):
        when = moment(booked.starts_at)
        said = _("%(advocate)s is already booked on %(when)s. Choose another time.")
        problem = _("The advocate is already booked then.")
        words = {"advocate": who, "when": when}
    else:
        said = _("%(advocate)s is not free at that time. Propose another one.")
        problem = _("The advocate is not free then; choose another time.")
        words = {"advocate": who}
    raise Conflict(said % words, code="double_booked", fields={"starts_at": problem})
