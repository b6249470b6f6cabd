"""Looking how full everybody is: each night, and whenever somebody asks (CAP-6)."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from reporting.capacity.measuring import as_kept, measure, warnings_of
from reporting.models import CapacityCheck

#: What is said already is said again after so long.
_AGAIN = timedelta(days=7)


def look_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope."""
    _look(Actor.system("reporting"))


def look_now(*, actor: Actor) -> CapacityCheck:
    """Count anew instead of waiting for the night; today's result is written anew."""
    permit_look(actor)
    return _look(actor)


@transaction.atomic
def note_check(*, actor: Actor, check: CapacityCheck) -> CapacityCheck:
    """Take it off Today; noting it again changes nothing."""
    permit_look(actor)
    check.calls, check.noted_at = False, check.noted_at or clock.now()
    check.save(update_fields=["calls", "noted_at"])
    record("capacity_check.noted", check, actor=actor)
    return check


def permit_look(actor: Actor) -> None:
    """Raise ``NotAllowed`` unless the actor runs the program."""
    member = actor.membership
    if actor.kind != "system" and (member is None or not member.can("requests.triage")):
        raise NotAllowed(_("Only the program's managers do this."))


@transaction.atomic
def _look(actor: Actor) -> CapacityCheck:
    figures = measure()
    warnings = warnings_of(figures)
    on = clock.today(Tenant.objects.get(pk=current_tenant_id()).zone)
    noted = CapacityCheck.objects.filter(noted_at__isnull=False).order_by("-on").first()
    told = set(noted.warnings) if noted is not None else set()
    # Who noted it this morning does not hear of the same again before a week is over.
    is_new = bool(set(warnings) - told) or (noted is None or on - noted.on >= _AGAIN)
    CapacityCheck.objects.filter(calls=True).update(calls=False)
    values = {
        "made_at": clock.now(),
        "figures": as_kept(figures),
        "warnings": warnings,
        "calls": bool(warnings) and is_new,
    }
    # Two beats, or a press beside the night's run, write the same day's row.
    check, _made = CapacityCheck.objects.update_or_create(on=on, defaults=values)
    if check.calls and check.noted_at is not None:
        check.noted_at = None
        check.save(update_fields=["noted_at"])
    record("capacity_check.made", check, actor=actor, payload={"warnings": warnings})
    return check
