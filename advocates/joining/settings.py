"""The family of recruiting: thresholds, ideal customer, periods, health lines (SET-1.b)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Standing, Stored
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.settings import DAYS, POINTS
from advocates.accounts.choices import Segment
from advocates.accounts.selectors import health_limits
from advocates.accounts.sizes import CompanySizes, SizesOfAccounts
from advocates.changes import tenant_today
from advocates.erasure_requests.numbers import ErasureNumbers
from advocates.joining.criteria import months_before
from advocates.joining.numbers import Recruiting
from advocates.models import Advocate
from advocates.moments.numbers import MomentNumbers
from advocates.people.choices import ENROLLED
from advocates.people.selectors import CANDIDATES, advocate_names
from advocates.pool.numbers import PoolNumbers
from advocates.program.settings import PolicyColumn, PolicyColumns
from advocates.scoring.settings import Scored

_HEALTH = gettext_lazy("Companies in difficulties")
_POOL = gettext_lazy("The community pool")
#: What makes a candidate, and so says who is one.
_THRESHOLDS = frozenset(
    {"health_from", "tenure_months", "nps_from", "nps_months"}
    | {"profile_industries", "profile_sizes", "profile_regions"}
)

HEALTH_LINES = PolicyColumns(
    (
        PolicyColumn(
            name="health_hold_below", part=_HEALTH, clause="ACC-2.a", unit=POINTS, high=100
        ),
        PolicyColumn(
            name="health_warn_below", part=_HEALTH, clause="ACC-2.a", unit=POINTS, high=100
        ),
    )
)


POOL_LINES = PolicyColumns(
    (
        PolicyColumn(name="pool_per_year", part=_POOL, clause="TIER-9.c", high=52),
        PolicyColumn(name="pool_gap_days", part=_POOL, clause="TIER-9.c", unit=DAYS, high=365),
    )
)


def _check(values: Mapping[str, Any]) -> Problems:
    found: Problems = {}
    if values["health_warn_below"] < values["health_hold_below"]:
        found["health_warn_below"] = _("Not below the %(hold)d that holds.") % {
            "hold": values["health_hold_below"]
        }
    if values["enterprise_from"] <= values["mid_market_from"]:
        found["enterprise_from"] = _("More than the %(least)d of the size below.") % {
            "least": values["mid_market_from"]
        }
    if values["fresh_days"] < values["react_days"]:
        found["fresh_days"] = _("Not fewer than the %(days)d days to make something of it.") % {
            "days": values["react_days"]
        }
    for name in ("updates_address", "community_address"):
        if values[name] and not _is_address(values[name]):
            found[name] = _("Enter an address that begins with https://.")
    return found


def _is_address(text: str) -> bool:
    try:
        URLValidator(schemes=["https"])(text)
    except ValidationError:
        return False
    return True


def _health() -> dict[uuid.UUID, str]:
    """The enrolled by their account's health."""
    bands = {
        "hold": _("the account's health holds"),
        "warn": _("the account's health warns"),
        "good": _("the account is healthy"),
        "unknown": _("the account's health is unknown"),
    }
    limits = health_limits()
    enrolled = Advocate.objects.filter(status__in=sorted(ENROLLED))
    return {
        who: bands[limits.band(health)]
        for who, health in enrolled.values_list("pk", "account__health")
    }


def _sizes() -> dict[uuid.UUID, str]:
    """Everybody known, by the size of their company."""
    words: dict[str, str] = {"": _("size of the company unknown")}
    for size in Segment:
        words[size.value] = _("at a company of the size: %(size)s") % {"size": size.label}
    return {
        who: words[size] for who, size in Advocate.objects.values_list("pk", "account__segment")
    }


def _candidates() -> dict[uuid.UUID, str]:
    """Candidates by the thresholds."""
    candidates = Advocate.objects.filter(status__in=[str(status) for status in CANDIDATES])
    fitting = set(
        candidates.alias(trade=Lower("account__industry"))
        .filter(_thresholds())
        .values_list("pk", flat=True)
    )
    meets, lacks = _("candidate, meets the thresholds"), _("candidate, below a threshold")
    return {
        who: meets if who in fitting else lacks for who in candidates.values_list("pk", flat=True)
    }


def _thresholds() -> Q:
    numbers, today = current(Recruiting), tenant_today()
    oldest = months_before(today, numbers.nps_months)
    own = Q(nps__isnull=False, nps_on__gte=oldest)
    company = Q(account__nps_on__gte=oldest, account__nps__gte=numbers.nps_from)
    found = (
        Q(account__health__gte=numbers.health_from)
        & Q(account__customer_since__lte=months_before(today, numbers.tenure_months))
        & (own & Q(nps__gte=numbers.nps_from) | ~own & company)
    )
    if numbers.profile_industries:
        found &= Q(trade__in=[name.lower() for name in numbers.profile_industries])
    if numbers.profile_sizes:
        found &= Q(account__segment__in=numbers.profile_sizes)
    if numbers.profile_regions:
        found &= Q(account__region__in=numbers.profile_regions)
    return found


RECRUITING = Family(
    key="recruiting",
    title=gettext_lazy("Recruiting"),
    text=gettext_lazy(
        "Who is a candidate, the ideal customer, periods, sizes, moments, lines of health."
    ),
    icon="user-plus",
    sources=(
        Scored(Recruiting),
        SizesOfAccounts(CompanySizes),
        Stored(MomentNumbers),
        Stored(ErasureNumbers),
        HEALTH_LINES,
        POOL_LINES,
        Stored(PoolNumbers),
    ),
    check=_check,
    standings=(
        Standing(_health, frozenset({"health_hold_below", "health_warn_below"})),
        Standing(_candidates, _THRESHOLDS),
        Standing(_sizes, frozenset({"enterprise_from", "mid_market_from"})),
    ),
    names=advocate_names,
)
