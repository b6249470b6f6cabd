"""Recording touches (REL-1)."""

from typing import Any

from django.db import transaction

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocates.access import require_change
from advocates.changes import require_day
from advocates.models import Advocate, Touch
from advocates.people.traces import require_not_erased
from advocates.scoring.services import evaluate_scores


@transaction.atomic
def record_touch(*, actor: Actor, advocate: Advocate, **values: Any) -> Touch:
    """Keep that somebody was in touch: ``kind``, ``happened_on``, ``by``, ``about_ask``, ``note``.

    Nobody named in ``by`` means whoever records it. The relationship's strength follows at once
    (REL-1). Raises ``DomainError`` at a field, ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "touches.edit", advocate.account)
    require_not_erased(advocate)
    touch = Touch(advocate=advocate, recorded_by=actor.membership)
    for name, value in _checked(touch, values).items():
        setattr(touch, name, value)
    touch.by = touch.by or actor.membership
    touch.save(force_insert=True)
    about = [advocate, advocate.account]
    record("touch.recorded", touch, actor=actor, payload={"kind": touch.kind}, about=about)
    evaluate_scores(advocate_ids=[advocate.pk])
    return touch


@transaction.atomic
def update_touch(*, actor: Actor, touch: Touch, **values: Any) -> Touch:
    """Correct a touch; an update that changes nothing leaves no trace. Raises as recording."""
    before = touch.advocate
    advocate = values.pop("advocate", before)
    for each in (before, advocate):
        require_change(actor, "touches.edit", each.account)
        require_not_erased(each)
    changes = writes.save_changes(touch, {**_checked(touch, values), "advocate": advocate})
    if changes:
        payload = writes.change_payload(changes, text=("note",))
        about = [advocate, advocate.account]
        record("touch.updated", touch, actor=actor, payload=payload, about=about)
        evaluate_scores(advocate_ids=[before.pk, advocate.pk])
    return touch


def permit_change(actor: Actor, touch: Touch) -> None:
    """Raise ``NotAllowed`` unless the actor may change it; a CSM at own accounts only."""
    require_change(actor, "touches.edit", touch.advocate.account)


def _checked(touch: Touch, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(touch, values)
    require_day(checked, "happened_on")
    return checked
