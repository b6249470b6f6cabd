"""Reading touches, and which relationships only took (REL-1)."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocates.models import AdvocateScore, Touch
from advocates.people.choices import AdvocateStatus


def listed_touches(membership: Membership) -> QuerySet[Touch]:
    """Every touch with whose it is, the newest first."""
    return Touch.objects.select_related("advocate__account", "by__user", "recorded_by__user")


def one_sided_of(membership: Membership) -> QuerySet[AdvocateScore]:
    """Relationships of a member's own accounts that only took lately (REL-1.c)."""
    return AdvocateScore.objects.select_related("advocate__account").filter(
        one_sided=True,
        advocate__account__owner=membership,
        advocate__status=AdvocateStatus.ACTIVE,
    )
