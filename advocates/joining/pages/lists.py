"""Lists of nominations: one's own, what waits for a decision, everything (IDN-2)."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.records.pages import bulk_moves
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ListPage, PageAction
from advocates.joining import selectors
from advocates.joining.choices import NominationOrigin, NominationState
from advocates.joining.lifecycle import NOMINATION
from advocates.models import Nomination
from advocates.pages import NAV_ITEM, WithTabs, tabs


class NominationTable(Table):
    """Who, by whom, since when, what became of it."""

    columns = (
        Column(
            "advocate",
            gettext_lazy("Nominated"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            template="advocates/nominations/cell_person.html",
            url=lambda row, request: tenant_reverse(request, "nominations:detail", row.pk),
        ),
        Column("reasons", gettext_lazy("Why"), value=lambda row: _first_words(row.reasons)),
        Column(
            "by",
            gettext_lazy("By"),
            value=lambda row: _("Offered it themselves") if row.is_own else row.nominator,
            sort="nominated_by__user__name",
        ),
        Column(
            "created_at",
            gettext_lazy("When"),
            sort="created_at",
            template="components/cells/since.html",
        ),
        Column(
            "state",
            gettext_lazy("State"),
            sort="state",
            template="advocates/nominations/cell_state.html",
        ),
    )
    default_sort = "-created_at"

    def title(self, row: Any) -> str:
        return str(row.advocate)


class NominationFilter(FilterSet):
    """By whom, where they work, and what became of it."""

    search_fields: ClassVar[tuple[str, ...]] = (
        "advocate__first_name",
        "advocate__last_name",
        "advocate__account__name",
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=NominationState.choices
    )
    origin = django_filters.ChoiceFilter(
        label=gettext_lazy("Came from"), choices=NominationOrigin.choices
    )

    class Meta:
        model = Nomination
        fields: ClassVar[list[str]] = []


def _first_words(text: str) -> str:
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + "…"


class MyNominations(WithTabs, ListPage):
    """What a member nominated, and what people at their accounts offered; what became of it."""

    permission: ClassVar[str] = "nominations.submit"
    nav_item: ClassVar[str] = NAV_ITEM
    title = gettext_lazy("My nominations")
    answer = ngettext_lazy("You proposed %(count)s person", "You proposed %(count)s people", "n")
    table = NominationTable
    filterset: ClassVar[type[FilterSet] | None] = NominationFilter
    bulk_actions = bulk_moves("nominations", NOMINATION)
    tab: ClassVar[str] = "nominations:list"
    template_name = "advocates/nominations/list.html"
    empty_title = gettext_lazy("Nobody nominated yet")
    empty_text = gettext_lazy(
        "You know who is happy and likes to help. Nominating takes twenty seconds, and you hear"
        " what becomes of it."
    )
    empty_icon = "user-up"

    def get_queryset(self) -> QuerySet[Nomination]:
        """Own ones, and offers from own accounts."""
        return selectors.my_nominations(self.membership)

    def get_header_actions(self) -> list[PageAction]:
        url = tenant_reverse(self.request, "nominations:new")
        return [PageAction(_("Nominate"), url, "user-up", primary=True)]

    def get_context(self) -> dict[str, Any]:
        """The navigation item's tabs, and below them whose nominations."""
        place = "nominations:list"
        if self.membership.can("nominations.decide"):
            place = "nominations:to-decide"
        return {
            "tabs": tabs(self.request, place),
            "segments": [
                {
                    "url": tenant_reverse(self.request, name),
                    "label": label,
                    "active": name == self.tab,
                }
                for name, label, permission in (
                    ("nominations:to-decide", _("To decide"), "nominations.decide"),
                    ("nominations:list", _("Mine"), "nominations.submit"),
                    ("nominations:all", _("All"), "nominations.decide"),
                )
                if self.membership.can(permission)
            ],
        }


class ToDecide(MyNominations):
    """What waits for a decision."""

    permission: ClassVar[str] = "nominations.decide"
    title = gettext_lazy("Nominations to decide")
    answer = ngettext_lazy(
        "%(count)s nomination to decide",
        "%(count)s nominations to decide",
        "n",
    )
    tab: ClassVar[str] = "nominations:to-decide"
    empty_title = gettext_lazy("Nothing to decide")
    empty_text = gettext_lazy(
        "What colleagues propose and customers offer waits here for your yes or no."
    )

    def get_queryset(self) -> QuerySet[Nomination]:
        return selectors.open_nominations()


class AllNominations(MyNominations):
    """Everything that was ever nominated."""

    permission: ClassVar[str] = "nominations.decide"
    title = gettext_lazy("All nominations")
    answer = ngettext_lazy("%(count)s nomination so far", "%(count)s nominations so far", "n")
    tab: ClassVar[str] = "nominations:all"

    def get_queryset(self) -> QuerySet[Nomination]:
        return selectors.listed_nominations()


def crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    """The steps above a page about one nomination."""
    people = quiet_reverse(request, "advocates:list")
    above = [(people, _("Advocates"))] if people else []
    return [*above, (tenant_reverse(request, "nominations:list"), _("Nominations"))]
