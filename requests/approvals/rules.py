"""Writing the rules of what is approved first, and by whom (REQ-3.b)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from requests.models import ApprovalRule


@transaction.atomic
def create_rule(*, actor: Actor, **values: Any) -> ApprovalRule:
    """Say which requests are approved first, and by whom. Raises ``DomainError`` at a field."""
    _require_rules(actor)
    rule = ApprovalRule()
    for name, value in writes.clean(rule, values).items():
        setattr(rule, name, value)
    rule.save(force_insert=True)
    record("approval_rule.written", rule, actor=actor)
    return rule


@transaction.atomic
def update_rule(*, actor: Actor, rule: ApprovalRule, **values: Any) -> ApprovalRule:
    """Change which and by whom; what waits already is decided as it was asked."""
    _require_rules(actor)
    if changes := writes.save_changes(rule, writes.clean(rule, values)):
        payload = writes.change_payload(changes, text=())
        record("approval_rule.changed", rule, actor=actor, payload=payload)
    return rule


def _require_rules(actor: Actor) -> None:
    member = actor.membership
    if member is None or not member.can("settings.rules"):
        raise NotAllowed(_("Only the program's managers do this."))
