"""The forecast beside a form that is being filled in, before anything is submitted (TIMER-1.a)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form

from advocates.countries import region_of
from requests.forecasts.history import forecast
from requests.forecasts.words import said, which

#: The fields that say which asks are like this one.
TELLING = ("activity_type", "industry", "country", "region")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and of which asks."""

    said: str
    which: str


def foretold_of(form: Form) -> Said | None:
    """Of a form as it stands; nothing while it does not say what is needed."""
    kind, industry, country, region = (_value(form, name) for name in TELLING)
    if kind is None:
        return None
    market = {
        "industry": str(industry or "").strip(),
        "region": region or region_of(country or ""),
    }
    found = forecast(kind, **market)
    return Said(said(found), which(found, kind, **market))


def _value(form: Form, name: str) -> Any:
    """What stands in a field, as far as it can be understood."""
    try:
        return form.fields[name].clean(form[name].value()) or None
    except ValidationError:
        return None
