"""What Today reads besides the queue."""

from collections.abc import Iterable

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role, allowed


def colleagues_for(member: Membership, actions: Iterable[str]) -> QuerySet[Membership]:
    """Active colleagues who may do all of this, by name."""
    needed = set(actions)
    roles = [role for role in Role if all(allowed(role, action) for action in needed)]
    return (
        Membership.objects.filter(role__in=roles, is_active=True, user__is_active=True)
        .exclude(pk=member.pk)
        .select_related("user")
        .order_by("user__name", "pk")
    )
