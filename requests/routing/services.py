"""Writing routing rules (REQ-3)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from requests.models import RoutingRule, RoutingTurn
from requests.routing.lifecycle import ROUTING_RULE


@transaction.atomic
def create_rule(*, actor: Actor, managers: Sequence[Membership], **values: Any) -> RoutingRule:
    """Give requests like this to one of ``managers``, in turn where they are several.

    Raises ``DomainError`` at a field, ``managers`` among them: nobody, or not of the program.
    """
    permit_rule(actor, RoutingRule(), "switch_on")
    require_managers(managers)
    rule = RoutingRule()
    for name, value in checked(rule, values).items():
        setattr(rule, name, value)
    if rule.position is None:
        rule.position = _behind_the_others()
    rule.save(force_insert=True)
    _name(rule, managers)
    record("routing_rule.written", rule, actor=actor, payload={"position": rule.position})
    return rule


@transaction.atomic
def update_rule(
    *,
    actor: Actor,
    rule: RoutingRule,
    managers: Sequence[Membership] | None = None,
    **values: Any,
) -> RoutingRule:
    """Change which requests, the place in the order, or to whom. Raises as writing one does."""
    permit_rule(actor, rule, "switch_on")
    new = checked(rule, values)
    if "position" in new and new["position"] is None:
        new["position"] = _behind_the_others(but=rule)
    fields = list(writes.save_changes(rule, new))
    if managers is not None:
        require_managers(managers)
        if _name(rule, managers):
            fields.append("managers")
    if fields:
        record("routing_rule.changed", rule, actor=actor, payload={"fields": fields})
    return rule


@transaction.atomic
def switch_off_rule(*, actor: Actor, rule: RoutingRule) -> RoutingRule:
    """No request follows it any more; what was given by it stays."""
    return _move(actor, rule, "switch_off")


@transaction.atomic
def switch_on_rule(*, actor: Actor, rule: RoutingRule) -> RoutingRule:
    """The next request may follow it again."""
    return _move(actor, rule, "switch_on")


def permit_rule(actor: Actor, rule: RoutingRule, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may write rules."""
    ROUTING_RULE.permit(actor, name)


def checked(rule: RoutingRule, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a rule as they will be stored. Raises ``DomainError`` at a field."""
    return writes.clean(rule, values)


def _move(actor: Actor, rule: RoutingRule, name: str) -> RoutingRule:
    permit_rule(actor, rule, name)
    ROUTING_RULE.move(rule, name)
    record(ROUTING_RULE[name].verb, rule, actor=actor)
    return rule


def _behind_the_others(but: RoutingRule | None = None) -> int:
    others = RoutingRule.objects.exclude(pk=but.pk) if but else RoutingRule.objects.all()
    return min((others.aggregate(last=Max("position"))["last"] or 0) + 1, 32767)


def require_managers(managers: Sequence[Membership]) -> None:
    """Raise ``DomainError`` at ``managers`` unless there is somebody, and all run the program."""
    if not managers:
        problem = _("Choose at least one colleague who gets these requests.")
        raise DomainError(problem, fields={"managers": problem})
    for member in managers:
        if not member.is_active or not member.can("requests.triage"):
            problem = _("%(name)s does not run the program. Choose a program manager.")
            problem %= {"name": member.name}
            raise DomainError(problem, fields={"managers": problem})


def _name(rule: RoutingRule, managers: Sequence[Membership]) -> bool:
    """Name exactly these; who stays keeps their turn. Whether anything changed."""
    wanted = {member.pk: member for member in managers}
    turns = RoutingTurn.objects.filter(rule=rule)
    have = set(turns.values_list("member_id", flat=True))
    if have == set(wanted):
        return False
    turns.exclude(member__in=list(wanted)).delete()
    RoutingTurn.objects.bulk_create(
        [RoutingTurn(rule=rule, member=wanted[pk]) for pk in wanted if pk not in have]
    )
    return True
