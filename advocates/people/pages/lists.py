"""Lists of people: who is in the program, who may join, everybody; enrolling many (ENR-1)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.filters import FilterSet
from advocacy.web.tables import Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    BulkAction,
    BulkActionView,
    ListPage,
    PageAction,
)
from advocates.joining.enrolment import enrol_advocate
from advocates.models import Advocate
from advocates.pages import NAV_ITEM, WithTabs
from advocates.people import selectors
from advocates.people.filters import AdvocateFilter, CandidateFilter
from advocates.people.lifecycle import ENROLMENT
from advocates.people.tables import AdvocateTable, CandidateTable


class AdvocateList(WithTabs, ListPage):
    """Who is in the program."""

    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    title = gettext_lazy("Advocates")
    tab: ClassVar[str] = "advocates:list"
    table: ClassVar[type[Table]] = AdvocateTable
    filterset: ClassVar[type[FilterSet] | None] = AdvocateFilter
    export_permission = "advocates.export"
    empty_title = gettext_lazy("Nobody is in the program yet")
    empty_text = gettext_lazy(
        "Pick the first ten to twenty among the candidates: happy, successful, known to you."
    )
    empty_icon = "users"

    def get_queryset(self) -> QuerySet[Advocate]:
        return selectors.enrolled_advocates()

    def get_header_actions(self) -> list[PageAction]:
        if not self.membership.can("advocates.edit"):
            return []
        url = tenant_reverse(self.request, "advocates:new")
        return [PageAction(_("Add person"), url, "user-plus", primary=True)]

    def get_empty_action(self) -> PageAction | None:
        url = tenant_reverse(self.request, "advocates:candidates")
        return PageAction(_("Look at the candidates"), url)


class CandidateList(AdvocateList):
    """Who may join."""

    title = gettext_lazy("Candidates")
    tab: ClassVar[str] = "advocates:candidates"
    table = CandidateTable
    filterset = CandidateFilter
    bulk_actions = (
        BulkAction(
            gettext_lazy("Enrol in the program"),
            "advocates:enrol-many",
            "advocates.enrol",
            "user-check",
            gettext_lazy(
                "They become active members at once, without an invitation. Do so for people who"
                " have agreed already."
            ),
        ),
    )
    empty_title = gettext_lazy("No candidates")
    empty_text = gettext_lazy("People come with the import of your CRM, or one by one.")

    def get_queryset(self) -> QuerySet[Advocate]:
        return selectors.candidate_advocates()

    def get_header_actions(self) -> list[PageAction]:
        found = super().get_header_actions()
        if self.membership.can("nominations.submit"):
            url = tenant_reverse(self.request, "nominations:new")
            found.insert(0, PageAction(_("Nominate"), url, "user-up"))
        return found

    def get_empty_action(self) -> PageAction | None:
        """The import, for those who may."""
        if not self.membership.can("imports.run"):
            return None
        return PageAction(_("Import your CRM"), tenant_reverse(self.request, "import"))


class EverybodyList(AdvocateList):
    """Everybody known."""

    title = gettext_lazy("Everybody")
    tab: ClassVar[str] = "advocates:everybody"
    empty_title = gettext_lazy("Nobody is known yet")
    empty_text = gettext_lazy("People come with the import of your CRM, or one by one.")

    def get_queryset(self) -> QuerySet[Advocate]:
        return selectors.listed_advocates()

    def get_empty_action(self) -> PageAction | None:
        """The import, for those who may."""
        if not self.membership.can("imports.run"):
            return None
        return PageAction(_("Import your CRM"), tenant_reverse(self.request, "import"))


class EnrolMany(BulkActionView):
    """Make the ticked candidates members of the program (ENR-1)."""

    permission: ClassVar[str] = "advocates.enrol"
    list_page = CandidateList
    limit: ClassVar[int] = 200

    def perform_bulk(self, rows: QuerySet[Any]) -> int:
        """Enrol whoever can be, in the order that locks want."""
        ready = ENROLMENT["enrol"].source
        people = list(rows.filter(status__in=ready).order_by("account_id", "pk"))
        for advocate in people:
            enrol_advocate(
                actor=self.actor, advocate=advocate, reason=_("Enrolled together from the list.")
            )
        return len(people)

    def get_success_message(self, result: Any) -> str:
        return ngettext(
            "%(count)d person is in the program now.",
            "%(count)d people are in the program now.",
            result,
        ) % {"count": result}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:list")
