"""The manifest of approvals of content (APR-1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.asset_approvals import api, pages, selectors, services
from activities.asset_approvals.lifecycle import APPROVAL_STEP
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.work import WORK
from advocacy.records.resource import Resource

ASSET_APPROVALS = Resource(
    name="asset-approvals",
    model=AssetApproval,
    subject="approval",
    title=_("Approvals"),
    answer=ngettext_lazy("%(count)s approval of a text", "%(count)s approvals of texts", "n"),
    new_label=_("Add an approval"),
    icon="writing-sign",
    nav_item="content",
    view="asset_approvals.view",
    edit="assets.edit",
    listed=selectors.listed_approvals,
    table=pages.ApprovalTable,
    filters=pages.ApprovalFilter,
    form=pages.PlanForm,
    about=pages.about_of,
    facts=pages.facts_of,
    pages={
        "list": pages.ApprovalList,
        "detail": pages.ApprovalPage,
        "new": pages.PlanStep,
        "edit": pages.PlanStep,
        "approve": pages.Decide,
        "refuse": pages.Refuse,
        "hand_over": pages.HandOver,
    },
    empty_text=_("Texts that somebody approves before they are published stand here."),
    create=services.plan_step,
    update=services.update_step,
    permit_edit=services.permit_change,
    lifecycle=APPROVAL_STEP,
    services={
        "approve": services.approve_step,
        "refuse": services.refuse_step,
        "hand_over": services.hand_over_step,
        "drop": services.drop_step,
    },
    permit=services.permit_approval,
    verbs={
        "asset_approval.planned": (_("planned an approval"), "writing-sign", "neutral"),
        "asset_approval.changed": (_("changed a planned approval"), "pencil", "neutral"),
    },
    bodies={
        "approve": api.ApproveTextBody,
        "refuse": api.RefuseTextBody,
        "hand_over": api.HandOverTextBody,
    },
    serializer=api.AssetApprovalSerializer,
    api_fields=api.AssetApprovalSerializer.Meta.fields,
    api_filters=("asset", "state", "step", "assignee"),
    api_ordering=("-created_at", "due_at"),
    work=(WORK,),
    named_by=("asset",),
)
