"""What stands for somebody without a name: only one colleague can use it, and it tells nothing.

No two are alike, not even of one person to one colleague, so that lists cannot be compared. It
opens no page; a request can be written with it.
"""

import hashlib
import hmac
import uuid
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.keys import cipher, secret_for
from advocacy.tenancy.models import Membership
from advocates.changes import tenant_today

_SALT, _ORDER_SALT = "requests.browsing.reference", "requests.browsing.order"
#: Long enough to write a request, or to keep a draft open over a holiday.
_LASTS = timedelta(days=14)
FIELD = "introduction"


def seal(viewer: Membership, advocate: uuid.UUID) -> str:
    """A reference to somebody for this member."""
    made = cipher(_SALT, _whose(viewer)).encrypt_at_time(advocate.bytes, _now())
    return made.decode().rstrip("=")


def unseal(viewer: Membership, reference: str) -> uuid.UUID:
    """Whom it stands for. ``DomainError`` at :data:`FIELD` for one that is none, too old or a
    colleague's.
    """
    given = reference.strip().encode(errors="replace")
    padded = given + b"=" * (-len(given) % 4)
    try:
        sealed = cipher(_SALT, _whose(viewer))
        found = sealed.decrypt_at_time(padded, int(_LASTS.total_seconds()), _now())
    except (InvalidToken, ValueError):
        raise too_old() from None
    return uuid.UUID(bytes=found)


def too_old() -> DomainError:
    """One refusal for whatever is wrong with a reference: it does not tell whether it was right."""
    text = _("This reference is not yours or too old. Look for somebody again, and ask from there.")
    return DomainError(text, fields={FIELD: text})


def shuffled(viewer: Membership, advocates: list[uuid.UUID]) -> list[uuid.UUID]:
    """In an order that says nothing: the same for a member all day, and another one tomorrow."""
    key = secret_for(_ORDER_SALT, f"{_whose(viewer)}:{tenant_today()}").encode()
    return sorted(advocates, key=lambda pk: hmac.digest(key, pk.bytes, hashlib.sha256))


def _whose(viewer: Membership) -> str:
    return f"{viewer.tenant_id}:{viewer.pk}"


def _now() -> int:
    return int(clock.now().timestamp())
