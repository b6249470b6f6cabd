"""Reading moments, and what one suggests (MOM-1)."""

from datetime import timedelta

from django.db.models import QuerySet

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.models import Moment
from advocates.moments.asking import suggestion
from advocates.moments.numbers import MomentNumbers


def listed_moments(membership: Membership) -> QuerySet[Moment]:
    """Every moment with its account, the newest first."""
    return Moment.objects.select_related("account__owner__user", "decided_by__user")


def fresh_moments_of(membership: Membership) -> QuerySet[Moment]:
    """Open moments of a member's own accounts, from their day on; later the chance has passed, and
    only the list keeps them open.
    """
    today = clock.today(membership.tenant.zone)
    return listed_moments(membership).filter(
        state="open",
        account__owner=membership,
        happened_on__range=(today - timedelta(days=current(MomentNumbers).fresh_days), today),
    )


def suggestion_of(moment: Moment) -> str:
    """The ask or nomination that fits (MOM-1)."""
    return suggestion(moment.kind, moment.account.name)
