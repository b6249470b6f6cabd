"""How moments look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import AccountPicker, DateInput
from advocates.models import Moment
from advocates.moments.lifecycle import MomentState
from advocates.moments.selectors import suggestion_of
from advocates.panels import panels_for


class MomentForm(TenantModelForm):
    """Where, what, when."""

    class Meta:
        model = Moment
        fields = ("account", "kind", "happened_on", "note")
        field_classes: ClassVar[dict[str, Any]] = {"account": AccountPicker}
        widgets: ClassVar[dict[str, Any]] = {"happened_on": DateInput()}


class MomentTable(Table):
    """What happened where, and what became of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("What happened"),
            value="get_kind_display",
            sort="kind",
            url=lambda row, request: tenant_reverse(request, "moments:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="account.name", sort="account__name"),
        Column(
            "happened_on",
            gettext_lazy("When"),
            sort="happened_on",
            template="components/cells/since.html",
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-happened_on"


def facts_of(moment: Moment) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Account"), moment.account.name),
        (_("When"), moment.happened_on),
        (_("Note"), moment.note),
    ]
    if moment.state == MomentState.OPEN:
        return [*facts, (_("Idea"), suggestion_of(moment))]
    facts += [(_("Said"), moment.said), (_("Why not"), moment.reason)]
    return [*facts, (_("Decided by"), moment.decided_by.name if moment.decided_by else "")]


class MomentPage(RecordPage):
    """One moment, with the cards of the apps above."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/moments/detail.html"

    def get_context(self) -> dict[str, Any]:
        panels = panels_for("moment", self.row, self.membership)
        return {**super().get_context(), "panels": panels}
