"""How entitlements look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocacy.web.views.base import PageAction
from advocates.models import Tier
from advocates.promises import PromiseForm
from benefits.catalogue.selectors import givable
from benefits.entitlements.models import Entitlement
from benefits.entitlements.services import put_usual_in
from benefits.tabs import NAV_ITEM, BenefitsList


class EntitlementForm(PromiseForm, TenantModelForm):
    """Which tier, which segment, what, how often."""

    tier = forms.ModelChoiceField(
        Tier.objects.order_by("-rank"),
        label=gettext_lazy("Tier"),
        empty_label=gettext_lazy("Choose one"),
    )
    benefit = forms.ModelChoiceField(
        givable(), label=gettext_lazy("What they get"), empty_label=gettext_lazy("Choose one")
    )

    class Meta:
        model = Entitlement
        fields = ("tier", "segment", "benefit", "every_months", "is_automatic", "is_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segment: Any = self.fields["segment"]
        segment.choices = [("", _("All")), *list(segment.choices)[1:]]


def whom(row: Entitlement) -> str:
    """For which segment."""
    return str(row.get_segment_display()) if row.segment else _("All")


def how_often(row: Entitlement) -> str:
    """Once, or every so many months."""
    if not row.every_months:
        return _("once, on entry")
    text = ngettext("every month", "every %(count)d months", row.every_months)
    return text % {"count": row.every_months}


class EntitlementList(BenefitsList):
    """What each tier brings; a tenant from before can begin with the usual."""

    abstract: ClassVar[bool] = True

    def get_header_actions(self) -> list[PageAction]:
        found = super().get_header_actions()
        if found and not Entitlement.objects.exists():
            found.insert(0, PageAction(_("Put the usual ones in"), self.url("usual"), "stairs-up"))
        return found


class PutUsualIn(FormPage):
    """What a new tenant's tiers bring, by size of company (SEG-1.c)."""

    permission: ClassVar[str] = "entitlements.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = PromiseForm
    title = gettext_lazy("Put the usual entitlements in?")
    subtitle = gettext_lazy(
        "Premium things for enterprises, standard ones for the mid-market, the community for small"
        " businesses. What is there already stays; the night grants what is new, and you can change"
        " each of them."
    )
    submit_label = gettext_lazy("Put them in")

    def get_context(self) -> dict[str, Any]:
        url = self.get_success_url(None)
        return {"crumbs": [(url, _("What a tier brings"))]}

    def perform(self, form: Any) -> int:
        return put_usual_in(actor=self.actor, anyway=form.cleaned_data["anyway"])

    def get_success_message(self, result: int) -> str:
        text = ngettext("%(n)d entitlement is in.", "%(n)d entitlements are in.", result)
        return text % {"n": result} if result else _("They were all there already.")

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "entitlements:list")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class EntitlementTable(Table):
    """What each tier brings."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "benefit",
            gettext_lazy("What they get"),
            value="benefit.name",
            sort="benefit__name",
            url=lambda row, request: tenant_reverse(request, "entitlements:detail", row.pk),
        ),
        Column("tier", gettext_lazy("Tier"), value="tier.name", sort="tier__rank"),
        Column("segment", gettext_lazy("Segment"), value=whom, sort="segment"),
        Column(
            "every_months",
            gettext_lazy("How often"),
            value=how_often,
            sort="every_months",
            phone=False,
        ),
        Column("is_on", gettext_lazy("Is granted"), sort="is_on", phone=False),
    )
    default_sort: ClassVar[str] = "-tier"


#: Beside the pages of the kit.
urlpatterns = [path("usual/", PutUsualIn.as_view(), name="usual")]


def facts_of(row: Entitlement) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Tier"), row.tier.name),
        (_("Segment"), whom(row)),
        (_("What they get"), row.benefit.name),
        (_("How often"), how_often(row)),
        (_("Is theirs at once"), row.is_automatic),
        (_("Is granted"), row.is_on),
    ]
