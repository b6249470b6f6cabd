"""Reading grants (BEN-2)."""

from datetime import timedelta

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.program.catalogue.choices import Rewards
from benefits.grants.lifecycle import GOT, LIVE, OPEN, GrantState
from benefits.grants.models import Grant, GrantActivity

#: What is due later only stands in the list.
_AHEAD = timedelta(days=7)
#: So many past activities can be ticked.
_OFFERED = 30


def listed_grants(membership: Membership) -> QuerySet[Grant]:
    """Every grant with what is shown of it."""
    covers = GrantActivity.objects.select_related("activity__activity_type").order_by("activity_id")
    return Grant.objects.select_related(
        "tenant",
        "benefit",
        "budget",
        "advocate__account__owner__user",
        "advocate__tenant",
        "owner__user",
        "approved_by__user",
        "created_by__user",
    ).prefetch_related(Prefetch("covers", queryset=covers))


def owned_by(membership: Membership) -> QuerySet[Grant]:
    """What a member promised and has not delivered, due within a week or late (BEN-2.c)."""
    until = clock.today(membership.tenant.zone) + _AHEAD
    rows = listed_grants(membership).filter(owner=membership, state__in=OPEN, due_on__lte=until)
    return rows.filter(Q(waits_for=[]) | ~Q(state=GrantState.PLANNED))


def to_approve(membership: Membership) -> QuerySet[Grant]:
    """What waits for an approval."""
    return listed_grants(membership).filter(state=GrantState.PLANNED).exclude(waits_for=[])


def late(rows: QuerySet[Grant], membership: Membership) -> QuerySet[Grant]:
    """Of some grants those that were promised for a day that has passed (BEN-2.c)."""
    return rows.filter(state__in=OPEN, due_on__lt=clock.today(membership.tenant.zone))


def grants_of(advocate: Advocate, membership: Membership) -> QuerySet[Grant]:
    """What somebody was given, the newest first."""
    return listed_grants(membership).filter(advocate=advocate).order_by("-created_at", "-pk")


def totals_of(advocate: Advocate, membership: Membership) -> dict[str, int]:
    """How many things somebody ``got``, how many are ``open``, how many of those ``late``."""
    today = clock.today(membership.tenant.zone)
    is_open = Q(state__in=OPEN)
    return Grant.objects.filter(advocate=advocate).aggregate(
        got=Count("pk", filter=Q(state__in=GOT)),
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_on__lt=today)),
        worth=Sum("value", filter=Q(state__in=GOT)),
    )


def rewardable(advocate: Advocate | None, *, but: Grant | None = None) -> QuerySet[Activity]:
    """What somebody did that may be rewarded and no other grant rewards yet, the newest first;
    never a review (BEN-4).
    """
    if advocate is None:
        return Activity.objects.none()
    others = GrantActivity.objects.filter(grant__state__in=LIVE, grant__advocate=advocate)
    if but is not None:
        others = others.exclude(grant=but)
    rows = (
        Activity.objects.filter(advocate=advocate, state=ActivityState.COMPLETED)
        .exclude(activity_type__rewards=Rewards.NEVER)
        .exclude(pk__in=others.values("activity"))
    )
    newest = rows.order_by("-happened_at").values("pk")[:_OFFERED]
    return (
        Activity.objects.filter(pk__in=newest)
        .select_related("activity_type")
        .order_by("-happened_at", "pk")
    )
