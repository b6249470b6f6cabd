"""Requests that wait for somebody: to triage, to ask, to schedule, to confirm, to answer."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.countries import country_name
from requests.asks.choices import AskState
from requests.models import Ask, AskSlot, Request
from requests.requests.choices import RequestState
from requests.requests.selectors import people_meet

#: Fifteen minutes after a booked slot ends, it is time to ask whether it happened (ACT-4).
AFTER_SLOT = timedelta(minutes=15)


def _mine(requests: QuerySet[Request], membership: Membership) -> QuerySet[Request]:
    """A manager's own requests and those nobody looks after yet."""
    return requests.filter(Q(manager=membership) | Q(manager__isnull=True))


def _open(*states: str) -> QuerySet[Request]:
    return (
        Request.objects.filter(state__in=states)
        .select_related("activity_type", "opportunity", "requester__user")
        .order_by("needed_by", "number")
    )


def _subject(request: Request) -> str:
    """A deal in a few words: "Isdom · €450k · Healthcare"."""
    parts = [request.prospect or _("a prospect")]
    deal = request.opportunity
    if deal is not None and deal.amount is not None:
        currency = deal.currency or request.tenant.currency
        parts.append(words.money(deal.amount, currency, short=True))
    parts += [part for part in (request.industry.lower(), country_name(request.country)) if part]
    return " · ".join(parts)


def _row(
    code: str,
    request: Request,
    membership: Membership,
    *,
    title: str,
    why: Iterable[str],
    label: str,
    step: str = "detail",
) -> QueueRow:
    """A row of a request; its panel is the request's own, or a ``step`` of it."""
    url = tenant_reverse(membership.tenant, f"requests:{step}", request.pk)
    return QueueRow(
        id=key_of(code, request.pk),
        kind="requests",
        icon="git-pull-request",
        tone="info",
        title=title,
        why=" · ".join(part for part in why if part),
        url=url,
        due=request.due,  # type: ignore[attr-defined]
        action=(label, url, "panel"),
        panel=True,
    )


def _waits(request: Request) -> str:
    return _("%(name)s asked %(when)s") % {
        "name": request.requester.name,
        "when": words.since(request.submitted_at or request.created_at),
    }


def _needed_by(request: Request) -> str:
    return _("needed by %(day)s") % {"day": words.moment(request.needed_by)}


def _closing(membership: Membership) -> Func:
    return closing_time(F("needed_by"), membership)


def waiting_for_triage(membership: Membership) -> QuerySet[Request]:
    """Requests nobody has answered, or that are being looked at with no ask out (REQ-2)."""
    if not membership.can("requests.triage"):
        return Request.objects.none()
    return _mine(_open(RequestState.SUBMITTED, RequestState.IN_REVIEW), membership).annotate(
        due=Coalesce(
            Case(When(answered_at=None, then="answer_due_at"), default="confirm_due_at"),
            _closing(membership),
        )
    )


def waiting_for_next_ask(membership: Membership) -> QuerySet[Request]:
    """Requests in outreach with too few people still in play (ASK-1)."""
    if not membership.can("requests.triage"):
        return Request.objects.none()
    playing = (
        Ask.objects.filter(request=OuterRef("pk"), state__in=[AskState.SENT, AskState.ACCEPTED])
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        _mine(_open(RequestState.OUTREACH), membership)
        .annotate(
            playing=Coalesce(Subquery(playing), 0),
            due=Coalesce("confirm_due_at", _closing(membership)),
        )
        .filter(playing__lt=F("needed_count"))
    )


def waiting_for_time(membership: Membership) -> QuerySet[Request]:
    """Somebody said yes; a time has to be picked, by the requester or the manager (FUL-1)."""
    offered = (
        AskSlot.objects.filter(
            ask__request=OuterRef("pk"),
            ask__state=AskState.ACCEPTED,
            offered=True,
            starts_at__gt=clock.now(),
        )
        .order_by("starts_at")
        .values("starts_at")[:1]
    )
    # By then the first of the times offered has passed.
    requests = (
        _open(RequestState.CONFIRMED)
        .filter(people_meet())
        .annotate(due=Least(Subquery(offered), _closing(membership)))
    )
    if membership.can("requests.triage"):
        return requests.filter(
            Q(manager=membership) | Q(manager__isnull=True) | Q(requester=membership)
        )
    return requests.filter(requester=membership)


def waiting_for_info(membership: Membership) -> QuerySet[Request]:
    """Questions back to the requester; the clock stands until they are answered (REQ-2)."""
    waiting = _open(RequestState.NEEDS_INFO).filter(requester=membership)
    return waiting.annotate(due=_closing(membership))


