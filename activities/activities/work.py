"""What of activities waits on Today: to say whether they happened (ACT-4)."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import DateField, Func, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.settings import Fulfilment
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse


def waiting_for_outcome(membership: Membership) -> QuerySet[Activity]:
    """Booked slots that are over and nobody has said whether they happened (ACT-4)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    after = timedelta(minutes=current(Fulfilment).after_slot_minutes)
    next_day = Func(
        TruncDate("ends_at", tzinfo=membership.zone),
        Value(1),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateField(),
    )
    over = (
        Activity.objects.filter(state=ActivityState.SCHEDULED, ends_at__lte=clock.now() - after)
        .select_related("advocate", "activity_type")
        .annotate(due=closing_time(next_day, membership))
        .order_by("ends_at", "id")
    )
    if membership.can("requests.triage"):
        return over
    return over.filter(Q(owner=membership) | Q(advocate__account__owner=membership))


def to_confirm_happened(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Say whether it took place."""
    rows = []
    for activity in waiting_for_outcome(membership).filter(pk__in=pks):
        booked = words.moment(activity.starts_at) if activity.starts_at else ""
        rows.append(
            activity_row(
                "happened",
                activity,
                membership,
                title=_("Did the %(activity)s of %(name)s happen?"),
                why=[activity.purpose, booked, _("nobody has said")],
                label=_("Yes or no"),
                icon="calendar-question",
            )
        )
    return rows


def activity_row(
    code: str,
    activity: Activity,
    membership: Membership,
    *,
    title: str,
    why: Iterable[str],
    label: str,
    icon: str,
) -> QueueRow:
    """A row about something an advocate does; its panel is the activity's own."""
    url = tenant_reverse(membership.tenant, "activities:detail", activity.pk)
    return QueueRow(
        id=key_of(code, activity.pk),
        kind="requests",
        icon=icon,
        tone="info",
        title=title
        % {"activity": activity.activity_type.name.lower(), "name": activity.advocate.name},
        why=" · ".join(part for part in why if part),
        url=url,
        due=activity.due,  # type: ignore[attr-defined]
        action=(label, url, "panel"),
        panel=True,
    )


WORK = (Work("happened", "requests", waiting_for_outcome, to_confirm_happened),)
