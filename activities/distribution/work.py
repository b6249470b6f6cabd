"""What is to be placed, and what to be made of a recording, on its owner's Today (DIST-1)."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from activities.distribution.models import Placement, Repurposing
from activities.distribution.selectors import ready
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse

#: What is due later stands on the piece and in the list.
_AHEAD = timedelta(days=7)


def _waiting(model: Any, membership: Membership) -> QuerySet[Any]:
    if not membership.can("placements.view"):
        return model.objects.none()  # type: ignore[no-any-return]
    whose = Q(owner=membership)
    if membership.role == Role.ADMIN:
        whose |= Q(owner=None) | Q(owner__is_active=False)
    until = clock.today(membership.tenant.zone) + _AHEAD
    rows = ready(model.objects.filter(whose, due_on__lte=until))
    return rows.annotate(due=closing_time(F("due_on"), membership))


def placements_waiting(membership: Membership) -> QuerySet[Placement]:
    """What a member places; an admin has what was somebody's who left."""
    return _waiting(Placement, membership)


def repurposings_waiting(membership: Membership) -> QuerySet[Repurposing]:
    """What a member begins."""
    return _waiting(Repurposing, membership)


def placement_rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Which piece goes where; done at a press with the link."""
    found = []
    for placement in placements_waiting(membership).filter(pk__in=pks).select_related("asset"):
        url = tenant_reverse(membership.tenant, "placements:finish", placement.pk)
        words = {"channel": placement.get_channel_display()}
        found.append(
            QueueRow(
                id=key_of("placement", placement.pk),
                kind="assets",
                icon="world",
                tone="info",
                title=_("Place it: %(channel)s") % words,
                why=placement.asset.title,
                url=tenant_reverse(membership.tenant, "placements:detail", placement.pk),
                due=placement.due,  # type: ignore[attr-defined]
                action=(_("It is placed"), url, "panel"),
                panel=True,
            )
        )
    return found


def repurposing_rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """What is to be made of which recording."""
    found = []
    for plan in repurposings_waiting(membership).filter(pk__in=pks).select_related("asset"):
        url = tenant_reverse(membership.tenant, "repurposings:detail", plan.pk)
        words = {"form": plan.get_form_display()}
        found.append(
            QueueRow(
                id=key_of("repurposing", plan.pk),
                kind="assets",
                icon="file-plus",
                tone="info",
                title=_("Make of the recording: %(form)s") % words,
                why=plan.asset.title,
                url=url,
                due=plan.due,  # type: ignore[attr-defined]
                action=(_("See to it"), url, "panel"),
                panel=True,
            )
        )
    return found


PLACEMENT_WORK = Work("placement", "assets", placements_waiting, placement_rows)
REPURPOSING_WORK = Work("repurposing", "assets", repurposings_waiting, repurposing_rows)
