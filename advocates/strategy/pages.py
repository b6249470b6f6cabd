"""The strategy sheet in the browser: one page, and its earlier versions."""

from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordList, RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.strategy.models import StrategySheet
from advocates.strategy.parts import PARTS
from advocates.strategy.selectors import labels_of, latest_sheet, open_parts


class SheetForm(TenantModelForm):
    """The five parts; any may stay open."""

    class Meta:
        model = StrategySheet
        fields: ClassVar[Sequence[str]] = tuple(PARTS)
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(PARTS, forms.Textarea(attrs={"rows": 5}))


class SheetTable(Table):
    """Which version, when, by whom."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "number",
            gettext_lazy("Version"),
            value=str,
            sort="number",
            url=lambda row, request: tenant_reverse(request, "strategy-sheets:detail", row.pk),
        ),
        Column("created_at", gettext_lazy("Written"), sort="created_at"),
        Column("written_by", gettext_lazy("By whom"), value="written_by.name"),
        Column(
            "open", gettext_lazy("Open"), value=lambda row: ", ".join(labels_of(open_parts(row)))
        ),
    )
    default_sort: ClassVar[str] = "-number"


class InGuide:
    """Below the set-up guide."""

    def where(self) -> dict[str, Any]:
        """The guide, and the sheets above everything else."""
        found: dict[str, Any] = super().where()  # type: ignore[misc]
        if not self.membership.can("settings.rules"):  # type: ignore[attr-defined]
            return found
        guide = (tenant_reverse(self.request, "setup"), _("Set-up guide"))  # type: ignore[attr-defined]
        return {**found, "crumbs": [guide, *found["crumbs"]]}


class Sheets(InGuide, RecordList):
    """Every version."""

    abstract = True


class WriteSheet(InGuide, RecordForm):
    """The sheet as it is, to be written on: each part leads to what carries it."""

    abstract = True
    form_template = "advocates/strategy/body.html"

    def get_title(self) -> str:
        return _("What the program is for")

    def get_object(self) -> StrategySheet | None:
        found = latest_sheet()
        return copy(found) if found else None

    def get_version_key(self) -> str:
        return "strategy-sheet"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edits = latest_sheet() is not None

    def get_context(self) -> dict[str, Any]:
        found, tenant = latest_sheet(), self.membership.tenant
        lacking = labels_of(open_parts(found))
        return {
            **super().get_context(),
            "page_subtitle": _(
                "One page, before the first ask. Each part leads to the setting that carries it;"
                " earlier versions are kept."
            ),
            "carriers": {
                name: [(each.label, each.url(tenant)) for each in carriers]
                for name, carriers in PARTS.items()
            },
            "open": lacking,
            "sheet": found,
            "versions_url": self.url("list"),
        }

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "setup")


class SheetPage(InGuide, RecordPage):
    """One version."""

    abstract = True
    template_name = "advocates/strategy/sheet.html"

    def get_context(self) -> dict[str, Any]:
        newest = latest_sheet()
        return {
            **super().get_context(),
            "parts": [
                (label, getattr(self.row, name))
                for name, label in zip(PARTS, labels_of(list(PARTS)), strict=True)
            ],
            "is_newest": newest is not None and newest.pk == self.row.pk,
            "write_url": self.url("new") if self.membership.can("settings.rules") else "",
        }


def facts_of(sheet: StrategySheet) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Written"), sheet.created_at),
        (_("By whom"), sheet.written_by.name if sheet.written_by else ""),
        (_("Open"), ", ".join(labels_of(open_parts(sheet)))),
    ]
