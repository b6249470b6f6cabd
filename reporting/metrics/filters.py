"""Which days and which part of the program an address asks about (REP-1.c): the same words on every
page, over REST and in a file's address.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.web.filters import FilterSet
from advocates.accounts.choices import Region, Segment
from advocates.forms import DateInput
from advocates.models import ActivityType, SavedSegment
from advocates.segments.narrowing import segments_for_numbers
from reporting.metrics.frame import Frame
from requests.models import Opportunity

#: Days that are offered; any others are said by the first and the last of them.
PERIODS = {
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("12 months"),
}
_TEAMS = (Role.SALES, Role.CSM, Role.MARKETING, Role.PROGRAM_MANAGER)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the filters read of a request: who asks."""

    membership: Membership


def _segments(request: Any) -> QuerySet[SavedSegment]:
    member = getattr(request, "membership", None)
    return segments_for_numbers(member) if member else SavedSegment.objects.none()


class FrameFilter(FilterSet):
    """Period, segment, region, team, type, saved segment. It narrows no rows: the frame does."""

    primary = 4

    period = django_filters.ChoiceFilter(
        label=gettext_lazy("Period"), choices=list(PERIODS.items()), method="untouched"
    )
    segment = django_filters.ChoiceFilter(
        label=gettext_lazy("Segment"), choices=Segment.choices, method="untouched"
    )
    region = django_filters.ChoiceFilter(
        label=gettext_lazy("Region"), choices=Region.choices, method="untouched"
    )
    team = django_filters.ChoiceFilter(
        label=gettext_lazy("Team"),
        choices=[(role.value, role.label) for role in _TEAMS],
        method="untouched",
    )
    type = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Activity"),
        queryset=lambda _request: ActivityType.objects.all(),
        to_field_name="code",
        empty_label=gettext_lazy("Activity: any"),
        method="untouched",
    )
    in_segment = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Saved segment"),
        queryset=_segments,
        empty_label=gettext_lazy("Saved segment: any"),
        method="untouched",
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("From"), widget=DateInput(), method="untouched"
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("Until"), widget=DateInput(), method="untouched"
    )
    of = django_filters.CharFilter(
        label=gettext_lazy("Part"), max_length=120, method="untouched", widget=forms.HiddenInput()
    )

    class Meta:
        model = Opportunity
        fields: list[str] = []

    def untouched(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """As it is."""
        return queryset


def frame_of(params: QueryDict, member: Membership, *, days: int, strict: bool = False) -> Frame:
    """What a member asks for in an address; ``days`` up to today where it names none.

    On a page what makes no sense is passed over, as in every list; ``strict`` raises
    ``DomainError`` at its parameter.
    """
    tenant = member.tenant
    asking: Any = _Asking(member)
    form = FrameFilter(params, queryset=Opportunity.objects.none(), request=asking).form
    if not form.is_valid() and strict:
        fields = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise DomainError(next(iter(fields.values())), fields=fields)
    said: Mapping[str, Any] = form.cleaned_data
    first, last = _days_of(said, tenant, days)
    problem = _problem(first, last, said)
    if problem and strict:
        raise DomainError(next(iter(problem.values())), fields=problem)
    if problem:
        first, last = _days_of({}, tenant, days)
    kind = said.get("type")
    return Frame(
        tenant,
        first,
        last,
        segment=said.get("segment") or "",
        region=said.get("region") or "",
        type=kind.pk if kind else None,
        team=said.get("team") or "",
        among=said.get("in_segment"),
        of=said.get("of") or "",
    )


def segment_asked(member: Membership, key: str, *, strict: bool = False) -> SavedSegment | None:
    """The saved segment of that key, if a member may use it; ``strict`` raises ``DomainError``
    where there is none, else it is passed over.
    """
    try:
        found = segments_for_numbers(member).filter(pk=UUID(key)).first() if key else None
    except ValueError:
        found = None
    if key and found is None and strict:
        problem = _("There is no such saved segment.")
        raise DomainError(problem, fields={"in_segment": problem})
    return found


def _days_of(said: Mapping[str, Any], tenant: Tenant, days: int) -> tuple[date, date]:
    last = said.get("until") or clock.today(tenant.zone)
    long = int(said.get("period") or days)
    return said.get("since") or max(_EARLIEST, last) - timedelta(days=long - 1), last


def _problem(first: date, last: date, said: Mapping[str, Any]) -> dict[str, str]:
    if not _EARLIEST <= last <= _LATEST:
        return {"until": _("Choose a day from 2000 to 2099.")}
    if said.get("since") and first < _EARLIEST:
        return {"since": _("Choose a day from 2000 to 2099.")}
    if first > last:
        return {"since": _("The first day cannot be after the last.")}
    return {}


def query_of(params: QueryDict, *, without: Collection[str] = (), **more: str) -> str:
    """The part of an address that asks for the same frame elsewhere, but for some of it."""
    names = ("period", "segment", "region", "team", "type", "in_segment", "since", "until", "of")
    kept = QueryDict(mutable=True)
    for name in names:
        if params.get(name) and name not in without:
            kept[name] = str(params[name])
    for name, value in more.items():
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""
