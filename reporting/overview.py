"""What goes on besides the queue, for roles that look after something of their own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.urls import tenant_reverse
from advocates.accounts.selectors import health_limits, held_accounts
from advocates.models import Account
from requests.asks.selectors import asked_at_accounts_of
from requests.models import Ask, Request
from requests.requests.presentation import next_for, title_of
from requests.requests.selectors import under_way

#: A card beside the queue is no list; its heading leads to one.
SHOWN = 6

_NOTHING: dict[str, tuple[str | Promise, str | Promise]] = {
    Role.PROGRAM_MANAGER: (
        _("Nothing waits for you"),
        _("New requests, thank-yous and answers turn up here, the most urgent first."),
    ),
    Role.ADMIN: (
        _("Nothing waits for you"),
        _("Requests nobody looks after, nominations and what you own turn up here."),
    ),
    Role.SALES: (
        _("Nothing waits for you"),
        _("When a time has to be picked or a question answered for your deal, it turns up here."),
    ),
    Role.CSM: (
        _("Nothing waits for you"),
        _("Thank-yous to your customers and what became of your nominations turn up here."),
    ),
    Role.MARKETING: (
        _("Nothing waits for you"),
        _("What became of the people you nominated and answers to your requests turn up here."),
    ),
    Role.PRODUCT: (
        _("Nothing waits for you"),
        _("What advocates say about the product, and waits for your answer, turns up here."),
    ),
    Role.EXECUTIVE: (
        _("Nothing to sign"),
        _("After a talk or a case study a note from you means most; a draft waits here then."),
    ),
    Role.APPROVER: (
        _("Nothing to approve"),
        _(
            "Requests that you approve before a customer is asked turn up here. For the rest"
            " colleagues ask you themselves, and note your answer on the person's page."
        ),
    ),
}


def nothing_for(membership: Membership) -> tuple[str | Promise, str | Promise]:
    """Title and text of an empty queue: what will turn up there for this role."""
    return _NOTHING[membership.role]


@dataclass(frozen=True, slots=True)
class Standing:
    """A request of one's own: where it stands and what comes next."""

    request: Request
    title: str
    next: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody at an account of one's own who is being asked, or has agreed."""

    ask: Ask
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class OwnAccounts:
    """How one's own accounts do, each figure with the list behind it."""

    total: int
    url: str
    figures: list[tuple[str | Promise, int, str, str]]


def own_requests(membership: Membership) -> list[Standing]:
    """What a member asked for and is under way."""
    if not membership.can("requests.submit"):
        return []
    return [
        Standing(
            request,
            title_of(request),
            next_for(request, membership, out=request.out, yes=request.yes),  # type: ignore[attr-defined]
            tenant_reverse(membership.tenant, "requests:detail", request.pk),
        )
        for request in under_way(membership)[:SHOWN]
    ]


def asked_at_own_accounts(membership: Membership) -> list[Asked]:
    """Who is being asked at a CSM's accounts: they should never hear it from the customer."""
    if membership.role != Role.CSM:
        return []
    return [
        Asked(
            ask,
            title_of(ask.request),
            tenant_reverse(membership.tenant, "requests:detail", ask.request_id),
        )
        for ask in asked_at_accounts_of(membership)[:SHOWN]
    ]


def own_accounts(membership: Membership) -> OwnAccounts | None:
    """A CSM's accounts: how many, how many on hold, and whose health needs care (ACC-2)."""
    if membership.role != Role.CSM:
        return None
    limits = health_limits()
    counts: dict[str, Any] = Account.objects.filter(owner=membership).aggregate(
        total=Count("pk"),
        hold=Count("pk", filter=limits.condition("hold")),
        warn=Count("pk", filter=limits.condition("warn")),
    )
    held = held_accounts().filter(owner=membership).count()
    base = tenant_reverse(membership.tenant, "accounts:list")

    def url(**query: str) -> str:
        return f"{base}?{urlencode({'owner': str(membership.pk), **query})}"

    return OwnAccounts(
        counts["total"],
        url(),
        [
            (_("On hold"), held, "warning", url(held="yes")),
            (_("Health too low to ask"), counts["hold"], "danger", url(health="hold")),
            (_("Health needs care"), counts["warn"], "warning", url(health="warn")),
        ],
    )
