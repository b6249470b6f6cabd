"""The manifest of budgets (BEN-5.b)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.budgets import api, pages, selectors, services
from benefits.budgets.models import Budget
from benefits.tabs import BenefitsList

BUDGETS = Resource(
    name="budgets",
    model=Budget,
    subject="budget",
    title=_("Budgets"),
    answer=ngettext_lazy("%(count)s budget", "%(count)s budgets", "n"),
    new_label=_("Write a budget"),
    icon="wallet",
    nav_item="benefits",
    view="budgets.view",
    edit="budgets.edit",
    listed=selectors.listed_budgets,
    table=pages.BudgetTable,
    filters=pages.BudgetFilter,
    form=pages.BudgetForm,
    facts=pages.facts_of,
    pages={"list": BenefitsList},
    empty_text=_(
        "Without a budget nothing stands in the way of a grant. With one, what it does not hold"
        " takes an approval."
    ),
    create=services.write_budget,
    update=services.update_budget,
    verbs={
        "budget.written": (_("wrote a budget"), "wallet", "info"),
        "budget.changed": (_("changed a budget"), "pencil", "neutral"),
    },
    serializer=api.BudgetSerializer,
    api_fields=api.BudgetSerializer.Meta.fields,
    api_filters=("segment",),
    api_ordering=("-starts_on", "created_at"),
)
