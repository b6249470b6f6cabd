"""Filters of the lists of people."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from advocacy.search.selectors import matching
from advocacy.web.filters import FilterSet
from advocates.accounts.choices import Region, Segment
from advocates.accounts.selectors import industries
from advocates.filters import NOBODY, of_account, owners_and_nobody
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus, Readiness
from advocates.people.selectors import (
    NOTHING_LEFT,
    duplicated,
    quotable,
    tier_choices,
    types_as_choices,
    types_on,
)
from advocates.people.willing import willing

_PEOPLE = (
    ("enrolled", gettext_lazy("Somebody in the program")),
    ("people", gettext_lazy("Somebody known")),
    ("none", gettext_lazy("Nobody known")),
)


class AdvocateFilter(FilterSet):
    """Text, tier, industry, status, readiness, segment, region, owner, what can be given."""

    primary: ClassVar[int] = 2

    tier = django_filters.ChoiceFilter(
        choices=tier_choices, field_name="tier_code", label=gettext_lazy("Tier")
    )
    industry = django_filters.ChoiceFilter(
        choices=industries, field_name="account__industry", label=gettext_lazy("Industry")
    )
    owner = django_filters.ChoiceFilter(
        choices=owners_and_nobody, method="by_owner", label=gettext_lazy("Account owner")
    )
    status = django_filters.ChoiceFilter(
        choices=AdvocateStatus.choices, label=gettext_lazy("Status")
    )
    readiness = django_filters.ChoiceFilter(
        choices=Readiness.choices, label=gettext_lazy("Readiness")
    )
    segment = django_filters.ChoiceFilter(
        choices=Segment.choices, field_name="account__segment", label=gettext_lazy("Segment")
    )
    region = django_filters.ChoiceFilter(
        choices=Region.choices, field_name="account__region", label=gettext_lazy("Region")
    )
    left = django_filters.ChoiceFilter(
        choices=(
            ("some", gettext_lazy("Something left this year")),
            ("none", gettext_lazy("At the yearly limit")),
        ),
        method="by_left",
        label=gettext_lazy("Can give"),
    )
    accepts = django_filters.ChoiceFilter(
        choices=types_as_choices,
        method="by_accepted",
        label=gettext_lazy("Would take part in"),
    )
    quotable = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("A result that may be quoted")),),
        method="by_quotable",
        label=gettext_lazy("Has told"),
    )
    same_email = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("Shares an e-mail with somebody")),),
        method="by_duplicate",
        label=gettext_lazy("Duplicates"),
    )

    account = of_account()

    class Meta:
        model = Advocate
        fields: ClassVar[list[str]] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, address, title or company, or an id of another system."""
        return matching(queryset, "advocate", value)

    def by_owner(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People at one owner's accounts, or at nobody's."""
        if value == NOBODY:
            return rows.filter(account__owner=None)
        return rows.filter(account__owner_id=value)

    def by_left(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whether anything can still be asked for this year (CAP-1)."""
        if value == "some":
            return rows.filter(allowance__gt=F("used"))
        return rows.filter(NOTHING_LEFT)

    def by_accepted(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who would, by their own word (ADV-2)."""
        return willing(rows, types_on().get(code=value))

    def by_quotable(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who reached something that may be quoted (ADV-3)."""
        return rows.filter(quotable())

    def by_duplicate(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Possible duplicates (ADV-1)."""
        return rows.filter(duplicated())


class CandidateFilter(AdvocateFilter):
    """The same without what only members of the program have."""

    tier = None
    left = None
