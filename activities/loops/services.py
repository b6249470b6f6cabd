"""Closing the loop: telling an advocate what came of it (ACT-2, AST-3)."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.access import require_tell
from activities.activities.models import Activity
from activities.assets.models import Asset
from activities.loops.choices import CameOut
from activities.loops.models import LoopDuty
from activities.settings import Loops
from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.selectors import person_for

#: A posted review, a shared link or a recording is there to be told about once it happened.
_SPEAKS_FOR_ITSELF = {"link": CameOut.POSTED, "recording": ""}
#: Whose advocate, account and words its events and letters read.
_BESIDE = (
    "activity__activity_type",
    "activity__advocate__account",
    "asset__advocate__account",
)


def open_duty(activity: Activity) -> LoopDuty:
    """Open the duty with the completion; due at once known only where the result is public."""
    return LoopDuty.objects.create(
        activity=activity,
        owner=activity.owner or activity.advocate.account.owner,
        due_at=_due_without_news(activity),
        came_out=_SPEAKS_FOR_ITSELF.get(activity.activity_type.produces, ""),
    )


def _due_without_news(activity: Activity) -> datetime | None:
    public = activity.activity_type.produces in _SPEAKS_FOR_ITSELF
    return activity.happened_at + within() if public and activity.happened_at else None


def close_duties_of(activity: Activity, *, note: str) -> int:
    """Close an activity's open duty without anybody having been told; returns how many."""
    return LoopDuty.objects.filter(activity=activity, closed_at__isnull=True).update(
        closed_at=clock.now(), note=note
    )


@transaction.atomic
def make_loop_due(
    *,
    actor: Actor,
    activity_ids: Collection[uuid.UUID],
    due_at: datetime,
    news: str,
    came_out: str = "",
) -> int:
    """There is something to tell about these activities: a deal won or lost, a publication.

    ``news`` is what there is to tell, in a few words, ``came_out`` which of ``CameOut`` it is; a
    duty that is due already keeps the earlier time and takes the newer news. What is out stays so
    where a deal ends: its letter tells both. Returns how many duties are due now because of it.
    """
    changed = 0
    for duty in LoopDuty.objects.filter(
        activity_id__in=activity_ids, closed_at__isnull=True
    ).select_related(*_BESIDE):
        earliest = min(due_at, duty.due_at) if duty.due_at else due_at
        words = news[:300] if came_out or _tells_of_deal(duty) else duty.news
        now = {"due_at": earliest, "news": words, "came_out": came_out or duty.came_out}
        if all(getattr(duty, name) == value for name, value in now.items()):
            continue  # told of already
        changed += LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=True).update(**now)
        _tell("loop.due", duty, actor, due_at=earliest.isoformat())
    return changed


@transaction.atomic
def take_news_back(*, actor: Actor, activity_ids: Collection[uuid.UUID], came_out: str = "") -> int:
    """What there was to tell about these activities is not so after all: a deal goes on, or what
    ``came_out`` says is out no longer; other news stays.

    Who has been told already stays told. Returns how many duties wait for news again.
    """
    changed = 0
    duties = LoopDuty.objects.filter(activity_id__in=activity_ids, closed_at__isnull=True)
    for duty in duties.exclude(news="").select_related(*_BESIDE):
        if duty.came_out != came_out if came_out else not _tells_of_deal(duty):
            continue
        activity = duty.activity
        assert activity is not None  # noqa: S101 - found by it
        changed += LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=True).update(
            **_news_left(activity)
        )
        _tell("loop.reopened", duty, actor)
    return changed


def _news_left(activity: Activity) -> dict[str, Any]:
    """What there is to tell of an activity by itself: that it is out, where somebody said so."""
    if activity.out_on is not None and activity.comes_out_as:
        return {
            "due_at": _due_since(activity, activity.out_on),
            "came_out": activity.comes_out_as,
            "news": str(CameOut(activity.comes_out_as).label),
        }
    return {
        "due_at": _due_without_news(activity),
        "came_out": _SPEAKS_FOR_ITSELF.get(activity.activity_type.produces, ""),
        "news": "",
    }


def _due_since(activity: Activity, out_on: date) -> datetime:
    return datetime.combine(out_on, time(), tzinfo=activity.tenant.zone) + within()


