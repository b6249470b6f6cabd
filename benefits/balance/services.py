"""Keeping the balances in line with what was given and got (BEN-6.a).

What changes one person's figures writes theirs in the same transaction; the night sees to what
grew too old.
"""

import uuid
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from advocacy import clock
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.people.choices import ENROLLED
from benefits.balance.numbers import Balancing
from benefits.balance.statement import STATEMENT
from benefits.settings import Giving


def period_start() -> datetime:
    """What happened before does not count any more."""
    return clock.now() - timedelta(days=current(Balancing).balance_days)


def evaluate_balances(*, advocate_ids: Collection[uuid.UUID] | None = None) -> None:
    """Write every balance that changed, of some people or of all; one statement."""
    numbers, giving = current(Balancing), current(Giving)
    parameters: dict[str, Any] = {
        **asdict(numbers),
        "as_moderate": list(giving.as_moderate),
        "as_high": list(giving.as_high),
        "tenant": current_tenant_id(),
        "since": period_start(),
        "now": clock.now(),
        "enrolled": sorted(ENROLLED),
        "ids": None if advocate_ids is None else list(advocate_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, parameters)


def evaluate_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope."""
    evaluate_balances()


def follow(event: Event, subject: Any, actor: Actor) -> None:
    """Subscriber of what an activity, a grant or a thank-you goes through."""
    # Of the row whose press was taken back the event brings the key alone.
    rows = type(subject).objects.filter(pk=subject.pk)
    who = subject.advocate_id or rows.values_list("advocate_id", flat=True).get()
    evaluate_balances(advocate_ids=[who])


def on_merged(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``advocate.merged``: what both gave and got is one's now."""
    evaluate_balances(advocate_ids=[subject.pk])


def on_settings_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``settings.changed``: by other numbers everybody stands elsewhere."""
    if event.payload.get("family") == "appreciation":
        evaluate_balances()
