"""Costs in a browser: list, form, facts (COST-1.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordList
from advocacy.web.filters import FilterSet
from advocacy.web.formatting import day, money
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views.base import PageAction
from advocates.accounts.choices import Segment
from advocates.forms import DateInput
from reporting.costs.choices import CostKind
from reporting.costs.lifecycle import CostState
from reporting.costs.models import Cost


class CostForm(TenantModelForm):
    """What for, when, how much."""

    class Meta:
        model = Cost
        fields = (
            *("kind", "name", "lead_source", "starts_on", "ends_on", "amount", "currency"),
            *("hours", "hourly_rate", "segment", "note", "external_id"),
        )
        widgets: ClassVar[dict[str, Any]] = {"starts_on": DateInput(), "ends_on": DateInput()}


class CostFilter(FilterSet):
    """By kind, segment, and whether it counts."""

    search_fields = ("name", "lead_source", "external_id")

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=CostKind.choices)
    segment = django_filters.ChoiceFilter(label=gettext_lazy("Segment"), choices=Segment.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=CostState.choices)

    class Meta:
        model = Cost
        fields: ClassVar[list[str]] = []


def period(cost: Cost) -> str:
    """A day, or from when until when."""
    if cost.ends_on in (None, cost.starts_on):
        return day(cost.starts_on)
    return f"{day(cost.starts_on)} – {day(cost.ends_on)}"


def amount(cost: Cost) -> str:
    """In the currency it was written in."""
    return money(cost.amount or 0, cost.currency)


class CostTable(Table):
    """The newest first."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Cost"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "costs:detail", row.pk),
        ),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        Column("period", gettext_lazy("When"), value=period, sort="starts_on"),
        Column(
            "amount",
            gettext_lazy("Amount"),
            value=amount,
            sort="amount",
            align="end",
            export=lambda row: row.amount,
        ),
        Column("currency", gettext_lazy("Currency"), sort="currency", hidden=True),
        Column("segment", gettext_lazy("Segment"), value="get_segment_display", phone=False),
        Column("lead_source", gettext_lazy("Lead source"), hidden=True),
        Column("external_id", gettext_lazy("Its number elsewhere"), hidden=True),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
    )
    default_sort: ClassVar[str] = "-period"


def facts_of(cost: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    found = [
        (_("Kind"), cost.get_kind_display()),
        (_("When"), period(cost)),
        (_("Amount"), amount(cost)),
    ]
    if cost.hours is not None:
        found.append((_("Hours"), f"{cost.hours.normalize():f}"))
        found.append((_("An hour costs"), money(cost.hourly_rate, cost.currency)))
    if cost.lead_source:
        found.append((_("Lead source"), cost.lead_source))
    found.append((_("For"), cost.get_segment_display() or _("all segments")))
    if cost.note:
        found.append((_("Note"), cost.note))
    if cost.external_id:
        found.append((_("Its number elsewhere"), cost.external_id))
    return found


class CostList(RecordList):
    """With the way to the budgets and to what it all comes to."""

    abstract = True

    def get_header_actions(self) -> list[PageAction]:
        found = super().get_header_actions()
        budgets = tenant_reverse(self.request, "cost-budgets:list")
        total = tenant_reverse(self.request, "metric", "program_costs")
        found[:0] = [
            PageAction(_("Budgets"), budgets, "wallet"),
            PageAction(_("What it comes to"), total, "report-money"),
        ]
        return found
