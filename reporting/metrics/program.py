"""How the program itself does (MET-1)."""

from typing import Any

from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocates.joining.choices import InvitationState
from advocates.models import Advocate, Participation, ProgramInvitation
from advocates.people.choices import ENROLLED
from advocates.people.selectors import NOTHING_LEFT, enrolled_advocates
from advocates.program.ledger.choices import UnitState
from advocates.workload.selectors import asks_sent, busiest_tenth
from benefits.thanks.choices import ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.selectors import fell_due
from reporting.metrics import sums
from reporting.metrics.deals import yes_if
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame
from reporting.metrics.spread import off_fair_share
from requests.asks.choices import AskState
from requests.models import Ask, Request

_ANSWERED = (
    AskState.DECLINED,
    AskState.LATER,
    AskState.SOMEONE_ELSE,
    AskState.EXPIRED,
)
#: A yes stays one when the call was cancelled afterwards, which withdraws its ask.
_SAID_YES = Q(state=AskState.ACCEPTED) | Q(state=AskState.CANCELLED, answered_at__isnull=False)
_LENGTH: Any = DurationField()
_ONE = Value(1, output_field=IntegerField())
_NOTHING = Value(None, output_field=IntegerField())
_OF_PERSON = {"segment": "account__segment", "region": "account__region"}
_OF_ADVOCATE = {"segment": "advocate__account__segment", "region": "advocate__account__region"}


def _thanked(frame: Frame) -> QuerySet[ThankYou]:
    in_time = Q(state=ThankYouState.DONE, done_at__lte=F("due_at"))
    return fell_due(frame.start, frame.end).annotate(part=yes_if(in_time))


def _filled(frame: Frame) -> QuerySet[Request]:
    took = ExpressionWrapper(F("confirmed_at") - F("submitted_at"), output_field=_LENGTH)
    rows = Request.objects.filter(submitted_at__isnull=False, **frame.moments_of("confirmed_at"))
    return rows.annotate(part=took)


def _answered(frame: Frame) -> QuerySet[Ask]:
    answered = _SAID_YES | Q(state__in=_ANSWERED)
    rows = Ask.objects.filter(answered, **frame.moments_of("sent_at"))
    return rows.annotate(part=yes_if(_SAID_YES))


def _gave(frame: Frame) -> Exists:
    """Whether an advocate completed something in the frame."""
    rows = Participation.objects.filter(
        advocate=OuterRef("pk"), state=UnitState.COMPLETED, **frame.moments_of("completed_at")
    )
    return Exists(rows.filter(activity_type=frame.type) if frame.type else rows)


def _engaged(frame: Frame) -> QuerySet[Advocate]:
    rows = Advocate.objects.filter(status__in=sorted(ENROLLED)).exclude(enrolled_at__gte=frame.end)
    return rows.annotate(part=yes_if(_gave(frame)))


def _on_the_busiest(frame: Frame) -> QuerySet[Participation]:
    found = busiest_tenth(frame.start, frame.end)
    rows = asks_sent(frame.start, frame.end)
    if not found.people:
        return rows.none().annotate(part=_NOTHING)
    return rows.annotate(part=yes_if(Q(advocate__in=found.people)))


def _asked(frame: Frame) -> QuerySet[Participation]:
    return asks_sent(frame.start, frame.end).annotate(part=_NOTHING)


def _invited(frame: Frame) -> QuerySet[ProgramInvitation]:
    rows = ProgramInvitation.objects.exclude(state=InvitationState.WITHDRAWN)
    accepted = yes_if(Q(state=InvitationState.ACCEPTED))
    return rows.filter(**frame.moments_of("sent_at")).annotate(part=accepted)


def _accepted(frame: Frame) -> QuerySet[Activity]:
    rows = Activity.objects.filter(**frame.moments_of("accepted_at"))
    return rows.annotate(part=yes_if(Q(state=ActivityState.COMPLETED)))


def _first_activities(frame: Frame) -> QuerySet[Advocate]:
    """Who joined in the frame; ``part`` is nothing for who has given nothing yet."""
    first = (
        Participation.objects.filter(
            advocate=OuterRef("pk"),
            state=UnitState.COMPLETED,
            completed_at__gte=OuterRef("enrolled_at"),
        )
        .order_by()
        .values("advocate")
        .annotate(first=Min("completed_at"))
        .values("first")
    )
    took = ExpressionWrapper(Subquery(first) - F("enrolled_at"), output_field=_LENGTH)
    return Advocate.objects.filter(**frame.moments_of("enrolled_at")).annotate(part=took)


def completed(frame: Frame) -> QuerySet[Activity]:
    """What advocates did in the frame."""
    rows = Activity.objects.filter(state=ActivityState.COMPLETED, **frame.moments_of("happened_at"))
    return rows.annotate(part=_ONE)


def _full(_frame: Frame) -> QuerySet[Advocate]:
    return enrolled_advocates().filter(NOTHING_LEFT).annotate(part=_ONE)


