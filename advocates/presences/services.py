"""Planning where an executive meets somebody, and recording that they did (SPN-1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.access import require_change
from advocates.accounts.ownership import require_here
from advocates.changes import require_day, tenant_today
from advocates.models import Advocate, Presence
from advocates.people.traces import require_not_erased
from advocates.presences.lifecycle import PRESENCE
from advocates.touches.models import TouchKind
from advocates.touches.services import record_touch


@transaction.atomic
def plan_presence(*, actor: Actor, advocate: Advocate, by: Membership, **values: Any) -> Presence:
    """Keep that a colleague will meet somebody: ``kind``, ``occasion``, ``on``.

    A day that has passed is one to be recorded at once. Raises ``DomainError`` at a field,
    ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "touches.edit", advocate.account)
    require_not_erased(advocate)
    presence = Presence(advocate=advocate, by=_able(by))
    for name, value in _checked(presence, values).items():
        setattr(presence, name, value)
    presence.save(force_insert=True)
    about = [advocate, advocate.account]
    record("presence.planned", presence, actor=actor, payload={"kind": presence.kind}, about=about)
    return presence


@transaction.atomic
def update_presence(*, actor: Actor, presence: Presence, **values: Any) -> Presence:
    """Correct what is planned or was; who and when only while it is planned. Raises as planning."""
    before = presence.advocate
    advocate = values.pop("advocate", before)
    by = values.pop("by", presence.by)
    by = by if by == presence.by else _able(by)
    for each in (before, advocate):
        require_change(actor, "touches.edit", each.account)
        require_not_erased(each)
    checked = {**_checked(presence, values), "advocate": advocate, "by": by}
    if presence.touch_id is not None:
        _keep(presence, checked)
    changes = writes.save_changes(presence, checked)
    if changes:
        payload = writes.change_payload(changes, text=("occasion",))
        about = [advocate, advocate.account]
        record("presence.updated", presence, actor=actor, payload=payload, about=about)
    return presence


def attend_presence(*, actor: Actor, presence: Presence, note: str = "") -> Presence:
    """The executive was there: from now on it is a touch, and counts as one (SPN-1.c, REL-1).

    ``note`` is what came of it. Raises ``DomainError`` before the day.
    """
    if presence.on > tenant_today():
        raise DomainError(
            _("This lies ahead; say on the day that %(name)s was there.")
            % {"name": presence.by.name},
            code="not_yet",
        )
    with transaction.atomic():
        _decide(actor, presence, "attend", note=note)
        presence.touch = record_touch(
            actor=actor,
            advocate=presence.advocate,
            kind=TouchKind.EXECUTIVE,
            happened_on=presence.on,
            by=presence.by,
            note=presence.note or str(presence),
        )
        presence.save(update_fields=["touch"])
    return presence


@transaction.atomic
def cancel_presence(*, actor: Actor, presence: Presence, reason: str) -> Presence:
    """It did not come about, and why."""
    return _decide(actor, presence, "cancel", reason=reason)


def _checked(presence: Presence, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(presence, values)
    require_day(checked, "on", ahead=True)
    return checked


def permit_change(actor: Actor, presence: Presence) -> None:
    """Raise ``NotAllowed`` unless the actor may change it; a CSM at own accounts only."""
    require_change(actor, "touches.edit", presence.advocate.account)


def permit_presence(actor: Actor, presence: Presence, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts only."""
    PRESENCE.permit(actor, name)
    require_change(actor, "touches.edit", presence.advocate.account)


def _able(by: Membership) -> Membership:
    """Who can be there: a colleague who works here and whose contact counts."""
    require_here("by", by)
    if not by.can("touches.edit"):
        problem = _("%(name)s cannot record contacts; choose an executive.") % {"name": by.name}
        raise DomainError(problem, fields={"by": problem})
    return by


def _keep(presence: Presence, values: dict[str, Any]) -> None:
    """What a touch was made of stays as it says."""
    for name in ("advocate", "by", "on"):
        if values.get(name, getattr(presence, name)) != getattr(presence, name):
            problem = _("This was recorded as a touch already; correct the touch.")
            raise DomainError(problem, code="recorded", fields={name: problem})


def _decide(actor: Actor, presence: Presence, name: str, **values: str) -> Presence:
    """Raises ``NotAllowed``, ``DomainError`` at a field, ``Conflict`` when it is not planned."""
    permit_presence(actor, presence, name)
    require_not_erased(presence.advocate)
    checked = writes.clean(presence, values, required=PRESENCE[name].needs)
    now = {"decided_by": actor.membership, "decided_at": clock.now()}
    PRESENCE.move(presence, name, **checked, **now)
    # What came of it or why not is text about people: it stays out of the log.
    about = [presence.advocate, presence.advocate.account]
    record(PRESENCE[name].verb, presence, actor=actor, about=about)
    return presence
