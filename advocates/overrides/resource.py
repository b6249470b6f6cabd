"""The manifest of tiers set by hand."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocates.models import TierOverride
from advocates.overrides import pages, selectors, services
from advocates.overrides.api import TierOverrideSerializer
from advocates.overrides.lifecycle import OVERRIDE

OVERRIDES = Resource(
    name="tier-overrides",
    model=TierOverride,
    subject="override",
    title=_("Tiers set by hand"),
    answer=ngettext_lazy("%(count)s tier set by hand", "%(count)s tiers set by hand", "n"),
    new_label=_("Set a tier by hand"),
    icon="hand-finger",
    nav_item="advocates",
    tab=False,
    view="tiers.view",
    edit="tiers.override",
    listed=selectors.listed_overrides,
    table=pages.OverrideTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name"),
    form=pages.OverrideForm,
    about=lambda override: override.advocate.name,
    facts=pages.facts_of,
    pages={
        "list": pages.Overrides,
        "new": pages.OverrideRecordForm,
        "edit": pages.OverrideRecordForm,
    },
    empty_text=_("Every tier is the one that is earned."),
    create=services.set_override,
    update=services.update_override,
    lifecycle=OVERRIDE,
    permit_edit=services.permit_change,
    services={"lift": services.lift_override},
    verbs={
        "tier_override.set": (_("set a tier by hand"), "hand-finger", "neutral"),
        "tier_override.changed": (_("changed a tier set by hand"), "pencil", "neutral"),
    },
    serializer=TierOverrideSerializer,
    api_fields=TierOverrideSerializer.SHOWN,
    api_filters=("advocate", "tier", "state"),
    api_ordering=("until", "created_at"),
    named_by=("tier",),
)
