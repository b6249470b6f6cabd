"""What a list page hands to its templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from advocacy.web.counting import Count
from advocacy.web.filters import Chip
from advocacy.web.tables import Choice, Line, Table
from advocacy.web.views.base import PageAction


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with ticked rows: a button that posts to an ``EachRow`` or its form."""

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


#: What is done with several rows takes no more than these in one go; more belong to a job.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ShownPage:
    """Which rows of how many, and the way to the others; ``before`` and ``after`` are cursors."""

    start: int
    end: int
    total: Count
    size: int
    before: str = ""
    after: str = ""

    @property
    def is_all(self) -> bool:
        """Whether everything is on this page."""
        return not self.before and not self.after

    @property
    def most_at_once(self) -> int:
        """So many of all can be done something with at once, where that is fewer; else 0."""
        return MOST_AT_ONCE if self.total.number > MOST_AT_ONCE else 0

    @classmethod
    def of(cls, start: int, rows: int, total: Count, **more: Any) -> "ShownPage":
        """A page of so many rows; where the end of all is known, its position is counted from
        there, since rows may have come and gone while somebody turned the pages.
        """
        end = start + rows - 1
        if not total.more:
            end = min(end, total.number - 1) if more["after"] else total.number
        return cls(max(end - rows + 1, 1), end, total, **more)


@dataclass(frozen=True, slots=True)
class ListState:
    """Everything ``generic/table.html`` draws."""

    id: str
    caption: str
    table: Table
    rows: list[Line]
    page: ShownPage
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
    xlsx_url: str
    bulk_actions: list[BulkButton]
    empty_title: str
    empty_text: str
    empty_icon: str
    empty_action: PageAction | None
    no_match_title: str
    no_match_text: str

    @property
    def invites(self) -> bool:
        """Whether the empty list itself has the page's primary button."""
        return not self.rows and not self.filtered and self.empty_action is not None