def waiting_for_outcome(membership: Membership) -> QuerySet[Activity]:
    """Booked slots that are over and nobody has said whether they happened (ACT-4)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    next_day = Func(
        TruncDate("ends_at", tzinfo=membership.zone),
        Value(1),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateField(),
    )
    over = (
        Activity.objects.filter(
            state=ActivityState.SCHEDULED, ends_at__lte=clock.now() - AFTER_SLOT
        )
        .select_related("advocate", "activity_type")
        .annotate(due=closing_time(next_day, membership))
        .order_by("ends_at", "id")
    )
    if membership.can("requests.triage"):
        return over
    return over.filter(Q(owner=membership) | Q(advocate__account__owner=membership))


def waiting_for_delivery(membership: Membership) -> QuerySet[Activity]:
    """What somebody said yes to and does by themselves: a testimonial, a review (ASK-1)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    promised = Ask.objects.filter(
        ~people_meet("request__"), activity=OuterRef("pk"), state=AskState.ACCEPTED
    ).values("request__needed_by")[:1]
    coming = (
        Activity.objects.filter(state=ActivityState.ACCEPTED)
        .select_related("advocate__account", "activity_type")
        .annotate(needed_by=Subquery(promised))
        .filter(needed_by__isnull=False)
        .annotate(due=closing_time(F("needed_by"), membership))
        .order_by("needed_by", "id")
    )
    if membership.can("requests.triage"):
        return coming
    return coming.filter(Q(owner=membership) | Q(advocate__account__owner=membership))


def to_triage(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Find somebody."""
    return [
        _row(
            "triage",
            request,
            membership,
            title=_("Find an advocate for %(deal)s") % {"deal": _subject(request)},
            why=[request.activity_type.name, _waits(request), _needed_by(request)],
            label=_("Match"),
        )
        for request in waiting_for_triage(membership).filter(pk__in=pks)
    ]


def to_ask_next(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Ask the next in the ranking."""
    answers = (
        Ask.objects.exclude(state__in=[AskState.SENT, AskState.ACCEPTED])
        .select_related("advocate")
        .order_by("-answered_at", "-expires_at")
    )
    waiting = (
        waiting_for_next_ask(membership)
        .filter(pk__in=pks)
        .prefetch_related(Prefetch("asks", queryset=answers, to_attr="gone"))
    )
    rows = []
    for request in waiting:
        gone: list[Ask] = request.gone  # type: ignore[attr-defined]
        title = (
            _("%(name)s cannot: ask the next for %(deal)s")
            % {"name": gone[0].advocate.name, "deal": _subject(request)}
            if gone
            else _("Ask the next for %(deal)s") % {"deal": _subject(request)}
        )
        said = gone[0].decline_reason or gone[0].get_state_display() if gone else ""
        rows.append(
            _row(
                "next",
                request,
                membership,
                title=title,
                why=[said, _needed_by(request)],
                label=_("Ask the next"),
            )
        )
    return rows


def to_schedule(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Pick one of the times the advocate offered."""
    return [
        _row(
            "time",
            request,
            membership,
            title=_("Pick a time for the %(activity)s with %(deal)s")
            % {"activity": request.activity_type.name.lower(), "deal": _subject(request)},
            why=[_("the advocate said yes"), _needed_by(request)],
            label=_("Pick a time"),
        )
        for request in waiting_for_time(membership).filter(pk__in=pks)
    ]


def to_answer(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Tell the program what it asked."""
    return [
        _row(
            "answer",
            request,
            membership,
            title=_("Answer a question about %(deal)s") % {"deal": _subject(request)},
            why=[request.state_reason, _needed_by(request)],
            label=_("Answer"),
            step="give-info",
        )
        for request in waiting_for_info(membership).filter(pk__in=pks)
    ]


def to_confirm_happened(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Say whether it took place."""
    rows = []
    for activity in waiting_for_outcome(membership).filter(pk__in=pks):
        booked = words.moment(activity.starts_at) if activity.starts_at else ""
        rows.append(
            _activity_row(
                "happened",
                activity,
                membership,
                title=_("Did the %(activity)s of %(name)s happen?"),
                why=[activity.purpose, booked, _("nobody has said")],
                label=_("Yes or no"),
                icon="calendar-question",
            )
        )
    return rows


def to_collect(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Record what an advocate does by themselves as soon as it is there."""
    rows = []
    for activity in waiting_for_delivery(membership).filter(pk__in=pks):
        by = words.moment(activity.needed_by)  # type: ignore[attr-defined]
        rows.append(
            _activity_row(
                "collect",
                activity,
                membership,
                title=_("Is the %(activity)s of %(name)s there?"),
                why=[activity.purpose, _("said yes"), _("needed by %(day)s") % {"day": by}],
                label=_("Record it"),
                icon="package-import",
            )
        )
    return rows


def _activity_row(
    code: str,
    activity: Activity,
    membership: Membership,
    *,
    title: str,
    why: Iterable[str],
    label: str,
    icon: str,
) -> QueueRow:
    """A row about something an advocate does; its panel is the activity's own."""
    url = tenant_reverse(membership.tenant, "activities:detail", activity.pk)
    return QueueRow(
        id=key_of(code, activity.pk),
        kind="requests",
        icon=icon,
        tone="info",
        title=title
        % {"activity": activity.activity_type.name.lower(), "name": activity.advocate.name},
        why=" · ".join(part for part in why if part),
        url=url,
        due=activity.due,  # type: ignore[attr-defined]
        action=(label, url, "panel"),
        panel=True,
    )
