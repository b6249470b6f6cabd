"""The manifest of budgets of costs (COST-1.c)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from reporting.cost_budgets import api, pages, selectors, services
from reporting.cost_budgets.models import CostBudget

COST_BUDGETS = Resource(
    name="cost-budgets",
    model=CostBudget,
    subject="budget",
    title=_("Budgets of costs"),
    answer=ngettext_lazy("%(count)s budget", "%(count)s budgets", "n"),
    new_label=_("Write a budget"),
    icon="wallet",
    nav_item="impact",
    view="costs.view",
    edit="costs.edit",
    listed=selectors.listed_cost_budgets,
    table=pages.CostBudgetTable,
    filters=pages.CostBudgetFilter,
    form=pages.CostBudgetForm,
    about=pages.period,
    facts=pages.facts_of,
    pages={"list": pages.CostBudgetList},
    empty_text=_(
        "Say how much each kind of cost may take in a period; what is spent and what is written for"
        " days to come is counted for you."
    ),
    create=services.write_cost_budget,
    update=services.update_cost_budget,
    verbs={
        "cost_budget.written": (_("wrote a budget of costs"), "wallet", "info"),
        "cost_budget.changed": (_("changed a budget of costs"), "pencil", "neutral"),
    },
    serializer=api.CostBudgetSerializer,
    api_fields=api.CostBudgetSerializer.Meta.fields,
    api_filters=("kind",),
    api_ordering=("-starts_on", "created_at"),
)
