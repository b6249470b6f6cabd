"""The numbers of requests: promises, rush, matching (SET-1.e, REQ-2, MAT-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.identity.calendar_settings import WorkWeek, check_work_week
from advocacy.tenant_settings.families import Family, Problems, Standing, Stored
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    BUSINESS_HOURS,
    DAYS,
    PERCENT,
    Numbers,
    number,
)
from advocates.people.selectors import advocate_names
from requests.approvals.settings import Approving
from requests.browsing.settings import Browsing
from requests.case_subjects.settings import Proposing
from requests.forecasts.settings import Forecasting
from requests.gates.settings import FeedbackOwed, OnlyWhatIsUsed
from requests.matching.criteria import CRITERIA
from requests.matching.good_fits import standing_of_fits
from requests.matching.settings import GeneralWeights, Matching
from requests.shares.numbers import Sharing
from requests.supply.settings import Supplying

_PROMISES = gettext_lazy("What the requester is promised")
_CONFIRM: dict[str, Any] = {
    "unit": BUSINESS_DAYS,
    "low": 1,
    "high": 250,
    "part": gettext_lazy("Confirmed within"),
    "clause": "REQ-2.f",
}


@dataclass(frozen=True, slots=True)
class Promises(Numbers):
    """Service levels, in the tenant's business time."""

    store: ClassVar[str] = "requests"

    answer_hours: int = number(
        4,
        gettext_lazy("First answer by a person within"),
        unit=BUSINESS_HOURS,
        low=1,
        high=200,
        part=_PROMISES,
        clause="REQ-2.f",
    )
    amber_percent: int = number(
        75,
        gettext_lazy("Amber once so much of the time is gone"),
        unit=PERCENT,
        low=1,
        high=99,
        part=_PROMISES,
        clause="REQ-2.f",
    )
    rush_business_days: int = number(
        3,
        gettext_lazy("Less notice than this is a rush and needs a reason"),
        unit=BUSINESS_DAYS,
        high=60,
        part=_PROMISES,
        clause="REQ-2.g",
    )
    info_link_days: int = number(
        30,
        gettext_lazy("A question to the requester can be answered from the mail for"),
        unit=DAYS,
        low=1,
        high=365,
        part=_PROMISES,
        clause="REQ-2.b",
    )
    confirm_reference_call: int = number(2, gettext_lazy("Reference call"), **_CONFIRM)
    confirm_executive_reference_call: int = number(
        5, gettext_lazy("Executive reference call"), **_CONFIRM
    )
    confirm_case_study: int = number(20, gettext_lazy("Case study"), **_CONFIRM)
    confirm_low: int = number(2, gettext_lazy("Any other of low effort"), **_CONFIRM)
    confirm_moderate: int = number(5, gettext_lazy("Any other of moderate effort"), **_CONFIRM)
    confirm_high: int = number(20, gettext_lazy("Any other of high effort"), **_CONFIRM)


#: What changes who is a good fit.
_FITTING = frozenset(
    {"good_fit", "rotation_days", "similar_size"} | {f"weight_{name}" for name in CRITERIA}
)


def _check(values: Mapping[str, Any]) -> Problems:
    found = check_work_week(values)
    if not any(values[f"weight_{name}"] for name in CRITERIA):
        found[f"weight_{CRITERIA[0]}"] = _("Give at least one criterion more than 0.")
    return found


REQUESTS = Family(
    key="requests",
    title=gettext_lazy("Requests and matching"),
    text=gettext_lazy(
        "What requesters are promised, what a rush is, what makes a good fit, how likely a yes is."
    ),
    icon="git-pull-request",
    sources=(
        Stored(Promises),
        WorkWeek(),
        Stored(FeedbackOwed),
        Stored(OnlyWhatIsUsed),
        Stored(Approving),
        Stored(Matching),
        GeneralWeights(),
        Stored(Forecasting),
        Stored(Browsing),
        Stored(Supplying),
        Stored(Proposing),
        Stored(Sharing),
    ),
    check=_check,
    standings=(Standing(standing_of_fits, _FITTING),),
    names=advocate_names,
    related=(
        (gettext_lazy("Weights of single types"), "requests:weights"),
        (gettext_lazy("Was a yes as likely as we said?"), "requests:forecasts"),
        (gettext_lazy("Holidays and time zone"), "settings-calendar"),
    ),
)
