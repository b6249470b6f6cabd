"""How signals look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import DateInput, PersonPicker
from advocates.models import Signal


class SignalForm(TenantModelForm):
    """Who, what, when, where."""

    class Meta:
        model = Signal
        fields = ("advocate", "kind", "seen_on", "source", "note")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"seen_on": DateInput()}


class SignalTable(Table):
    """Who did what, when and where."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("What they did"),
            value="get_kind_display",
            sort="kind",
            url=lambda row, request: tenant_reverse(request, "signals:detail", row.pk),
        ),
        Column("advocate", gettext_lazy("Who"), value="advocate.name", sort="advocate__last_name"),
        Column("account", gettext_lazy("Account"), value="advocate.account.name"),
        Column(
            "seen_on",
            gettext_lazy("When"),
            sort="seen_on",
            template="components/cells/since.html",
        ),
        Column("source", gettext_lazy("Where"), phone=False),
    )
    default_sort: ClassVar[str] = "-seen_on"


def facts_of(signal: Signal) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Who"), signal.advocate.name),
        (_("Account"), signal.advocate.account.name),
        (_("When"), signal.seen_on),
        (_("Where"), signal.source),
        (_("In their words"), signal.note),
        (_("Recorded by"), signal.recorded_by.name if signal.recorded_by else ""),
    ]
