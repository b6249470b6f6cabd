"""Reading presences (SPN-1)."""

from datetime import timedelta

from django.db.models import QuerySet

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.models import Presence
from advocates.presences.lifecycle import PresenceState
from advocates.sponsors.numbers import Care


def listed_presences(membership: Membership) -> QuerySet[Presence]:
    """Every presence with whose it is, the latest first."""
    return Presence.objects.select_related("advocate__account", "by__user", "decided_by__user")


def coming_presences_of(membership: Membership) -> QuerySet[Presence]:
    """Where a member is to be soon, or was and has not said so."""
    until = clock.today(membership.tenant.zone) + timedelta(days=current(Care).ahead_days)
    rows = listed_presences(membership)
    return rows.filter(by=membership, state=PresenceState.PLANNED, on__lte=until)
