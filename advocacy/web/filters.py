"""Filters of a list page: one search box, the list's own filters, and chips for what is active."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.formatting import day as day_words
from advocacy.web.keyset import PAGING
from advocacy.web.searching import search_words


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address without it."""

    label: str
    words: str
    url: str


class FilterSet(django_filters.FilterSet):
    """Base of every list's filters.

    ``search_fields``  text fields the search box looks into (``account__name``); for a large table
                       override :meth:`search` and go through a search function of the database,
                       since row-level security keeps ILIKE from using an index
    ``primary``        how many filters stand beside the search box; the rest fold away
    """

    search_fields: ClassVar[tuple[str, ...]] = ()
    primary: ClassVar[int] = 3

    q = django_filters.CharFilter(
        method="search",
        label=gettext_lazy("Search"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            # Before the form is made: a select keeps the choices it was made with.
            if isinstance(each, django_filters.ChoiceFilter):
                each.extra["empty_label"] = self._any(each)
        if not self.searches():
            del self.filters["q"]
            self.form.fields.pop("q", None)
        for name, field in self.form.fields.items():
            if name == "q":
                field.widget.attrs["placeholder"] = _("Search…")
            elif isinstance(field, forms.ChoiceField) and not isinstance(
                field,
                forms.MultipleChoiceField
                | forms.ModelChoiceField
                | django_filters.fields.ChoiceField,
            ):
                field.choices = [("", self._any(field)), *self._without_blank(field.choices)]

    @staticmethod
    def _any(field: forms.Field | django_filters.Filter) -> str:
        return _("%(filter)s: any") % {"filter": field.label}

    @staticmethod
    def _without_blank(choices: Any) -> list[Any]:
        return [choice for choice in choices if choice[0] not in ("", None)]

    @classmethod
    def searches(cls) -> bool:
        """Whether this list has a search box."""
        return bool(cls.search_fields) or cls.search is not FilterSet.search

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows in which every word occurs in one of ``search_fields``."""
        for word in search_words(value):
            found = Q()
            for path in self.search_fields:
                found |= Q(**{f"{path}__icontains": word})
            queryset = queryset.filter(found)
        return queryset

    @property
    def fields_beside(self) -> list[forms.BoundField]:
        """The bound fields that are always visible."""
        return self._visible()[: self.primary + int("q" in self.form.fields)]

    @property
    def fields_folded(self) -> list[forms.BoundField]:
        """The bound fields behind "More filters"."""
        return self._visible()[self.primary + int("q" in self.form.fields) :]

    def _visible(self) -> list[forms.BoundField]:
        fields = list(self.form.visible_fields())
        return sorted(fields, key=lambda field: field.name != "q")

    def active_names(self) -> list[str]:
        """Names of the filters that narrow the list now."""
        if not self.form.is_bound:
            return []
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        return [
            name
            for name in self.form.fields
            if cleaned.get(name) not in (None, "", [], ()) and not _is_empty(cleaned.get(name))
        ]

    def chips(self, params: QueryDict) -> list[Chip]:
        """One chip per active filter; its address keeps everything but that filter and the page."""
        found = []
        for name in self.active_names():
            rest = params.copy()
            bound = self.form[name]
            ranges = (f"{name}_{part}" for part in ("min", "max", "before", "after"))
            for key in (name, *ranges, *PAGING):
                rest.pop(key, None)
            words = _words(bound, self.form.cleaned_data[name])
            found.append(Chip(str(bound.label), words, f"?{rest.urlencode()}"))
        return found


def _is_empty(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is None and value.stop is None
    return isinstance(value, QuerySet) and not value


def _words(bound: forms.BoundField, value: Any) -> str:
    """A filter's value as a person reads it."""
    if isinstance(value, slice):
        start, end = (_words(bound, part) for part in (value.start, value.stop))
        if value.start is None:
            return _("up to %(end)s") % {"end": end}
        if value.stop is None:
            return _("from %(start)s") % {"start": start}
        return f"{start} – {end}"
    if isinstance(value, date):
        # A filter by day carries the midnights around it.
        return day_words(timezone.localtime(value) if isinstance(value, datetime) else value)
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(_words(bound, item) for item in value)
    # Iterated and nothing else: choices that come from a function have no length.
    flat = {str(key): label for key, label in getattr(bound.field, "choices", ())}
    return str(flat.get(str(value), value))
