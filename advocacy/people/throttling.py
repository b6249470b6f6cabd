"""Who may try how often to get in (ID-4).

Passwords are counted by django-axes, everything else here: in PostgreSQL, so that the count is
the same for all processes and does not start anew when Redis does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from advocacy import clock
from advocacy.people.models import Attempt

#: Longer than any limit looks back.
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts of a kind within a time; the next has to wait."""

    kind: str
    most: int
    within: timedelta = timedelta(minutes=15)


LINKS_PER_ADDRESS = Limit("link-address", 4)
LINKS_PER_MACHINE = Limit("link-machine", 20)
LINKS_OPENED_PER_MACHINE = Limit("link-opened", 40)


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
    """The address a request comes from.

    Behind ``TRUSTED_PROXIES`` proxies of our own it is the entry that the outermost of them
    wrote; anything further left the sender could have made up.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return nearest
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return chain[-proxies] if len(chain) >= proxies and chain[-proxies] else nearest


def _key(limit: Limit, who: str) -> str:
    return salted_hmac(f"advocacy.people.attempt.{limit.kind}", who, algorithm="sha256").hexdigest()


@transaction.atomic
def take_attempt(limit: Limit, who: str) -> bool:
    """Count an attempt and say whether it may be made; one refused is not counted.

    Attempts of one kind by one party stand in line, so that many at once are not more than one
    after the other.
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


def forget_attempts(limit: Limit, who: str) -> None:
    """Start counting anew, after a success."""
    Attempt.objects.filter(kind=limit.kind, key=_key(limit, who)).delete()


def drop_old_attempts() -> None:
    """Delete what no limit looks at any more."""
    Attempt.objects.filter(at__lte=clock.now() - KEPT).delete()
