"""The manifest of badges (BEN-7.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.points.badges import pages, services
from benefits.points.badges.models import Badge
from benefits.tabs import BenefitsList

BADGES = Resource(
    name="badges",
    model=Badge,
    subject="badge",
    title=_("Badges"),
    answer=ngettext_lazy("%(count)s badge", "%(count)s badges", "n"),
    new_label=_("Add a badge"),
    icon="award",
    nav_item="benefits",
    view="points.view",
    edit="shop.edit",
    listed=lambda _member: Badge.objects.all(),
    table=pages.BadgeTable,
    search=("name", "description"),
    form=pages.BadgeForm,
    about=lambda badge: badge.get_rule_display(),
    facts=pages.facts_of,
    pages={"list": BenefitsList},
    empty_text=_(
        "Say what somebody is recognised for: a first activity, five, one of each effort."
    ),
    create=services.write_badge,
    update=services.update_badge,
    verbs={
        "badge.written": (_("wrote a badge"), "award", "info"),
        "badge.changed": (_("changed a badge"), "pencil", "neutral"),
    },
    api_fields=(
        "id",
        "name",
        "description",
        "rule",
        "threshold",
        "points",
        "is_on",
        "created_at",
    ),
    api_filters=("rule", "is_on"),
    api_ordering=("created_at", "name"),
)
