"""Distribution in the browser (DIST-1.a, DIST-1.b)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from activities.distribution.lifecycle import Channel, Derived, PlacementState, RepurposingState
from activities.distribution.models import Placement, Repurposing
from activities.distribution.selectors import ready
from advocacy import clock
from advocacy.records.pages import MoveForm, RecordForm, RecordPage
from advocacy.records.tabs import TabbedList
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views.base import PageAction
from advocates.forms import ColleagueField

_SHOW = (
    ("ready", gettext_lazy("To be done now: the piece is published")),
    ("late", gettext_lazy("Late")),
    ("mine", gettext_lazy("Mine to see to")),
)
_USUAL = gettext_lazy("Empty for the usual time.")


class _PlanForm(TenantModelForm):
    owner = ColleagueField(
        label=gettext_lazy("Who sees to it"), empty_label=gettext_lazy("Whoever is usual for it")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = not self.instance._state.adding
        if not self.instance._state.adding:
            del self.fields["asset"]
            self.fields["due_on"].help_text = ""


class PlacementForm(_PlanForm):
    """Which channel, who, by when."""

    class Meta:
        model = Placement
        fields: ClassVar[Any] = ("asset", "channel", "owner", "due_on")
        widgets: ClassVar[dict[str, Any]] = {"asset": forms.HiddenInput()}
        help_texts: ClassVar[dict[str, Any]] = {"due_on": _USUAL}


class RepurposingForm(_PlanForm):
    """What is made of it, who, by when."""

    class Meta:
        model = Repurposing
        fields: ClassVar[Any] = ("asset", "form", "owner", "due_on")
        widgets: ClassVar[dict[str, Any]] = {"asset": forms.HiddenInput()}
        help_texts: ClassVar[dict[str, Any]] = {"due_on": _USUAL}


class FinishForm(TenantModelForm):
    """The link to it."""

    url = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Where it can be seen; empty where there is no page, as in a deck."),
    )

    class Meta:
        model = Placement
        fields = ("url",)


class _PlanFilter(FilterSet):
    show = django_filters.ChoiceFilter(choices=_SHOW, method="by_show", label=gettext_lazy("Which"))

    search_fields = ("asset__title",)

    def by_show(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What can be done now, what is late, what is one's own."""
        member = self.request.membership
        if value == "mine":
            return rows.filter(owner=member, state="open")
        found = ready(rows)
        today = clock.today(member.tenant.zone)
        return found.filter(due_on__lt=today) if value == "late" else found


class PlacementFilter(_PlanFilter):
    """Open or not, where, whose."""

    state = django_filters.ChoiceFilter(choices=PlacementState.choices, label=gettext_lazy("State"))
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label=gettext_lazy("Channel"))

    class Meta:
        model = Placement
        fields: ClassVar[list[str]] = []


class RepurposingFilter(_PlanFilter):
    """Open or not, what, whose."""

    state = django_filters.ChoiceFilter(
        choices=RepurposingState.choices, label=gettext_lazy("State")
    )
    form = django_filters.ChoiceFilter(
        choices=Derived.choices, label=gettext_lazy("What is made of it")
    )

    class Meta:
        model = Repurposing
        fields: ClassVar[list[str]] = []


class PlacementTable(Table):
    """Which piece, where, who, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "asset",
            gettext_lazy("Piece"),
            value="asset.title",
            sort="asset__title",
            url=lambda row, request: tenant_reverse(request, "placements:detail", row.pk),
        ),
        Column("channel", gettext_lazy("Channel"), value="get_channel_display", sort="channel"),
        Column("owner", gettext_lazy("Who sees to it"), value="owner.name", phone=False),
        Column("due_on", gettext_lazy("Due"), sort="due_on"),
        Column("url", gettext_lazy("Link"), hidden=True),
        Column("created_at", gettext_lazy("Planned"), sort="created_at", hidden=True),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "due_on"


class RepurposingTable(Table):
    """Of which recording, what, who, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "asset",
            gettext_lazy("Recording"),
            value="asset.title",
            sort="asset__title",
            url=lambda row, request: tenant_reverse(request, "repurposings:detail", row.pk),
        ),
        Column("form", gettext_lazy("What is made of it"), value="get_form_display", sort="form"),
        Column("owner", gettext_lazy("Who sees to it"), value="owner.name", phone=False),
        Column("due_on", gettext_lazy("Due"), sort="due_on"),
        Column("created_at", gettext_lazy("Planned"), sort="created_at", hidden=True),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "due_on"


class _PlanList(TabbedList):
    abstract: ClassVar[bool] = True

    def get_header_actions(self) -> list[PageAction]:
        # It is planned on the page of its piece.
        return []


class PlacementList(_PlanList):
    """Where pieces go."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("Where published pieces are to be seen, and who puts them there.")


class RepurposingList(_PlanList):
    """What is made of recordings."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("What is to be made of each recording, and by whom.")


class PlanPage(RecordPage):
    """One of them, with the way to its piece."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        url = tenant_reverse(self.request, "assets:detail", self.row.asset_id)
        found["crumbs"].append((url, self.row.asset.title))
        return found


class WritePlan(RecordForm):
    """Plan one, on the way from its piece and back to it; or change it."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form: Any = super().get_form()
        if "asset" in form.fields:
            rows = Asset.objects.select_related("advocate__account")
            form.fields["asset"].queryset = (
                rows.filter(kind=AssetKind.RECORDING)
                if self.resource.name == "repurposings"
                else rows
            )
        return form

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "assets:detail", result.asset_id)


class Finish(MoveForm):
    """The link; where it is on the website, the piece's own stands there already."""

    abstract: ClassVar[bool] = True
    form_class = FinishForm

    def get_initial(self) -> dict[str, Any]:
        placement = self.row
        own = placement.asset.published_url if placement.channel == Channel.WEBSITE else ""
        return {"url": placement.url or own}


def about_plan(row: Placement | Repurposing) -> str:
    """What it is about."""
    return row.asset.get_kind_display()


def _facts(row: Any, *more: tuple[Any, Any]) -> list[tuple[Any, Any]]:
    facts = [
        (_("Piece"), row.asset.title),
        (_("Who sees to it"), row.owner.name if row.owner else ""),
        (_("Due"), row.due_on),
        *more,
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def placement_facts(row: Placement) -> list[tuple[Any, Any]]:
    """Names and values."""
    by = row.done_by.name if row.done_by else ""
    return [
        (_("Channel"), row.get_channel_display()),
        *_facts(row, (_("Link"), row.url), (_("Placed"), row.done_at), (_("By whom"), by)),
    ]


def repurposing_facts(row: Repurposing) -> list[tuple[Any, Any]]:
    """Names and values; the piece made of it with its state."""
    made = f"{row.derived.title} · {row.derived.get_state_display()}" if row.derived else ""
    return [
        (_("What is made of it"), row.get_form_display()),
        *_facts(row, (_("The piece"), made)),
    ]
