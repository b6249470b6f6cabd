"""Numbers of people, and what they are taken apart by (MET-1.a, REP-1.b)."""

from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from advocates.models import Advocate, Participation, Tier, TierChange
from advocates.people.choices import ENROLLED
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import UnitState
from reporting.metrics import sums
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame

_ONE = Value(1, output_field=IntegerField())
#: Which effort is the highest, of those a person gave.
RANK = {Effort.LOW: 1, Effort.MODERATE: 2, Effort.HIGH: 3}
#: In addresses: who gave nothing yet.
NOTHING = "nothing"
_PATHS = {"segment": "account__segment", "region": "account__region"}


def _enrolled(frame: Frame) -> QuerySet[Advocate]:
    rows = Advocate.objects.filter(status__in=sorted(ENROLLED)).exclude(enrolled_at__gte=frame.end)
    return rows.annotate(part=_ONE)


def with_highest(rows: QuerySet[Any], until: datetime) -> QuerySet[Any]:
    """People with ``highest``: the rank of the highest effort they gave before a moment, 0 without
    any.
    """
    rank = Case(
        *(When(effort=effort, then=Value(at)) for effort, at in RANK.items()),
        output_field=IntegerField(),
    )
    highest = (
        Participation.objects.filter(
            advocate=OuterRef("pk"), state=UnitState.COMPLETED, completed_at__lt=until
        )
        .order_by()
        .values("advocate")
        .annotate(highest=Max(rank))
        .values("highest")
    )
    return rows.annotate(highest=Coalesce(Subquery(highest), 0))


def with_tier(rows: QuerySet[Any], until: datetime) -> QuerySet[Any]:
    """People with ``held``: the tier that the changes before a moment say, None without any."""
    changes = TierChange.objects.filter(advocate=OuterRef("pk"), at__lt=until)
    return rows.annotate(held=Subquery(changes.order_by("-at", "-id").values("to_tier")[:1]))


def _of_effort(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    ranks = {NOTHING: 0, **{str(effort.value): at for effort, at in RANK.items()}}
    return with_highest(rows, frame.end).filter(highest=ranks.get(frame.of, -1))


def _everybody(_frame: Frame) -> QuerySet[Advocate]:
    return Advocate.objects.annotate(part=_ONE)


def _of_tier_or_status(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    what, _colon, key = frame.of.partition(":")
    if what == "tier":
        tier = Tier.objects.filter(code=key).values("pk")
        return with_tier(rows, frame.end).filter(held__in=tier)
    return rows.filter(status=key) if what == "status" else rows.none()


ENROLLED_NOW = Metric(
    code="enrolled",
    name=_("Enrolled advocates"),
    formula=_("who is in the program"),
    unit="count",
    days=365,
    source=_("who is enrolled now, and was by the end of the period"),
    dated=_("the day somebody joined"),
    rows=_enrolled,
    sums=sums.count,
    paths={"segment": "account__segment", "region": "account__region"},
    pick=_of_effort,
)
EVERYBODY = Metric(
    code="everybody",
    name=_("People we know"),
    formula=_("everybody at accounts, in the program or not"),
    unit="count",
    days=365,
    source=_("people; their status is that of now, their tier that of the end of the period"),
    dated=_("now, whatever the period"),
    rows=_everybody,
    sums=sums.count,
    paths=_PATHS,
    pick=_of_tier_or_status,
    has_past=False,
)
