"""How many requests a token may make (API-3): a counter per token and minute in Redis.

A limit is a courtesy to the neighbours, not a promise: when Redis is down nobody is refused, and
after a failure Redis is left alone for a few seconds, so that no request waits for it.
"""

import logging
import time
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings

from advocacy import clock

log = logging.getLogger(__name__)

WINDOW = 60
PATIENCE = 0.3
REST = 5

_rest_until = 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a token stands in this minute; ``reset`` counts the seconds to the next."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """As a client reads it."""
        found = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return {**found, "Retry-After": str(self.reset)} if self.exceeded else found


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def take(digest: str) -> Allowance | None:
    """Count one request of a token; None when nobody counts because Redis is down."""
    global _rest_until  # noqa: PLW0603 - one breaker per process
    if time.monotonic() < _rest_until:
        return None
    window, into = divmod(int(clock.now().timestamp()), WINDOW)
    key = f"rest:{digest[:32]}:{window}"
    try:
        with _client(settings.REDIS_URL).pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, 2 * WINDOW)
            used = int(pipe.execute()[0])
    except (OSError, redis.RedisError) as error:
        _rest_until = time.monotonic() + REST
        log.warning("nobody counts the requests of tokens: %s", error)
        return None
    limit = settings.API_REQUESTS_PER_MINUTE
    return Allowance(limit, max(0, limit - used), WINDOW - into, exceeded=used > limit)
