"""The process environment, parsed once. Nothing else in the project reads ``os.environ``."""

import os
from urllib.parse import urlsplit

import dj_database_url


def text(name: str, default: str | None = None) -> str:
    """Value of a variable; without a default a missing one stops start-up with its name."""
    value = os.environ.get(name, default)
    if value is None:
        raise SystemExit(f"{name} is not set; docs/operations.md lists what production needs")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on in any case."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Whole number; anything else stops start-up with the variable's name."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not {value!r}") from None


def words(name: str, default: str = "") -> list[str]:
    """Comma-separated list without empty items."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def database(name: str, default: str | None = None, *, keep_seconds: int = 0) -> dict[str, object]:
    """Django database settings from a connection URL (percent-encoded host: a unix socket).

    ``keep_seconds`` is how long a connection serves one request after the other. Nothing of a
    request stays behind in it: what belongs to a tenant is set for a transaction only.
    """
    config = dict(dj_database_url.parse(text(name, default), conn_max_age=keep_seconds))
    config["ENGINE"] = "advocacy.tenancy.backend"
    config["ATOMIC_REQUESTS"] = False
    config["CONN_HEALTH_CHECKS"] = True
    return config


def broker(redis_url: str) -> str:
    """A Redis URL as Celery spells it: ``unix://`` sockets become ``redis+socket://``."""
    if not redis_url.startswith("unix://"):
        return redis_url
    parts = urlsplit(redis_url)
    query = parts.query.replace("db=", "virtual_host=")
    return f"redis+socket://{parts.path}?{query}"
