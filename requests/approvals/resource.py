"""The manifests of approvals and their rules (REQ-3.b)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from requests.approvals import api, pages, rules, selectors, services
from requests.approvals.lifecycle import APPROVAL
from requests.approvals.work import WORK
from requests.models import Approval, ApprovalRule

APPROVAL_RULES = Resource(
    name="approval-rules",
    model=ApprovalRule,
    subject="rule",
    title=_("What is approved first"),
    answer=ngettext_lazy(
        "%(count)s kind of request is approved first",
        "%(count)s kinds of request are approved first",
        "n",
    ),
    new_label=_("Write a rule"),
    icon="writing-sign",
    nav_item="settings",
    view="settings.rules",
    edit="settings.rules",
    listed=selectors.listed_rules,
    table=pages.RuleTable,
    search=("activity_type__name",),
    form=pages.RuleForm,
    facts=pages.rule_facts,
    pages={"list": pages.Rules},
    empty_text=_(
        "Say which requests a colleague approves before a customer is asked: big deals, some types,"
        " companies whose policy speaks against it."
    ),
    create=rules.create_rule,
    update=rules.update_rule,
    verbs={
        "approval_rule.written": (_("said what is approved first"), "writing-sign", "neutral"),
        "approval_rule.changed": (_("changed what is approved first"), "pencil", "neutral"),
    },
    serializer=api.ApprovalRuleSerializer,
    api_fields=api.ApprovalRuleSerializer.Meta.fields,
    api_filters=("activity_type", "approver_role", "is_on"),
    api_ordering=("position", "created_at"),
    named_by=("activity_type",),
    tab=False,
)

APPROVALS = Resource(
    name="approvals",
    model=Approval,
    subject="approval",
    title=_("Approvals"),
    answer=ngettext_lazy(
        "%(count)s request was to be approved", "%(count)s requests were to be approved", "n"
    ),
    new_label=_("Approvals"),
    icon="writing-sign",
    nav_item="requests",
    view="approvals.view",
    edit="approvals.decide",
    listed=selectors.listed_approvals,
    table=pages.ApprovalTable,
    search=("request__prospect",),
    form=pages.RefuseForm,
    about=pages.about_of,
    facts=pages.facts_of,
    pages={"detail": pages.ApprovalPage, "refuse": pages.Refuse},
    empty_text=_("Requests that somebody approves before a customer is asked stand here."),
    lifecycle=APPROVAL,
    services={"approve": services.approve, "refuse": services.refuse},
    permit=services.permit_approval,
    styles={"refused": StatusStyle("danger", "file-alert")},
    verbs={"approval.asked": (_("asked for approval"), "writing-sign", "warning")},
    api_fields=(
        "id",
        "request",
        "rule",
        "approver",
        "amount",
        "currency",
        "state",
        "reason",
        "opened_at",
        "due_at",
        "decided_at",
        "decided_by",
    ),
    api_filters=("state", "request", "approver"),
    api_ordering=("due_at", "id"),
    named_by=("request",),
    work=(WORK,),
    tab=False,
)
