"""What of requests waits on Today: to find somebody, to answer a question (REQ-2)."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Case, F, Func, Q, QuerySet, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.countries import country_name
from requests.models import Request
from requests.requests.choices import RequestState

#: However late in the day a question comes, so long it is not overdue.
_TO_ANSWER = timedelta(hours=1)
#: So long after a reference somebody may say how its deal ended, if it does not close later.
_TO_HEAR = timedelta(days=7)


def waiting_for_triage(membership: Membership) -> QuerySet[Request]:
    """Requests nobody has answered, or that are being looked at with no ask out (REQ-2)."""
    if not membership.can("requests.triage"):
        return Request.objects.none()
    return mine(
        open_requests(RequestState.SUBMITTED, RequestState.IN_REVIEW).filter(approval_since=None),
        membership,
    ).annotate(
        due=Coalesce(
            Case(When(answered_at=None, then="answer_due_at"), default="confirm_due_at"),
            closing_of(membership),
        )
    )


def to_triage(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Find somebody."""
    return [
        request_row(
            "triage",
            request,
            membership,
            title=_("Find an advocate for %(deal)s") % {"deal": subject_of(request)},
            why=[request.activity_type.name, _waits(request), needed_by_text(request)],
            label=_("Match"),
        )
        for request in waiting_for_triage(membership).filter(pk__in=pks)
    ]


def waiting_for_info(membership: Membership) -> QuerySet[Request]:
    """Questions back to the requester; the clock stands until they are answered (REQ-2)."""
    waiting = open_requests(RequestState.NEEDS_INFO).filter(requester=membership)
    # The program waits and its clock stands: due on the day it was asked, whenever it is needed.
    asked = TruncDate("paused_at", tzinfo=membership.zone)
    now = Greatest(closing_time(asked, membership), F("paused_at") + _TO_ANSWER)
    return waiting.annotate(due=Coalesce(now, closing_of(membership)))


def to_answer(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Tell the program what it asked."""
    return [
        request_row(
            "answer",
            request,
            membership,
            title=_("Answer a question about %(deal)s") % {"deal": subject_of(request)},
            why=[request.state_reason, needed_by_text(request)],
            label=_("Answer"),
            step="give-info",
        )
        for request in waiting_for_info(membership).filter(pk__in=pks)
    ]


def waiting_for_outcome(membership: Membership) -> QuerySet[Request]:
    """What took place and whose deal goes on: the advocate waits to hear how it ends (FUL-3)."""
    over = open_requests(RequestState.COMPLETED).filter(requester=membership)
    closes = closing_time(F("opportunity__closes_on"), membership)
    done = F("completed_at") + _TO_HEAR
    return over.annotate(due=Coalesce(Greatest(closes, done), closing_of(membership)))


def to_close(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Say how the deal ended."""
    return [
        request_row(
            "outcome",
            request,
            membership,
            title=_("How did it end with %(deal)s?") % {"deal": subject_of(request)},
            why=[request.activity_type.name, _("the advocate hears what came of it")],
            label=_("Tell us"),
            step="close",
        )
        for request in waiting_for_outcome(membership).filter(pk__in=pks)
    ]


WORK = (
    Work(
        "triage",
        "requests",
        waiting_for_triage,
        to_triage,
        promised=True,
        handover="requests.triage",
    ),
    Work("answer", "requests", waiting_for_info, to_answer),
    Work("outcome", "requests", waiting_for_outcome, to_close),
)


# -- what kinds of work about requests share -----------------------------------------------------


def mine(requests: QuerySet[Request], membership: Membership) -> QuerySet[Request]:
    """A manager's own requests and those nobody looks after yet."""
    return requests.filter(Q(manager=membership) | Q(manager__isnull=True))


def open_requests(*states: str) -> QuerySet[Request]:
    """Requests in these states, the next to be needed first, with what a row reads of them."""
    return (
        Request.objects.filter(state__in=states)
        .select_related("activity_type", "opportunity", "requester__user")
        .order_by("needed_by", "number")
    )


def subject_of(request: Request) -> str:
    """A deal in a few words: "Isdom · €450k · Healthcare"."""
    parts = [request.prospect or _("a prospect")]
    deal = request.opportunity
    if deal is not None and deal.amount is not None:
        currency = deal.currency or request.tenant.currency
        parts.append(words.money(deal.amount, currency, short=True))
    parts += [part for part in (request.industry.lower(), country_name(request.country)) if part]
    return " · ".join(parts)


def request_row(
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


def needed_by_text(request: Request) -> str:
    """By when, as a row says it."""
    return _("needed by %(day)s") % {"day": words.moment(request.needed_by)}


def closing_of(membership: Membership) -> Func:
    """Due by the close of the member's working day on which it is needed."""
    return closing_time(F("needed_by"), membership)
