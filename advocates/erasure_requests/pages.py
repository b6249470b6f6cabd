"""How erasure requests look to colleagues: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.erasure_requests.lifecycle import ErasureState
from advocates.forms import PersonPicker
from advocates.models import ErasureRequest


class ErasureRequestForm(TenantModelForm):
    """Who said so to a colleague, and what they wrote."""

    class Meta:
        model = ErasureRequest
        fields = ("advocate", "words")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}


class ErasureRequestTable(Table):
    """Who, since when, until when, and what became of it."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort="advocate__last_name",
            url=lambda row, request: tenant_reverse(request, "erasure-requests:detail", row.pk),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column(
            "created_at",
            gettext_lazy("Asked"),
            sort="created_at",
            template="components/cells/since.html",
        ),
        Column("due_at", gettext_lazy("Due"), sort="due_at", template="components/cells/due.html"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-created_at"


def facts_of(row: ErasureRequest) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("Account"), row.advocate.account.name),
        (_("Asked"), row.created_at),
        (_("What they wrote"), row.words),
    ]
    if row.state == ErasureState.OPEN:
        return [*facts, (_("To be decided by"), row.due_at)]
    facts += [(_("Why it is kept"), row.reason), (_("Decided"), row.decided_at)]
    return [*facts, (_("Decided by"), row.decided_by.name if row.decided_by else "")]


class ErasureRequestPage(RecordPage):
    """One request, with the way to what is held and to the erasure itself."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/erasure_requests/detail.html"

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "erasure_request": self.row}
