"""What content does for the program (MET-2)."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from reporting.metrics import sums
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame
from requests.models import Request


def _answered(frame: Frame) -> QuerySet[Request]:
    rows = Request.objects.filter(**frame.moments_of("content_answers__at"))
    return rows.annotate(part=F("content_answers__saved"))


ASKS_SAVED = Metric(
    code="asks_saved",
    name=_("Asks saved by content"),
    formula=_("requests that content answered before anybody was asked, each counted once"),
    unit="count",
    days=365,
    source=_("requests closed with “This answers it”"),
    dated=_("the day it was said"),
    rows=_answered,
    sums=sums.count,
    paths={
        "segment": "segment",
        "region": "region",
        "type": "activity_type",
        "team": "requester__role",
    },
)

METRICS = (ASKS_SAVED,)
