"""How budgets look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.filters import FilterSet
from advocacy.web.formatting import day, money
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.accounts.choices import Segment
from advocates.changes import tenant_today
from advocates.forms import DateInput
from benefits.budgets.models import Budget
from benefits.budgets.selectors import budgets_on
from benefits.catalogue.pages import amount, currency


class BudgetForm(TenantModelForm):
    """For whom, how long, how much."""

    class Meta:
        model = Budget
        fields = ("name", "segment", "starts_on", "ends_on", "amount")
        widgets: ClassVar[dict[str, Any]] = {"starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segment: Any = self.fields["segment"]
        segment.choices = [("", _("All")), *list(segment.choices)[1:]]
        self.fields["amount"].label = _("Amount (%(currency)s)") % {"currency": currency()}


class BudgetFilter(FilterSet):
    """By segment, and whether it holds today."""

    search_fields = ("name",)

    segment = django_filters.ChoiceFilter(label=gettext_lazy("Segment"), choices=Segment.choices)
    runs = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=(("today", gettext_lazy("Holds today")),),
        method="narrow",
    )

    class Meta:
        model = Budget
        fields: ClassVar[list[str]] = []

    def narrow(self, queryset: QuerySet[Budget], name: str, value: str) -> QuerySet[Budget]:
        """Those whose period holds today."""
        return queryset.filter(pk__in=budgets_on(tenant_today()).values("pk"))


def whom(budget: Budget) -> str:
    """For whom it is."""
    return str(budget.get_segment_display()) if budget.segment else _("All")


def period(budget: Any) -> str:
    """From when until when."""
    return f"{day(budget.starts_on)} – {day(budget.ends_on)}"


#: What every budget tells, whatever it is for; rows have ``spent``, ``committed`` and ``left``.
MONEY_COLUMNS: Sequence[Column] = (
    Column("period", gettext_lazy("Period"), value=period, sort="starts_on", phone=False),
    Column("amount", gettext_lazy("Amount"), value=amount("amount"), sort="amount", align="end"),
    Column("spent", gettext_lazy("Spent"), value=amount("spent"), align="end", phone=False),
    Column(
        "committed",
        gettext_lazy("Committed"),
        value=amount("committed"),
        align="end",
        phone=False,
    ),
    Column(
        "left",
        gettext_lazy("Left"),
        value="left",
        align="end",
        template="benefits/budgets/cell_left.html",
        export=lambda row: row.left,
    ),
)


class BudgetTable(Table):
    """How much there is, and what is left of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Budget"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "budgets:detail", row.pk),
        ),
        Column("segment", gettext_lazy("For"), value=whom, sort="segment", phone=False),
        *MONEY_COLUMNS,
    )
    default_sort: ClassVar[str] = "-period"


def facts_of(budget: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    unit = budget.tenant.currency
    return [
        (_("For"), whom(budget)),
        (_("Period"), period(budget)),
        (_("Amount"), money(budget.amount, unit)),
        (_("Spent: delivered"), money(budget.spent, unit)),
        (_("Committed: approved, on the way"), money(budget.committed, unit)),
        (_("Left"), money(budget.left, unit)),
    ]
