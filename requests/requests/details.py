"""What a requester says, what a deal adds to it, and what must be right about it (REQ-1)."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.records.writes import tidy
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.accounts.sizes import segment_of
from advocates.countries import region_of
from advocates.models import ActivityType, Tag
from requests.models import Opportunity, Request
from requests.requests.choices import MeetingFormat
from requests.requests.levels import is_rush
from requests.requests.settings import Promises

#: Nobody plans a reference further ahead.
_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """What a requester says. Blank means not said; only type and date are always needed."""

    activity_type: ActivityType
    needed_by: date
    detail: str = ""
    needed_count: int = 1
    rush_reason: str = ""
    opportunity: Opportunity | None = None
    prospect: str = ""
    industry: str = ""
    segment: str = ""
    employees: int | None = None
    country: str = ""
    region: str = ""
    language: str = ""
    persona_function: str = ""
    persona_seniority: str = ""
    competitor: str = ""
    questions: str = ""
    meeting_format: str = MeetingFormat.VIDEO
    contacts: str = ""
    time_zone: str = ""
    is_confidential: bool = False
    intended_use: str = ""
    notes: str = ""
    tags: tuple[Tag, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """The fields of the row, text without surrounding blanks."""
        return {name: tidy(getattr(self, name)) for name in self.__slots__ if name != "tags"}


def filled_from(opportunity: Opportunity | None) -> dict[str, Any]:
    """What is known from a deal, by field of the request; nothing blank (REQ-1)."""
    if opportunity is None:
        return {}
    account = opportunity.account
    known: dict[str, Any] = {"prospect": opportunity.prospect}
    if account is not None:
        known |= {
            "industry": account.industry,
            "segment": account.segment or segment_of(account.employees),
            "employees": account.employees,
            "country": account.country,
            "region": account.region,
        }
    return {name: value for name, value in known.items() if value not in ("", None)}


def completed_by_opportunity(details: RequestDetails) -> RequestDetails:
    """The details with every gap filled that the opportunity fills; what was said stays."""
    known = filled_from(details.opportunity)
    gaps = {name: known[name] for name in known if getattr(details, name) in ("", None)}
    filled = replace(details, **gaps)
    if not filled.segment and filled.employees:
        filled = replace(filled, segment=segment_of(filled.employees))
    if not filled.region and filled.country:
        filled = replace(filled, region=region_of(filled.country))
    return filled


def settled(details: RequestDetails) -> RequestDetails:
    """Without the reason for a rush that is none: the day was moved away after it was given."""
    if not details.rush_reason:
        return details
    tenant = Tenant.objects.get(pk=current_tenant_id())
    if is_rush(calendar_of(tenant), clock.now(), details.needed_by):
        return details
    return replace(details, rush_reason="")


def check(request: Request) -> None:
    """Everything the fields themselves demand, all problems at once (BAD-1)."""
    names = {
        name
        for name in RequestDetails.__slots__
        if name not in ("tags", "activity_type", "opportunity")
    }
    skip = {f.name for f in request._meta.fields if f.name not in names}
    problems: dict[str, str] = {}
    try:
        request.clean_fields(exclude=skip)
    except ValidationError as error:
        problems = {name: " ".join(texts) for name, texts in error.message_dict.items()}
    if request.country and not (len(request.country) == 2 and request.country.isalpha()):
        problems["country"] = _("Use the two-letter code of a country, such as DE.")
    # Also keeps the day within what zones and business hours can be counted to.
    if request.needed_by.year > clock.now().year + _YEARS_AHEAD:
        problems["needed_by"] = _("Choose a day within the next %(years)d years.") % {
            "years": _YEARS_AHEAD
        }
    _refuse(request, problems)


def check_for_submission(request: Request, *, moved_date: bool) -> None:
    """What a draft may lack but a request may not."""
    _refuse(
        request,
        lacking(
            activity_type=request.activity_type,
            detail=request.detail,
            prospect=request.prospect,
            needed_by=request.needed_by if moved_date else None,
            rush_reason=request.rush_reason,
        ),
    )


def lacking(
    *,
    activity_type: ActivityType | None,
    detail: str,
    prospect: str,
    needed_by: date | None,
    rush_reason: str,
) -> dict[str, str]:
    """What keeps a request from being submitted, by field, as far as the rest of it is known."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    now, problems = clock.now(), {}
    if activity_type is not None and not activity_type.is_on:
        problems["activity_type"] = _("“%(type)s” is not offered at present.") % {
            "type": activity_type
        }
    if activity_type is not None and activity_type.carries_detail and not detail:
        problems["detail"] = (
            _("Say on which site; each site has a limit of its own.")
            if activity_type.is_on_site
            else _("Say on which topic; each topic has a limit of its own.")
        )
    if not prospect:
        problems["prospect"] = _("Say who it is for, or choose an opportunity.")
    if needed_by is not None and needed_by < clock.today(tenant.zone):
        problems["needed_by"] = _("This day is past; choose a later one.")
    elif needed_by is not None and not rush_reason and is_rush(calendar_of(tenant), now, needed_by):
        problems["rush_reason"] = _(
            "This is less than %(days)d business days' notice. Say why it cannot wait."
        ) % {"days": current(Promises).rush_business_days}
    return problems


def _refuse(request: Request, problems: dict[str, str]) -> None:
    if not problems:
        return
    sentence = " ".join(
        f"{str(request._meta.get_field(name).verbose_name).capitalize()}: {text}"  # type: ignore[union-attr]
        for name, text in problems.items()
    )
    raise DomainError(sentence, fields=problems)
