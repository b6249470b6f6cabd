"""The manifest of routing rules (REQ-3)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from requests.models import RoutingRule
from requests.routing import api, pages, selectors, services
from requests.routing.lifecycle import ROUTING_RULE

ROUTING_RULES = Resource(
    name="routing-rules",
    model=RoutingRule,
    subject="rule",
    title=_("Who gets a request"),
    answer=ngettext_lazy("%(count)s rule", "%(count)s rules", "n"),
    new_label=_("Write a rule"),
    icon="arrows-split-2",
    nav_item="settings",
    view="settings.rules",
    edit="settings.rules",
    listed=selectors.listed_rules,
    table=pages.RuleTable,
    form=pages.RuleForm,
    facts=pages.facts_of,
    pages={
        "list": pages.Rules,
        "detail": pages.RulePage,
        "new": pages.WriteRule,
        "edit": pages.WriteRule,
    },
    empty_text=_("Say which requests go to whom: by type, size of the prospect and region."),
    create=services.create_rule,
    update=services.update_rule,
    lifecycle=ROUTING_RULE,
    services={
        "switch_off": services.switch_off_rule,
        "switch_on": services.switch_on_rule,
    },
    permit=services.permit_rule,
    verbs={
        "routing_rule.written": (_("wrote a routing rule"), "arrows-split-2", "neutral"),
        "routing_rule.changed": (_("changed a routing rule"), "pencil", "neutral"),
    },
    styles={"off": StatusStyle("neutral", "player-pause")},
    serializer=api.RoutingRuleSerializer,
    api=api.RoutingRuleApi,
    api_fields=api.RoutingRuleSerializer.Meta.fields,
    api_filters=("activity_type", "segment", "region", "state"),
    api_ordering=("position", "created_at"),
    named_by=("activity_type",),
    tab=False,
)
