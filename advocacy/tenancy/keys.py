"""What is derived from the server's key: the newest one makes, older ones still count.

``SECRET_KEY_FALLBACKS`` holds the older ones for as long as something made with them is out. All of
it is one HMAC-SHA256 under a key of its own for each purpose, which its salt names. A salt is never
changed: what people have in their mail, and what tables hold, was made with it.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterator, Sequence

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

#: Letters that 256 random bits take in an address, and those of a tenant's id.
_RANDOM, _ENDING = 43, 22


def signature(salt: str, text: str) -> str:
    """What tells that we wrote a text, or stands for it in a table; in hex."""
    return next(_macs(salt, text)).hex()


def is_signed(salt: str, text: str, given: str) -> bool:
    """Whether :func:`signature` made ``given`` for this text, under any key of the settings."""
    return any(constant_time_compare(mac.hex(), given) for mac in _macs(salt, text))


def secret_for(salt: str, text: str) -> str:
    """The secret that opens what ``text`` names, fit for an address; no table has to hold it."""
    return _word(next(_macs(salt, text)))


def secret_behind(
    salt: str, text: str, digest: str, *, endings: Sequence[str] = ("",)
) -> str | None:
    """What :func:`secret_for` returned when its digest was kept, whatever key was the newest then.

    ``endings`` are what may have been put behind it. ``None`` when that key is not in the settings
    any more.
    """
    for mac in _macs(salt, text):
        for ending in endings:
            secret = _word(mac) + ending
            if constant_time_compare(secret_digest(secret), digest):
                return secret
    return None


def tenant_ending(tenant_id: uuid.UUID) -> str:
    """What a secret ends with, so that its tenant is known before its row is looked for.

    At its end, since a token's beginning tells it from others in a list. It opens nothing and hides
    nothing: whoever makes one up has the secret looked for in that tenant, and not found.
    """
    return _word(tenant_id.bytes)


def tenant_in(secret: str) -> uuid.UUID | None:
    """The tenant that a secret ends with; ``None`` for one made before secrets did."""
    word = secret[-_ENDING:]
    if len(secret) < _RANDOM + _ENDING:
        return None
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{word}=="))
    except ValueError:
        return None


def secret_digest(secret: str) -> str:
    """How a secret is stored: SHA-256 in hex. The secrets carry 256 random bits, so no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def cipher(salt: str, text: str) -> MultiFernet:
    """What seals a column of the one row that ``text`` names; nothing else opens with it.

    A value copied into another row is as unreadable there as one whose key is gone.
    """
    return MultiFernet([Fernet(base64.urlsafe_b64encode(mac)) for mac in _macs(salt, text)])


def _macs(salt: str, text: str) -> Iterator[bytes]:
    """Newest key first."""
    for key in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        yield salted_hmac(salt, text, secret=key, algorithm="sha256").digest()


def _word(mac: bytes) -> str:
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
