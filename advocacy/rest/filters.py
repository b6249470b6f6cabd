"""Filters of the interface's lists."""

import django_filters
from django.utils.translation import gettext as _
from django_filters import rest_framework
from rest_framework import filters
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from advocacy.web.searching import LONGEST, MOST_WORDS

__all__ = ["FilterSet", "SearchFilter", "UpdatedSince"]


class SearchFilter(filters.SearchFilter):
    """``search``, of so many words that the database can answer it soon."""

    def get_search_terms(self, request: Request) -> list[str]:
        """The words; refused when there are too many."""
        text = request.query_params.get(self.search_param, "")
        if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
            raise ValidationError(
                {
                    self.search_param: _(
                        "Search for at most %(words)d words of %(letters)d characters together."
                    )
                    % {"words": MOST_WORDS, "letters": LONGEST}
                }
            )
        terms: list[str] = super().get_search_terms(request)
        return terms


class FilterSet(rest_framework.FilterSet):
    """A list's filters; what cannot be read is refused at its name, never passed over."""


class UpdatedSince(FilterSet):
    """For resources that keep when they were changed."""

    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
