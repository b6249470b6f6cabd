"""Reading approvals and their rules (REQ-3.b)."""

import uuid

from django.db.models import QuerySet

from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from requests.models import Approval, ApprovalRule


def with_beside(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """With what a row or a page shows."""
    return rows.select_related(
        "request__activity_type",
        "request__opportunity__account",
        "request__requester__user",
        "request__manager__user",
        "request__tenant",
        "rule__activity_type",
        "rule__tenant",
        "approver__user",
        "approver__tenant",
        "decided_by__user",
        "tenant",
    )


def listed_approvals(membership: Membership) -> QuerySet[Approval]:
    """All to who runs the program; to the others what they, or who they stand in for, decide."""
    rows = with_beside(Approval.objects.all())
    if membership.can("requests.triage"):
        return rows
    return rows.filter(approver__in=answers_for(membership))


def listed_rules(membership: Membership) -> QuerySet[ApprovalRule]:
    """In their order."""
    return ApprovalRule.objects.select_related("activity_type", "tenant")


def approval_behind(pk: uuid.UUID) -> Approval | None:
    """The approval a link in a mail is about, as long as who decides is here."""
    return with_beside(Approval.objects.filter(pk=pk, approver__is_active=True)).first()
