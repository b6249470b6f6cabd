"""The manifests of placements and of what is made of recordings (DIST-1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.distribution import api, pages, selectors, services, work
from activities.distribution.lifecycle import PLACEMENT, REPURPOSING
from activities.distribution.models import Placement, Repurposing
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

PLACEMENTS = Resource(
    name="placements",
    model=Placement,
    subject="placement",
    title=_("Placements"),
    answer=ngettext_lazy("%(count)s placement", "%(count)s placements", "n"),
    new_label=_("Plan a placement"),
    icon="world",
    nav_item="content",
    view="placements.view",
    edit="assets.edit",
    listed=selectors.listed_placements,
    table=pages.PlacementTable,
    filters=pages.PlacementFilter,
    form=pages.PlacementForm,
    about=pages.about_plan,
    facts=pages.placement_facts,
    pages={
        "list": pages.PlacementList,
        "detail": pages.PlanPage,
        "new": pages.WritePlan,
        "edit": pages.WritePlan,
        "finish": pages.Finish,
    },
    empty_text=_(
        "Where pieces go stands here: when one is published, its usual channels are planned."
    ),
    create=services.plan_placement,
    update=services.update_placement,
    permit_edit=services.permit_change_placement,
    lifecycle=PLACEMENT,
    services={
        "finish": services.finish_placement,
        "drop": services.drop_placement,
        "reopen": services.reopen_placement,
    },
    permit=services.permit_placement,
    verbs={
        "placement.planned": (_("planned where the piece goes"), "world", "neutral"),
        "placement.changed": (_("changed a planned placement"), "pencil", "neutral"),
    },
    serializer=api.PlacementSerializer,
    api_fields=api.PlacementSerializer.Meta.fields,
    api_filters=("asset", "channel", "state", "owner"),
    api_ordering=("due_on", "-created_at"),
    work=(work.PLACEMENT_WORK,),
    named_by=("asset",),
)

REPURPOSINGS = Resource(
    name="repurposings",
    model=Repurposing,
    subject="repurposing",
    title=_("Repurposing"),
    answer=ngettext_lazy("%(count)s piece of a recording", "%(count)s pieces of recordings", "n"),
    new_label=_("Plan a piece"),
    icon="file-plus",
    nav_item="content",
    view="placements.view",
    edit="assets.edit",
    listed=selectors.listed_repurposings,
    table=pages.RepurposingTable,
    filters=pages.RepurposingFilter,
    form=pages.RepurposingForm,
    about=pages.about_plan,
    facts=pages.repurposing_facts,
    pages={
        "list": pages.RepurposingList,
        "detail": pages.PlanPage,
        "new": pages.WritePlan,
        "edit": pages.WritePlan,
    },
    empty_text=_(
        "What is made of recordings stands here: when one is published, the usual pieces are"
        " planned."
    ),
    create=services.plan_repurposing,
    update=services.update_repurposing,
    permit_edit=services.permit_change_repurposing,
    lifecycle=REPURPOSING,
    services={
        "begin": services.begin_repurposing,
        "drop": services.drop_repurposing,
        "reopen": services.reopen_repurposing,
    },
    permit=services.permit_repurposing,
    verbs={
        "repurposing.planned": (_("planned a piece of the recording"), "file-plus", "neutral"),
        "repurposing.changed": (_("changed a planned piece"), "pencil", "neutral"),
    },
    styles={"begun": StatusStyle("info", "file-plus")},
    serializer=api.RepurposingSerializer,
    api_fields=api.RepurposingSerializer.Meta.fields,
    api_filters=("asset", "form", "state", "owner"),
    api_ordering=("due_on", "-created_at"),
    work=(work.REPURPOSING_WORK,),
    named_by=("asset",),
)
