"""Who may try how often to get in (ID-4): the one place that counts attempts.

Passwords for one account from one machine are counted by django-axes, everything else here: in
PostgreSQL, so that the count is the same for all processes and does not start anew when Redis
does. What a token may ask for in a minute is no defence but a courtesy, and counted in
``advocacy.rest.limits``.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.keys import signature
from advocacy.tenancy.models import Attempt

#: Longer than any limit looks back.
KEPT = timedelta(days=1)
#: How much of an IPv6 address a provider gives to one customer; the rest they choose themselves.
IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts of a kind within a time; the next has to wait."""

    kind: str
    most: int
    within: timedelta = timedelta(minutes=15)


class TooManyAttempts(DomainError):
    """A limit is reached. ``wait`` is the time until the next attempt counts again."""

    status = 429

    def __init__(self, wait: timedelta, message: str = "") -> None:
        self.wait = wait
        self.seconds = max(1, round(wait.total_seconds()))
        self.minutes = -(-self.seconds // 60)
        super().__init__(
            message
            or ngettext(
                "That was tried too often. Try again in %(minutes)d minute.",
                "That was tried too often. Try again in %(minutes)d minutes.",
                self.minutes,
            )
            % {"minutes": self.minutes},
            code="too_often",
        )


def attempted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The address somebody tries, in the one spelling that accounts have.

    Otherwise every way to write an address in capitals would bring fresh attempts.
    """
    name = (credentials or {}).get("username") or ""
    if not name and request is not None:
        name = request.POST.get("username", "")
    # Read from any form that was sent when somebody got in, so it may be anything.
    return str(name).replace("\x00", "").strip().lower()[:254]


def machine(request: HttpRequest) -> str:
    """The address a request comes from; of an IPv6 address the network, as its first address.

    Behind ``TRUSTED_PROXIES`` proxies of our own it is the entry that the outermost of them
    wrote; anything further left the sender could have made up. What is no address counts as the
    nearest proxy's.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    found = ""
    if proxies:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        found = _counted(chain[-proxies]) if len(chain) >= proxies else ""
    return found or _counted(nearest) or nearest


def _counted(text: str) -> str:
    """An address as it is counted; nothing for what is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    # An interface's zone (fe80::1%eth0) is no part of the network.
    plain = int(address)
    return str(ipaddress.IPv6Network((plain, IPV6_PREFIX), strict=False).network_address)


def _key(limit: Limit, who: str) -> str:
    return signature(f"advocacy.people.attempt.{limit.kind}", who)


@transaction.atomic
def take_attempt(limit: Limit, who: str) -> bool:
    """Count an attempt and say whether it may be made; one refused is not counted.

    Attempts of one kind by one party stand in line, so that many at once are not more than one
    after the other. Count before trying, and give back what turns out to be no failure
    (:func:`give_back`, :func:`forget_attempts`); the other way round many at once all pass. A
    transaction around it that is undone takes the count with it.
    """
    key = _key(limit, who)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    now = clock.now()
    made = Attempt.objects.filter(kind=limit.kind, key=key, at__gt=now - limit.within).count()
    if made >= limit.most:
        return False
    Attempt.objects.create(kind=limit.kind, key=key, at=now)
    return True


def require_attempt(limit: Limit, who: str, message: str = "") -> None:
    """:func:`take_attempt`, or :class:`TooManyAttempts` that says when to try again."""
    if not take_attempt(limit, who):
        raise TooManyAttempts(wait_for(limit, who), message)


def wait_for(limit: Limit, who: str) -> timedelta:
    """How long until the next attempt may be made; nothing while one may."""
    now = clock.now()
    latest = Attempt.objects.filter(
        kind=limit.kind, key=_key(limit, who), at__gt=now - limit.within
    ).order_by("-at", "-pk")[limit.most - 1 : limit.most]
    return max([attempt.at + limit.within - now for attempt in latest], default=timedelta())


@transaction.atomic
def give_back(limit: Limit, who: str) -> None:
    """Uncount the latest attempt: it was none of those the limit is about."""
    latest = (
        Attempt.objects.select_for_update(skip_locked=True)
        .filter(kind=limit.kind, key=_key(limit, who))
        .order_by("-at", "-pk")
        .first()
    )
    # Whoever gives back at the same moment takes another one.
    if latest is not None:
        latest.delete()


def forget_attempts(limit: Limit, who: str) -> None:
    """Start counting anew, after a success."""
    Attempt.objects.filter(kind=limit.kind, key=_key(limit, who)).delete()


def drop_old_attempts() -> None:
    """Delete what no limit looks at any more."""
    Attempt.objects.filter(at__lte=clock.now() - KEPT).delete()
