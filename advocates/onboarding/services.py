"""Ticking a first step that no fact shows (ENR-2.a)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.access import require_change
from advocates.models import Advocate, OnboardingMark
from advocates.onboarding.models import BY_FACT, Step
from advocates.people.choices import ENROLLED


@transaction.atomic
def tick_step(*, actor: Actor, advocate: Advocate, step: str) -> Advocate:
    """Say that a step is done; ticked already, nothing changes.

    The person ticks the overview on their own page, a colleague any step but those that only a fact
    shows. Raises ``DomainError`` at
    ``step`` for what is none, ``Conflict`` outside the program, ``NotAllowed``.
    """
    _permit(actor, advocate, step)
    if step in BY_FACT:
        problem = str(BY_FACT[Step(step)])
        raise DomainError(problem, code="by_fact", fields={"step": problem})
    if advocate.status not in ENROLLED:
        raise Conflict(_("%(name)s is not in the program.") % {"name": advocate.name})
    _mark, made = OnboardingMark.objects.get_or_create(
        advocate=advocate, step=step, defaults={"by": actor.membership}
    )
    if made:
        _tell("onboarding.ticked", advocate, actor, step)
    return advocate


@transaction.atomic
def untick_step(*, actor: Actor, advocate: Advocate, step: str) -> Advocate:
    """It was ticked in error; what follows from a fact stays done. Raises as ticking."""
    _permit(actor, advocate, step)
    gone, _rows = OnboardingMark.objects.filter(advocate=advocate, step=step).delete()
    if gone:
        _tell("onboarding.unticked", advocate, actor, step)
    return advocate


def _permit(actor: Actor, advocate: Advocate, step: str) -> None:
    if step not in Step.values:
        problem = _("Choose one of: %(steps)s.") % {"steps": ", ".join(Step.values)}
        raise DomainError(problem, code="unknown_step", fields={"step": problem})
    if (actor.kind, actor.id, step) != ("advocate", advocate.pk, Step.OVERVIEW):
        require_change(actor, "advocates.edit", advocate.account)


def _tell(verb: str, advocate: Advocate, actor: Actor, step: str) -> None:
    record(verb, advocate, actor=actor, payload={"step": step}, about=[advocate.account])
