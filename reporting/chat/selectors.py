"""Reading connections: one's own, an admin everybody's (MSG-5.c)."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from reporting.chat.models import ChatConnection


def listed_chats(membership: Membership) -> QuerySet[ChatConnection]:
    """Those a member may see."""
    rows = ChatConnection.objects.select_related("member__user", "member__tenant")
    return rows if membership.can("settings.people") else rows.filter(member=membership)
