"""What is derived from the server's key: the newest one makes, older ones still count.

``SECRET_KEY_FALLBACKS`` holds the older ones for as long as something made with them is out.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def keys() -> Iterator[str]:
    """The server's keys, newest first."""
    yield settings.SECRET_KEY
    yield from map(str, settings.SECRET_KEY_FALLBACKS)


def signature(salt: str, text: str) -> str:
    """HMAC-SHA256 of a text in hex, under a key derived for the purpose ``salt`` names."""
    return _sign(salt, text, settings.SECRET_KEY)


def is_signed(salt: str, text: str, given: str) -> bool:
    """Whether :func:`signature` made ``given`` for this text, under any key of the settings."""
    return any(constant_time_compare(_sign(salt, text, key), given) for key in keys())


def _sign(salt: str, text: str, key: str) -> str:
    return salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest()
