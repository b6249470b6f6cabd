"""What sign-in throttling counts by (ID-4)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def attempted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The address somebody tries, in the one spelling that accounts have.

    Otherwise every way to write an address in capitals would bring fresh attempts.
    """
    name = (credentials or {}).get("username") or ""
    if not name and request is not None:
        name = request.POST.get("username", "")
    return str(name).strip().lower()
