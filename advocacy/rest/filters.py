"""Filters of the interface's lists."""

import django_filters
from django_filters import rest_framework

__all__ = ["FilterSet", "UpdatedSince"]


class FilterSet(rest_framework.FilterSet):
    """A list's filters; what cannot be read is refused at its name, never passed over."""


class UpdatedSince(FilterSet):
    """For resources that keep when they were changed."""

    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
