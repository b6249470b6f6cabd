"""``GET /healthz``: is everything there that must be there for promises to be kept?"""

from typing import Literal

import psycopg2
import redis
from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advocacy import heartbeat

State = Literal["ok", "failed", "unknown"]
UNKNOWN: State = "unknown"
# libpq rounds anything below two seconds up to two.
DATABASE_TIMEOUT_SECONDS = 2


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, Redis, worker and beat are alive, else 503 naming each that is not.

    Answers within about three seconds whatever is broken, needs no tenant and tells a stranger
    nothing but these four words.
    """
    checks: dict[str, State] = {"database": _database(), **_redis_and_processes()}
    healthy = all(state == "ok" for state in checks.values())
    return JsonResponse(
        {"status": "ok" if healthy else "failed", "checks": checks},
        status=200 if healthy else 503,
    )


def _database() -> State:
    """A connection of its own: the pool's may hang on a server that went away silently."""
    parameters = connections["default"].get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters |= {
        "connect_timeout": DATABASE_TIMEOUT_SECONDS,
        "tcp_user_timeout": DATABASE_TIMEOUT_SECONDS * 1000,
    }
    try:
        connection = psycopg2.connect(**parameters)
    except psycopg2.Error:
        return "failed"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except psycopg2.Error:
        return "failed"
    finally:
        connection.close()
    return "ok"


def _redis_and_processes() -> dict[str, State]:
    try:
        with heartbeat.client() as connection:
            alive = heartbeat.alive(connection)
    except redis.RedisError:
        # Without Redis nobody can tell about the others.
        return {"redis": "failed", **dict.fromkeys(heartbeat.PROCESSES, UNKNOWN)}
    states: dict[str, State] = {"redis": "ok"}
    for process, lives in alive.items():
        states[process] = "ok" if lives else "failed"
    return states
