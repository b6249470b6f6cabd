"""What the night found, once a day on the manager's Today (CAP-6)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from reporting.capacity.measuring import figures_in
from reporting.capacity.warnings import sentence_of
from reporting.models import CapacityCheck


def waiting(membership: Membership) -> QuerySet[CapacityCheck]:
    """The newest result, as long as it says something new and nobody noted it."""
    if not membership.can("requests.triage"):
        return CapacityCheck.objects.none()
    found = CapacityCheck.objects.filter(calls=True)
    return found.annotate(due=closing_time(F("on"), membership))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """The first warning, and how many more there are."""
    page = tenant_reverse(membership.tenant, "capacity")
    return [
        QueueRow(
            id=key_of("capacity", check.pk),
            kind="capacity",
            icon="gauge",
            tone="warning",
            title=ngettext(
                "%(n)d thing about the load on people",
                "%(n)d things about the load on people",
                len(check.warnings),
            )
            % {"n": len(check.warnings)},
            why=sentence_of(check.warnings[0], figures_in(check.figures)),
            url=page,
            due=check.due,  # type: ignore[attr-defined]
            action=(_("Look"), page, "get"),
        )
        for check in waiting(membership).filter(pk__in=pks)
    ]


WORK = Work("capacity", "capacity", waiting, rows)
