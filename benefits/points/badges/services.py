"""Writing badges (BEN-7.a)."""

from typing import Any

from django.db import transaction

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocates.access import require_change
from benefits.catalogue.reviews import require_no_review
from benefits.points.badges.models import Badge

_TEXT = ("name", "description")


@transaction.atomic
def write_badge(*, actor: Actor, **values: Any) -> Badge:
    """Add one: ``name``, ``rule``, ``threshold``, ``points``. It is won with the next activity.
    Raises ``DomainError`` at a field; for a review there is none (BEN-4.a).
    """
    require_change(actor, "shop.edit")
    badge = Badge()
    for name, value in _checked(badge, values).items():
        setattr(badge, name, value)
    badge.save(force_insert=True)
    payload = {"rule": badge.rule, "threshold": badge.threshold, "points": badge.points}
    record("badge.written", badge, actor=actor, payload=payload)
    return badge


@transaction.atomic
def update_badge(*, actor: Actor, badge: Badge, **values: Any) -> Badge:
    """Change one; who has it keeps it, with the points of that day. Raises as writing does."""
    require_change(actor, "shop.edit")
    changes = writes.save_changes(badge, _checked(badge, values))
    if changes:
        payload = writes.change_payload(changes, text=_TEXT)
        record("badge.changed", badge, actor=actor, payload=payload)
    return badge


def _checked(badge: Badge, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(badge, values)
    require_no_review(**{name: checked[name] for name in _TEXT if name in checked})
    return checked
