"""Deals the program could help and has not, by seller, each with what would fit (ADO-1.b)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.search.selectors import matching
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ListPage
from requests.models import Opportunity
from requests.opportunities.deals import DealTable
from requests.untouched import selectors

_DEAL = {column.name: column for column in DealTable.columns}


def fit_words(deal: Opportunity) -> str:
    """Which piece fits, and why; of a deal from :func:`selectors.with_what_fits`."""
    title = deal.piece_title  # type: ignore[attr-defined]
    if not title:
        return ""
    if deal.is_alike == 2:  # type: ignore[attr-defined]
        return _("%(title)s (same industry)") % {"title": title}
    return _("%(title)s (company of that size)") % {"title": title}


def _piece_url(deal: Any, request: HttpRequest) -> str | None:
    return tenant_reverse(request, "assets:detail", deal.piece_id) if deal.piece_id else None


def _next_step(deal: Any) -> str:
    return _("A request is running") if deal.is_asked else _("Ask for a reference")


def _next_url(deal: Any, request: HttpRequest) -> str | None:
    if deal.is_asked:
        return tenant_reverse(request, "opportunities:detail", deal.pk)
    if not request.membership.can("requests.submit"):  # type: ignore[attr-defined]
        return None
    return f"{tenant_reverse(request, 'requests:new')}?opportunity={deal.pk}"


class UntouchedTable(Table):
    """The next to close first."""

    columns: ClassVar[Sequence[Column]] = (
        *(_DEAL[name] for name in ("name", "prospect")),
        replace(_DEAL["owner"], label=gettext_lazy("Seller")),
        *(_DEAL[name] for name in ("amount", "currency", "closes_on")),
        Column("fit", gettext_lazy("Content that fits"), value=fit_words, url=_piece_url),
        Column("step", gettext_lazy("Or"), value=_next_step, url=_next_url, phone=False),
    )
    default_sort: ClassVar[str] = "closes_on"


def _sellers(_request: HttpRequest) -> QuerySet[Membership]:
    owners = selectors.untouched_deals().order_by().values("owner")
    rows = Membership.objects.filter(pk__in=owners)
    return rows.select_related("user").order_by("user__name")


class UntouchedFilter(FilterSet):
    """By seller."""

    primary = 1

    owner = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Seller"),
        queryset=_sellers,
        null_label=gettext_lazy("Nobody's"),
        null_value=selectors.NOBODY,
    )
    closes = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Closes"), field_name="closes_on"
    )

    class Meta:
        model = Opportunity
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, prospect, company or the CRM's number."""
        return matching(queryset, "opportunity", value)


class UntouchedDeals(ListPage):
    """Qualified deals without a touchpoint."""

    permission = "opportunities.view"
    nav_item = "requests"
    title = gettext_lazy("Deals without support")
    subtitle = gettext_lazy(
        "Qualified deals that no reference, no piece of content and no event has touched yet."
    )
    answer = ngettext_lazy(
        "%(count)s qualified deal has no support yet",
        "%(count)s qualified deals have no support yet",
        "n",
    )
    table, filterset = UntouchedTable, UntouchedFilter
    empty_title = gettext_lazy("Every qualified deal has been touched")
    empty_text = gettext_lazy(
        "As soon as the CRM calls another deal qualified, it stands here until a reference, a"
        " piece of content or an event has helped it."
    )
    empty_icon = "confetti"

    def get_queryset(self) -> QuerySet[Opportunity]:
        return selectors.untouched_deals()

    def fetch(self, pks: Sequence[Any]) -> QuerySet[Opportunity]:
        return selectors.with_what_fits(super().fetch(pks))

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [(tenant_reverse(self.request, "opportunities:list"), _("Deals"))]}
