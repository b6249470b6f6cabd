"""How absences look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordList
from advocacy.tenancy.absences import Absence
from advocacy.tenancy.delegation import roles_for
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse


class AbsenceForm(TenantModelForm):
    """Who, from when until when, and who stands in."""

    member = forms.ModelChoiceField(
        Membership.objects.select_related("user").filter(is_active=True).order_by("user__name"),
        label=gettext_lazy("Who is away"),
        empty_label=gettext_lazy("You"),
        required=False,
    )
    delegate = forms.ModelChoiceField(
        Membership.objects.select_related("user").filter(is_active=True).order_by("user__name"),
        label=gettext_lazy("Who stands in"),
        empty_label=gettext_lazy("Choose a colleague"),
        help_text=gettext_lazy(
            "They have what falls due meanwhile on their Today, get the mails about it and may do "
            "it. What is due later waits for the return."
        ),
    )

    class Meta:
        model = Absence
        fields = ("member", "starts_on", "ends_on", "delegate")
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(
            ("starts_on", "ends_on"), forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )


class AbsenceTable(Table):
    """Who, when, who stands in."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "member",
            gettext_lazy("Who is away"),
            value="member.name",
            sort="member__user__name",
            url=lambda row, request: tenant_reverse(request, "absences:detail", row.pk),
        ),
        Column("starts_on", gettext_lazy("First day"), sort="starts_on"),
        Column("ends_on", gettext_lazy("Last day"), sort="ends_on"),
        Column("delegate", gettext_lazy("Who stands in"), value="delegate.name"),
        Column("state", gettext_lazy("State"), template="components/cells/state.html"),
    )
    default_sort: ClassVar[str] = "-starts_on"


class Absences(RecordList):
    """Everybody's."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("What falls due meanwhile is with whoever stands in.")

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "settings")
        return {**super().get_context(), "crumbs": [(url, _("Settings"))]}


class AbsenceRecordForm(RecordForm):
    """Only who looks after people says it for somebody else."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form = super().get_form()
        whose = self.row.member if "pk" in self.kwargs else self.membership
        if "pk" in self.kwargs or not self.membership.can("settings.people"):
            form.fields.pop("member", None)
            colleagues = form.fields["delegate"].queryset.exclude(pk=whose.pk)
            form.fields["delegate"].queryset = colleagues.filter(role__in=roles_for(whose.role))
        return form


def facts_of(absence: Absence) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Who is away"), absence.member.name),
        (_("First day"), absence.starts_on),
        (_("Last day"), absence.ends_on),
        (_("Who stands in"), absence.delegate.name),
    ]
