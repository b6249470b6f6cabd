"""How the wall looks to colleagues: form, columns, facts (BEN-8.a)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordPage
from advocacy.search.selectors import ids_of, searched
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import DateInput, PersonPicker
from benefits.recognition.lifecycle import WallState
from benefits.recognition.models import Recognition, WallKind
from benefits.recognition.selectors import with_leave
from benefits.recognition.services import missing_words


class RecognitionForm(TenantModelForm):
    """Whom, what for, which period."""

    class Meta:
        model = Recognition
        fields = ("advocate", "kind", "title", "text", "period", "period_on", "names_company")
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"period_on": DateInput()}
        labels: ClassVar[dict[str, Any]] = {"advocate": gettext_lazy("Whom?")}


class WriteRecognition(RecordForm):
    """The form; whom it is about stays."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form = super().get_form()
        if "pk" in self.kwargs:
            form.fields.pop("advocate", None)
        return form


class RecognitionPage(RecordPage):
    """One of them; what is missing before it may go up stands in its facts."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        context = super().get_context()
        if self.row.state != WallState.PUBLISHED:
            row = with_leave(self.resource.listed(self.membership).filter(pk=self.row.pk)).get()
            if missing := missing_words(row):
                context["facts"] = [(_("Before it goes up"), missing), *context["facts"]]
        return context


class RecognitionTable(Table):
    """Whom, what for, when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("What"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "recognition:detail", row.pk),
        ),
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind", phone=False),
        Column("period_on", gettext_lazy("For"), value="period_words", sort="period_on"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-period_on"

    def title(self, row: Any) -> str:
        return f"{row}, {row.advocate.name}"


class RecognitionFilter(FilterSet):
    """By whether it is on the wall, and kind."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=WallState.choices)
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=WallKind.choices)

    class Meta:
        model = Recognition
        fields: ClassVar[list[str]] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, address, title or company of the person."""
        for word in searched(value):
            queryset = queryset.filter(advocate_id__in=ids_of("advocate", word))
        return queryset


def facts_of(row: Recognition) -> list[tuple[Any, Any]]:
    """Names and values."""
    found: list[tuple[Any, Any]] = [
        (_("Who"), f"{row.advocate.name}, {row.advocate.account.name}"),
        (_("Kind"), row.get_kind_display()),
        (_("What it says"), row.text),
        (_("For"), row.period_words),
        (_("Names their company"), row.names_company),
    ]
    for label, value in (
        (_("On the wall since"), row.published_at if row.state == WallState.PUBLISHED else None),
        (_("Taken down"), row.ended_at),
        (_("Why it was taken down"), row.get_ended_by_display() if row.ended_by else ""),
    ):
        if value:
            found.append((label, value))
    return found
