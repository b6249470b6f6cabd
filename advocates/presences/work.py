"""What of presences waits on Today: where one is soon to be, or was without saying so (SPN-1)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import Presence
from advocates.presences.selectors import coming_presences_of


def waiting(membership: Membership) -> QuerySet[Presence]:
    """The member's own."""
    if not membership.can("touches.edit"):
        return Presence.objects.none()
    return coming_presences_of(membership).annotate(due=closing_time(F("on"), membership))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    today, found = clock.today(membership.tenant.zone), []
    for presence in waiting(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "presences:detail", presence.pk)
        person = presence.advocate
        sheet = tenant_reverse(membership.tenant, "advocates:sheet", person.pk)
        ahead = presence.on > today
        found.append(
            QueueRow(
                id=key_of("presence", presence.pk),
                kind="presences",
                icon="calendar-user",
                tone="info",
                title=f"{presence} · {person.name}, {person.account.name}",
                why=_("You are to be there; the sheet says who they are and what to say.")
                if ahead
                else _("Were you there? It counts as contact with an executive."),
                url=url,
                due=presence.due,  # type: ignore[attr-defined]
                action=(_("Read the sheet"), sheet, "panel")
                if ahead
                else (_("Say so"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("presence", "presences", waiting, rows)
