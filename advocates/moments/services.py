"""Recording moments, and what becomes of them (MOM-1)."""

from typing import Any

from django.db import transaction

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocates.access import require_change
from advocates.changes import require_day
from advocates.models import Account, Moment
from advocates.moments.lifecycle import MOMENT


@transaction.atomic
def record_moment(*, actor: Actor, account: Account, **values: Any) -> Moment:
    """Keep that something happened: ``kind``, ``happened_on`` (renewals lie ahead), ``note``.

    Raises ``DomainError`` at a field, ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "moments.edit", account)
    moment = Moment(account=account)
    for name, value in _checked(moment, values).items():
        setattr(moment, name, value)
    moment.save(force_insert=True)
    record("moment.recorded", moment, actor=actor, payload={"kind": moment.kind}, about=[account])
    return moment


@transaction.atomic
def update_moment(*, actor: Actor, moment: Moment, **values: Any) -> Moment:
    """Correct a moment. Raises as recording does."""
    account = values.pop("account", moment.account)
    for each in (moment.account, account):
        require_change(actor, "moments.edit", each)
    changes = writes.save_changes(moment, {**_checked(moment, values), "account": account})
    if changes:
        payload = writes.change_payload(changes, text=("note",))
        record("moment.updated", moment, actor=actor, payload=payload, about=[account])
    return moment


@transaction.atomic
def use_moment(*, actor: Actor, moment: Moment) -> Moment:
    """Somebody was asked or nominated after it (MOM-1)."""
    return _decide(actor, moment, "use")


@transaction.atomic
def celebrate_moment(*, actor: Actor, moment: Moment, said: str) -> Moment:
    """A note from CSM or executive, without an ask, recorded as a touch (MOM-1)."""
    return _decide(actor, moment, "celebrate", said=said)


@transaction.atomic
def dismiss_moment(*, actor: Actor, moment: Moment, reason: str) -> Moment:
    """Nothing is made of it, and why."""
    return _decide(actor, moment, "dismiss", reason=reason)


def _checked(moment: Moment, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(moment, values)
    require_day(checked, "happened_on", ahead=True)
    return checked


def permit_change(actor: Actor, moment: Moment) -> None:
    """Raise ``NotAllowed`` unless the actor may change it; a CSM at own accounts only."""
    require_change(actor, "moments.edit", moment.account)


def permit_moment(actor: Actor, moment: Moment, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts only, but for a note."""
    MOMENT.permit(actor, name)
    if name != "celebrate":
        require_change(actor, "moments.edit", moment.account)


def _decide(actor: Actor, moment: Moment, name: str, **values: str) -> Moment:
    """Raises ``NotAllowed``, ``DomainError`` at a field, ``Conflict`` when it is not open."""
    permit_moment(actor, moment, name)
    checked = writes.clean(moment, values, required=MOMENT[name].needs)
    now = {"decided_by": actor.membership, "decided_at": clock.now()}
    MOMENT.move(moment, name, **checked, **now)
    # What was said or why is text about people: it stays out of the log.
    record(MOMENT[name].verb, moment, actor=actor, about=[moment.account])
    return moment
