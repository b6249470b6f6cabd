"""Filters of the list of accounts."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from advocacy.search.selectors import matching
from advocacy.web.filters import FilterSet
from advocates.accounts.choices import Lifecycle, Region, Segment
from advocates.accounts.selectors import health_limits, industries
from advocates.filters import NOBODY, owners_and_nobody
from advocates.models import Account
from advocates.people.filters import _PEOPLE
from advocates.segments.narrowing import accounts_in_segment

_BANDS = (
    ("good", gettext_lazy("Good")),
    ("warn", gettext_lazy("Needs care")),
    ("hold", gettext_lazy("Too low to ask")),
    ("unknown", gettext_lazy("Unknown")),
)


class AccountFilter(FilterSet):
    """Text, lifecycle, industry, segment, region, owner, health, people."""

    primary: ClassVar[int] = 2

    lifecycle = django_filters.ChoiceFilter(
        choices=Lifecycle.choices, label=gettext_lazy("Lifecycle")
    )
    industry = django_filters.ChoiceFilter(choices=industries, label=gettext_lazy("Industry"))
    owner = django_filters.ChoiceFilter(
        choices=owners_and_nobody, method="by_owner", label=gettext_lazy("Owner")
    )
    segment = django_filters.ChoiceFilter(choices=Segment.choices, label=gettext_lazy("Segment"))
    region = django_filters.ChoiceFilter(choices=Region.choices, label=gettext_lazy("Region"))
    health = django_filters.ChoiceFilter(
        choices=_BANDS, method="by_health", label=gettext_lazy("Health")
    )
    advocates = django_filters.ChoiceFilter(
        choices=_PEOPLE, method="by_people", label=gettext_lazy("People")
    )
    held = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("On hold")), ("no", gettext_lazy("Not on hold"))),
        method="by_hold",
        label=gettext_lazy("Hold"),
    )
    strategic = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("Strategic")), ("no", gettext_lazy("Not strategic"))),
        method="by_designation",
        label=gettext_lazy("Strategic"),
    )
    in_segment = accounts_in_segment()

    class Meta:
        model = Account
        fields: ClassVar[list[str]] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, domain or city, or an id of another system."""
        return matching(queryset, "account", value)

    def by_owner(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One owner's, or nobody's."""
        return rows.filter(owner=None) if value == NOBODY else rows.filter(owner_id=value)

    def by_health(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A band of health, by the program's own limits (ACC-2)."""
        return rows.filter(health_limits().condition(value))

    def by_people(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts with or without people."""
        conditions = {"enrolled": {"enrolled__gt": 0}, "people": {"people__gt": 0}}
        return rows.filter(**conditions.get(value, {"people": 0}))

    def by_hold(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts on hold, or not (ACC-2)."""
        return rows.filter(held=value == "yes")

    def by_designation(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Strategic accounts, or the others (ACC-1)."""
        return rows.filter(strategic_on__isnull=value == "no")