THANKED_IN_TIME = Metric(
    code="thanked_in_time",
    name=_("Thanked in time"),
    formula=_("thank-yous sent in time / all that fell due, unsent included"),
    unit="share",
    days=30,
    target=0.95,
    source=_("thank-yous; apologies and what was voided are none"),
    dated=_("the day the thank-you fell due"),
    rows=_thanked,
    sums=sums.share,
    paths={**_OF_ADVOCATE, "type": "activity__activity_type", "team": "owner__role"},
)
TIME_TO_FILL = Metric(
    code="time_to_fill",
    name=_("Time to fill"),
    formula=_("median time from a request's submission to its confirmation"),
    unit="hours",
    days=90,
    target=48,
    higher_is_better=False,
    source=_("requests that were confirmed"),
    dated=_("the day the request was confirmed"),
    rows=_filled,
    sums=sums.median_hours,
    paths={
        "segment": "segment",
        "region": "region",
        "type": "activity_type",
        "team": "requester__role",
    },
)
ASK_ACCEPTANCE = Metric(
    code="ask_acceptance",
    name=_("Asks accepted"),
    formula=_("asks accepted / asks answered or expired"),
    unit="share",
    days=90,
    source=_("asks that went out"),
    dated=_("the day the ask went out"),
    rows=_answered,
    sums=sums.share,
    paths={**_OF_ADVOCATE, "type": "request__activity_type", "team": "request__requester__role"},
)
ENGAGEMENT = Metric(
    code="engagement",
    name=_("Engaged advocates"),
    formula=_("enrolled advocates with a completed activity in a year / all enrolled"),
    unit="share",
    days=365,
    source=_("who is enrolled now, and was by the end of the period"),
    dated=_("the day the activity was completed"),
    rows=_engaged,
    sums=sums.share,
    paths={**_OF_PERSON, "type": None},
)
RECRUITING = Metric(
    code="recruitment",
    name=_("Invitations accepted"),
    formula=_("invitations into the program that were accepted / all that went out"),
    unit="share",
    days=365,
    source=_("invitations; withdrawn ones are none"),
    dated=_("the day the invitation went out"),
    rows=_invited,
    sums=sums.share,
    paths={**_OF_ADVOCATE, "team": "sender__role"},
)
COMPLETION = Metric(
    code="completion",
    name=_("Activities completed"),
    formula=_("activities completed / activities accepted, also those still to come"),
    unit="share",
    days=365,
    source=_("activities that were accepted"),
    dated=_("the day the activity was accepted"),
    rows=_accepted,
    sums=sums.share,
    paths={**_OF_ADVOCATE, "type": "activity_type", "team": "owner__role"},
)
FIRST_ACTIVITY = Metric(
    code="first_activity",
    name=_("Time to first activity"),
    formula=_("median time from joining the program to the first completed activity"),
    unit="days",
    days=365,
    higher_is_better=False,
    source=_("who joined; who has given nothing yet is not counted"),
    dated=_("the day somebody joined"),
    rows=_first_activities,
    sums=sums.median_days,
    paths=_OF_PERSON,
)
ACTIVITIES = Metric(
    code="activities",
    name=_("Activities"),
    formula=_("completed activities of every type"),
    unit="count",
    days=365,
    source=_("activities"),
    dated=_("the day the activity took place"),
    rows=completed,
    sums=sums.count,
    paths={**_OF_ADVOCATE, "type": "activity_type", "team": "owner__role"},
)
BUSIEST_TENTH = Metric(
    code="busiest_tenth",
    name=_("Asks on the busiest tenth"),
    formula=_("asks sent to the tenth of enrolled advocates asked most / all asks"),
    unit="share",
    days=365,
    target=0.25,
    higher_is_better=False,
    source=_("asks that went out, whatever for"),
    dated=_("the day somebody was asked"),
    rows=_on_the_busiest,
    sums=sums.share,
)
ASKS_BY_SEGMENT = Metric(
    code="asks_by_segment",
    name=_("Asks off a fair spread over segments"),
    formula=_(
        "share of asks that would have to go to people at companies of another size for every"
        " segment to be asked as often as its share of the enrolled"
    ),
    unit="share",
    days=365,
    higher_is_better=False,
    source=_("asks that went out, whatever for, and who is enrolled now"),
    dated=_("the day somebody was asked"),
    rows=_asked,
    sums=off_fair_share,
)
AT_LIMIT = Metric(
    code="at_limit",
    name=_("At their yearly limit"),
    formula=_("enrolled advocates whose units of a year are all taken"),
    unit="count",
    days=365,
    higher_is_better=False,
    source=_("who is enrolled now"),
    dated=_("now, whatever the period"),
    rows=_full,
    sums=sums.count,
    paths=_OF_PERSON,
    has_past=False,
)

METRICS = (
    THANKED_IN_TIME,
    TIME_TO_FILL,
    ASK_ACCEPTANCE,
    ENGAGEMENT,
    BUSIEST_TENTH,
    ASKS_BY_SEGMENT,
    AT_LIMIT,
    RECRUITING,
    COMPLETION,
    FIRST_ACTIVITY,
    ACTIVITIES,
)
