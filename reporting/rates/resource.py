"""The manifest of exchange rates (MET-6.b)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from reporting.rates import api, pages, selectors, services
from reporting.rates.models import ExchangeRate

RATES = Resource(
    name="rates",
    model=ExchangeRate,
    subject="row",
    title=_("Exchange rates"),
    answer=ngettext_lazy("%(count)s exchange rate", "%(count)s exchange rates", "n"),
    new_label=_("Write a rate"),
    icon="coin",
    nav_item="impact",
    view="rates.view",
    edit="rates.edit",
    listed=selectors.listed_rates,
    table=pages.RateTable,
    search=("currency",),
    form=pages.RateForm,
    facts=pages.facts_of,
    pages={"list": pages.RateList},
    more_urls=[path("import/", pages.ImportRates.as_view(), name="import")],
    empty_text=_(
        "Deals in another currency than yours count as money only with a rate of the day they"
        " closed. Type rates, import a file, or send them over REST."
    ),
    create=services.write_rate,
    update=services.update_rate,
    verbs={
        "rate.written": (_("wrote an exchange rate"), "coin", "neutral"),
        "rate.changed": (_("corrected an exchange rate"), "pencil", "neutral"),
        "rate.imported": (_("imported exchange rates"), "upload", "neutral"),
    },
    serializer=api.ExchangeRateSerializer,
    api_fields=api.ExchangeRateSerializer.Meta.fields,
    api_filters=("currency", "base", "on"),
    api_ordering=("-on", "created_at"),
)
