"""Recording signals (ADV-5)."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.changes import require_day, tenant_today
from advocates.models import Advocate, Signal
from advocates.people.choices import Readiness
from advocates.people.services import update_advocate
from advocates.scoring.numbers import ScoreWeights
from advocates.scoring.services import evaluate_scores


@transaction.atomic
def record_signal(*, actor: Actor, advocate: Advocate, **values: Any) -> Signal:
    """Keep what somebody did unasked: ``kind``, ``seen_on``, ``source``, ``note`` (ADV-5).

    Raises ``DomainError`` at a field, ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "signals.edit", advocate.account)
    signal = Signal(advocate=advocate, recorded_by=actor.membership)
    for name, value in _checked(signal, values).items():
        setattr(signal, name, value)
    signal.save(force_insert=True)
    about = [advocate, advocate.account]
    record("signal.recorded", signal, actor=actor, payload={"kind": signal.kind}, about=about)
    _follow(advocate)
    return signal


@transaction.atomic
def update_signal(*, actor: Actor, signal: Signal, **values: Any) -> Signal:
    """Correct a signal; an update that changes nothing leaves no trace. Raises as recording."""
    require_change(actor, "signals.edit", signal.advocate.account)
    advocate = values.pop("advocate", signal.advocate)
    require_change(actor, "signals.edit", advocate.account)
    changes = writes.save_changes(signal, {**_checked(signal, values), "advocate": advocate})
    if changes:
        payload = writes.change_payload(changes, text=("source", "note"))
        about = [advocate, advocate.account]
        record("signal.updated", signal, actor=actor, payload=payload, about=about)
        _follow(advocate)
    return signal


def _follow(advocate: Advocate) -> None:
    """Signals feed readiness and the score, never tiers (ADV-5.b): who does enough unasked within a
    year helps unasked. Nobody who is never to be asked is moved, and nobody is moved back.
    """
    evaluate_scores(advocate_ids=[advocate.pk])
    enough = current(ScoreWeights).active_from
    since = tenant_today() - timedelta(days=365)
    seen = Signal.objects.filter(advocate=advocate, seen_on__gt=since)
    if not enough or seen[:enough].count() < enough:
        return
    person = Advocate.objects.select_related("account").get(pk=advocate.pk)
    if person.readiness in (Readiness.WILLING, Readiness.POTENTIAL):
        by = Actor.system("signals")
        update_advocate(actor=by, advocate=person, readiness=Readiness.ACTIVE)


def permit_change(actor: Actor, signal: Signal) -> None:
    """Raise ``NotAllowed`` unless the actor may change it; a CSM at own accounts only."""
    require_change(actor, "signals.edit", signal.advocate.account)


def _checked(signal: Signal, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(signal, values)
    require_day(checked, "seen_on")
    return checked
