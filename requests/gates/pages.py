"""Gates in the browser: under Settings, and lifted on a deal's page (REQ-4)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordList
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.models import ActivityType
from requests.gates import services
from requests.gates.checking import asks_for_anything
from requests.models import Opportunity, RequestGate
from requests.opportunities.selectors import listed_deals


def listed_gates(membership: Membership) -> Any:
    """Every gate with its type."""
    return RequestGate.objects.select_related("activity_type", "tenant")


def amount_of(gate: RequestGate) -> str:
    """The least amount, in the tenant's currency."""
    return "" if gate.min_amount is None else words.money(gate.min_amount, gate.tenant.currency)


class GateForm(TenantModelForm):
    """For what, and how far."""

    activity_type = forms.ModelChoiceField(
        ActivityType.objects.order_by("position", "name"),
        label=gettext_lazy("What is asked for"),
        empty_label=gettext_lazy("Choose"),
    )

    class Meta:
        model = RequestGate
        fields = ("activity_type", "min_stage", "min_probability", "min_amount")
        help_texts: ClassVar[dict[str, Any]] = {
            "min_amount": gettext_lazy(
                "In your company's currency. An amount in another one is not compared: it is enough"
                " for a deal of your CRM, and not for one that was typed in with the request."
            ),
        }


class GateTable(Table):
    """What each type needs."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "activity_type",
            gettext_lazy("What is asked for"),
            value="activity_type.name",
            sort="activity_type__name",
            url=lambda row, request: tenant_reverse(request, "request-gates:detail", row.pk),
        ),
        Column(
            "min_stage",
            gettext_lazy("Stage, at least"),
            value="get_min_stage_display",
            sort="min_stage",
        ),
        Column(
            "min_probability",
            gettext_lazy("Probability, at least"),
            value=lambda row: "" if row.min_probability is None else f"{row.min_probability} %",
            align="end",
        ),
        Column("min_amount", gettext_lazy("Amount, at least"), value=amount_of),
    )
    default_sort: ClassVar[str] = "activity_type"


class Gates(RecordList):
    """All of them."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy(
        "Said on the form at once, and refused when a request is handed in. A program manager can"
        " let a deal through on its page."
    )

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "settings")
        return {**super().get_context(), "crumbs": [(url, _("Settings"))]}


class ReasonForm(forms.Form):
    """Why this deal is let through."""

    reason = forms.CharField(
        label=gettext_lazy("Why may somebody be asked for this deal already?"),
        max_length=300,
        help_text=gettext_lazy("Kept with the deal."),
    )


class LiftGate(FormPage):
    """Let requests for one deal through."""

    permission = "requests.triage"
    nav_item = "requests"
    form_class = ReasonForm
    title = gettext_lazy("Let requests through")
    submit_label = gettext_lazy("Let them through")
    success_message = gettext_lazy("Requests for this deal can be handed in.")

    @cached_property
    def row(self) -> Opportunity:
        """The deal in the address."""
        found = listed_deals(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context(self) -> dict[str, Any]:
        return {
            "page_subtitle": self.row.name,
            "crumbs": [
                (tenant_reverse(self.request, "opportunities:list"), _("Deals")),
                (self.get_cancel_url(), self.row.name),
            ],
        }

    def perform(self, form: ReasonForm) -> Opportunity:
        return services.lift_gate(actor=self.actor, opportunity=self.row, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "opportunities:detail", self.row.pk)


def facts_of(gate: RequestGate) -> list[tuple[Any, Any]]:
    """Names and values."""
    least = gate.min_probability
    if not asks_for_anything(gate):
        return [(_("Needs"), _("nothing: whatever the deal, it can be asked for"))]
    return [
        (_("Stage, at least"), gate.get_min_stage_display()),
        (_("Probability, at least"), "" if least is None else f"{least} %"),
        (_("Amount, at least"), amount_of(gate)),
    ]
