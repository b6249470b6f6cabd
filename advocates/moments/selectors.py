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
    return lately(listed_moments(membership).filter(account__owner=membership), membership)


def lately(rows: QuerySet[Moment], membership: Membership) -> QuerySet[Moment]:
    """Of some moments the open ones that are not too old to be used."""
    today = clock.today(membership.tenant.zone)
    since = today - timedelta(days=current(MomentNumbers).fresh_days)
    return rows.filter(state="open", happened_on__range=(since, today))


def suggestion_of(moment: Moment) -> str:
    """The ask or nomination that fits (MOM-1)."""
    return suggestion(moment.kind, moment.account.name)
