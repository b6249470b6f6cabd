"""Where the embedded services of this checkout live; pure functions of the checkout's path.

Sockets live in a short directory named after a hash of the checkout's path, because a unix
socket's path may hold only about 100 characters and two checkouts must never share a server.
"""

import hashlib
from pathlib import Path
from typing import Literal
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
Instance = Literal["run", "test"]

SUPERUSER = "postgres"
OWNER_ROLE = "advocacy_owner"
APP_ROLE = "advocacy_app"
DATABASE = "advocacy"


def data_dir(instance: Instance = "run") -> Path:
    """Directory that keeps the data of one instance (``run`` survives, ``test`` is scratch)."""
    return ROOT / ".data" / instance


def short_name(data: Path) -> str:
    """Name, unique for a data directory, for folders that must lie outside the checkout."""
    return f"advocacy-{hashlib.sha256(str(data).encode()).hexdigest()[:10]}"


def socket_dir(instance: Instance = "run") -> Path:
    """Short private directory for the unix sockets of one instance."""
    return socket_dir_of(data_dir(instance))


def socket_dir_of(data: Path) -> Path:
    """Short private directory for the unix sockets that belong to a data directory."""
    # Not tempfile's choice: every process has to come to the same answer, and it must be short.
    return Path("/tmp") / short_name(data)  # noqa: S108


def outside_store_of(data: Path) -> Path:
    """Where the services keep their files when their user cannot reach the data directory."""
    return Path("/var/tmp") / short_name(data)  # noqa: S108


def database_url(role: str, instance: Instance = "run") -> str:
    """Connection URL of the embedded PostgreSQL for a role."""
    return database_url_of(data_dir(instance), role)


def database_url_of(data: Path, role: str) -> str:
    """Connection URL, for a role, of the PostgreSQL that belongs to a data directory."""
    return f"postgresql://{role}@{quote(str(socket_dir_of(data)), safe='')}/{DATABASE}"


def redis_url(instance: Instance = "run", database: int = 0) -> str:
    """Connection URL of the embedded Redis."""
    return redis_url_of(data_dir(instance), database)


def redis_url_of(data: Path, database: int = 0) -> str:
    """Connection URL of the Redis that belongs to a data directory."""
    return f"unix://{socket_dir_of(data)}/redis.sock?db={database}"
