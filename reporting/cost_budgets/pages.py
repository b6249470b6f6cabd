"""Budgets of costs in a browser: form, columns, facts (COST-1.c)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordList
from advocacy.web.filters import FilterSet
from advocacy.web.formatting import money
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.changes import tenant_today
from advocates.forms import DateInput
from benefits.budgets.pages import MONEY_COLUMNS, period
from benefits.budgets.selectors import budget_left
from benefits.catalogue.pages import currency
from reporting.cost_budgets.models import CostBudget
from reporting.costs.choices import BUDGETED


class CostBudgetForm(TenantModelForm):
    """Which kind, how long, how much."""

    class Meta:
        model = CostBudget
        fields = ("kind", "starts_on", "ends_on", "amount")
        widgets: ClassVar[dict[str, Any]] = {"starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Amount (%(currency)s)") % {"currency": currency()}


class CostBudgetFilter(FilterSet):
    """By kind, and whether it holds today."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=BUDGETED)
    runs = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=(("today", gettext_lazy("Holds today")),),
        method="narrow",
    )

    class Meta:
        model = CostBudget
        fields: ClassVar[list[str]] = []

    def narrow(self, queryset: QuerySet[CostBudget], name: str, value: str) -> QuerySet[CostBudget]:
        """Those whose period holds today."""
        today = tenant_today()
        return queryset.filter(starts_on__lte=today, ends_on__gte=today)


class CostBudgetTable(Table):
    """How much there is, and what is left of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("Kind"),
            value="get_kind_display",
            sort="kind",
            url=lambda row, request: tenant_reverse(request, "cost-budgets:detail", row.pk),
        ),
        *MONEY_COLUMNS,
    )
    default_sort: ClassVar[str] = "-period"


def facts_of(budget: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    unit = budget.tenant.currency
    found = [
        (_("Period"), period(budget)),
        (_("Amount"), money(budget.amount, unit)),
        (_("Spent: up to today"), money(budget.spent, unit)),
        (_("Committed: written for days to come"), money(budget.committed, unit)),
        (_("Left"), money(budget.left, unit)),
    ]
    if budget.unrated:
        found.append((_("Left out: costs without an exchange rate"), str(budget.unrated)))
    return found


class CostBudgetList(RecordList):
    """Beside them what is left of the budgets of benefits, which are those of incentives."""

    abstract = True
    template_name: ClassVar[str] = "reporting/costs/budgets.html"

    def get_context(self) -> dict[str, Any]:
        left, unit = budget_left(), self.tenant.currency
        facts = (
            [
                (_("Amount"), money(left.amount, unit)),
                (_("Spent: delivered"), money(left.spent, unit)),
                (_("Committed: approved, on the way"), money(left.committed, unit)),
                (_("Left"), money(left.left, unit)),
            ]
            if left
            else []
        )
        return {
            **super().get_context(),
            "incentives": facts,
            "incentives_url": tenant_reverse(self.request, "budgets:list"),
        }
