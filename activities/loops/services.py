"""Closing the loop: telling an advocate what came of it (ACT-2, AST-3)."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from activities.access import require_tell
from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from activities.settings import Loops
from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current

#: A posted review, a shared link or a recording is there to be told about once it happened.
_SPEAKS_FOR_ITSELF = frozenset({"link", "recording"})


def open_duty(activity: Activity) -> LoopDuty:
    """Open the duty with the completion; due at once known only where the result is public."""
    return LoopDuty.objects.create(
        activity=activity,
        owner=activity.owner or activity.advocate.account.owner,
        due_at=_due_without_news(activity),
    )


def _due_without_news(activity: Activity) -> datetime | None:
    public = activity.activity_type.produces in _SPEAKS_FOR_ITSELF
    within = timedelta(days=current(Loops).tell_days)
    return activity.happened_at + within if public and activity.happened_at else None


def close_duties_of(activity: Activity, *, note: str) -> int:
    """Close an activity's open duty without anybody having been told; returns how many."""
    return LoopDuty.objects.filter(activity=activity, closed_at__isnull=True).update(
        closed_at=clock.now(), note=note
    )


@transaction.atomic
def make_loop_due(
    *, actor: Actor, activity_ids: Collection[uuid.UUID], due_at: datetime, news: str
) -> int:
    """There is something to tell about these activities: a deal won or lost, a publication.

    ``news`` is what there is to tell, in a few words; a duty that is due already keeps the earlier
    time and takes the newer news. Returns how many duties are due now because of it.
    """
    changed = 0
    for duty in LoopDuty.objects.filter(
        activity_id__in=activity_ids, closed_at__isnull=True
    ).select_related("activity__advocate__account"):
        earliest = min(due_at, duty.due_at) if duty.due_at else due_at
        if (earliest, news[:300]) == (duty.due_at, duty.news):
            continue  # told of already
        changed += LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=True).update(
            due_at=earliest, news=news[:300]
        )
        record(
            "loop.due",
            duty,
            actor=actor,
            payload={"activity": str(duty.activity_id), "due_at": earliest.isoformat()},
            about=(duty.activity, duty.activity.advocate, duty.activity.advocate.account),
        )
    return changed


@transaction.atomic
def take_news_back(*, actor: Actor, activity_ids: Collection[uuid.UUID]) -> int:
    """What there was to tell about these activities is not so after all: a deal goes on.

    Who has been told already stays told. Returns how many duties wait for news again.
    """
    changed = 0
    duties = LoopDuty.objects.filter(activity_id__in=activity_ids, closed_at__isnull=True)
    for duty in duties.exclude(news="").select_related(
        "activity__activity_type", "activity__advocate__account"
    ):
        changed += LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=True).update(
            due_at=_due_without_news(duty.activity), news=""
        )
        record(
            "loop.reopened",
            duty,
            actor=actor,
            payload={"activity": str(duty.activity_id)},
            about=(duty.activity, duty.activity.advocate, duty.activity.advocate.account),
        )
    return changed


@transaction.atomic
def close_loop(*, actor: Actor, duty: LoopDuty, note: str) -> LoopDuty:
    """Somebody told the advocate what came of it (AST-3); ``note`` says what and how.

    Raises :class:`DomainError` without a note, :class:`Conflict` when it was closed before,
    :class:`NotAllowed` when it is somebody else's to tell.
    """
    require_tell(actor, duty)
    text = note.strip()
    problem = (
        _("Say what you told them.")
        if not has_words(text)
        else _("Keep the note under 500 characters.")
        if len(text) > 500
        else ""
    )
    if problem:
        raise DomainError(problem, code="note_required", fields={"note": problem})
    changed = LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=True).update(
        closed_at=clock.now(), closed_by=actor.membership, note=text
    )
    duty.reload()
    if not changed:
        raise Conflict(_("Somebody has already told them."))
    record(
        "loop.closed",
        duty,
        actor=actor,
        payload={"activity": str(duty.activity_id)},
        about=(duty.activity, duty.activity.advocate, duty.activity.advocate.account),
    )
    return duty


@transaction.atomic
def reopen_loop(*, actor: Actor, duty: LoopDuty) -> bool:
    """Nobody heard of it after all: the letter came back. Whether it was closed."""
    changed = LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=False).update(
        closed_at=None, closed_by=None, note=""
    )
    duty.reload()
    if changed:
        record(
            "loop.reopened",
            duty,
            actor=actor,
            payload={"activity": str(duty.activity_id)},
            about=(duty.activity, duty.activity.advocate, duty.activity.advocate.account),
        )
    return bool(changed)
