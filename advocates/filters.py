"""Filters of the lists of accounts and of people."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.filters import FilterSet
from advocates.models import Account, Advocate
from advocates.selectors.accounts import health_limits, industries, owners
from advocates.selectors.advocates import duplicated, tier_choices, with_nothing_left
from advocates.states import AdvocateStatus, Lifecycle, Readiness, Region, Segment

NOBODY = "nobody"

_BANDS = (
    ("good", gettext_lazy("Good")),
    ("warn", gettext_lazy("Needs care")),
    ("hold", gettext_lazy("Too low to ask")),
    ("unknown", gettext_lazy("Unknown")),
)
_PEOPLE = (
    ("enrolled", gettext_lazy("Somebody in the program")),
    ("people", gettext_lazy("Somebody known")),
    ("none", gettext_lazy("Nobody known")),
)


def owners_and_nobody() -> list[tuple[str, str]]:
    """Owners as choices, and who has none."""
    return [(NOBODY, _("Nobody")), *owners()]


class AccountFilter(FilterSet):
    """Text, lifecycle, industry, segment, region, owner, health, people."""

    search_fields: ClassVar[tuple[str, ...]] = ("name", "domain", "city")
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

    class Meta:
        model = Account
        fields: ClassVar[list[str]] = []

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


class AdvocateFilter(FilterSet):
    """Text, tier, industry, status, readiness, segment, region, owner, what can be given."""

    search_fields: ClassVar[tuple[str, ...]] = (
        "first_name",
        "last_name",
        "email",
        "job_title",
        "account__name",
    )
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
    same_email = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("Shares an e-mail with somebody")),),
        method="by_duplicate",
        label=gettext_lazy("Duplicates"),
    )

    class Meta:
        model = Advocate
        fields: ClassVar[list[str]] = []

    def by_owner(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People at one owner's accounts, or at nobody's."""
        if value == NOBODY:
            return rows.filter(account__owner=None)
        return rows.filter(account__owner_id=value)

    def by_left(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whether anything can still be asked for this year (CAP-1)."""
        if value == "some":
            return rows.filter(allowance__gt=F("used"))
        return with_nothing_left(rows)

    def by_duplicate(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Possible duplicates (ADV-1)."""
        return rows.filter(duplicated())


class CandidateFilter(AdvocateFilter):
    """The same without what only members of the program have."""

    tier = None
    left = None
    lifecycle = django_filters.ChoiceFilter(
        choices=Lifecycle.choices,
        field_name="account__lifecycle",
        label=gettext_lazy("Company is"),
    )
