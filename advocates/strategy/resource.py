"""The manifest of the strategy sheet: its rows are versions, so one is written, none is changed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocates.strategy import pages, selectors, services
from advocates.strategy.models import StrategySheet

STRATEGY_SHEETS = Resource(
    name="strategy-sheets",
    model=StrategySheet,
    subject="sheet",
    title=_("Strategy sheet"),
    answer=ngettext_lazy("%(count)s version is kept", "%(count)s versions are kept", "n"),
    new_label=_("Write it"),
    icon="compass",
    nav_item="setup",
    view="settings.view",
    edit="settings.rules",
    listed=selectors.listed_sheets,
    table=pages.SheetTable,
    search=("goals", "ideal_advocate", "portfolio", "value_exchange", "measures"),
    form=pages.SheetForm,
    facts=pages.facts_of,
    pages={"list": pages.Sheets, "new": pages.WriteSheet, "detail": pages.SheetPage},
    empty_text=_("Goals, whom you look for, what they are asked and get, how you measure it."),
    create=services.write_sheet,
    verbs={"strategy.written": (_("wrote down what the program is for"), "compass", "info")},
    api_fields=(
        "id",
        "number",
        "goals",
        "ideal_advocate",
        "portfolio",
        "value_exchange",
        "measures",
        "written_by",
        "created_at",
    ),
    api_ordering=("-number", "created_at"),
)
