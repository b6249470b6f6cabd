"""Writing gates, and letting one deal through (REQ-4)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.text import has_words
from requests.access import require_program
from requests.gates.checking import asks_for_anything
from requests.models import Opportunity, RequestGate


@transaction.atomic
def create_gate(*, actor: Actor, **values: Any) -> RequestGate:
    """Say how far a deal has to be for one type. Raises ``DomainError`` at a field, and where
    nothing is asked for.
    """
    _require_rules(actor)
    gate = RequestGate()
    for name, value in writes.clean(gate, values).items():
        setattr(gate, name, value)
    if not asks_for_anything(gate):
        problem = _("Say at least one thing a deal needs: a stage, a probability or an amount.")
        raise DomainError(problem, fields={"min_stage": problem})
    gate.save(force_insert=True)
    record("request_gate.written", gate, actor=actor)
    return gate


@transaction.atomic
def update_gate(*, actor: Actor, gate: RequestGate, **values: Any) -> RequestGate:
    """Ask for more or less; with everything empty, for nothing. Raises as writing one does."""
    _require_rules(actor)
    if changes := writes.save_changes(gate, writes.clean(gate, values)):
        payload = writes.change_payload(changes, text=())
        record("request_gate.changed", gate, actor=actor, payload=payload)
    return gate


@transaction.atomic
def lift_gate(*, actor: Actor, opportunity: Opportunity, reason: str) -> Opportunity:
    """Let every request for this deal through, and keep why.

    Raises ``DomainError`` at ``reason`` without one or for an endless one, ``Conflict`` where it
    was done already.
    """
    require_program(actor)
    try:
        checked = writes.clean(opportunity, {"gate_lifted_because": reason})
    except DomainError as error:
        problem = error.fields["gate_lifted_because"]
        raise DomainError(problem, fields={"reason": problem}) from error
    if not has_words(checked["gate_lifted_because"]):
        problem = _("Say why in a few words.")
        raise DomainError(problem, fields={"reason": problem})
    values = {**checked, "gate_lifted_at": clock.now()}
    waiting = Opportunity.objects.filter(pk=opportunity.pk, gate_lifted_at__isnull=True)
    if not waiting.update(**values):
        raise Conflict(_("Requests for this deal are let through already."))
    for name, value in values.items():
        setattr(opportunity, name, value)
    # Why is text about people: it stays out of the log.
    record("opportunity.gate_lifted", opportunity, actor=actor)
    return opportunity


def _require_rules(actor: Actor) -> None:
    member = actor.membership
    if member is None or not member.can("settings.rules"):
        raise NotAllowed(_("Only the program's managers do this."))
