"""Filters of the lists of people."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from advocacy.search.selectors import matching
from advocacy.web.filters import FilterSet
from advocates.accounts.choices import Region, Segment
from advocates.accounts.selectors import industries
from advocates.filters import NOBODY, of_account, owners_and_nobody
from advocates.models import Advocate, AdvocateScore
from advocates.people.choices import AdvocateStatus, Readiness
from advocates.people.selectors import (
    NOTHING_LEFT,
    done_lately,
    duplicated,
    quotable,
    tier_choices,
    types_as_choices,
    types_on,
)
from advocates.people.willing import willing
from advocates.segments.narrowing import people_in_segment
from advocates.sponsors.filters import CHECK_IN, SPONSOR, by_check_in, by_sponsor
from advocates.workload.selectors import by_asked, near_limit, promoters

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
            ("near", gettext_lazy("Near the yearly limit")),
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

    one_sided = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("Asked since the last check-in")),),
        method="by_one_sided",
        label=gettext_lazy("One-sided"),
    )
    check_in = django_filters.ChoiceFilter(
        choices=CHECK_IN, method="by_check_in", label=gettext_lazy("Check-in")
    )
    sponsor = django_filters.ChoiceFilter(
        choices=SPONSOR, method="by_sponsor", label=gettext_lazy("Executive sponsor")
    )
    gave = django_filters.ChoiceFilter(
        choices=(
            ("some", gettext_lazy("Something in the last year")),
            ("none", gettext_lazy("Nothing in the last year")),
        ),
        method="by_given",
        label=gettext_lazy("Gave"),
    )
    asked = django_filters.ChoiceFilter(
        choices=(
            ("most", gettext_lazy("The tenth asked most")),
            ("never", gettext_lazy("Never asked")),
        ),
        method="by_asked",
        label=gettext_lazy("Asked"),
    )
    promoter = django_filters.ChoiceFilter(
        choices=(("yes", gettext_lazy("Would recommend us")),),
        method="by_promoter",
        label=gettext_lazy("Last NPS"),
    )
    did = django_filters.ChoiceFilter(
        choices=types_as_choices,
        method="by_done",
        label=gettext_lazy("Did in the last year"),
    )
    in_segment = people_in_segment()
    account = of_account()

    class Meta:
        model = Advocate
        fields: ClassVar[list[str]] = []

    def by_check_in(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whose check-in is due or overdue (MSG-3)."""
        return by_check_in(rows, value)

    def by_sponsor(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who has a sponsor, ought to have one, waits for theirs (SPN-1)."""
        return by_sponsor(rows, value)

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
        return rows.filter(NOTHING_LEFT if value == "none" else near_limit())

    def by_asked(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who was asked most within a year, or never (CAP-6.a)."""
        return by_asked(rows, value)

    def by_promoter(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whose last answer that still counts is a promoter's (CAP-6.a)."""
        return rows.filter(promoters())

    def by_accepted(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who would, by their own word (ADV-2)."""
        return willing(rows, types_on().get(code=value))

    def by_given(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whether anything was completed within the year (TIER-1.b)."""
        return rows.filter(Exists(done_lately()) if value == "some" else ~Exists(done_lately()))

    def by_done(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who did this within the year."""
        return rows.filter(Exists(done_lately().filter(activity_type__code=value)))

    def by_quotable(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who reached something that may be quoted (ADV-3)."""
        return rows.filter(quotable())

    def by_duplicate(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Possible duplicates (ADV-1)."""
        return rows.filter(duplicated())

    def by_one_sided(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Relationships that only took lately (REL-1.c)."""
        one_sided = AdvocateScore.objects.filter(advocate=OuterRef("pk"), one_sided=True)
        return rows.filter(Exists(one_sided))


def register_filter(name: str, made: django_filters.Filter) -> None:
    """Let an app above narrow the lists of members and of everybody, and their segments; ValueError
    for a name that is taken. Called in its ``ready()``.
    """
    if AdvocateFilter.base_filters.setdefault(name, made) is not made:
        raise ValueError(f"the lists of people have a filter {name!r} already")


#: Scores from which somebody stands out, is worth a look, or is neither (ENR-1.c).
_HIGH, _GOOD = 85, 60


class CandidateFilter(AdvocateFilter):
    """Score and missing data, without what only members of the program have."""

    score = django_filters.ChoiceFilter(
        choices=(
            ("high", gettext_lazy("85 and more")),
            ("good", gettext_lazy("60 to 84")),
            ("low", gettext_lazy("Below 60")),
        ),
        method="by_score",
        label=gettext_lazy("Score"),
    )
    data = django_filters.ChoiceFilter(
        choices=(
            ("missing", gettext_lazy("Something is missing")),
            ("whole", gettext_lazy("Everything is known")),
        ),
        method="by_data",
        label=gettext_lazy("Data"),
    )
    tier = None
    left = None
    one_sided = None
    check_in = None
    sponsor = None

    def by_score(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """High, good or low."""
        if value == "high":
            return rows.filter(score__gte=_HIGH)
        return (
            rows.filter(score__gte=_GOOD, score__lt=_HIGH)
            if value == "good"
            else rows.filter(score__lt=_GOOD)
        )

    def by_data(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whether any part needs data."""
        return rows.filter(incomplete=value == "missing")
