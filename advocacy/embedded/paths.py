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

OWNER_ROLE = "advocacy_owner"
APP_ROLE = "advocacy_app"
DATABASE = "advocacy"


def data_dir(instance: Instance = "run") -> Path:
    """Directory that keeps the data of one instance (``run`` survives, ``test`` is scratch)."""
    return ROOT / ".data" / instance


def socket_dir(instance: Instance = "run") -> Path:
    """Short private directory for the unix sockets of one instance."""
    digest = hashlib.sha256(str(data_dir(instance)).encode()).hexdigest()[:10]
    return Path("/tmp") / f"advocacy-{digest}"


def database_url(role: str, instance: Instance = "run") -> str:
    """Connection URL of the embedded PostgreSQL for a role."""
    return f"postgresql://{role}@{quote(str(socket_dir(instance)), safe='')}/{DATABASE}"


def redis_url(instance: Instance = "run", database: int = 0) -> str:
    """Connection URL of the embedded Redis."""
    return f"unix://{socket_dir(instance)}/redis.sock?db={database}"

