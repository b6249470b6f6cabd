"""What of activities waits on Today: did they happen, do they stand (ACT-4, ACC-2)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db.models import DateField, Func, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.activities.unscheduled import unscheduled
from activities.settings import Fulfilment
from activities.slot_checks.lifecycle import CheckState
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.selectors import is_managers
from activities.slot_checks.words import why_managers
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.accounts.selectors import resting_accounts
from advocates.responsibilities.selectors import is_accountable


def waiting_for_outcome(membership: Membership) -> QuerySet[Activity]:
    """Booked slots that are over, and neither side settled whether they happened: silent for a
    business day, of two opinions, or not asked (ACT-4).
    """
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
        Activity.objects.filter(
            # While requester and advocate are asked, it is theirs to say.
            is_managers(),
            state=ActivityState.SCHEDULED,
            ends_at__lte=clock.now() - after,
        )
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
    checks = SlotCheck.objects.filter(activity__in=pks, state=CheckState.MANAGER)
    said = {
        check.activity_id: why_managers(check, membership)  # type: ignore[attr-defined]
        for check in checks.select_related("activity__advocate", "requester__user")
    }
    for activity in waiting_for_outcome(membership).filter(pk__in=pks):
        booked = words.moment(activity.starts_at) if activity.starts_at else ""
        rows.append(
            activity_row(
                "happened",
                activity,
                membership,
                title=_("Did the %(activity)s of %(name)s happen?"),
                why=[activity.purpose, booked, said.get(activity.pk) or _("nobody has said")],
                label=_("Yes or no"),
                icon="calendar-question",
            )
        )
    return rows


def waiting_for_word(membership: Membership) -> QuerySet[Activity]:
    """What people at own accounts said yes to, now that the account is held (ACC-2)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    return (
        Activity.objects.filter(
            state__in=OPEN,
            advocate__account__owner=membership,
            advocate__account__in=resting_accounts(clock.today(membership.tenant.zone)),
        )
        .select_related("advocate__account", "activity_type")
        .annotate(due=Coalesce("starts_at", "accepted_at", "planned_at"))
    )


def to_question(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Let it take place, or call it off."""
    rows = []
    for activity in waiting_for_word(membership).filter(pk__in=pks):
        booked = words.moment(activity.starts_at) if activity.starts_at else ""
        on_hold = _("%(account)s is on hold") % {"account": activity.advocate.account}
        rows.append(
            activity_row(
                "held_activity",
                activity,
                membership,
                title=_("Does the %(activity)s of %(name)s still take place?"),
                why=[on_hold, activity.purpose, booked],
                label=_("Look at it"),
                icon="hand-stop",
            )
        )
    return rows


def waiting_for_a_time(membership: Membership) -> QuerySet[Activity]:
    """What somebody said yes to long ago and has no time yet: theirs who find it, and of nobody
    who works here theirs who answers for the program (AST-3.b).
    """
    if not membership.can("activities.view"):
        return Activity.objects.none()
    whose = Q(owner=membership)
    if is_accountable(membership):
        openers = [role for role in Role if allowed(role, "activities.view")]
        whose |= (
            Q(owner=None)
            | Q(owner__is_active=False)
            | Q(owner__user__is_active=False)
            | ~Q(owner__role__in=openers)
        )
    return unscheduled(membership.tenant, whose)


def to_tell_waiting(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Since when, and the message that is drafted."""
    rows = []
    waiting = waiting_for_a_time(membership).filter(pk__in=pks)
    for activity in waiting.select_related("advocate__account", "activity_type"):
        said = words.day(activity.accepted_at) if activity.accepted_at else ""
        row = activity_row(
            "unscheduled",
            activity,
            membership,
            title=_("No time yet for the %(activity)s of %(name)s"),
            why=[
                activity.advocate.account.name,
                activity.purpose,
                _("said yes on %(day)s") % {"day": said},
            ],
            label=_("Tell them it is coming"),
            icon="clock-exclamation",
        )
        url = tenant_reverse(membership.tenant, "activities:tell-waiting", activity.pk)
        rows.append(replace(row, tone="warning", action=(row.action[0], url, "panel")))
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


WORK = (
    Work("unscheduled", "requests", waiting_for_a_time, to_tell_waiting),
    Work("happened", "requests", waiting_for_outcome, to_confirm_happened),
    Work("held_activity", "requests", waiting_for_word, to_question),
)
