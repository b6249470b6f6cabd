"""How balances look in a browser (BEN-6.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordPage
from advocacy.search.selectors import ids_of, searched
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.accounts.choices import Segment
from advocates.filters import NOBODY, owners_and_nobody
from advocates.people.selectors import tier_choices
from benefits.balance.models import ValueBalance
from benefits.balance.words import figures_of, hours_words, notes_of, share_words, under_words
from benefits.catalogue.pages import amount
from benefits.fitting.cards import for_person


class BalanceForm(forms.Form):
    """Nothing is typed here: the statement writes it."""


class BalanceTable(Table):
    """Who gave what, and got what."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            url=lambda row, request: tenant_reverse(request, "value-balances:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column(
            "owner", gettext_lazy("Account owner"), value="advocate.account.owner.name", hidden=True
        ),
        Column(
            "minutes",
            gettext_lazy("Time"),
            value=lambda row: hours_words(row.minutes),
            sort="minutes",
            align="end",
            phone=False,
            export=lambda row: row.minutes,
        ),
        Column("given", gettext_lazy("Gave"), value=amount("given"), sort="given", align="end"),
        Column("got", gettext_lazy("Got"), value=amount("got"), sort="got", align="end"),
        Column(
            "percent",
            gettext_lazy("Came back"),
            value=share_words,
            sort="percent",
            align="end",
            template="benefits/balance/cell_share.html",
        ),
        Column("thanks", gettext_lazy("Thanked"), sort="thanks", align="end", phone=False),
    )
    default_sort: ClassVar[str] = "percent"


class BalanceFilter(FilterSet):
    """Who came off badly, of which owner, tier and segment."""

    primary = 2

    under = django_filters.ChoiceFilter(
        label=gettext_lazy("Came back"),
        choices=(
            ("yes", gettext_lazy("Under-appreciated")),
            ("no", gettext_lazy("Enough")),
        ),
        method="by_under",
    )
    owner = django_filters.ChoiceFilter(
        choices=owners_and_nobody, method="by_owner", label=gettext_lazy("Account owner")
    )
    tier = django_filters.ChoiceFilter(
        choices=tier_choices,
        field_name="advocate__standings__tier__code",
        label=gettext_lazy("Tier"),
    )
    segment = django_filters.ChoiceFilter(
        choices=Segment.choices,
        field_name="advocate__account__segment",
        label=gettext_lazy("Segment"),
    )

    class Meta:
        model = ValueBalance
        fields: ClassVar[list[str]] = []

    def by_under(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Below the line, or not."""
        return rows.filter(is_under=value == "yes")

    def by_owner(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """At one owner's accounts, or at nobody's."""
        owner = None if value == NOBODY else value
        return rows.filter(advocate__account__owner=owner)

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, address, title or company of the person."""
        for word in searched(value):
            queryset = queryset.filter(advocate_id__in=ids_of("advocate", word))
        return queryset


class BalancePage(RecordPage):
    """One person's: figures that lead to their rows, how they came about, what would fit."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "benefits/balance/detail.html"

    def get_context(self) -> dict[str, Any]:
        balance = self.row
        return {
            **super().get_context(),
            "figures": figures_of(balance, self.membership),
            "notes": notes_of(balance),
            "under": under_words(balance),
            "share": share_words(balance),
            "person_url": tenant_reverse(self.request, "advocates:detail", balance.advocate_id),
            "fitting": for_person(balance.advocate, self.membership),
        }
