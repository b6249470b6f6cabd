"""How long a request takes, in the business time of the tenant's calendar (MET-1.g, REQ-2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import DurationField, F, Func, QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.calendar import BusinessCalendar, calendar_of
from reporting.metrics import sums
from reporting.metrics.definitions import Metric, Reading
from reporting.metrics.frame import Frame, day_length
from requests.models import Request


class OpenTime(Func):
    """The time between two moments in which a calendar is open, as
    ``BusinessCalendar.hours_between`` counts it.
    """

    output_field = DurationField()

    def __init__(self, first: str, last: str, calendar: BusinessCalendar) -> None:
        super().__init__(F(first), F(last))
        self.calendar = calendar

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_extra: Any
    ) -> tuple[str, list[Any]]:
        """A sum over the days between; the two moments are plain columns."""
        first, last = (compiler.compile(each)[0] for each in self.source_expressions)
        calendar = self.calendar
        zone, days = str(calendar.zone), [int(each) for each in calendar.work_days]
        sql = f"""(
            SELECT coalesce(sum(greatest(interval '0',
                     least({last}, (d + %s::time) AT TIME ZONE %s)
                     - greatest({first}, (d + %s::time) AT TIME ZONE %s))), interval '0')
              FROM generate_series(date_trunc('day', {first} AT TIME ZONE %s),
                                   date_trunc('day', {last} AT TIME ZONE %s),
                                   interval '1 day') AS d
             WHERE extract(isodow FROM d) = ANY(%s::int[]) AND NOT d::date = ANY(%s::date[]))"""  # noqa: S608 - columns of the model
        edges = [str(calendar.ends), zone, str(calendar.starts), zone, zone, zone]
        return sql, [*edges, days, sorted(calendar.holidays)]


def _filled(frame: Frame) -> QuerySet[Request]:
    rows = Request.objects.filter(submitted_at__isnull=False, **frame.moments_of("confirmed_at"))
    took = OpenTime("submitted_at", "confirmed_at", calendar_of(frame.tenant))
    return rows.annotate(part=took)


def _median(rows: QuerySet[Any], frame: Frame) -> Reading:
    """In business days: ``part`` is business time."""
    found = sums.median_hours(rows, frame)
    if found.value is None:
        return found
    return replace(found, value=found.value / (day_length(frame.tenant) / timedelta(hours=1)))


BUSINESS_TIME_TO_FILL = Metric(
    code="business_time_to_fill",
    name=_("Time to fill, in business days"),
    formula=_(
        "median business time from a request's submission to its confirmation: your working hours,"
        " without days off and holidays; a business day is as long as one of yours"
    ),
    unit="business_days",
    days=90,
    target=2,
    higher_is_better=False,
    source=_("requests that were confirmed"),
    dated=_("the day the request was confirmed"),
    rows=_filled,
    sums=_median,
    paths={
        "segment": "segment",
        "region": "region",
        "type": "activity_type",
        "team": "requester__role",
    },
)
