"""Setting a tier by hand, and what ends it (TIER-5)."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.changes import tenant_today
from advocates.models import Advocate, TierChange, TierOverride
from advocates.overrides.lifecycle import OVERRIDE, OverrideState
from advocates.people.choices import ENROLLED
from advocates.people.traces import require_not_erased
from advocates.program.tiers.services import evaluate_tiers
from advocates.promises import promising


@transaction.atomic
def set_override(
    *, actor: Actor, advocate: Advocate, anyway: bool = False, **values: Any
) -> TierOverride:
    """Put somebody on a ``tier`` ``until`` a day for a ``reason``, at once: a seat more than there
    are where none is free, and nobody loses theirs (TIER-5). Locks the tiers.

    Raises ``DomainError`` at a field: nobody who is not in the program, no day that is over;
    ``Conflict`` at ``anyway`` where what the tier brings them is too little (BEN-10.b).
    """
    OVERRIDE.permit(actor, "lift")
    require_not_erased(advocate)
    if advocate.status not in ENROLLED:
        problem = _("%(name)s is not in the program; only its members stand on a tier.")
        text = problem % {"name": advocate.name}
        raise DomainError(text, fields={"advocate": text})
    # One whose day has passed and that no night has ended yet stands in nobody's way.
    for stale in TierOverride.objects.filter(
        advocate=advocate, state=OverrideState.STANDING, until__lt=tenant_today()
    ):
        _end(stale)
    override = TierOverride(advocate=advocate, set_by=actor.membership)
    for name, value in _checked(override, values).items():
        setattr(override, name, value)
    with promising(anyway=anyway):
        override.save(force_insert=True)
        _follow("tier_override.set", override, actor)
    return override


@transaction.atomic
def update_override(
    *, actor: Actor, override: TierOverride, anyway: bool = False, **values: Any
) -> TierOverride:
    """Another tier, reason or day. Whose it is stays. Raises and locks as setting does."""
    OVERRIDE.permit(actor, "lift")
    if values.pop("advocate", override.advocate).pk != override.advocate_id:
        problem = _("Whose tier it is stays. Lift this one and set another.")
        raise DomainError(problem, fields={"advocate": problem})
    checked = _checked(override, values)
    if writes.changed_fields(override, checked):
        OVERRIDE.require_editable(override, "lift")
        with promising(anyway=anyway):
            writes.save_changes(override, checked)
            _follow("tier_override.changed", override, actor)
    return override


@transaction.atomic
def lift_override(*, actor: Actor, override: TierOverride) -> TierOverride:
    """Let the tier be the one that is earned again, at once. Locks the tiers."""
    OVERRIDE.permit(actor, "lift")
    OVERRIDE.move(override, "lift")
    _follow("tier_override.lifted", override, actor)
    return override


@transaction.atomic
def end_overrides() -> int:
    """End those whose last day has passed, and those of who is not in the program any more; how
    many. The tiers follow in the night's run.
    """
    outside = ~Q(advocate__status__in=sorted(ENROLLED))
    over = TierOverride.objects.filter(
        outside | Q(until__lt=tenant_today()), state=OverrideState.STANDING
    )
    return sum(_end(override) for override in over.select_related("advocate").order_by("pk"))


def permit_change(actor: Actor, override: TierOverride) -> None:
    """Raise unless the actor may change it, and it still stands."""
    OVERRIDE.permit(actor, "lift")
    OVERRIDE.require_editable(override, "lift")


def end_with_membership(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: who left the program stands on no tier; what was set for them ends, so that they
    come back to the one they earn.
    """
    for override in TierOverride.objects.filter(
        advocate=subject.pk, state=OverrideState.STANDING
    ).select_related("advocate"):
        _end(override)


def _end(override: TierOverride) -> bool:
    ended = OVERRIDE.attempt(override, "end")
    if ended:
        about = [override.advocate]
        record("tier_override.ended", override, actor=Actor.system("tiers"), about=about)
    return ended


def _checked(override: TierOverride, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(override, values)
    if "until" in checked and checked["until"] < tenant_today():
        problem = _("That day is over. Enter one that is still to come.")
        raise DomainError(problem, code="invalid_time", fields={"until": problem})
    return checked


def _follow(verb: str, override: TierOverride, actor: Actor) -> None:
    # Why is text about a person: it stays out of the log (GDPR-1).
    payload = {"tier": override.tier.code, "until": override.until.isoformat()}
    record(verb, override, actor=actor, payload=payload, about=[override.advocate])
    evaluate_tiers(advocate_ids=[override.advocate_id], why=TierChange.Why.OVERRIDE, actor=actor)
