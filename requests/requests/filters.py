"""Filters of the request list."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.searching import search_words
from advocates.models import ActivityType
from requests.models import Request
from requests.requests.choices import RequestState


def managers(request: Any) -> QuerySet[Membership]:
    """Who runs requests."""
    return (
        Membership.objects.filter(role__in=["program_manager", "admin"], is_active=True)
        .select_related("user")
        .order_by("user__name")
    )


class RequestFilter(FilterSet):
    """By words, state, type, day, and who runs it."""

    primary = 2

    state = django_filters.ChoiceFilter(label=_("State"), choices=RequestState.choices)
    activity_type = django_filters.ModelChoiceFilter(
        label=_("Type"), queryset=ActivityType.objects.order_by("position", "name")
    )
    needed = django_filters.DateFromToRangeFilter(label=_("Needed"), field_name="needed_by")
    confirmed = django_filters.DateFromToRangeFilter(
        label=_("Confirmed"), field_name="confirmed_at"
    )
    manager = django_filters.ModelChoiceFilter(label=_("Manager"), queryset=managers)

    class Meta:
        model = Request
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Number, prospect, deal, industry or requester."""
        for word in search_words(value):
            digits = word.upper().removeprefix("REQ-").lstrip("0")
            found = (
                Q(prospect__icontains=word)
                | Q(opportunity__name__icontains=word)
                | Q(industry__icontains=word)
                | Q(requester__user__name__icontains=word)
            )
            if digits.isdecimal() and len(digits) < 9:
                found |= Q(number=int(digits))
            queryset = queryset.filter(found)
        return queryset
