"""Reading the community pool (TIER-9)."""

from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.counting import Count, counted
from advocates.joining.criteria import is_promoter
from advocates.models import Advocate, PoolInvitation, PoolMembership, ProgramPolicy
from advocates.people.choices import ENROLLED, AdvocateStatus
from advocates.pool.lifecycle import PoolState

#: Whoever the program found worth it is a promoter, whatever a survey says.
_FOUND_WORTH_IT = frozenset(
    {
        AdvocateStatus.QUALIFIED,
        AdvocateStatus.CULTIVATING,
        AdvocateStatus.INVITED,
        AdvocateStatus.DECLINED,
        AdvocateStatus.ALUMNI,
    }
)
OPEN = (PoolState.OFFERED, PoolState.MEMBER)


def listed_places(membership: Membership) -> QuerySet[PoolMembership]:
    """Everybody who is or was in the pool or was offered it, with the last invitation."""
    last = PoolInvitation.objects.filter(advocate=OuterRef("advocate")).order_by("-sent_at")
    return PoolMembership.objects.select_related(
        "advocate__account__owner__user", "advocate__tenant", "recorded_by__user"
    ).annotate(last_invited_at=Subquery(last.values("sent_at")[:1]))


def members() -> QuerySet[PoolMembership]:
    """Who is in the pool now."""
    return PoolMembership.objects.filter(state=PoolState.MEMBER)


def pool_count() -> Count:
    """How many are in it: beside the tiers, and in none of their shares (TIER-9.e)."""
    return counted(members())


def place_of(advocate: Advocate) -> PoolMembership | None:
    """Somebody's newest place, whatever became of it."""
    found = PoolMembership.objects.select_related("advocate__account", "advocate__tenant", "tenant")
    return found.filter(advocate=advocate).order_by("-created_at", "-id").first()


def open_place_of(advocate: Advocate) -> PoolMembership | None:
    """The place somebody has or was offered."""
    place = place_of(advocate)
    return place if place is not None and place.state in OPEN else None


def may_enter(advocate: Advocate) -> bool:
    """Whether somebody belongs into the pool: a promoter, known and not enrolled (TIER-9.a)."""
    if advocate.status in ENROLLED or advocate.erased_at is not None:
        return False
    return advocate.status in _FOUND_WORTH_IT or is_promoter(advocate) is True


def invitations_of(advocate: Advocate) -> QuerySet[PoolInvitation]:
    """What somebody in the pool was invited to, the newest first."""
    return PoolInvitation.objects.select_related("activity_type", "sender__user").filter(
        advocate=advocate
    )


def next_invitation_on(advocate: Advocate) -> date | None:
    """The day from which the guard lets the next invitation through; None for now (TIER-9.c)."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    sent = list(
        invitations_of(advocate)
        .filter(sent_at__gte=clock.year_start(advocate.tenant.zone))
        .values_list("sent_at", flat=True)
    )
    days = []
    if sent:
        days.append(sent[0] + timedelta(days=policy.pool_gap_days))
    if policy.pool_per_year and len(sent) >= policy.pool_per_year:
        days.append(sent[policy.pool_per_year - 1] + timedelta(days=366))
    if not days:
        return None
    until = max(days)
    return until.astimezone(advocate.tenant.zone).date() if until > clock.now() else None
