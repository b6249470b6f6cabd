"""The request list's columns."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from requests.requests.presentation import promise_of, title_of


def _url(row: Any, request: HttpRequest) -> str:
    return tenant_reverse(request, "requests:detail", row.pk)


class RequestTable(Table):
    """One line per request; what is promised beside what is needed."""

    columns = (
        Column(
            "what",
            _("Request"),
            value=title_of,
            sort="number",
            template="requests/cells/request.html",
            url=_url,
        ),
        Column("state", _("State"), sort="state", template="requests/cells/state.html"),
        Column(
            "promise",
            _("Promised"),
            sort="confirm_due_at",
            template="requests/cells/promise.html",
            export=lambda row: row.promise.due_at,
        ),
        Column(
            "needed_by",
            _("Needed by"),
            sort="needed_by",
            template="components/cells/due.html",
        ),
        Column(
            "yes",
            _("Said yes"),
            value=lambda row: f"{row.yes} / {row.accepted_count or row.needed_count}",
            sort="yes",
            align="end",
            phone=False,
        ),
        Column(
            "submitted_at",
            _("Asked"),
            sort="submitted_at",
            template="components/cells/since.html",
            phone=False,
        ),
        Column(
            "requester",
            _("Requester"),
            value="requester.name",
            sort="requester__user__name",
            hidden=True,
        ),
        Column(
            "manager",
            _("Manager"),
            value="manager.name",
            sort="manager__user__name",
            hidden=True,
        ),
        Column("industry", _("Industry"), sort="industry", hidden=True),
        Column("opportunity", _("Opportunity"), value="opportunity.name", hidden=True),
        Column("amount", _("Amount"), value="opportunity.amount", align="end", hidden=True),
    )
    default_sort = "-what"

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        calendar, now = calendar_of(self.request.tenant), clock.now()  # type: ignore[attr-defined]
        for row in rows:
            row.promise = promise_of(row, calendar, now)
        return rows

    def title(self, row: Any) -> str:
        return f"{row.reference} {title_of(row)}"