def _tells_of_deal(duty: LoopDuty) -> bool:
    """Whether the news of an activity's duty is a deal's, or it has none: what was posted by itself
    and nobody said so has no words of its own.
    """
    if duty.came_out == CameOut.POSTED and duty.activity is not None:
        return duty.activity.out_on is None
    return not duty.came_out


@transaction.atomic
def news_came_out(*, actor: Actor, activity: Activity, out_on: date, came_out: str) -> LoopDuty:
    """What an activity was for is out since a day: who did it hears of it so many days later at the
    latest, also where they were told something else before (AST-3.d). Who was told the same stays
    told; only the day is another.
    """
    due_at = _due_since(activity, out_on)
    news = str(CameOut(came_out).label)
    kept = LoopDuty.objects.filter(activity=activity).select_related(*_BESIDE).first()
    if kept is None:
        kept = open_duty(activity)
    elif kept.closed_at and kept.closed_by_id and kept.came_out == came_out:  # type: ignore[attr-defined]
        LoopDuty.objects.filter(pk=kept.pk).update(due_at=due_at)
        return kept.reload()
    elif kept.closed_at is None and kept.due_at and kept.news:
        due_at = min(due_at, kept.due_at)
    LoopDuty.objects.filter(pk=kept.pk).update(
        due_at=due_at, came_out=came_out, news=news, closed_at=None, closed_by=None, note=""
    )
    duty = LoopDuty.objects.select_related(*_BESIDE).get(pk=kept.pk)
    _tell("loop.due", duty, actor, due_at=due_at.isoformat())
    return duty


@transaction.atomic
def news_of_piece(*, actor: Actor, asset: Asset, news: str) -> LoopDuty | None:
    """A piece is published: its advocate is to hear of it (AST-3.d).

    The activity it came of tells it with its own duty while that is open; one of the piece is
    opened otherwise, once. Returns the one that is opened.
    """
    due_at = clock.now() + within()
    if asset.activity_id and LoopDuty.objects.filter(  # type: ignore[attr-defined]
        activity=asset.activity, closed_at__isnull=True
    ):
        make_loop_due(
            actor=actor,
            activity_ids=[asset.activity_id],  # type: ignore[attr-defined]
            due_at=due_at,
            news=news,
            came_out=CameOut.PUBLISHED,
        )
        return None
    if LoopDuty.objects.filter(asset=asset).exists():
        return None
    duty = LoopDuty.objects.create(
        asset=asset,
        # Whoever publishes need not be who writes to advocates.
        owner=person_for(Role.CSM, account=asset.advocate.account),
        due_at=due_at,
        news=news[:300],
        came_out=CameOut.PUBLISHED,
    )
    _tell("loop.due", duty, actor, due_at=due_at.isoformat())
    return duty


def within() -> timedelta:
    """So long after a publication, recording, release or posted review somebody is told."""
    return timedelta(days=current(Loops).tell_days)


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
    _tell("loop.closed", duty, actor)
    return duty


@transaction.atomic
def reopen_loop(*, actor: Actor, duty: LoopDuty) -> bool:
    """Nobody heard of it after all: the letter came back. Whether it was closed."""
    changed = LoopDuty.objects.filter(pk=duty.pk, closed_at__isnull=False).update(
        closed_at=None, closed_by=None, note=""
    )
    duty.reload()
    if changed:
        _tell("loop.reopened", duty, actor)
    return bool(changed)


def untell(actor: Actor, row_id: uuid.UUID, kept: dict[str, Any]) -> tuple[()]:
    """Taking the letter back: they have not heard of it."""
    duty = LoopDuty.objects.filter(pk=row_id).first()
    changed = LoopDuty.objects.filter(pk=row_id, closed_at=kept["closed_at"]).update(
        closed_at=None, closed_by=None, note=""
    )
    if duty is None or not changed:
        raise Conflict(_("Somebody has told them since; it cannot be taken back any more."))
    return ()


def _tell(verb: str, duty: LoopDuty, actor: Actor, **more: str) -> None:
    ids = {"activity": duty.activity_id, "asset": duty.asset_id}  # type: ignore[attr-defined]
    known = {name: str(pk) for name, pk in ids.items() if pk}
    record(verb, duty, actor=actor, payload={**known, **more}, about=duty.about)
