"""Whom on Today something should be given back, and what would fit (BEN-6.a, BEN-9.a)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from benefits.balance.models import ValueBalance
from benefits.balance.selectors import to_appreciate
from benefits.balance.words import under_words
from benefits.fitting.selectors import suggestions_for, way_to_give


def waiting(membership: Membership) -> QuerySet[ValueBalance]:
    """The member's, if they may give anything."""
    if not membership.can("grants.edit"):
        return ValueBalance.objects.none()
    return to_appreciate(membership)


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read: what is wrong, and the first thing that would mend it."""
    found = list(waiting(membership).filter(pk__in=pks))
    fitting = suggestions_for([each.advocate for each in found], most=1)
    shown = []
    for balance in found:
        person = balance.advocate
        page = tenant_reverse(membership.tenant, "advocates:sheet", person.pk)
        why, action = under_words(balance), (_("Look"), page, "panel")
        for best in fitting[person.pk]:
            words = {"what": best.kind.name, "why": best.why}
            why = f"{why} {_('%(what)s would fit: %(why)s.') % words}"
            way = way_to_give(membership, person.pk, best.kind.pk)
            action = (_("Give back"), way, "panel")
        shown.append(
            QueueRow(
                id=key_of("balance", balance.pk),
                kind="balances",
                icon="scale",
                tone="warning",
                title=_("%(name)s, %(account)s: gave more than came back")
                % {"name": person.name, "account": person.account.name},
                why=why,
                url=page,
                due=balance.due,  # type: ignore[attr-defined]
                action=action,
                panel=True,
            )
        )
    return shown


WORK = Work("balance", "balances", waiting, rows)
