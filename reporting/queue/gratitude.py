"""Thank-yous that are due, and advocates who have not heard what came of it."""

from activities.models import LoopDuty
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow
from advocacy.web.urls import tenant_reverse
from benefits.models import ThankYou
from benefits.presentation import tell_rows, thank_rows
from benefits.selectors import open_thank_yous, visible_duties


def to_thank(membership: Membership) -> list[QueueRow]:
    """Open thank-yous of this member (THX-1)."""
    if not membership.can("thanks.send"):
        return []

    def address(thank_you: ThankYou) -> str:
        return tenant_reverse(membership.tenant, "thanks:detail", thank_you.pk)

    return thank_rows(open_thank_yous(membership, mine=True), mine=True, address=address)


def to_tell(membership: Membership) -> list[QueueRow]:
    """Advocates who wait to hear from this member what came of it (AST-3)."""
    if not membership.can("thanks.send"):
        return []

    def address(duty: LoopDuty) -> str:
        return tenant_reverse(membership.tenant, "thanks:tell", duty.pk)

    return tell_rows(visible_duties(membership).filter(owner=membership), address=address)
