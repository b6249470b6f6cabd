"""What waits for approval, on the Today of whoever decides (REQ-3.b)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.responsibilities.selectors import is_accountable
from requests.approvals.checking import rule_words
from requests.approvals.lifecycle import UNDECIDED, ApprovalState
from requests.approvals.selectors import with_beside
from requests.models import Approval
from requests.requests.work import needed_by_text, subject_of


def waiting(membership: Membership) -> QuerySet[Approval]:
    """What a member was asked to decide; an admin and whoever answers for the program have what
    somebody was asked who left.
    """
    whose = Q(approver=membership)
    if membership.role == Role.ADMIN or is_accountable(membership):
        whose |= Q(approver__is_active=False) | Q(approver__user__is_active=False)
    return Approval.objects.filter(
        whose, state=ApprovalState.WAITING, request__state__in=UNDECIDED
    ).annotate(due=F("due_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """For what, who asks, and why it needs a yes."""
    found = []
    for approval in with_beside(waiting(membership)).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "approvals:detail", approval.pk)
        request = approval.request
        asks = _("%(name)s asks") % {"name": request.requester.name}
        found.append(
            QueueRow(
                id=key_of("approve", approval.pk),
                kind="approvals",
                icon="writing-sign",
                tone="warning",
                title=_("Approve or refuse: %(deal)s") % {"deal": subject_of(request)},
                why=" · ".join(
                    [request.what, asks, rule_words(approval.rule), needed_by_text(request)]
                ),
                url=url,
                due=approval.due,  # type: ignore[attr-defined]
                action=(_("Decide"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("approve", "approvals", waiting, rows, promised=True)
