"""Which clocks a country lives by, so that nobody has to be asked where one is enough (FUL-1)."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from advocacy import clock

#: Of countries with several clocks the one most people there live by.
_MAIN = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CN": "Asia/Shanghai",
    "FM": "Pacific/Pohnpei",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
}


def clocks_of(country: str) -> tuple[str, ...]:
    """A zone for each clock of a country, from a year's hours; where most people live comes first.

    Nothing for a code that is no country's.
    """
    return _clocks(country.upper(), clock.now().year)


@cache
def _clocks(country: str, year: int) -> tuple[str, ...]:
    names = _zones().get(country, ())
    main = _MAIN.get(country)
    by_hours: dict[tuple[timedelta | None, ...], str] = {}
    for name in sorted(names, key=lambda name: name != main):
        by_hours.setdefault(_hours(name, year), name)
    return tuple(by_hours.values())


def _hours(name: str, year: int) -> tuple[timedelta | None, ...]:
    """What a zone's clocks show over a year, week by week."""
    zone, first = ZoneInfo(name), datetime(year, 1, 1, tzinfo=UTC)
    return tuple((first + timedelta(weeks=n)).astimezone(zone).utcoffset() for n in range(53))


@cache
def _zones() -> dict[str, list[str]]:
    """Zones by country, as the time zone database lists them."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _place, name, *_comment = line.split("\t")
            found[code].append(name)
    return found
