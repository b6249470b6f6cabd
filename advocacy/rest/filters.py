"""Filters of the interface's lists."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django_filters import rest_framework
from rest_framework import filters
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from advocacy.search.selectors import matching
from advocacy.web.searching import LONGEST, MOST_WORDS

__all__ = ["FilterSet", "Filters", "KnownFilter", "SearchFilter", "UpdatedSince"]


class SearchFilter(filters.SearchFilter):
    """``search``, of so many words that the database can answer it soon: by the terms of a view's
    ``search_kind``, else in its ``search_fields``.
    """

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

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if not view.search_kind:
            return super().filter_queryset(request, queryset, view)
        return matching(queryset, view.search_kind, " ".join(self.get_search_terms(request)))


_WORDS = {"true": True, "1": True, "false": False, "0": False}


class _YesOrNo(forms.Field):
    """``true`` or ``false``; nothing for either."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> bool | None:
        """Refuse every other word: passed over, it would answer what was not asked for."""
        if value in self.empty_values:
            return None
        try:
            return _WORDS[str(value).lower()]
        except KeyError:
            raise forms.ValidationError(_("Enter true or false.")) from None


class BooleanFilter(rest_framework.BooleanFilter):
    """By yes or no."""

    field_class = _YesOrNo

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "widget": forms.TextInput})


class _Known(forms.CharField):
    """What one of some rows has in a column, such as its code."""

    def __init__(self, *, rows: Any, column: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows, self.column = rows, column

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not self.rows.filter(**{self.column: text}).exists():
            raise forms.ValidationError(_("There is none of this %(column)s.") % vars(self))
        return text


class KnownFilter(rest_framework.CharFilter):
    """By the row a key leads to, named by its code; a code nobody has is refused, since an empty
    answer would say that there is nothing.
    """

    field_class = _Known

    def __init__(self, key: str, rows: Any, column: str = "code") -> None:
        super().__init__(field_name=f"{key}__{column}", rows=rows, column=column)


class FilterSet(rest_framework.FilterSet):
    """A list's filters; what cannot be read is refused at its name, never passed over."""

    FILTER_DEFAULTS: ClassVar[dict[Any, dict[str, Any]]] = {
        **rest_framework.FilterSet.FILTER_DEFAULTS,
        models.BooleanField: {"filter_class": BooleanFilter},
    }


class Filters(rest_framework.DjangoFilterBackend):
    """Filters by field. Where a request names none, nobody makes a form for all of them."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        filters = self.get_filterset_class(view, queryset)
        if filters is None or not request.query_params.keys() & filters.base_filters.keys():
            return queryset
        return super().filter_queryset(request, queryset, view)


class UpdatedSince(FilterSet):
    """For resources that keep when they were changed."""

    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
