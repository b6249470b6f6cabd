"""How duties look in a browser: columns, facts, form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy.records.pages import MoveForm, RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import ColleagueField


def about_of(duty: Duty) -> str:
    """ "Reference call for Isdom"; the advocate is named where the reader opens them (VIS-1)."""
    activity = duty.activity
    words = {"type": activity.activity_type.name, "purpose": activity.purpose}
    return _("%(type)s for %(purpose)s") % words if activity.purpose else words["type"]


class HandOverForm(TenantModelForm):
    """To whom."""

    owner = ColleagueField(label=gettext_lazy("To whom?"), required=True)

    class Meta:
        model = Duty
        fields: ClassVar[Sequence[str]] = ("owner",)


class HandOver(MoveForm):
    """Give a duty to a colleague."""

    abstract = True
    form_class = HandOverForm


class DutyPage(RecordPage):
    """One duty, with the way to its activity for who may open it."""

    abstract = True

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        if self.membership.can("activities.view"):
            activity = self.row.activity_id
            url = tenant_reverse(self.request, "activities:detail", activity)
            found["crumbs"].append((url, about_of(self.row)))
        return found


class DutyTable(Table):
    """What, about what, whose, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "step",
            gettext_lazy("What"),
            value="get_step_display",
            sort="step",
            url=lambda row, request: tenant_reverse(request, "duties:detail", row.pk),
        ),
        Column("about", gettext_lazy("About"), value=about_of),
        Column("owner", gettext_lazy("Whose"), value="owner.name", sort="owner__user__name"),
        Column("due_at", gettext_lazy("Due"), sort="due_at"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "due_at"


def facts_of(duty: Duty) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("About"), about_of(duty)),
        (_("Whose"), duty.owner.name if duty.owner else ""),
        (_("Due"), duty.due_at or _("once a time is booked")),
    ]
    if duty.state == DutyState.DONE:
        by = duty.done_by.name if duty.done_by else _("by what happened")
        facts += [(_("Done"), duty.done_at), (_("By whom"), by)]
    return facts
