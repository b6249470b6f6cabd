"""What follows from a publication, a completion, and an end of what a piece rests on (ACT-2.c,
ADV-4.f).
"""

import uuid
from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.assets.leave import missing_of
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.times import owners_turn
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from activities.duties.services import tick_duty
from activities.loops.choices import CameOut
from activities.loops.models import LoopDuty
from activities.loops.services import make_loop_due, news_of_piece, take_news_back, within
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocates.models import Advocate
from advocates.responsibilities.steps import Step

#: Who sees that a leave has ended, or holds again.
ACTOR = Actor.system("content")


def on_published(asset: Asset, actor: Actor) -> None:
    """The activity's advocate has something to hear of, and who was to publish it is done."""
    activity = asset.activity
    news_of_piece(actor=actor, asset=asset, news=_published_words(asset))
    if activity is None:
        return
    if asset.published_url and not activity.content_url:
        Activity.objects.filter(pk=activity.pk).update(content_url=asset.published_url)
    open_ones = Duty.objects.filter(
        activity=activity,
        step__in=[Step.PRODUCE, Step.PUBLISH],
        item=None,
        task="",
        state=DutyState.OPEN,
    )
    for duty in open_ones.select_related("activity__advocate__account").order_by("pk"):
        tick_duty(actor=actor, duty=duty)


def on_retired(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: nobody is told of a publication that is none any more, or led to it (AST-3.d).

    Where another piece of the same activity is out, that one is the news.
    """
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    if not subject.activity_id:  # type: ignore[attr-defined]
        return
    activity_id = subject.activity_id  # type: ignore[attr-defined]
    of_it = Asset.objects.filter(activity=activity_id, state=AssetState.PUBLISHED)
    left = of_it.filter(held_since=None).exclude(pk=subject.pk).order_by("-published_at", "pk")
    other = left.first()
    if event.verb == "asset.retired" and subject.published_url:
        Activity.objects.filter(pk=activity_id, content_url=subject.published_url).update(
            content_url=other.published_url if other else ""
        )
    duties = LoopDuty.objects.filter(
        activity=activity_id, closed_at__isnull=True, came_out=CameOut.PUBLISHED
    )
    if other is None:
        take_news_back(actor=actor, activity_ids=[activity_id], came_out=CameOut.PUBLISHED)
    elif duties.exists():
        _tell_of(other, actor)


def on_let_go(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: it is in the library again, and who waits to hear of it hears of it after all."""
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    if subject.activity_id:  # type: ignore[attr-defined]
        _tell_of(subject, actor)


def _tell_of(asset: Asset, actor: Actor) -> None:
    activity = asset.activity
    assert activity is not None  # noqa: S101 - its callers know
    make_loop_due(
        actor=actor,
        activity_ids=[activity.pk],
        due_at=clock.now() + within(),
        news=_published_words(asset),
        came_out=CameOut.PUBLISHED,
    )


def _published_words(asset: Asset) -> str:
    return _("Published: “%(title)s”") % {"title": asset.title}


def on_leave(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of leave that is given and withdrawn: what rests on it leaves the library in the
    same transaction, and comes back (ADV-4.f).
    """
    assert isinstance(subject, Advocate)  # noqa: S101 - its own events
    _look_at(_published().filter(advocate=subject), actor)


@transaction.atomic
def look_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler: what ended with yesterday."""
    _look_at(_published(), ACTOR)


def _published() -> models.QuerySet[Asset]:
    rows = Asset.objects.filter(state=AssetState.PUBLISHED).select_related(
        "advocate__account__owner__user",
        "advocate__tenant",
        "activity__activity_type",
        "origin__activity__activity_type",
        "owner__user",
        "tenant",
    )
    return (
        rows.prefetch_related("advocate__consents")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )


def _look_at(assets: Iterable[Asset], actor: Actor) -> None:
    for asset in assets:
        missing = missing_of(asset)
        if bool(missing) == (asset.held_since is not None):
            continue
        now = clock.now()
        changes = {
            "held_since": now if missing else None,
            "due_at": owners_turn(asset) if missing else None,
            "updated_at": now,
        }
        Asset.objects.filter(pk=asset.pk).update(**changes)
        verb = "asset.held" if missing else "asset.let_go"
        record(verb, asset, actor=actor, payload={"number": asset.number}, about=asset.about)
