"""Filters of the activity list."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.search.selectors import ids_of, searched
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocates.filters import of_account
from advocates.models import ActivityType, Advocate

PERIODS = {
    "7": _("Last 7 days"),
    "30": _("Last 30 days"),
    "90": _("Last 90 days"),
    "365": _("Last 365 days"),
    "ahead": _("Ahead"),
}


def _types(request: Any) -> QuerySet[ActivityType]:
    return ActivityType.objects.order_by("position", "name")


def _owners(request: Any) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").order_by("user__name", "id")


def _advocates(request: Any) -> QuerySet[Advocate]:
    return Advocate.objects.all()


class ActivityFilter(FilterSet):
    """Type, state and period beside the search; the rest folded away."""

    type = django_filters.ModelChoiceFilter(
        field_name="activity_type", queryset=_types, label=_("Type")
    )
    state = django_filters.ChoiceFilter(choices=ActivityState.choices, label=_("State"))
    period = django_filters.ChoiceFilter(
        choices=list(PERIODS.items()), method="in_period", label=_("Period")
    )
    happened = django_filters.DateFromToRangeFilter(field_name="happened_at", label=_("Happened"))
    owner = django_filters.ModelChoiceFilter(queryset=_owners, label=_("Owner"))
    outside = django_filters.BooleanFilter(
        field_name="is_outside",
        label=_("Outside the program"),
        widget=forms.Select(choices=[("", _("any")), ("true", _("yes")), ("false", _("no"))]),
    )
    # Only set by links from an advocate's page; a list of everybody would be no help.
    advocate = django_filters.ModelChoiceFilter(
        queryset=_advocates, label=_("Advocate"), widget=forms.HiddenInput()
    )
    account = of_account("advocate__account")

    class Meta:
        model = Activity
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The advocate's name, address, title or company, or what it was for."""
        for word in searched(value):
            people = Q(advocate_id__in=ids_of("advocate", word))
            queryset = queryset.filter(people | Q(purpose__icontains=word))
        return queryset

    def in_period(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """By the moment the list shows: happened, else booked, else planned."""
        now = clock.now()
        if value == "ahead":
            return queryset.filter(Q(at__gt=now))
        return queryset.filter(Q(at__gt=now - timedelta(days=int(value))), Q(at__lte=now))
