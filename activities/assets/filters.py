"""Filters of the library (AST-2.a, AST-2.f)."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.assets import uses
from activities.assets.choices import SECTIONS, AssetKind
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.selectors import in_library, sees_workshop
from activities.assets.standing import unpublished
from activities.assets.times import fresh_since, unused_since
from advocacy.languages import spoken_languages
from advocacy.search.selectors import ids_of, searched
from advocacy.web.filters import FilterSet
from advocates.accounts.choices import Segment, TagKind
from advocates.accounts.selectors import industries
from advocates.models import AccountTag, Advocate, Tag

_SHOW = (
    ("library", _("In the library")),
    ("fresh", _("Fresh: approved lately by the advocate")),
    ("stale", _("No longer fresh")),
    ("good", _("Good ones: the check finds nothing missing")),
    ("held", _("Out of the library: leave has ended")),
    ("unused", _("Unused: not used lately, or never")),
    ("unsung", _("Never used")),
    ("unpublished", _("Collected long ago, and not published")),
    ("hidden", _("Left out of the public gallery")),
    ("mine", _("Mine to see to")),
)


def _products(request: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(kind=TagKind.PRODUCT).order_by("name")


def _use_cases(request: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(kind=TagKind.USE_CASE).order_by("name")


def _advocates(request: Any) -> QuerySet[Advocate]:
    return Advocate.objects.all()


class AssetFilter(FilterSet):
    """Kind, state, freshness and check beside the search; industry, product and the rest folded."""

    primary: ClassVar[int] = 3

    kind = django_filters.ChoiceFilter(choices=AssetKind.choices, label=_("Kind"))
    state = django_filters.ChoiceFilter(choices=AssetState.choices, label=_("State"))
    show = django_filters.ChoiceFilter(choices=_SHOW, method="by_show", label=_("Which"))
    industry = django_filters.ChoiceFilter(
        choices=industries, field_name="advocate__account__industry", label=_("Industry")
    )
    segment = django_filters.ChoiceFilter(
        choices=Segment.choices, field_name="advocate__account__segment", label=_("Segment")
    )
    product = django_filters.ModelChoiceFilter(
        queryset=_products, method="by_tag", label=_("Product")
    )
    use_case = django_filters.ModelChoiceFilter(
        queryset=_use_cases, method="by_tag", label=_("Use case")
    )
    language = django_filters.ChoiceFilter(choices=spoken_languages, label=_("Language"))
    # Only set by links from an advocate's page.
    advocate = django_filters.ModelChoiceFilter(
        queryset=_advocates, method="by_advocate", label=_("Advocate"), widget=forms.HiddenInput()
    )

    class Meta:
        model = Asset
        fields: ClassVar[list[str]] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Words of the piece; for who may open advocates, also whose it is."""
        inside = sees_workshop(self.request.membership)
        for word in searched(value):
            found = Q(pk__in=ids_of("asset", word))
            for column in ("body", *SECTIONS):
                found |= Q(**{f"{column}__icontains": word})
            if inside:
                found |= Q(advocate_id__in=ids_of("advocate", word))
            queryset = queryset.filter(found)
        return queryset

    def by_show(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What the library holds, what of it is fresh or good, and what is out of it."""
        if value == "held":
            return rows.filter(state=AssetState.PUBLISHED).exclude(in_library())
        if value == "mine":
            return rows.filter(owner=self.request.membership).exclude(state=AssetState.RETIRED)
        if value == "unpublished":
            return rows.filter(unpublished())
        rows = rows.filter(in_library())
        if value == "hidden":
            return rows.filter(in_gallery=False)
        if value == "fresh":
            return rows.filter(confirmed_at__gte=fresh_since())
        if value == "stale":
            return rows.filter(confirmed_at__lt=fresh_since())
        if value == "unused":
            return rows.exclude(uses.used_since(unused_since()))
        if value == "unsung":
            return rows.exclude(uses.used_since())
        return rows.filter(is_good=True) if value == "good" else rows

    def by_tag(self, rows: QuerySet[Any], name: str, value: Tag) -> QuerySet[Any]:
        """Of companies that have it."""
        having = AccountTag.objects.filter(account=OuterRef("advocate__account"), tag=value)
        return rows.filter(Exists(having))

    def by_advocate(self, rows: QuerySet[Any], name: str, value: Advocate) -> QuerySet[Any]:
        """One person's; nobody else learns whose a piece is (VIS-1)."""
        if not sees_workshop(self.request.membership):
            return rows.none()
        return rows.filter(advocate=value)
