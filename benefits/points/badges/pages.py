"""Badges in a browser: form, columns, facts, and their manifest (BEN-7.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from benefits.points.badges.models import Badge


class BadgeForm(TenantModelForm):
    """What is counted, at how many, and what it is called."""

    class Meta:
        model = Badge
        fields = ("name", "description", "rule", "threshold", "points", "is_on")


class BadgeTable(Table):
    """What can be won."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Badge"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "badges:detail", row.pk),
        ),
        Column("rule", gettext_lazy("What is counted"), value="get_rule_display", sort="rule"),
        Column("threshold", gettext_lazy("Won at"), sort="threshold", align="end"),
        Column("points", gettext_lazy("Points"), sort="points", align="end", phone=False),
        Column("is_on", gettext_lazy("Can be won"), sort="is_on", phone=False),
    )
    default_sort: ClassVar[str] = "rule"


def facts_of(badge: Badge) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("What it is for"), badge.description),
        (_("What is counted"), badge.get_rule_display()),
        (_("Won at"), str(badge.threshold)),
        (_("Points"), str(badge.points)),
        (_("Can be won"), badge.is_on),
    ]
