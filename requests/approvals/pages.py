"""Approvals and their rules in the browser (REQ-3.b)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import MoveForm, RecordList, RecordPage
from advocacy.web import formatting as words
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.models import ActivityType
from requests.approvals.checking import currency_of, rule_words
from requests.models import Approval, ApprovalRule
from requests.requests.presentation import title_of


class RuleForm(TenantModelForm):
    """Which requests, and who decides."""

    activity_type = forms.ModelChoiceField(
        ActivityType.objects.order_by("position", "name"),
        label=gettext_lazy("What is asked for"),
        empty_label=gettext_lazy("Anything"),
        required=False,
    )

    class Meta:
        model = ApprovalRule
        fields = (
            "activity_type",
            "min_amount",
            "currency",
            "on_policy",
            "approver_role",
            "position",
            "is_on",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "min_amount": gettext_lazy(
                "Empty: whatever it is worth. A deal in another currency is approved as well, since"
                " nobody can compare it."
            ),
            "currency": gettext_lazy("Three letters; empty is your company's own."),
            "on_policy": gettext_lazy(
                "The deal's company allows no advocacy, or no mention in public, or wants to"
                " approve who speaks."
            ),
            "approver_role": gettext_lazy(
                "Whoever of them has the fewest to decide; while they are away, who stands in."
            ),
            "position": gettext_lazy("The first rule in use that fits decides."),
        }


class RuleTable(Table):
    """In the order they are tried."""

    columns: ClassVar[Sequence[Column]] = (
        Column("position", gettext_lazy("Order"), sort="position", align="end"),
        Column(
            "which",
            gettext_lazy("Which requests"),
            value=str,
            sort="activity_type__name",
            url=lambda row, request: tenant_reverse(request, "approval-rules:detail", row.pk),
        ),
        Column("when", gettext_lazy("When"), value=rule_words),
        Column(
            "approver_role",
            gettext_lazy("Who approves"),
            value="get_approver_role_display",
            sort="approver_role",
        ),
        Column("is_on", gettext_lazy("In use"), value=lambda row: _yes(row.is_on)),
    )
    default_sort: ClassVar[str] = "position"


class Rules(RecordList):
    """All of them."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy(
        "Nobody is asked for a request before it is approved; its clock stands still meanwhile."
    )

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "settings")
        return {**super().get_context(), "crumbs": [(url, _("Settings"))]}


def rule_facts(rule: ApprovalRule) -> list[tuple[Any, Any]]:
    """Names and values."""
    least = rule.min_amount
    return [
        (_("What is asked for"), rule.activity_type or _("anything")),
        (_("Amount, from"), "" if least is None else words.money(least, currency_of(rule))),
        (_("Only where the company's policy speaks against it"), _yes(rule.on_policy)),
        (_("Who approves"), rule.get_approver_role_display()),
        (_("Place in the order"), rule.position),
        (_("In use"), _yes(rule.is_on)),
    ]


class RefuseForm(TenantModelForm):
    """Why."""

    class Meta:
        model = Approval
        fields = ("reason",)
        labels: ClassVar[dict[str, Any]] = {"reason": gettext_lazy("Why not?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "reason": gettext_lazy("The requester reads it; the request is declined.")
        }


class Refuse(MoveForm):
    """Say no."""

    abstract: ClassVar[bool] = True
    form_class = RefuseForm


class ApprovalTable(Table):
    """For what, who decides, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "request",
            gettext_lazy("For what"),
            value=lambda row: title_of(row.request),
            sort="request__number",
            url=lambda row, request: tenant_reverse(request, "approvals:detail", row.pk),
        ),
        Column("requester", gettext_lazy("Who asks"), value="request.requester.name"),
        Column("approver", gettext_lazy("Who decides"), value="approver.name"),
        Column("due_at", gettext_lazy("Due"), sort="due_at"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-due_at"


class ApprovalPage(RecordPage):
    """One of them, with the way to the request for who may open it."""

    abstract: ClassVar[bool] = True

    def get_title(self) -> str:
        return title_of(self.row.request)

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        if self.membership.can("requests.triage"):
            url = tenant_reverse(self.request, "requests:detail", self.row.request_id)
            found["crumbs"].append((url, str(self.row.request)))
        return found


def about_of(approval: Approval) -> str:
    """Why somebody decides about it."""
    text = _("Somebody approves it first, because %(why)s.")
    return text % {"why": rule_words(approval.rule)}


def facts_of(approval: Approval) -> list[tuple[Any, Any]]:
    """What is needed for whom, what it is worth, and what was decided; no customer is named."""
    request, deal = approval.request, approval.request.opportunity
    facts: list[tuple[Any, Any]] = [
        (_("Needed"), request.what),
        (_("For"), request.prospect),
        (_("Needed by"), request.needed_by),
        (_("Who asks"), request.requester.name),
        (_("Deal"), deal.name if deal else ""),
    ]
    if deal is not None and deal.amount is not None:
        currency = deal.currency or request.tenant.currency
        facts.append((_("Worth"), words.money(deal.amount, currency)))
    facts += [
        (_("Intended use"), request.intended_use),
        (_("Why the rush"), request.rush_reason),
        (_("Who decides"), approval.approver.name),
        (_("Due"), approval.due_at),
    ]
    if approval.decided_at is not None:
        by = approval.decided_by.name if approval.decided_by else ""
        facts += [(_("Decided"), approval.decided_at), (_("By whom"), by)]
    facts.append((_("Reason"), approval.reason))
    return [(label, value) for label, value in facts if value not in ("", None)]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
