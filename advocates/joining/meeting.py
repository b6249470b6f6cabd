"""How many of the criteria of IDN-1 each of many people meets, as the database counts it.

``criteria.criteria_of`` says the same of one person, with the facts; a test compares them.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from advocacy.tenant_settings.reading import current
from advocates.changes import tenant_today
from advocates.joining.criteria import months_before
from advocates.joining.numbers import Recruiting
from advocates.models import Outcome


def with_criteria_met(people: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``met``, of :func:`criteria_counted`."""
    total: Any = Value(0)
    for each in _met():
        total = total + Case(When(each, then=1), default=0)
    # Coalesce says to who pages through it that it is never NULL.
    return people.annotate(met=Coalesce(total, Value(0), output_field=IntegerField()))


def criteria_counted() -> int:
    """Of how many: an ideal customer that nobody described is none."""
    return 6 if _profile(current(Recruiting)) else 5


def _met() -> list[Any]:
    numbers, today = current(Recruiting), tenant_today()
    oldest = months_before(today, numbers.nps_months)
    own = Q(nps__isnull=False, nps_on__gte=oldest)
    theirs = Q(account__nps__gte=numbers.nps_from, account__nps_on__gte=oldest)
    found: list[Any] = [
        Q(account__health__gte=numbers.health_from),
        Q(account__customer_since__lte=months_before(today, numbers.tenure_months)),
        (own & Q(nps__gte=numbers.nps_from)) | (~own & theirs),
        Exists(Outcome.objects.filter(advocate=OuterRef("pk"))),
        Q(account__advocacy_allowed=True),
    ]
    if profile := _profile(numbers):
        found.append(profile)
    return found


def _profile(numbers: Recruiting) -> Q:
    profile = Q()
    if numbers.profile_industries:
        profile &= reduce(
            or_, (Q(account__industry__iexact=each) for each in numbers.profile_industries)
        )
    if numbers.profile_sizes:
        profile &= Q(account__segment__in=numbers.profile_sizes)
    if numbers.profile_regions:
        profile &= Q(account__region__in=numbers.profile_regions)
    return profile
