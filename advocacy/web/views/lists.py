"""The one generic list: filters, sort, columns and page in the address; export; bulk actions."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocacy.web.counting import Count, counted
from advocacy.web.filters import FilterSet
from advocacy.web.http import is_for, key_of
from advocacy.web.keyset import PAGING, Keyset
from advocacy.web.tables import Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views.base import MemberView, PageAction
from advocacy.web.views.exports import csv_answer, in_order, workbook_answer
from advocacy.web.views.list_state import BulkAction, BulkButton, ListState, ShownPage

#: Parts of the address that say how a list is shown, not what is in it.
_SHOWN_BY = ("sort", "columns", "size")


class ListPage(MemberView):
    """A list of rows of the tenant. Declare ``title``, ``table`` and ``get_queryset``; ``answer``
    is what the heading says of their number: ngettext_lazy("%(count)s account", …, "n").

    An htmx request aimed at ``list_id`` gets the table alone, any other the whole page, both from
    the same templates. ``?export=csv`` or ``xlsx`` answers the file of what is filtered, in the
    shown columns.
    """

    abstract = True
    title: ClassVar[str | Promise] = ""
    subtitle: ClassVar[str | Promise] = ""
    answer: ClassVar[Any] = None
    table: ClassVar[type[Table]]
    filterset: ClassVar[type[FilterSet] | None] = None
    bulk_actions: ClassVar[Sequence[BulkAction]] = ()
    #: Action of the matrix needed to export; "" for no export, None for the page's own.
    export_permission: ClassVar[str | None] = None
    #: What the form of the filters keeps of the address, besides how the list is shown.
    kept: ClassVar[Sequence[str]] = ()
    page_size: ClassVar[int] = 50
    page_sizes: ClassVar[Sequence[int]] = (25, 50, 100)
    list_id: ClassVar[str] = "list"
    template_name: ClassVar[str] = "generic/list.html"
    empty_title: ClassVar[str | Promise] = gettext_lazy("Nothing here yet")
    empty_text: ClassVar[str | Promise] = ""
    empty_icon: ClassVar[str] = "mood-empty"

    def get_queryset(self) -> QuerySet[Any]:
        """The rows this member may see, from a selector, with what the columns read prefetched."""
        raise NotImplementedError

    def get_header_actions(self) -> list[PageAction]:
        """Buttons in the page's header."""
        return []

    def get_empty_action(self) -> PageAction | None:
        """The next step when there is nothing yet; the header's primary action by default."""
        return next((a for a in self.get_header_actions() if a.primary), None)

    def get_context(self) -> dict[str, Any]:
        """More for the template."""
        return {}

    # -- what is asked for ------------------------------------------------------------------

    @cached_property
    def params(self) -> QueryDict:
        """The address's query; a bulk action puts in the one its list had."""
        return self.request.GET

    @cached_property
    def listed(self) -> QuerySet[Any]:
        """:meth:`get_queryset`, asked once."""
        return self.get_queryset()

    @cached_property
    def filters(self) -> FilterSet | None:
        """The filter set over the base queryset, bound to the address."""
        if self.filterset is None:
            return None
        return self.filterset(self.params, queryset=self.listed, request=self.request)

    def filtered_queryset(self) -> QuerySet[Any]:
        """What the filters leave; a filter that makes no sense is ignored, not an error."""
        if self.filters is None:
            return self.listed
        self.filters.form.is_valid()
        found: QuerySet[Any] = self.filters.filter_queryset(self.listed)
        return found

    @cached_property
    def shown_table(self) -> Table:
        """The table in the address's order and columns."""
        return self.table(params=self.params, request=self.request)

    @cached_property
    def keys(self) -> Keyset:
        """What the filters leave, in the asked order."""
        rows = self.filtered_queryset()
        return Keyset(rows, self.shown_table.order(rows))

    def fetch(self, pks: Sequence[Any]) -> QuerySet[Any]:
        """The rows of these keys with what the columns read."""
        return self.listed.filter(pk__in=pks)

    def selected(self) -> QuerySet[Any]:
        """The rows the bulk bar means, out of those this list shows to this member."""
        said = self.request.POST
        if said.get("all"):
            self.params = QueryDict(said.get("query", ""))
            return self.filtered_queryset()
        # What is no key is not one of ours; the list would not show it either.
        ids = [pk for value in said.getlist("ids") if (pk := key_of(value))]
        return self.listed.filter(pk__in=ids)

    # -- answers ----------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, its table, the exact number of its rows, or the export."""
        if request.GET.get("export") in ("csv", "xlsx") and self.may_export():
            return self.export(self.keys)
        if is_for(request, f"{self.list_id}-total"):
            return render(request, "components/total.html", {"total": self.exact_total()})
        state = self.state()
        if is_for(request, self.list_id):
            return render(request, "generic/table.html", {"list": state, **self.get_context()})
        more = self.get_context()
        context = {
            "page_title": self.headline(self._whole(state, more)),
            "place": self.title,
            "page_subtitle": self.subtitle,
            "header_actions": self.get_header_actions(),
            "list": state,
            **more,
        }
        return render(request, self.template_name, context)

    def headline(self, total: Count | None) -> str:
        """The heading: what the list says. ``total`` is of the whole list, if that was counted."""
        if self.answer is None or not total:
            return str(self.title)
        return str(self.answer % {"n": total.number, "count": str(total)})

    @staticmethod
    def _whole(state: ListState, more: dict[str, Any]) -> Count | None:
        """How many there are without filters, as far as it was counted for the page anyway: what a
        filter leaves comes and goes below a heading that stays.
        """
        in_tab = (tab["count"] for tab in more.get("tabs", ()) if tab["active"])
        found: Count | None = next(in_tab, None)
        return found if found is not None or state.filtered else state.page.total

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The export of the ticked rows, in the address's order and columns."""
        if not self.may_export():
            raise DomainError(_("Your role does not allow to export this list."))
        table = self.shown_table
        rows = self.selected()
        if not rows.exists():
            raise DomainError(_("Nothing is selected."), code="nothing_selected")
        return self.export(Keyset(rows, table.order(rows)))

    def may_export(self) -> bool:
        """Whether this member gets the file."""
        if self.export_permission is None:
            return True
        return bool(self.export_permission) and self.membership.can(self.export_permission)

    def export(self, keys: Keyset) -> HttpResponseBase:
        """The file: a workbook where the address says so, else CSV."""
        table, name = self.shown_table, self.file_name()
        if self.request.GET.get("export") == "xlsx":
            return workbook_answer(keys, table, self.fetch, name=name)
        return csv_answer(keys, table, self.fetch, member=self.membership, name=name)

    def file_name(self) -> str:
        """What the file is called, without its ending."""
        return str(self.title)

    def exact_total(self) -> Count:
        """How many rows there are, however long it takes."""
        return Count(self.keys.queryset.count())

    def page(self) -> tuple[ShownPage, list[Any]]:
        """The rows of the page the address asks for, and which they are."""
        size = self._size()
        keys = self.keys.page(self.params, size)
        exact = self.params.get("total") == "exact"
        total = self.exact_total() if exact else counted(self.keys.queryset)
        shown = ShownPage.of(
            keys.start, len(keys.pks), total, size=size, before=keys.before, after=keys.after
        )
        return shown, in_order(keys.pks, self.fetch(keys.pks))

    def state(self) -> ListState:
        """Everything the template draws."""
        page, rows = self.page()
        table = self.shown_table
        filters = self.filters
        chips = filters.chips(self.params) if filters else []
        folded = filters.fields_folded if filters else []
        active = set(filters.active_names()) if filters else set()
        export_url = self._export_url()
        return ListState(
            id=self.list_id,
            caption=str(self.title),
            table=table,
            rows=table.lines(rows),
            page=page,
            sizes=self.page_sizes,
            filter_fields=filters.fields_beside if filters else [],
            more_fields=folded,
            more_open=any(field.name in active for field in folded),
            chips=chips,
            filtered=bool(chips),
            clear_url=self._clear_url(),
            kept=[
                (key, value)
                for key in (*_SHOWN_BY, *self.kept)
                for value in self.params.getlist(key)
            ],
            kept_for_columns=[
                (key, value)
                for key in self.params
                if key not in ("columns", "export", *PAGING)
                for value in self.params.getlist(key)
            ],
            column_choice=table.choices if len(table.columns) > 2 else [],
            export_url=export_url,
            xlsx_url=self._export_url("xlsx"),
            bulk_actions=self.get_bulk_buttons(export_url),
            empty_title=str(self.empty_title),
            empty_text=str(self.empty_text),
            empty_icon=self.empty_icon,
            empty_action=self.get_empty_action(),
            no_match_title=_("Nothing matches these filters"),
            no_match_text=_("Remove one of the filters above, or clear them all."),
        )

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """What can be done with several rows, besides the export of them."""
        return self.bulk_actions

    def get_bulk_buttons(self, export_url: str) -> list[BulkButton]:
        """The bulk actions this member may use, the export of the ticked rows last."""
        found = [
            BulkButton(
                action.label,
                tenant_reverse(self.request, action.url_name),
                action.icon,
                action.confirm,
                action.danger,
            )
            for action in self.get_bulk_actions()
            if self.membership.can(action.permission)
        ]
        if export_url:
            label = _("Export ticked rows")
            found.append(BulkButton(label, export_url, "download", "", danger=False))
        return found

    def _size(self) -> int:
        asked = self.params.get("size", "")
        return int(asked) if asked in {str(size) for size in self.page_sizes} else self.page_size

    def _export_url(self, kind: str = "csv") -> str:
        if not self.may_export():
            return ""
        query = self.params.copy()
        for key in PAGING:
            query.pop(key, None)
        query["export"] = kind
        return f"?{query.urlencode()}"

    def _clear_url(self) -> str:
        rest = QueryDict(mutable=True)
        for key in _SHOWN_BY:
            if key in self.params:
                rest.setlist(key, self.params.getlist(key))
        return f"?{rest.urlencode()}"
