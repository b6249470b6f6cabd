"""The manifest of costs (COST-1.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from reporting.costs import api, pages, selectors, services
from reporting.costs.lifecycle import COST
from reporting.costs.models import Cost

COSTS = Resource(
    name="costs",
    model=Cost,
    subject="cost",
    title=_("Costs"),
    answer=ngettext_lazy("%(count)s cost", "%(count)s costs", "n"),
    new_label=_("Write a cost"),
    icon="receipt",
    nav_item="impact",
    view="costs.view",
    edit="costs.edit",
    listed=selectors.listed_costs,
    table=pages.CostTable,
    filters=pages.CostFilter,
    form=pages.CostForm,
    about=pages.period,
    facts=pages.facts_of,
    pages={"list": pages.CostList},
    empty_text=_(
        "People, tools, events, production and acquisition: what the program costs, of a day or"
        " spread over a period. What benefits cost comes in by itself."
    ),
    create=services.write_cost,
    update=services.update_cost,
    lifecycle=COST,
    services={"remove": services.remove_cost, "put_back": services.put_back_cost},
    permit=services.permit_cost,
    verbs={
        "cost.written": (_("wrote a cost"), "receipt", "neutral"),
        "cost.changed": (_("corrected a cost"), "pencil", "neutral"),
    },
    styles={
        "counted": StatusStyle("success", "check"),
        "removed": StatusStyle("neutral", "trash"),
    },
    serializer=api.CostSerializer,
    api_fields=api.CostSerializer.Meta.fields,
    api_filters=("kind", "segment", "state", "starts_on", "external_id"),
    api_ordering=("-starts_on", "created_at"),
)
