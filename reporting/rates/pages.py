"""Exchange rates in a browser: list, form, and many from a file."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.records.pages import RecordList
from advocacy.web.formatting import day
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocacy.web.views.base import PageAction
from advocates.forms import DateInput
from reporting.rates import services
from reporting.rates.models import ExchangeRate

#: Bytes of a file; more is no list of rates.
_LARGEST = 4_000_000


class RateForm(TenantModelForm):
    """One rate."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "on", "rate")
        widgets: ClassVar[dict[str, Any]] = {"on": DateInput()}
        help_texts: ClassVar[dict[str, Any]] = {
            "currency": gettext_lazy("Three letters, such as USD."),
            "on": gettext_lazy("It holds from this day on, until the next rate."),
            "rate": gettext_lazy("What one unit is worth in your base currency."),
        }


def worth(row: ExchangeRate) -> str:
    """ "0.92 EUR"."""
    return f"{row.rate.normalize():f} {row.base}"


class RateTable(Table):
    """The newest first."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "currency",
            gettext_lazy("Currency"),
            sort="currency",
            url=lambda row, request: tenant_reverse(request, "rates:detail", row.pk),
        ),
        Column("on", gettext_lazy("From"), sort="on"),
        Column(
            "rate",
            gettext_lazy("One is worth"),
            value=worth,
            sort="rate",
            align="end",
            export=lambda row: row.rate,
        ),
        Column("base", gettext_lazy("In"), hidden=True),
    )
    default_sort: ClassVar[str] = "-on"


def facts_of(row: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Currency"), row.currency),
        (_("From"), day(row.on)),
        (_("One is worth"), worth(row)),
    ]


class RateList(RecordList):
    """With a way to bring many."""

    abstract = True

    def get_header_actions(self) -> list[PageAction]:
        found = super().get_header_actions()
        if self.membership.can("rates.edit"):
            upload = tenant_reverse(self.request, "rates:import")
            found.insert(0, PageAction(_("Import a file"), upload, "upload"))
        return found


class ImportForm(forms.Form):
    """A CSV file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "With the columns on (2026-01-31), currency (USD) and rate: what one unit is worth in"
            " your base currency. What is there for a day is overwritten."
        ),
    )

    def clean_file(self) -> str:
        """Its text."""
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("The file is too large; split it."))
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Save the file as CSV in UTF-8.")) from None


class ImportRates(FormPage):
    """Many at once, all or nothing."""

    permission: ClassVar[str] = "rates.edit"
    nav_item: ClassVar[str] = "impact"
    form_class = ImportForm
    title = gettext_lazy("Import exchange rates")
    submit_label = gettext_lazy("Import")

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "rates:list")
        return {"crumbs": [(url, _("Exchange rates"))]}

    def perform(self, form: Any) -> int:
        return services.import_rates(actor=self.actor, text=form.cleaned_data["file"])

    def get_success_message(self, result: int) -> str:
        return ngettext("%(n)d rate taken.", "%(n)d rates taken.", result) % {"n": result}

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "rates:list")

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "rates:list")
