"""What of duties waits on Today: those that no other row tells (RSP-1)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from activities.duties.models import Duty, Task
from activities.duties.pages import about_of
from activities.duties.selectors import open_of
from activities.playbooks.choices import Anchor
from activities.set_up.checks import open_points
from activities.set_up.selectors import set_up_of
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.responsibilities.steps import Step

#: A time to find and an outcome to record have rows of their own.
_TOLD = (Step.PREPARE, Step.BRIEF, Step.PRODUCE, Step.PUBLISH, Step.FEEDBACK)
#: What is due later only stands on the record; a checklist's steps are many, and small.
_AHEAD, _ITEM_AHEAD = timedelta(days=7), timedelta(days=1)


def waiting(membership: Membership) -> QuerySet[Duty]:
    """The member's own."""
    now = clock.now()
    due = (
        Q(item=None, task="", step__in=_TOLD, due_at__lte=now + _AHEAD)
        | Q(item__isnull=False, due_at__lte=now + _ITEM_AHEAD)
        | Q(task=Task.SET_UP, due_at__lte=now + _ITEM_AHEAD, activity__starts_at__gt=now)
        # There is nothing to upload before, and it stays until it is there.
        | Q(task=Task.UPLOAD, activity__ends_at__lte=now)
    )
    pointless = Q(item__anchor=Anchor.ACCEPTED) | Q(item__anchor=Anchor.BOOKED, item__days__lte=0)
    # What was to be done before it, and nobody has said yet how it went.
    rows = open_of(membership).filter(due).exclude(pointless, activity__ends_at__lte=now)
    return rows.annotate(due=F("due_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for duty in waiting(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "duties:detail", duty.pk)
        who = duty.activity.advocate.name if membership.can("advocates.view") else ""
        found.append(
            QueueRow(
                id=key_of("duty", duty.pk),
                kind="duties",
                icon="clipboard-check",
                tone="info",
                title=f"{duty}: {who}" if who else str(duty),
                why=" · ".join([about_of(duty), *open_of_set_up(duty)]),
                url=url,
                due=duty.due,  # type: ignore[attr-defined]
                action=(label_of(duty), url, "panel"),
                panel=True,
            )
        )
    return found


def open_of_set_up(duty: Duty) -> list[str]:
    """What of a set-up is missing; nothing about any other duty."""
    if duty.task != Task.SET_UP:
        return []
    set_up = set_up_of(duty.activity)
    return open_points(duty.activity, set_up, tested=False) if set_up else []


def label_of(duty: Duty) -> str:
    """What its button says: short, where the words of a checklist are a sentence."""
    return _("Tick it off") if duty.text else str(duty)


WORK = Work("duty", "duties", waiting, rows)
