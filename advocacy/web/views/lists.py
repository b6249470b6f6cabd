"""The one generic list: filters, sort, columns and page in the address; export; bulk actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocacy.web.filters import Chip, FilterSet
from advocacy.web.http import is_for
from advocacy.web.tables import Choice, Line, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views.base import MemberView, PageAction

#: Parts of the address that say how a list is shown, not what is in it.
_SHOWN_BY = ("sort", "columns", "size", "page", "export")


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with the ticked rows: a button that posts to a ``BulkActionView``."""

    label: str | Promise
    url_name: str
    permission: str
    icon: str = ""
    confirm: str | Promise = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class BulkButton:
    """A bulk action this member may use, with its address."""

    label: str | Promise
    url: str
    icon: str
    confirm: str | Promise
    danger: bool


@dataclass(frozen=True, slots=True)
class ListState:
    """Everything ``generic/table.html`` draws."""

    id: str
    caption: str
    table: Table
    rows: list[Line]
    page: Page[Any]
    page_range: list[int | str]
    sizes: Sequence[int]
    filter_fields: list[Any]
    more_fields: list[Any]
    more_open: bool
    chips: list[Chip]
    filtered: bool
    clear_url: str
    kept: list[tuple[str, str]]
    kept_for_columns: list[tuple[str, str]]
    column_choice: list[Choice]
    export_url: str
    bulk_actions: list[BulkButton]
    empty_title: str
    empty_text: str
    empty_icon: str
    empty_action: PageAction | None
    no_match_title: str
    no_match_text: str


class ListPage(MemberView):
    """A list of rows of the tenant. Declare ``title``, ``table`` and ``get_queryset``.

    An htmx request aimed at ``list_id`` gets the table alone, any other the whole page, both from
    the same templates. ``?export=csv`` answers the file of what is filtered, in the shown columns.
    """

    abstract = True
    title: ClassVar[str | Promise] = ""
    subtitle: ClassVar[str | Promise] = ""
    table: ClassVar[type[Table]]
    filterset: ClassVar[type[FilterSet] | None] = None
    bulk_actions: ClassVar[Sequence[BulkAction]] = ()
    #: Action of the matrix needed to export; "" for no export, None for the page's own.
    export_permission: ClassVar[str | None] = None
    export_limit: ClassVar[int] = 10_000
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
    def filters(self) -> FilterSet | None:
        """The filter set over the base queryset, bound to the address."""
        if self.filterset is None:
            return None
        return self.filterset(self.params, queryset=self.get_queryset(), request=self.request)

    def filtered_queryset(self) -> QuerySet[Any]:
        """What the filters leave; a filter that makes no sense is ignored, not an error."""
        if self.filters is None:
            return self.get_queryset()
        self.filters.form.is_valid()
        found: QuerySet[Any] = self.filters.filter_queryset(self.get_queryset())
        return found

    @cached_property
    def shown_table(self) -> Table:
        """The table in the address's order and columns."""
        return self.table(params=self.params, request=self.request)

    # -- answers ----------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, its table, or the export."""
        queryset = self.shown_table.order(self.filtered_queryset())
        if request.GET.get("export") == "csv" and self.may_export():
            return self.export(queryset)
        state = self.state(queryset)
        if is_for(request, self.list_id):
            return render(request, "generic/table.html", {"list": state, **self.get_context()})
        context = {
            "page_title": self.title,
            "page_subtitle": self.subtitle,
            "header_actions": self.get_header_actions(),
            "list": state,
            **self.get_context(),
        }
        return render(request, self.template_name, context)

    def may_export(self) -> bool:
        """Whether this member gets the file."""
        if self.export_permission is None:
            return True
        return bool(self.export_permission) and self.membership.can(self.export_permission)

    def export(self, queryset: QuerySet[Any]) -> HttpResponse:
        """The CSV file; too many rows are refused with a sentence rather than cut short."""
        rows = list(queryset[: self.export_limit + 1])
        if len(rows) > self.export_limit:
            raise DomainError(
                _("The export holds at most %(limit)d rows. Narrow it with the filters.")
                % {"limit": self.export_limit},
                code="export_too_large",
            )
        response = HttpResponse(
            self.shown_table.to_csv(rows), content_type="text/csv; charset=utf-8"
        )
        name = slugify(str(self.title)) or "list"
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response

    def state(self, queryset: QuerySet[Any]) -> ListState:
        """Everything the template draws."""
        size = self._size()
        paginator: Paginator[Any] = Paginator(queryset, size)
        page = paginator.get_page(self.params.get("page"))
        table = self.shown_table
        filters = self.filters
        chips = filters.chips(self.params) if filters else []
        query = self.params.copy()
        query["export"] = "csv"
        query.pop("page", None)
        folded = filters.fields_folded if filters else []
        active = set(filters.active_names()) if filters else set()
        return ListState(
            id=self.list_id,
            caption=str(self.title),
            table=table,
            rows=table.lines(page.object_list),
            page=page,
            page_range=list(paginator.get_elided_page_range(page.number, on_each_side=1)),
            sizes=self.page_sizes,
            filter_fields=filters.fields_beside if filters else [],
            more_fields=folded,
            more_open=any(field.name in active for field in folded),
            chips=chips,
            filtered=bool(chips),
            clear_url=self._url_of(_SHOWN_BY, without=("page", "export")),
            kept=self._pairs(("sort", "columns", "size")),
            kept_for_columns=[
                (key, value)
                for key in self.params
                if key not in ("columns", "page", "export")
                for value in self.params.getlist(key)
            ],
            column_choice=table.choices if len(table.columns) > 2 else [],
            export_url=f"?{query.urlencode()}" if self.may_export() else "",
            bulk_actions=self.get_bulk_buttons(),
            empty_title=str(self.empty_title),
            empty_text=str(self.empty_text),
            empty_icon=self.empty_icon,
            empty_action=self.get_empty_action(),
            no_match_title=_("Nothing matches these filters"),
            no_match_text=_("Remove one of the filters above, or clear them all."),
        )

    def get_bulk_buttons(self) -> list[BulkButton]:
        """The bulk actions this member may use."""
        return [
            BulkButton(
                action.label,
                tenant_reverse(self.request, action.url_name),
                action.icon,
                action.confirm,
                action.danger,
            )
            for action in self.bulk_actions
            if self.membership.can(action.permission)
        ]

    def _size(self) -> int:
        asked = self.params.get("size", "")
        return int(asked) if asked in {str(size) for size in self.page_sizes} else self.page_size

    def _pairs(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        return [(key, value) for key in keys for value in self.params.getlist(key)]

    def _url_of(self, keys: Sequence[str], *, without: Sequence[str]) -> str:
        rest = QueryDict(mutable=True)
        for key in keys:
            if key not in without and key in self.params:
                rest.setlist(key, self.params.getlist(key))
        return f"?{rest.urlencode()}"
