"""On which clock the prospect lives, and how we know (FUL-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from advocates.zones import clocks_of
from requests.models import Request


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``said`` by somebody, known from the ``country``, the ``likely`` one of a country with
    several, or for want of anything the ``company``'s own.
    """

    zone: ZoneInfo
    source: Literal["said", "country", "likely", "company"]
    country: str = ""
    #: The country's other clocks.
    others: Sequence[str] = ()

    @property
    def is_assumed(self) -> bool:
        """Whether it may well be another one."""
        return self.source in ("likely", "company")


def whereabouts_of(request: Request) -> Whereabouts:
    """What the request says, else its country or the deal's account's."""
    if request.time_zone:
        return Whereabouts(ZoneInfo(request.time_zone), "said")
    deal = request.opportunity
    account = deal.account if deal is not None and not request.country else None
    country = request.country or (account.country if account else "")
    clocks = clocks_of(country)
    if not clocks:
        return Whereabouts(request.tenant.zone, "company")
    source: Literal["country", "likely"] = "likely" if clocks[1:] else "country"
    return Whereabouts(ZoneInfo(clocks[0]), source, country, clocks[1:])


def prospect_zone(request: Request) -> ZoneInfo | None:
    """Where the prospect is as far as anything of theirs tells."""
    found = whereabouts_of(request)
    return None if found.source == "company" else found.zone
