"""Deals in a browser: the list, and one with its requests, touchpoints and timeline (OPP-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordList, RecordPage
from advocacy.search.selectors import matching
from advocacy.web import formatting as words
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import PageAction
from advocates.filters import of_account
from requests.evidence.panels import evidence_for_deal
from requests.gates.checking import is_held_back
from requests.models import Opportunity
from requests.opportunities.choices import Stage
from requests.opportunities.selectors import touchpoints_of
from requests.requests.lists import request_tabs
from requests.requests.presentation import title_of
from requests.requests.selectors import visible_requests
from requests.shares.selectors import beside_deal


class DealForm(TenantModelForm):
    """What the CRM says of a deal."""

    class Meta:
        model = Opportunity
        fields = ("name",)


class DealTable(Table):
    """The next to close first."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Deal"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "opportunities:detail", row.pk),
        ),
        Column("prospect", gettext_lazy("Prospect"), sort=("prospect_name", "account__name")),
        Column(
            "stage", gettext_lazy("Stage"), sort="stage", template="requests/cells/deal_stage.html"
        ),
        Column("crm_stage", gettext_lazy("Stage in the CRM"), sort="crm_stage", hidden=True),
        Column(
            "amount",
            gettext_lazy("Amount"),
            value=lambda row: (
                words.money(row.amount, row.currency, short=True) if row.amount is not None else ""
            ),
            sort="amount",
            align="end",
            export=lambda row: row.amount,
        ),
        Column("currency", gettext_lazy("Currency"), hidden=True),
        Column("closes_on", gettext_lazy("Closes"), sort="closes_on"),
        Column("owner", gettext_lazy("Owner"), value="owner.name", sort="owner__user__name"),
        Column("lead_source", gettext_lazy("Lead source"), sort="lead_source", hidden=True),
        Column("external_id", gettext_lazy("Number in the CRM"), hidden=True),
    )
    default_sort: ClassVar[str] = "-closes_on"


class DealFilter(FilterSet):
    """By words, stage and the day it closes."""

    primary = 1

    stage = django_filters.ChoiceFilter(label=gettext_lazy("Stage"), choices=Stage.choices)
    closes = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Closes"), field_name="closes_on"
    )
    account = of_account()

    class Meta:
        model = Opportunity
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, prospect, company or the CRM's number."""
        return matching(queryset, "opportunity", value)


class DealList(RecordList):
    """Below the tabs of the requests."""

    abstract = True
    template_name = "requests/list.html"
    empty_title = gettext_lazy("No deals yet")

    def get_header_actions(self) -> list[PageAction]:
        url = tenant_reverse(self.request, "opportunities:untouched")
        action = PageAction(_("Without support"), url, icon="help-circle")
        return [*super().get_header_actions(), action]

    def get_context(self) -> dict[str, Any]:
        return {"tabs": request_tabs(self.request, self.membership, "deals")}


class DealPage(RecordPage):
    """What is known of a deal, what was asked and done for it, and what happened."""

    abstract = True
    template_name = "requests/deal.html"

    def get_context(self) -> dict[str, Any]:
        deal: Opportunity = self.row
        ask = tenant_reverse(self.request, "requests:new")
        return {
            **super().get_context(),
            "requests": [
                (request, title_of(request))
                for request in visible_requests(self.membership).filter(opportunity=deal)
            ],
            "touchpoints": touchpoints_of(deal),
            **beside_deal(deal, self.membership),
            **evidence_for_deal(self.request, self.membership, deal),
            "ask_url": f"{ask}?opportunity={deal.pk}"
            if self.membership.can("requests.submit")
            else "",
            "lift_url": tenant_reverse(self.request, "opportunities:lift-gate", deal.pk)
            if self.membership.can("requests.triage") and is_held_back(deal)
            else "",
            "account_url": quiet_reverse(self.request, "accounts:detail", deal.account_id)
            if deal.account and self.membership.can("accounts.view")
            else "",
        }


def facts_of(deal: Opportunity) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Prospect"), deal.prospect),
        (_("Amount"), words.money(deal.amount, deal.currency) if deal.amount is not None else ""),
        (_("Stage in the CRM"), deal.crm_stage),
        (_("Probability"), f"{deal.probability} %" if deal.probability is not None else ""),
        (_("Type"), deal.kind),
        (_("Lead source"), deal.lead_source),
        (_("Created"), deal.opened_on),
        (_("Closes"), deal.closes_on),
        (_("Owner"), deal.owner.name if deal.owner else ""),
        (_("Known as"), f"{deal.source}: {deal.external_id}"),
    ]
    if deal.gate_lifted_at is not None:
        facts.append((_("Requests are let through"), deal.gate_lifted_because))
    return facts
