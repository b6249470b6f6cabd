"""The manifest of grants (BEN-2)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from benefits.commitments.pages import urlpatterns
from benefits.grants import api, forms, pages, presentation, selectors, services
from benefits.grants.lifecycle import GRANT
from benefits.grants.models import Grant
from benefits.grants.work import WORK
from benefits.tabs import BenefitsList

GRANTS = Resource(
    name="grants",
    model=Grant,
    subject="grant",
    title=_("Given back"),
    answer=ngettext_lazy("%(count)s benefit given back", "%(count)s benefits given back", "n"),
    new_label=_("Give something back"),
    icon="gift",
    nav_item="benefits",
    view="grants.view",
    edit="grants.edit",
    listed=selectors.listed_grants,
    table=pages.GrantTable,
    filters=pages.GrantFilter,
    form=forms.GrantForm,
    about=lambda grant: f"{grant.advocate.name}, {grant.advocate.account.name}",
    facts=presentation.facts_of,
    pages={
        "list": BenefitsList,
        "detail": pages.GrantPage,
        "new": pages.WriteGrant,
        "edit": pages.WriteGrant,
    },
    empty_text=_("Nothing was given back yet. Begin with somebody who did much this year."),
    more_urls=urlpatterns,
    create=services.give_benefit,
    update=services.update_grant,
    lifecycle=GRANT,
    services={
        "approve": services.approve_grant,
        "approve_beyond": services.approve_grant_beyond,
        "order": services.order_grant,
        "deliver": services.deliver_grant,
        "confirm": services.confirm_grant,
        "return": services.return_grant,
        "cancel": services.cancel_grant,
    },
    permit=services.permit_grant,
    permit_edit=services.permit_change,
    # Each may lock the person's capacity.
    order=("advocate_id", "pk"),
    verbs={
        "grant.planned": (_("planned a benefit"), "gift", "info"),
        "grant.changed": (_("changed a planned benefit"), "pencil", "neutral"),
        "grant.rated": (_("said what they thought of a benefit"), "mood-smile", "info"),
        "grant.ended": (_("a benefit of the tier ended"), "calendar-off", "neutral"),
    },
    styles={
        "ordered": StatusStyle("info", "shopping-cart"),
    },
    serializer=api.GrantSerializer,
    api=api.GrantApi,
    api_fields=api.GrantSerializer.SHOWN,
    api_ordering=("-created_at", "due_on"),
    work=WORK,
    named_by=("benefit",),
)
