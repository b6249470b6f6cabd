"""The manifest of deals. The CRM makes and changes them, over REST or by import."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from requests.gates.pages import LiftGate
from requests.models import Opportunity
from requests.opportunities import api, deals, selectors
from requests.untouched.pages import UntouchedDeals

OPPORTUNITIES = Resource(
    name="opportunities",
    model=Opportunity,
    subject="opportunity",
    title=_("Deals"),
    answer=ngettext_lazy("%(count)s deal", "%(count)s deals", "n"),
    new_label=_("Add a deal"),
    icon="briefcase",
    nav_item="requests",
    view="opportunities.view",
    edit="opportunities.edit",
    listed=selectors.listed_deals,
    table=deals.DealTable,
    filters=deals.DealFilter,
    form=deals.DealForm,
    about=lambda deal: deal.prospect,
    facts=deals.facts_of,
    pages={"list": deals.DealList, "detail": deals.DealPage},
    more_urls=[
        path("untouched/", UntouchedDeals.as_view(), name="untouched"),
        path("<uuid:pk>/let-through/", LiftGate.as_view(), name="lift-gate"),
    ],
    empty_text=_(
        "Deals come from your CRM: import its opportunities under Settings, or send them over REST."
        " A deal the CRM does not hold is typed in with a request."
    ),
    verbs={
        "opportunity.created": (_("added the deal"), "point", "neutral"),
        "opportunity.updated": (_("changed the deal"), "point", "neutral"),
        "opportunity.touched": (_("added a touchpoint to the deal"), "link", "success"),
        "opportunity.untouched": (_("took a touchpoint back from the deal"), "point", "warning"),
        "opportunity.outcome_recorded": (_("recorded how the deal ended"), "flag", "info"),
        "opportunity.gate_lifted": (_("let requests for the deal through"), "lock-open", "info"),
        "opportunity.reopened": (_("took up the deal again"), "refresh", "info"),
    },
    serializer=api.OpportunitySerializer,
    api=api.OpportunityResource,
    api_fields=api.OpportunitySerializer.Meta.fields,
)
