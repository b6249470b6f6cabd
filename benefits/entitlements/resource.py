"""The manifest of entitlements (BEN-2.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.entitlements import pages, selectors, services
from benefits.entitlements.api import EntitlementApi, EntitlementSerializer
from benefits.entitlements.models import Entitlement

ENTITLEMENTS = Resource(
    name="entitlements",
    model=Entitlement,
    subject="entitlement",
    title=_("What a tier brings"),
    answer=ngettext_lazy("%(count)s entitlement", "%(count)s entitlements", "n"),
    new_label=_("Add an entitlement"),
    icon="stairs-up",
    nav_item="benefits",
    view="benefits.view",
    edit="entitlements.edit",
    listed=selectors.listed_entitlements,
    table=pages.EntitlementTable,
    search=("benefit__name", "tier__name"),
    form=pages.EntitlementForm,
    about=lambda row: row.tier.name,
    facts=pages.facts_of,
    pages={"list": pages.EntitlementList},
    more_urls=pages.urlpatterns,
    api=EntitlementApi,
    empty_text=_("Say what everybody on a tier gets, when they enter it and again each period."),
    create=services.write_entitlement,
    update=services.update_entitlement,
    verbs={
        "entitlement.written": (_("wrote what a tier brings"), "stairs-up", "info"),
        "entitlement.changed": (_("changed what a tier brings"), "pencil", "neutral"),
    },
    serializer=EntitlementSerializer,
    api_fields=EntitlementSerializer.SHOWN,
    api_filters=("tier", "segment", "benefit", "is_on"),
    api_ordering=("created_at", "id"),
    named_by=("tier", "benefit"),
)
