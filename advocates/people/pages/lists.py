"""Lists of people: who is in the program, who may join, everybody."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from advocacy.records.pages import bulk_moves
from advocacy.web.counting import Count
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import BulkAction, ListPage, PageAction
from advocates.joining.meeting import with_criteria_met
from advocates.models import Advocate
from advocates.pages import NAV_ITEM, WithTabs
from advocates.people import selectors
from advocates.people.filters import AdvocateFilter, CandidateFilter
from advocates.people.lifecycle import ENROLMENT
from advocates.people.tables import AdvocateTable, CandidateTable
from advocates.segments.lifecycle import SegmentOf
from advocates.segments.saving import SavesSegments


class AdvocateList(SavesSegments, WithTabs, ListPage):
    """Who is in the program."""

    paused: Count | None = None
    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    title = gettext_lazy("Advocates")
    answer = ngettext_lazy(
        "%(count)s person is in the program", "%(count)s people are in the program", "n"
    )
    tab: ClassVar[str] = "advocates:list"
    segment_of: ClassVar[str] = SegmentOf.MEMBERS
    table: ClassVar[type[Table]] = AdvocateTable
    filterset: ClassVar[type[FilterSet] | None] = AdvocateFilter
    export_permission = "advocates.export"
    bulk_actions: ClassVar[Sequence[BulkAction]] = bulk_moves(
        "advocates", [ENROLMENT["pause"], ENROLMENT["resume"]]
    )
    empty_title = gettext_lazy("Nobody is in the program yet")
    empty_text = gettext_lazy(
        "Pick the first ten to twenty among the candidates: happy, successful, known to you."
    )
    empty_icon = "users"

    def get_queryset(self) -> QuerySet[Advocate]:
        return selectors.enrolled_advocates()

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        self.paused = next((tab["paused"] for tab in found["tabs"] if "paused" in tab), None)
        return found

    def headline(self, total: Count | None) -> str:
        """Of those in the program also how many rest."""
        said = super().headline(total)
        if not total or not self.paused or self.tab != "advocates:list":
            return said
        rest = ngettext("%(count)s of them rests", "%(count)s of them rest", self.paused.number)
        return f"{said}, {rest % {'count': self.paused}}"

    def get_header_actions(self) -> list[PageAction]:
        if not self.membership.can("advocates.edit"):
            return []
        url = tenant_reverse(self.request, "advocates:new")
        return [PageAction(_("Add person"), url, "user-plus", primary=True)]

    def get_empty_action(self) -> PageAction | None:
        url = tenant_reverse(self.request, "advocates:candidates")
        return PageAction(_("Look at the candidates"), url)


class CandidateList(AdvocateList):
    """Who may join, the highest score first (IDN-1)."""

    title = gettext_lazy("Candidates")
    answer = ngettext_lazy("%(count)s person could join", "%(count)s people could join", "n")
    tab: ClassVar[str] = "advocates:candidates"
    segment_of: ClassVar[str] = SegmentOf.CANDIDATES
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
        BulkAction(
            gettext_lazy("Nominate…"), "advocates:nominate-many", "nominations.submit", "user-up"
        ),
        BulkAction(
            gettext_lazy("Put aside…"), "advocates:dismiss-many", "candidates.dismiss", "user-off"
        ),
    )
    empty_title = gettext_lazy("No candidates")
    empty_text = gettext_lazy("People come with the import of your CRM, or one by one.")

    def get_queryset(self) -> QuerySet[Advocate]:
        return with_criteria_met(selectors.candidate_advocates())

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
    answer = ngettext_lazy("We know %(count)s person", "We know %(count)s people", "n")
    tab: ClassVar[str] = "advocates:everybody"
    segment_of: ClassVar[str] = SegmentOf.EVERYBODY
    empty_title = gettext_lazy("Nobody is known yet")
    empty_text = gettext_lazy("People come with the import of your CRM, or one by one.")

    def get_queryset(self) -> QuerySet[Advocate]:
        return selectors.listed_advocates()

    def get_empty_action(self) -> PageAction | None:
        """The import, for those who may."""
        if not self.membership.can("imports.run"):
            return None
        return PageAction(_("Import your CRM"), tenant_reverse(self.request, "import"))
