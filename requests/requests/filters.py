"""Filters of the request list."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.search.selectors import ids_of, searched
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocates.filters import of_account
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
    account = of_account("opportunity__account")

    class Meta:
        model = Request
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Number, prospect, deal, company, industry or requester."""
        for word in searched(value):
            found = ids_of("request", word)
            colleagues = Membership.objects.filter(user__name__icontains=word)
            # Who is meant first: "or" over a join reads every request there is.
            if requesters := list(colleagues.values_list("pk", flat=True)):
                own = Request.objects.filter(requester__in=requesters)
                found = found.union(own.order_by().values("pk"))
            queryset = queryset.filter(pk__in=found)
        return queryset
