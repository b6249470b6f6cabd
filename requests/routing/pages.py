"""Routing rules in the browser: written, tried out on last month, put in order (REQ-3)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordList, RecordPage
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.models import ActivityType
from requests.models import RoutingRule
from requests.requests.filters import managers
from requests.requests.presentation import title_of
from requests.routing.preview import DAYS, RulePreview, preview_rule
from requests.routing.selectors import members_of, names_of


class _Managers(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row: Any) -> str:
        """Name and role."""
        return f"{row.name}, {row.get_role_display()}"


class RuleForm(TenantModelForm):
    """Which requests, to whom, and when it is tried."""

    activity_type = forms.ModelChoiceField(
        ActivityType.objects.order_by("position", "name"),
        label=gettext_lazy("What is asked for"),
        empty_label=gettext_lazy("Anything"),
        required=False,
    )
    managers = _Managers(
        Membership.objects.none(),
        label=gettext_lazy("Who gets them?"),
        help_text=gettext_lazy(
            "Several take turns. Who is away is passed over; when all are, whoever stands in gets"
            " the request."
        ),
    )

    class Meta:
        model = RoutingRule
        fields = ("activity_type", "segment", "region", "managers", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("segment", "region"):
            field: Any = self.fields[name]
            field.choices = [("", _("Any")), *list(field.choices)[1:]]
        chosen: Any = self.fields["managers"]
        chosen.queryset = managers(None)
        if not self.instance._state.adding:
            self.initial["managers"] = [member.pk for member in members_of(self.instance)]
        self.order_fields(self._meta.fields)


class RuleTable(Table):
    """In the order they are tried."""

    columns: ClassVar[Sequence[Column]] = (
        Column("position", gettext_lazy("Order"), sort="position", align="end"),
        Column(
            "which",
            gettext_lazy("Which requests"),
            value=str,
            url=lambda row, request: tenant_reverse(request, "routing-rules:detail", row.pk),
        ),
        Column(
            "managers",
            gettext_lazy("Who gets them"),
            value=lambda row: names_of(row.turns.all()),
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "position"


class Rules(RecordList):
    """All of them."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy(
        "The first rule that fits decides. A request that fits none goes to the program manager"
        " with the fewest open ones."
    )

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "settings")
        return {**super().get_context(), "crumbs": [(url, _("Settings"))]}


class RulePage(RecordPage):
    """One rule, and what it would have done last month."""

    abstract: ClassVar[bool] = True
    template_name = "requests/routing/detail.html"

    def get_context(self) -> dict[str, Any]:
        found = preview_rule(self.row, members_of(self.row))
        return {**super().get_context(), **shown(found)}


class WriteRule(RecordForm):
    """The form; *Try it on last month* shows what it would have done, and saves nothing."""

    abstract: ClassVar[bool] = True
    form_template = "requests/routing/form_body.html"
    tried: RulePreview | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "try" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        self.compare(form)
        if not form.is_valid():
            return self.show(form, status=422)
        self.tried = preview_rule(
            form.instance,
            list(form.cleaned_data["managers"]),
            position=form.cleaned_data["position"],
        )
        return self.show(form)

    def get_context(self) -> dict[str, Any]:
        told = shown(self.tried) if self.tried is not None else {}
        # Without the rule's own page: its name is long, and the heading says it again.
        return {**super().get_context(), "crumbs": self.where()["crumbs"], **told}


def shown(found: RulePreview) -> dict[str, Any]:
    """A preview as the templates draw it."""
    return {
        "tried": found,
        "days": DAYS,
        "routed": [(each, title_of(each.request)) for each in found.shown],
    }


def facts_of(rule: RoutingRule) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("What is asked for"), rule.activity_type or _("anything")),
        (_("Size of the prospect"), rule.get_segment_display() or _("any")),
        (_("Region"), rule.get_region_display() or _("any")),
        (_("Who gets them"), names_of(rule.turns.all())),
        (_("Place in the order"), rule.position),
    ]
