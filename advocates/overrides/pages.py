"""How tiers set by hand look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordList
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import DateInput, PersonPicker
from advocates.models import Advocate, Tier, TierOverride
from advocates.pages import tabs
from advocates.people.choices import ENROLLED
from advocates.promises import PromiseForm


class MemberPicker(PersonPicker):
    """Somebody in the program."""

    def offered(self, membership: Membership) -> QuerySet[Advocate]:
        return super().offered(membership).filter(status__in=ENROLLED)


class OverrideForm(PromiseForm, TenantModelForm):
    """Who, which tier, until when, why."""

    tier = forms.ModelChoiceField(
        Tier.objects.order_by("-rank"),
        label=gettext_lazy("Tier"),
        empty_label=gettext_lazy("Choose one"),
    )

    class Meta:
        model = TierOverride
        fields = ("advocate", "tier", "until", "reason")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": MemberPicker}
        widgets: ClassVar[dict[str, Any]] = {"until": DateInput()}


class OverrideTable(Table):
    """Who stands where by hand, until when, and why."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort="advocate__last_name",
            url=lambda row, request: tenant_reverse(request, "tier-overrides:detail", row.pk),
        ),
        Column("tier", gettext_lazy("Tier"), value="tier.name", sort="tier__rank"),
        Column("until", gettext_lazy("Until"), sort="until"),
        Column("reason", gettext_lazy("Why"), phone=False),
        Column("set_by", gettext_lazy("Set by"), value="set_by.name", phone=False),
        Column("state", gettext_lazy("State"), template="components/cells/state.html"),
    )
    default_sort: ClassVar[str] = "-until"


class Overrides(RecordList):
    """Below the tiers, which they are about."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/list.html"

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "tiers")
        return {"tabs": tabs(self.request, "tiers"), "crumbs": [(url, _("Tiers"))]}


class OverrideRecordForm(RecordForm):
    """Whose tier it is stays."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form = super().get_form()
        if "pk" in self.kwargs:
            form.fields.pop("advocate", None)
        return form


def facts_of(override: TierOverride) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Who"), override.advocate.name),
        (_("Account"), override.advocate.account.name),
        (_("Tier"), override.tier.name),
        (_("Until"), override.until),
        (_("Why"), override.reason),
        (_("Set by"), override.set_by.name if override.set_by else ""),
    ]
