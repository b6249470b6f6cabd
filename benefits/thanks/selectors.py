"""Reading thank-yous: what waits, what was done, how much of it in time."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from activities.assets.lifecycle import AssetState
from activities.loops.models import LoopDuty
from advocacy import clock
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role, allowed
from advocates.models import Advocate
from advocates.responsibilities.selectors import is_accountable
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou

#: How long something done stays on the desk.
DONE_LATELY = timedelta(days=7)


def visible_thank_yous(membership: Membership) -> QuerySet[ThankYou]:
    """Everybody's to the program; to the others their own and those of their accounts."""
    thank_yous = ThankYou.objects.select_related(
        "advocate__account",
        "advocate__tenant",
        "activity__activity_type",
        "owner__user",
        "done_by__user",
    )
    if membership.can("thanks.manage"):
        return thank_yous
    mine = answers_for(membership)
    return thank_yous.filter(Q(owner__in=mine) | Q(advocate__account__owner__in=mine))


def get_thank_you(membership: Membership, pk: uuid.UUID) -> ThankYou:
    """One thank-you this member may see; ``Http404`` otherwise."""
    found = visible_thank_yous(membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def open_thank_yous(membership: Membership, *, mine: bool) -> QuerySet[ThankYou]:
    """What is to be said, most urgent first."""
    waiting = visible_thank_yous(membership).filter(state=ThankYouState.OPEN)
    if mine:
        waiting = waiting.filter(owner__in=answers_for(membership))
    return waiting.order_by("due_at", "id")


def thankers() -> QuerySet[Membership]:
    """Colleagues who may thank advocates, by name."""
    roles = [role for role in Role if allowed(role, "thanks.send")]
    return (
        Membership.objects.filter(role__in=roles, is_active=True, user__is_active=True)
        .select_related("user", "tenant")
        .order_by("user__name", "pk")
    )


def next_open(membership: Membership, *, after: ThankYou, mine: bool) -> ThankYou | None:
    """The one to go on with: the next by due time, else the first that is left."""
    waiting = open_thank_yous(membership, mine=mine).exclude(pk=after.pk)
    later = Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def done_lately(membership: Membership, *, mine: bool, limit: int = 10) -> list[ThankYou]:
    """What was said in the last days, newest first."""
    done = visible_thank_yous(membership).filter(
        state=ThankYouState.DONE, done_at__gt=clock.now() - DONE_LATELY
    )
    if mine:
        done = done.filter(Q(owner=membership) | Q(done_by=membership))
    return list(done.order_by("-done_at", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class OnTime:
    """How many thank-yous fell due in a period, and how many of them were said by then."""

    in_time: int
    due: int

    @property
    def share(self) -> float | None:
        """0 to 1; ``None`` when nothing fell due."""
        return self.in_time / self.due if self.due else None


def fell_due(since: datetime, until: datetime) -> QuerySet[ThankYou]:
    """What fell due from one moment to before another, and no later than now.

    Apologies are not thank-yous, and what was voided was never owed.
    """
    due = ThankYou.objects.filter(due_at__gte=since, due_at__lt=until, due_at__lte=clock.now())
    return due.exclude(state=ThankYouState.VOIDED).exclude(kind=ThankYouKind.APOLOGY)


def on_time(*, since: datetime) -> OnTime:
    """Sent in time / all that fell due since then, unsent included (THX-4)."""
    totals = fell_due(since, clock.now() + timedelta.resolution).aggregate(
        due=Count("pk"),
        in_time=Count("pk", filter=Q(state=ThankYouState.DONE, done_at__lte=F("due_at"))),
    )
    return OnTime(in_time=totals["in_time"], due=totals["due"])


def visible_duties(membership: Membership) -> QuerySet[LoopDuty]:
    """Open duties to tell what came of it, once there is something to tell (AST-3)."""
    out = Q(asset=None) | Q(asset__state=AssetState.PUBLISHED, asset__held_since=None)
    duties = (
        LoopDuty.objects.filter(out, closed_at__isnull=True, due_at__isnull=False)
        .select_related(
            "activity__advocate__account",
            "activity__advocate__tenant",
            "activity__activity_type",
            "asset__advocate__account",
            "asset__advocate__tenant",
            "owner__user",
        )
        .order_by("due_at", "id")
    )
    if membership.can("thanks.manage"):
        return duties
    mine = answers_for(membership)
    return duties.filter(
        Q(owner__in=mine)
        | Q(activity__advocate__account__owner__in=mine)
        | Q(asset__advocate__account__owner__in=mine)
    )


def duties_of(membership: Membership) -> QuerySet[LoopDuty]:
    """A member's own; whoever answers for the program has those of nobody who could tell them."""
    whose = Q(owner=membership)
    if is_accountable(membership):
        tellers = [role for role in Role if allowed(role, "thanks.send")]
        whose |= (
            Q(owner=None)
            | Q(owner__is_active=False)
            | Q(owner__user__is_active=False)
            | ~Q(owner__role__in=tellers)
        )
    return visible_duties(membership).filter(whose)


def duties_about(advocate: Advocate) -> Q:
    """Of one advocate, whatever they did."""
    return Q(activity__advocate=advocate) | Q(asset__advocate=advocate)


def get_duty(membership: Membership, pk: uuid.UUID) -> LoopDuty:
    """One duty this member may see, open and due; ``Http404`` otherwise."""
    found = visible_duties(membership).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def thank_you_names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Whom each thank-you is for."""
    rows = ThankYou.objects.filter(pk__in=ids).select_related("advocate")
    return {row.pk: row.advocate.name for row in rows}
