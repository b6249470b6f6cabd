"""How the catalogue looks in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.web.formatting import money
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.program.catalogue.choices import Effort
from advocates.promises import PromiseForm
from benefits.catalogue.choices import TIER_CODES
from benefits.catalogue.models import Benefit


def currency() -> str:
    """In which amounts are counted."""
    return Tenant.objects.get(pk=current_tenant_id()).currency


def amount(name: str) -> Any:
    """How a table shows an amount of a row, in the tenant's currency."""
    return lambda row: money(getattr(row, name), row.tenant.currency)


def _several(choices: Sequence[tuple[str, Any]], label: Any, hint: Any) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
    )


class BenefitForm(PromiseForm, TenantModelForm):
    """What it is, what it costs, who may have it."""

    tiers = _several(
        TIER_CODES,
        gettext_lazy("For tiers"),
        gettext_lazy("None ticked: for everybody. For others it takes an approval."),
    )
    effort_levels = _several(
        Effort.choices,
        gettext_lazy("After effort"),
        gettext_lazy("None ticked: after any. Otherwise it takes an approval."),
    )

    class Meta:
        model = Benefit
        fields = (
            "name",
            "category",
            "description",
            "cost",
            "value",
            "stock",
            "tiers",
            "effort_levels",
            "needs_approval",
            "is_on",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = currency()
        for name in ("cost", "value"):
            field = self.fields[name]
            field.label = f"{str(field.label).capitalize()} ({unit})"


class BenefitTable(Table):
    """What can be given."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Benefit"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "benefits:detail", row.pk),
        ),
        Column("category", gettext_lazy("Category"), value="get_category_display", sort="category"),
        Column("cost", gettext_lazy("Cost"), value=amount("cost"), sort="cost", align="end"),
        Column("value", gettext_lazy("Worth"), value=amount("value"), sort="value", align="end"),
        Column("stock", gettext_lazy("In stock"), align="end", phone=False),
        Column("needs_approval", gettext_lazy("Takes an approval"), phone=False),
        Column("is_on", gettext_lazy("Can be given"), sort="is_on", phone=False),
    )
    default_sort: ClassVar[str] = "category"


def facts_of(benefit: Benefit) -> list[tuple[Any, Any]]:
    """Names and values."""
    tiers, effort = dict(TIER_CODES), dict(Effort.choices)
    unit = benefit.tenant.currency
    return [
        (_("Category"), benefit.get_category_display()),
        (_("What it is"), benefit.description),
        (_("What it costs us"), money(benefit.cost, unit)),
        (_("What it is worth to them"), money(benefit.value, unit)),
        (_("In stock"), _("not counted") if benefit.stock is None else str(benefit.stock)),
        (_("For tiers"), ", ".join(str(tiers[code]) for code in benefit.tiers) or _("everybody")),
        (
            _("After effort"),
            ", ".join(str(effort[code]) for code in benefit.effort_levels) or _("any"),
        ),
        (_("Always takes an approval"), benefit.needs_approval),
        (_("Can be given"), benefit.is_on),
    ]
