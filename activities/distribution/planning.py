"""What is proposed when a piece is published (DIST-1.a, DIST-1.b)."""

from datetime import date

from django.db import models

from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from activities.distribution.lifecycle import Derived, PlacementState
from activities.distribution.models import Placement, Repurposing
from activities.distribution.numbers import Distribution
from activities.duties.services import responsible_for
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.selectors import accountable_owner, there
from advocates.responsibilities.steps import Step


def day_after(asset: Asset, days: int) -> date:
    """So many business days from now, as a day of the tenant's."""
    calendar = calendar_of(asset.tenant)
    return calendar.add_days(clock.now(), days).astimezone(asset.tenant.zone).date()


def who_places(asset: Asset) -> Membership | None:
    """Who publishes what an activity of this type gives; else who sees to the piece."""
    named = responsible_for(asset.activity, Step.PUBLISH) if asset.activity else None
    return there(named) or there(asset.owner) or accountable_owner()


def on_published(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: the tenant's usual channels for its kind, and what is usually made of it. A
    channel that is open for it or was left out is not proposed a second time; one where an earlier
    text stands is, since another stands there now.
    """
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    numbers, owner = current(Distribution), who_places(subject)
    settled = set(
        Placement.objects.filter(asset=subject)
        .exclude(state=PlacementState.DONE)
        .values_list("channel", flat=True)
    )
    wanted = [each for each in numbers.channels_of(subject.kind) if each not in settled]
    due_on = day_after(subject, numbers.place_days)
    for channel in wanted:
        placement = Placement(asset=subject, channel=channel, owner=owner, due_on=due_on)
        placement.save(force_insert=True)
        payload = {"channel": channel}
        record("placement.planned", placement, actor=actor, payload=payload, about=[subject])
    if subject.kind == AssetKind.RECORDING and subject.origin is None:
        _plan_derived(subject, numbers, actor)


def _plan_derived(recording: Asset, numbers: Distribution, actor: Actor) -> None:
    known = set(Repurposing.objects.filter(asset=recording).values_list("form", flat=True))
    due_on = day_after(recording, numbers.made_days)
    owner = there(recording.owner) or accountable_owner()
    for form in Derived:
        if form in known or form not in numbers.made_of_recording:
            continue
        plan = Repurposing(asset=recording, form=form, owner=owner, due_on=due_on)
        plan.save(force_insert=True)
        payload = {"form": str(form)}
        record("repurposing.planned", plan, actor=actor, payload=payload, about=[recording])
