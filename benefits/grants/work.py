"""What of grants waits on Today: what one promised, and what one has to approve (BEN-2, BEN-5)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day, money
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from benefits.grants.models import Grant
from benefits.grants.presentation import waits_words
from benefits.grants.selectors import owned_by, to_approve
from benefits.settings import Giving


def promised(membership: Membership) -> QuerySet[Grant]:
    """The member's own."""
    if not membership.can("grants.view"):
        return Grant.objects.none()
    return owned_by(membership).annotate(due=closing_time(F("due_on"), membership))


def to_deliver(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Order it, or see that it gets there."""
    return [
        QueueRow(
            id=key_of("grant", grant.pk),
            kind="grants",
            icon="gift",
            tone="info",
            title=_("%(what)s for %(name)s, %(account)s") % _names(grant),
            why=_("Promised for %(day)s; %(state)s.")
            % {"day": day(grant.due_on), "state": str(grant.get_state_display()).lower()},
            url=_url(membership, grant),
            due=grant.due,  # type: ignore[attr-defined]
            action=(_("See to it"), _url(membership, grant), "panel"),
            panel=True,
        )
        for grant in promised(membership).filter(pk__in=pks)
    ]


def waiting(membership: Membership) -> QuerySet[Grant]:
    """What this member may approve."""
    if not membership.can("grants.approve"):
        return Grant.objects.none()
    within = Value(timedelta(days=current(Giving).approve_days))
    due = ExpressionWrapper(F("created_at") + within, output_field=DateTimeField())
    return to_approve(membership).annotate(due=due)


def to_decide(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Approve it, or not."""
    return [
        QueueRow(
            id=key_of("grant_approval", grant.pk),
            kind="grants",
            icon="gift",
            tone="warning",
            title=_("Approve %(what)s for %(name)s, %(account)s?") % _names(grant),
            why=f"{money(grant.cost, grant.tenant.currency)} · {waits_words(grant)}",
            url=_url(membership, grant),
            due=grant.due,  # type: ignore[attr-defined]
            action=(_("Decide"), _url(membership, grant), "panel"),
            panel=True,
        )
        for grant in waiting(membership).filter(pk__in=pks)
    ]


def _names(grant: Grant) -> dict[str, object]:
    who = grant.advocate
    return {"what": grant.benefit, "name": who.name, "account": who.account.name}


def _url(membership: Membership, grant: Grant) -> str:
    return tenant_reverse(membership.tenant, "grants:detail", grant.pk)


#: A day that was promised to somebody is not put off.
WORK = (
    Work("grant", "grants", promised, to_deliver, promised=True),
    Work("grant_approval", "grants", waiting, to_decide),
)
