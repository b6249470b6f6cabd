"""Writing playbooks (PLB-1). What exists keeps what it was made of."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activities.playbooks.choices import Anchor
from activities.playbooks.lifecycle import PLAYBOOK_STEP, PLAYBOOK_TEXT
from activities.playbooks.models import PlaybookStep, PlaybookText
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.records.lifecycle import Lifecycle
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError

Part = TypeVar("Part", PlaybookStep, PlaybookText)


@transaction.atomic
def create_step(*, actor: Actor, **values: Any) -> PlaybookStep:
    """Add a step behind the others, or at a place. Raises ``DomainError`` at a field."""
    permit_step(actor, PlaybookStep(), "take_up")
    return _add(actor, PlaybookStep(), values, "playbook_step.written")


@transaction.atomic
def update_step(*, actor: Actor, item: PlaybookStep, **values: Any) -> PlaybookStep:
    """Change a step; checklists that have it keep its words. Raises as adding one does."""
    permit_step(actor, item, "take_up")
    return _change(actor, item, values, "playbook_step.changed")


@transaction.atomic
def create_text(*, actor: Actor, **values: Any) -> PlaybookText:
    """Add a text. Raises ``DomainError`` at a field."""
    permit_text(actor, PlaybookText(), "take_up")
    return _add(actor, PlaybookText(), values, "playbook_text.written")


@transaction.atomic
def update_text(*, actor: Actor, template: PlaybookText, **values: Any) -> PlaybookText:
    """Write it anew. Raises as adding one does."""
    permit_text(actor, template, "take_up")
    return _change(actor, template, values, "playbook_text.changed")


def permit_step(actor: Actor, row: PlaybookStep, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor writes playbooks."""
    PLAYBOOK_STEP.permit(actor, name)


def permit_text(actor: Actor, row: PlaybookText, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor writes playbooks."""
    PLAYBOOK_TEXT.permit(actor, name)


def leave_step_out(*, actor: Actor, item: PlaybookStep) -> PlaybookStep:
    """What is planned from now on goes without it."""
    return _move(actor, PLAYBOOK_STEP, item, "leave_out")


def take_step_up(*, actor: Actor, item: PlaybookStep) -> PlaybookStep:
    """What is planned from now on has it again."""
    return _move(actor, PLAYBOOK_STEP, item, "take_up")


def leave_text_out(*, actor: Actor, template: PlaybookText) -> PlaybookText:
    """It is not offered any more."""
    return _move(actor, PLAYBOOK_TEXT, template, "leave_out")


def take_text_up(*, actor: Actor, template: PlaybookText) -> PlaybookText:
    """It is offered again."""
    return _move(actor, PLAYBOOK_TEXT, template, "take_up")


@transaction.atomic
def _move(actor: Actor, lifecycle: Lifecycle, row: Part, name: str) -> Part:
    lifecycle.permit(actor, name)
    lifecycle.move(row, name)
    record(lifecycle[name].verb, row, actor=actor, payload=_of(row))
    return row


def _add(actor: Actor, row: Part, values: dict[str, Any], verb: str) -> Part:
    for name, value in _checked(row, values).items():
        setattr(row, name, value)
    if not row.position:
        row.position = _behind_the_others(row)
    row.save(force_insert=True)
    record(verb, row, actor=actor, payload=_of(row))
    return row


def _change(actor: Actor, row: Part, values: dict[str, Any], verb: str) -> Part:
    if changes := writes.save_changes(row, _checked(row, values)):
        record(verb, row, actor=actor, payload={**_of(row), "fields": list(changes)})
    return row


def _checked(row: Part, values: dict[str, Any]) -> dict[str, Any]:
    if "position" in values and values["position"] is None:
        values = {**values, "position": row.position or 0}
    found = writes.clean(row, values)
    if isinstance(row, PlaybookStep):
        _check_days({"days": row.days, "anchor": row.anchor, **found})
    return found


def _check_days(values: Mapping[str, Any]) -> None:
    if values["days"] is not None and values["days"] < 0 and values["anchor"] != Anchor.BOOKED:
        problem = _("Only the booked time has days before it. Enter 0 or more.")
        raise DomainError(problem, fields={"days": problem})


def _behind_the_others(row: Part) -> int:
    rows = type(row).objects.filter(activity_type=row.activity_type)
    return min((rows.aggregate(last=Max("position"))["last"] or 0) + 1, 32767)


def _of(row: Part) -> dict[str, Any]:
    return {"type": row.activity_type.code}
