"""Points in a browser: the ledger, giving and taking back, who has how many (BEN-7.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordPage
from advocacy.search.selectors import ids_of, searched
from advocacy.tenant_settings.reading import current
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.access import may_change
from advocates.accounts.choices import Region, Segment
from advocates.forms import PersonPicker
from benefits.points.choices import Source
from benefits.points.levels import level_of
from benefits.points.models import PointBalance, PointEntry
from benefits.points.presentation import what
from benefits.points.selectors import listed_entries
from benefits.points.services import permit_reverse, require_reversible, reverse_points
from benefits.points.settings import PointNumbers
from benefits.tabs import NAV_ITEM


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class GiveForm(TenantModelForm):
    """To whom, how many, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Colleagues read it; never for a review."),
    )

    class Meta:
        model = PointEntry
        fields = ("advocate", "points")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        labels: ClassVar[dict[str, Any]] = {
            "advocate": gettext_lazy("To whom?"),
            "points": gettext_lazy("How many points?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = current(PointNumbers).hand_most
        self.fields["points"].help_text = _("At most %(most)d at a time.") % {"most": most}


class GivePoints(RecordForm):
    """Points by hand."""

    abstract: ClassVar[bool] = True
    submit_label = gettext_lazy("Give points")

    def get_success_message(self, result: Any) -> str:
        return _("Given.")


class PointTable(Table):
    """Who, for what, how many, when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "what",
            gettext_lazy("For what"),
            value=what,
            url=lambda row, request: tenant_reverse(request, "points:detail", row.pk),
        ),
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column(
            "points",
            gettext_lazy("Points"),
            value=lambda row: f"{row.points:+d}",
            sort="points",
            align="end",
            export=lambda row: row.points,
        ),
        Column("by", gettext_lazy("By"), value="by.name", phone=False),
        Column("at", gettext_lazy("When"), sort="at"),
    )
    default_sort: ClassVar[str] = "-at"

    def title(self, row: Any) -> str:
        return f"{what(row)}, {row.advocate.name}"


class _OfPeople(FilterSet):
    """Found by name, address, title or company of the person."""

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in searched(value):
            queryset = queryset.filter(advocate_id__in=ids_of("advocate", word))
        return queryset


class PointFilter(_OfPeople):
    """By where they come from."""

    source = django_filters.ChoiceFilter(label=gettext_lazy("For"), choices=Source.choices)
    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=(
            ("hand", gettext_lazy("By a colleague")),
            ("undo", gettext_lazy("Taken back, or given back")),
        ),
        method="narrow",
    )

    class Meta:
        model = PointEntry
        fields: ClassVar[list[str]] = []

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What colleagues did, or what undoes another row."""
        if value == "undo":
            return queryset.filter(reverses__isnull=False)
        return queryset.filter(source=Source.HAND)


def facts_of(entry: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    rows: list[tuple[Any, Any]] = [
        (_("Who"), f"{entry.advocate.name}, {entry.advocate.account.name}"),
        (_("For"), entry.get_source_display()),
        (_("For what"), entry.named),
        (_("Points"), f"{entry.points:+d}"),
        (_("When"), entry.at),
        (_("By"), entry.by.name if entry.by else ""),
        (_("Why"), entry.why),
    ]
    if entry.is_undone:
        rows.append((_("Since"), _("taken back")))
    return [(label, value) for label, value in rows if value]


class PointPage(RecordPage):
    """One row, and the way to take it back."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "benefits/points/detail.html"

    def get_context(self) -> dict[str, Any]:
        entry = self.row
        settled = entry.is_undone or entry.is_double or entry.reverses
        is_open = not settled and entry.source != Source.REDEMPTION
        may = is_open and may_change(self.membership, "points.edit", entry.advocate.account)
        url = self.url("reverse", entry.pk) if may else ""
        return {**super().get_context(), "reverse_url": url}


class Reverse(FormPage):
    """Take points back, and say why."""

    permission: ClassVar[str] = "points.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = ReasonForm
    submit_label = gettext_lazy("Take back")
    subtitle = gettext_lazy("What they spent already is paid from what they earn next.")

    @cached_property
    def entry(self) -> Any:
        """The row in the address."""
        found = listed_entries(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_form(self) -> Any:
        permit_reverse(self.actor, self.entry)
        if self.request.method == "GET":
            require_reversible(self.entry)
        return super().get_form()

    def get_title(self) -> str:
        words = {"points": f"{self.entry.points}", "name": self.entry.advocate.name}
        return _("Take %(points)s points back from %(name)s") % words

    def perform(self, form: Any) -> PointEntry:
        return reverse_points(actor=self.actor, entry=self.entry, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "points:detail", self.entry.pk)

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)

    def get_success_message(self, result: Any) -> str:
        return _("Taken back.")


class BalanceForm(forms.Form):
    """Nothing of a balance is typed."""


class BalanceTable(Table):
    """Who has how many, and which level that is."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=lambda row, request: tenant_reverse(request, "point-balances:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column("level", gettext_lazy("Level"), value=lambda row: level_of(row.lifetime).name),
        Column(
            "lifetime", gettext_lazy("Earned in all"), sort="lifetime", align="end", phone=False
        ),
        Column("can_spend", gettext_lazy("To spend"), sort="can_spend", align="end"),
        Column("on_board", gettext_lazy("On the leaderboard"), phone=False),
    )
    default_sort: ClassVar[str] = "-lifetime"

    def title(self, row: Any) -> str:
        return str(row.advocate.name)


class BalanceFilter(_OfPeople):
    """By the groups a board can be for."""

    segment = django_filters.ChoiceFilter(
        label=gettext_lazy("Segment"),
        choices=Segment.choices,
        field_name="advocate__account__segment",
    )
    region = django_filters.ChoiceFilter(
        label=gettext_lazy("Region"), choices=Region.choices, field_name="advocate__account__region"
    )
    board = django_filters.ChoiceFilter(
        label=gettext_lazy("Leaderboard"),
        choices=(("yes", gettext_lazy("On it")), ("no", gettext_lazy("Not on it"))),
        method="narrow",
    )

    class Meta:
        model = PointBalance
        fields: ClassVar[list[str]] = []

    def narrow(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who chose to be on the board, or did not."""
        return queryset.filter(on_board=value == "yes")


def balance_facts(row: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    level = level_of(row.lifetime)
    facts: list[tuple[Any, Any]] = [
        (_("Who"), f"{row.advocate.name}, {row.advocate.account.name}"),
        (_("Level"), level.name),
        (_("Earned in all"), str(row.lifetime)),
        (_("To spend"), str(row.spendable)),
        (_("On the leaderboard"), row.on_board),
    ]
    if row.owed:
        facts.insert(4, (_("Paid from what they earn next"), str(row.owed)))
    return facts
