"""What waits on Today: thank-yous that are due, advocates who have not heard what came of it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet

from activities.loops.models import LoopDuty
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work
from advocacy.web.urls import tenant_reverse
from benefits.thanks.models import ThankYou
from benefits.thanks.presentation import tell_rows, thank_rows
from benefits.thanks.selectors import duties_of, open_thank_yous


def waiting_for_thanks(membership: Membership) -> QuerySet[ThankYou]:
    """Open thank-yous of this member (THX-1)."""
    if not membership.can("thanks.send"):
        return ThankYou.objects.none()
    mine = open_thank_yous(membership, mine=True).filter(owner=membership)
    return mine.annotate(due=F("due_at"))


def waiting_for_news(membership: Membership) -> QuerySet[LoopDuty]:
    """Advocates who wait to hear from this member what came of it (AST-3)."""
    if not membership.can("thanks.send"):
        return LoopDuty.objects.none()
    return duties_of(membership).annotate(due=F("due_at"))


def to_thank(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Review and send."""

    def address(thank_you: ThankYou) -> str:
        return tenant_reverse(membership.tenant, "thanks:detail", thank_you.pk)

    def sign(thank_you: ThankYou) -> str:
        return tenant_reverse(membership.tenant, "thanks:sign", thank_you.pk)

    waiting = waiting_for_thanks(membership).filter(pk__in=pks)
    return thank_rows(waiting, mine=True, address=address, sign=sign)


def to_tell(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Tell them."""

    def address(duty: LoopDuty) -> str:
        return tenant_reverse(membership.tenant, "thanks:tell", duty.pk)

    return tell_rows(waiting_for_news(membership).filter(pk__in=pks), address=address)


WORK = (
    Work("thank", "thanks", waiting_for_thanks, to_thank, promised=True, handover="thanks.send"),
    Work("tell", "thanks", waiting_for_news, to_tell),
)
