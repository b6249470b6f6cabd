"""How presences look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import ColleagueField, DateInput, PersonPicker
from advocates.models import Presence


class PresenceForm(TenantModelForm):
    """Who meets whom, where, when."""

    by = ColleagueField(label=gettext_lazy("Who of us"), required=True)

    class Meta:
        model = Presence
        fields = ("advocate", "by", "kind", "occasion", "on")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput()}


class PresenceTable(Table):
    """Who meets whom, where and when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("At what"),
            value=str,
            sort=("kind", "occasion"),
            url=lambda row, request: tenant_reverse(request, "presences:detail", row.pk),
        ),
        Column("advocate", gettext_lazy("Whom"), value="advocate.name", sort="advocate__last_name"),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column("by", gettext_lazy("Who of us"), value="by.name"),
        Column("on", gettext_lazy("When"), sort="on"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-on"


def facts_of(presence: Presence) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Whom"), presence.advocate.name),
        (_("Account"), presence.advocate.account.name),
        (_("Who of us"), presence.by.name),
        (_("When"), presence.on),
        *([(_("What came of it"), presence.note)] if presence.note else []),
        *([(_("Why not"), presence.reason)] if presence.reason else []),
    ]
