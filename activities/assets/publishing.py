"""What follows from a publication, a completion, and an end of what a piece rests on (ACT-2.c,
ADV-4.f).
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta

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
from activities.loops.services import make_loop_due
from activities.settings import Loops
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.responsibilities.steps import Step

#: Who sees that a leave has ended, or holds again.
ACTOR = Actor.system("content")


def on_published(asset: Asset, actor: Actor) -> None:
    """The activity's advocate has something to hear of, and who was to publish it is done."""
    activity = asset.activity
    if activity is None:
        return
    if asset.published_url and not activity.content_url:
        Activity.objects.filter(pk=activity.pk).update(content_url=asset.published_url)
    make_loop_due(
        actor=actor,
        activity_ids=[activity.pk],
        due_at=clock.now() + timedelta(days=current(Loops).tell_days),
        news=_("Published: “%(title)s”") % {"title": asset.title},
    )
    open_ones = Duty.objects.filter(
        activity=activity,
        step__in=[Step.PRODUCE, Step.PUBLISH],
        item=None,
        task="",
        state=DutyState.OPEN,
    )
    for duty in open_ones.select_related("activity__advocate__account").order_by("pk"):
        tick_duty(actor=actor, duty=duty)


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
