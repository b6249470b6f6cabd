"""How touches look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import ColleagueField, DateInput, PersonPicker
from advocates.models import Touch


class TouchForm(TenantModelForm):
    """Who, what, when, by whom."""

    by = ColleagueField(label=gettext_lazy("By whom"), empty_label=gettext_lazy("You"))

    class Meta:
        model = Touch
        fields = ("advocate", "kind", "happened_on", "by", "about_ask", "note")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"happened_on": DateInput()}


class TouchTable(Table):
    """Who was in touch with whom, when and how."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("What it was"),
            value="get_kind_display",
            sort="kind",
            url=lambda row, request: tenant_reverse(request, "touches:detail", row.pk),
        ),
        Column("advocate", gettext_lazy("Who"), value="advocate.name", sort="advocate__last_name"),
        Column("account", gettext_lazy("Account"), value="advocate.account.name"),
        Column("happened_on", gettext_lazy("When"), sort="happened_on"),
        Column(
            "by",
            gettext_lazy("By whom"),
            value=lambda row: row.by.name if row.by else "",
            phone=False,
        ),
    )
    default_sort: ClassVar[str] = "-happened_on"


def facts_of(touch: Touch) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Who"), touch.advocate.name),
        (_("Account"), touch.advocate.account.name),
        (_("When"), touch.happened_on),
        (_("By whom"), touch.by.name if touch.by else ""),
    ]
    if touch.about_ask:
        facts.append((_("Counts"), _("no: it was about an ask")))
    return [*facts, (_("Note"), touch.note)]
