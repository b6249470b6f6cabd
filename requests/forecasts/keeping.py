"""What was said to whoever asked stays with the request, to be held against what happens."""

from typing import Any

from advocacy.tenant_settings.reading import current
from requests.forecasts.choices import Likeness
from requests.forecasts.history import Forecast, forecast
from requests.forecasts.settings import Forecasting
from requests.models import Request


def forecast_columns(request: Request) -> dict[str, Any]:
    """The columns of a request that is submitted now (TIMER-1.c)."""
    found = forecast(request.activity_type, industry=request.industry, region=request.region)
    return {
        "forecast_likeness": found.likeness,
        "forecast_asks": found.asks,
        "forecast_yes": found.yes,
        "forecast_minutes": found.minutes,
    }


def kept_forecast(request: Request) -> Forecast | None:
    """What was said then; nothing of a request from before anything was."""
    if request.forecast_asks is None:
        return None
    return Forecast(
        Likeness(request.forecast_likeness),
        request.forecast_asks,
        current(Forecasting).forecast_asks,
        request.forecast_yes,
        request.forecast_minutes,
    )
