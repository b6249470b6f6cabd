"""What earns points by itself, and what takes them back again (BEN-7.a)."""

from django.db import models

from activities.activities.models import Activity
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenant_settings.reading import current
from advocates.program.catalogue.choices import Rewards
from advocates.program.ledger.choices import Origin
from benefits.grants.models import Grant
from benefits.points.badges.winning import lose_badges, win_badges
from benefits.points.choices import COMPLETED, Source
from benefits.points.ledger import are_on, enter, recount, take_back_source
from benefits.points.settings import PointNumbers


def may_earn(activity: Activity) -> bool:
    """A review never does (BEN-4.a), nor what the catalogue never rewards, nor history from a
    spreadsheet: nobody knew of points then.
    """
    kind = activity.activity_type
    if kind.is_review or kind.rewards == Rewards.NEVER:
        return False
    return activity.participation.origin != Origin.IMPORTED


def worth_of(activity: Activity) -> int:
    """By effort; some types twice."""
    numbers = current(PointNumbers)
    points: int = getattr(numbers, f"{activity.participation.effort}_points")
    return 2 * points if activity.activity_type.code in numbers.double_types else points


def earn(event: Event, subject: models.Model, actor: Actor) -> None:
    """Points for what was completed, and its badges. Subscribes ``activity.completed``."""
    if not are_on() or not isinstance(subject, Activity) or not may_earn(subject):
        return
    enter(
        "points.earned",
        actor=actor,
        advocate=subject.advocate,
        source=Source.ACTIVITY,
        source_id=subject.pk,
        milestone=COMPLETED,
        points=worth_of(subject),
    )
    win_badges(subject.advocate, actor=actor)


def take_back_voided(event: Event, subject: models.Model, actor: Actor) -> None:
    """It never happened: its points go, and the badges that only it brought. Subscribes
    ``activity.voided``; also where points were switched off since.
    """
    if isinstance(subject, Activity):
        take_back_source(Source.ACTIVITY, subject.pk, actor=actor)
        # Also of what earned no points: history from a spreadsheet counts towards badges.
        lose_badges(subject, actor=actor)


def give_back_refused(event: Event, subject: models.Model, actor: Actor) -> None:
    """What was redeemed and is not given, or came back, costs no points. Subscribes
    ``grant.cancelled`` and ``grant.returned``.
    """
    if isinstance(subject, Grant) and subject.points:
        take_back_source(Source.REDEMPTION, subject.pk, actor=actor)


def follow_merge(event: Event, subject: models.Model, actor: Actor) -> None:
    """The points of both are theirs. Subscribes ``advocate.merged``."""
    recount(subject.pk)
