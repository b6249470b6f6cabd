"""Requests that wait for somebody: to triage, to ask, to schedule, to confirm, to answer."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.states import ActivityState
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import words
from advocacy.web.queue import QueueRow
from advocacy.web.urls import tenant_reverse
from advocates.countries import country_name
from requests.models import Ask, Request
from requests.states import AskState, RequestState

#: Fifteen minutes after a booked slot ends, it is time to ask whether it happened (ACT-4).
AFTER_SLOT = timedelta(minutes=15)


def end_of(day: date, membership: Membership) -> datetime:
    """The close of a member's working day; a date alone is due by then."""
    return datetime.combine(day, membership.tenant.work_ends, tzinfo=membership.zone)


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
    request: Request,
    membership: Membership,
    *,
    title: str,
    why: Iterable[str],
    label: str,
    due: datetime | None = None,
) -> QueueRow:
    url = tenant_reverse(membership.tenant, "requests:detail", request.pk)
    return QueueRow(
        id=f"request-{request.pk}",
        kind="requests",
        icon="git-pull-request",
        tone="info",
        title=title,
        why=" · ".join(part for part in why if part),
        url=url,
        due=due or end_of(request.needed_by, membership),
        action=(label, url, "get"),
    )


def _waits(request: Request) -> str:
    return _("%(name)s asked %(when)s") % {
        "name": request.requester.name,
        "when": words.since(request.submitted_at or request.created_at),
    }


def _needed_by(request: Request) -> str:
    return _("needed by %(day)s") % {"day": words.moment(request.needed_by)}


def waiting_for_triage(membership: Membership) -> QuerySet[Request]:
    """Requests nobody has answered, or that are being looked at with no ask out (REQ-2)."""
    if not membership.can("requests.triage"):
        return Request.objects.none()
    return _mine(_open(RequestState.SUBMITTED, RequestState.IN_REVIEW), membership)


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
        .annotate(playing=Coalesce(Subquery(playing), 0))
        .filter(playing__lt=F("needed_count"))
    )


def waiting_for_time(membership: Membership) -> QuerySet[Request]:
    """Somebody said yes; a time has to be picked, by the requester or the manager (FUL-1)."""
    requests = _open(RequestState.CONFIRMED)
    if membership.can("requests.triage"):
        return requests.filter(
            Q(manager=membership) | Q(manager__isnull=True) | Q(requester=membership)
        )
    return requests.filter(requester=membership)


def waiting_for_info(membership: Membership) -> QuerySet[Request]:
    """Questions back to the requester; the clock stands until they are answered (REQ-2)."""
    return _open(RequestState.NEEDS_INFO).filter(requester=membership)


def waiting_for_outcome(membership: Membership) -> QuerySet[Activity]:
    """Booked slots that are over and nobody has said whether they happened (ACT-4)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    over = (
        Activity.objects.filter(
            state=ActivityState.SCHEDULED, ends_at__lte=clock.now() - AFTER_SLOT
        )
        .select_related("advocate", "activity_type")
        .order_by("ends_at", "id")
    )
    if membership.can("requests.triage"):
        return over
    return over.filter(Q(owner=membership) | Q(advocate__account__owner=membership))


def to_triage(membership: Membership) -> list[QueueRow]:
    """Find somebody."""
    return [
        _row(
            request,
            membership,
            title=_("Find an advocate for %(deal)s") % {"deal": _subject(request)},
            why=[request.activity_type.name, _waits(request), _needed_by(request)],
            label=_("Match"),
            due=request.answer_due_at if request.answered_at is None else request.confirm_due_at,
        )
        for request in waiting_for_triage(membership)
    ]


def to_ask_next(membership: Membership) -> list[QueueRow]:
    """Ask the next in the ranking."""
    answers = (
        Ask.objects.exclude(state__in=[AskState.SENT, AskState.ACCEPTED])
        .select_related("advocate")
        .order_by("-answered_at", "-expires_at")
    )
    waiting = waiting_for_next_ask(membership).prefetch_related(
        Prefetch("asks", queryset=answers, to_attr="gone")
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
        rows.append(
            _row(
                request,
                membership,
                title=title,
                why=[gone[0].get_state_display() if gone else "", _needed_by(request)],
                label=_("Ask the next"),
                due=request.confirm_due_at,
            )
        )
    return rows


def to_schedule(membership: Membership) -> list[QueueRow]:
    """Pick one of the times the advocate offered."""
    return [
        _row(
            request,
            membership,
            title=_("Pick a time for the %(activity)s with %(deal)s")
            % {"activity": request.activity_type.name.lower(), "deal": _subject(request)},
            why=[_("the advocate said yes"), _needed_by(request)],
            label=_("Pick a time"),
        )
        for request in waiting_for_time(membership)
    ]


def to_answer(membership: Membership) -> list[QueueRow]:
    """Tell the program what it asked."""
    return [
        _row(
            request,
            membership,
            title=_("Answer a question about %(deal)s") % {"deal": _subject(request)},
            why=[request.state_reason, _needed_by(request)],
            label=_("Answer"),
        )
        for request in waiting_for_info(membership)
    ]


def to_confirm_happened(membership: Membership) -> list[QueueRow]:
    """Say whether it took place."""
    rows = []
    for activity in waiting_for_outcome(membership):
        assert activity.ends_at is not None and activity.starts_at is not None  # noqa: S101
        url = tenant_reverse(membership.tenant, "activities:detail", activity.pk)
        rows.append(
            QueueRow(
                id=f"happened-{activity.pk}",
                kind="requests",
                icon="calendar-question",
                tone="info",
                title=_("Did the %(activity)s of %(name)s happen?")
                % {"activity": activity.activity_type.name.lower(), "name": activity.advocate.name},
                why=" · ".join(
                    filter(
                        None,
                        [activity.purpose, words.moment(activity.starts_at), _("nobody has said")],
                    )
                ),
                url=url,
                due=end_of(
                    activity.ends_at.astimezone(membership.zone).date() + timedelta(days=1),
                    membership,
                ),
                action=(_("Yes or no"), url, "get"),
            )
        )
    return rows
