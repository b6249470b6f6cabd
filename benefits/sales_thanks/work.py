"""What waits on the owner's Today: a colleague's thanks, before they go (THX-5.c)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.people.disclosure import sees_everybody
from benefits.sales_thanks.lifecycle import SalesThanksState
from benefits.sales_thanks.models import SalesThanks


def waiting(membership: Membership) -> QuerySet[SalesThanks]:
    """What goes out beside this member's own thanks, while it can be held back."""
    if not membership.can("thanks.send"):
        return SalesThanks.objects.none()
    return SalesThanks.objects.filter(
        owner=membership, state=SalesThanksState.WAITING, sends_at__gt=clock.now()
    ).annotate(due=F("sends_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = waiting(membership).filter(pk__in=pks)
    shown = []
    for thanks in found.select_related("activity__advocate", "sender__user"):
        url = tenant_reverse(membership.tenant, "sales-thanks:detail", thanks.pk)
        named = sees_everybody(membership)
        to = thanks.activity.advocate.name if named else _("the advocate")
        shown.append(
            QueueRow(
                id=key_of("sales_thanks", thanks.pk),
                kind="thanks",
                icon="heart-plus",
                tone="info",
                title=_("%(sender)s thanks %(advocate)s")
                % {"sender": thanks.sender.name, "advocate": to},
                why=_("“%(message)s” goes out %(when)s")
                % {
                    "message": thanks.message[:120],
                    "when": words.moment(thanks.sends_at.astimezone(membership.zone)),
                },
                url=url,
                due=thanks.due,  # type: ignore[attr-defined]
                action=(_("Read it"), url, "panel"),
                panel=True,
            )
        )
    return shown


WORK = Work("sales_thanks", "thanks", waiting, rows)
