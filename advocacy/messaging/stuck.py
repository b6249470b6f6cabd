"""Settings → Stuck work: what no sweep could do, seen by somebody and tried again (BAD-2)."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.events import presentation
from advocacy.events.services import record
from advocacy.tenancy import stuck
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import StuckWork
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView, BulkAction, EachRow, ListPage


@transaction.atomic
def retry_stuck(*, actor: Actor, row: StuckWork) -> StuckWork:
    """Have it tried again within seconds. Raises :class:`Conflict` when it is not given up."""
    if not stuck.try_again(row):
        raise Conflict(_now("This is being tried again already."))
    record("stuck.retried", row, actor=actor, payload={"work": row.work})
    return row


def attach_subjects(rows: Sequence[Any], request: HttpRequest) -> None:
    """Give each row its work and subject in words, with few queries for all of them."""
    about = presentation.subjects_of(rows)
    membership = request.membership  # type: ignore[attr-defined]
    for row in rows:
        subject = about[row.subject_id]
        follows = subject.url_name and membership.can(subject.action)
        row.label = stuck.label_of(row.work)
        row.about = subject.name or subject.kind
        row.about_url = quiet_reverse(request, subject.url_name, subject.id) if follows else None


class StuckTable(Table):
    """Rows that were given up."""

    columns = (
        Column("label", _("What"), sort="work"),
        Column("about", _("About"), url=lambda row, _request: row.about_url),
        Column("error", _("Last problem")),
        Column("attempts", _("Attempts"), sort="attempts", align="end", phone=False),
        Column("failed_at", _("Given up"), sort="failed_at", template="messaging/when_cell.html"),
    )
    default_sort = "failed_at"
    row_template = "messaging/stuck_cell.html"

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        attach_subjects(rows, self.request)
        return rows

    def title(self, row: Any) -> str:
        return f"{row.label}: {row.about}"


def _works() -> list[tuple[str, str]]:
    codes = stuck.given_up().order_by("work").values_list("work", flat=True).distinct()
    return [(code, str(stuck.label_of(code))) for code in codes]


class StuckFilter(FilterSet):
    """By what it is, and words of the problem."""

    search_fields: ClassVar[tuple[str, ...]] = ("error",)
    work = django_filters.ChoiceFilter(label=_("What"), choices=_works)

    class Meta:
        model = StuckWork
        fields: ClassVar[list[str]] = []


class StuckList(ListPage):
    """What was tried several times and given up, until somebody has looked."""

    permission = "audit.view"
    nav_item = "settings"
    title = _("Stuck work")
    answer = ngettext_lazy(
        "%(count)s thing could not be done", "%(count)s things could not be done", "n"
    )
    subtitle = _("What could not be done by itself, tried several times and then left alone.")
    table = StuckTable
    filterset = StuckFilter
    bulk_actions = (BulkAction(_("Try again"), "stuck-retry-many", "mail.retry", "refresh"),)
    empty_title = _("Nothing is stuck")
    empty_text = _("A reminder, an expiry or a link that cannot be written appears here.")
    empty_icon = "circle-check"

    def get_queryset(self) -> QuerySet[StuckWork]:
        return stuck.given_up()


class StuckRetry(ActionView):
    """Try one again."""

    permission = "mail.retry"
    nav_item = "settings"
    success_message = _("It is tried again within a few seconds.")

    def perform(self) -> StuckWork:
        pk: UUID = self.kwargs["pk"]
        row = get_object_or_404(StuckWork.objects.all(), pk=pk)
        return retry_stuck(actor=self.actor, row=row)

    def get_success_url(self, result: StuckWork) -> str:
        """The list, which shows what is left."""
        return tenant_reverse(self.request, "stuck")


class StuckRetryMany(EachRow):
    """Try several again."""

    permission = "mail.retry"
    nav_item = "settings"
    list_page = StuckList
    home = "stuck"
    label = _("Try again")
    service = retry_stuck
    subject_name = "row"

    def name_of(self, row: StuckWork) -> str:
        return str(stuck.label_of(row.work))
