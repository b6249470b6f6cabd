"""The imports so far, as a list (IMP-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import BulkAction, EachRow, ListPage
from imports import selectors, services
from imports.choices import ImportState
from imports.models import ImportRun


def _url(row: Any, request: HttpRequest) -> str:
    return tenant_reverse(request, "import-run", row.pk)


class ImportTable(Table):
    """Which files, by whom, when, and what came of them."""

    columns: ClassVar[Sequence[Column]] = (
        Column("files", _("Files"), value="file_names", url=_url),
        Column("state", _("State"), sort="state", template="components/cells/state.html"),
        Column(
            "started_at",
            _("Started"),
            sort="started_at",
            template="components/cells/since.html",
        ),
        Column("by", _("By"), value="started_by.name", sort="started_by__user__name"),
        Column("rows", _("Rows"), align="end"),
        Column("created", _("New"), align="end", phone=False),
        Column("updated", _("Changed"), align="end", phone=False),
        Column("unchanged", _("As before"), align="end", hidden=True),
        Column("skipped", _("Not imported"), align="end", phone=False),
        Column("finished_at", _("Finished"), sort="finished_at", hidden=True),
    )
    default_sort: ClassVar[str] = "-started_at"


def _starters(request: HttpRequest) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").order_by("user__name", "id")


class ImportFilter(FilterSet):
    """By how far it is, who began it, and when."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=ImportState.choices)
    started_by = django_filters.ModelChoiceFilter(label=_("By"), queryset=_starters)
    started = django_filters.DateFromToRangeFilter(label=_("Started"), field_name="started_at")

    class Meta:
        model = ImportRun
        fields: ClassVar[list[str]] = []


class ImportList(ListPage):
    """Every import there was."""

    permission = services.PERMISSION
    nav_item = "settings"
    title = _("Imports")
    answer = ngettext_lazy("%(count)s import so far", "%(count)s imports so far", "n")
    table, filterset = ImportTable, ImportFilter
    bulk_actions = (
        BulkAction(
            _("Throw away"),
            "import-discard-many",
            services.PERMISSION,
            "trash",
            _("Uploads of which nothing was imported are deleted; the others stay."),
            danger=True,
        ),
    )
    empty_title = _("Nothing was imported yet")
    empty_text = _("Export accounts, contacts and opportunities from your CRM as CSV.")
    empty_icon = "file-import"

    def get_queryset(self) -> QuerySet[ImportRun]:
        return selectors.listed_imports()

    def get_context(self) -> dict[str, Any]:
        return {"crumbs": [(tenant_reverse(self.request, "import"), _("Import your CRM"))]}


class DiscardMany(EachRow):
    """Throw uploads away of which nothing was imported."""

    permission = services.PERMISSION
    nav_item = "settings"
    list_page = ImportList
    home = "imports"
    label = _("Throw away")
    service = services.discard_import
    subject_name = "run"

    def name_of(self, row: ImportRun) -> str:
        return row.file_names
