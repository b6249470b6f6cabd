"""What is told of a request stands on its deal's timeline as well (AUD-1)."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from requests.models import Request


def about(request: Request) -> list[models.Model]:
    """The records on whose timelines a request's events stand."""
    return request.about


def tell(
    verb: str, request: Request, actor: Actor, payload: Mapping[str, Any] | None = None
) -> None:
    """Record an event of a request, as :func:`advocacy.events.services.record` does."""
    record(verb, request, actor=actor, payload=payload, about=request.about)
