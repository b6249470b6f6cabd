"""The approver's Today is their queue (APR-1.d)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.pages import about_of
from activities.asset_approvals.selectors import nobodys
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.responsibilities.selectors import is_accountable


def waiting(membership: Membership) -> QuerySet[AssetApproval]:
    """What a member was asked to decide; whoever answers for the program has what is nobody's, and
    an admin what somebody was asked who left.
    """
    whose = Q(assignee=membership)
    if membership.role == Role.ADMIN:
        whose |= Q(assignee__is_active=False)
    if is_accountable(membership):
        whose |= nobodys()
    rows = AssetApproval.objects.filter(whose, state=StepState.WAITING)
    return rows.annotate(due=F("due_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Which text, and whether they saw it before."""
    found = []
    for approval in waiting(membership).filter(pk__in=pks).select_related("asset"):
        url = tenant_reverse(membership.tenant, "asset-approvals:detail", approval.pk)
        again = _("changed since you looked at it") if approval.seen_number else ""
        asks = _("ask them, and record it") if approval.contact_name else ""
        found.append(
            QueueRow(
                id=key_of("asset_approval", approval.pk),
                kind="approvals",
                icon="writing-sign",
                tone="warning",
                title=_("Approve the text: %(title)s") % {"title": approval.asset.title},
                why=" · ".join(part for part in (about_of(approval), again, asks) if part),
                url=url,
                due=approval.due,  # type: ignore[attr-defined]
                action=(_("Decide"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("asset_approval", "approvals", waiting, rows, promised=True)
