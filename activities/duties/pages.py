"""How duties look in a browser: columns, facts, form."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from activities.playbooks.selectors import texts_for
from activities.set_up.selectors import set_up_of
from advocacy.records.pages import MoveForm, RecordPage
from advocacy.tenancy.models import Membership
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
    template_name = "activities/duty.html"
    panel_template = "activities/duty_panel.html"

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        found["guides"] = guides_of(self.request, self.membership, self.row)
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
            value=str,
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


#: What an app above has for whoever does a duty: what it is called, and where.
_guides: list[Callable[[HttpRequest, Membership, Duty], Iterable[tuple[str, str]]]] = []


def register_guides(
    find: Callable[[HttpRequest, Membership, Duty], Iterable[tuple[str, str]]],
) -> None:
    """Have ``find(request, member, duty)`` add to what helps; for ``AppConfig.ready()``."""
    _guides.append(find)


def guides_of(request: HttpRequest, member: Membership, duty: Duty) -> list[tuple[str, str]]:
    """What helps with a duty: first what is about this very one, then the type's playbook."""
    found = []
    if duty.task and member.can("activities.view") and (set_up := set_up_of(duty.activity)):
        found.append((str(set_up), tenant_reverse(request, "set-ups:detail", set_up.pk)))
    found += [guide for find in _guides for guide in find(request, member, duty)]
    return found + [
        (text.title, tenant_reverse(request, "playbook-texts:detail", text.pk))
        for text in texts_for(duty.activity.activity_type)
    ]


def facts_of(duty: Duty) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("About"), about_of(duty)),
        (_("Part of"), duty.get_step_display() if str(duty) != duty.get_step_display() else ""),
        (_("Whose"), duty.owner.name if duty.owner else ""),
        (_("Due"), duty.due_at or _("once a time is booked")),
    ]
    if duty.state == DutyState.DONE:
        by = duty.done_by.name if duty.done_by else _("by what happened")
        facts += [(_("Done"), duty.done_at), (_("By whom"), by)]
    return facts
