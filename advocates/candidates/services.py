"""Putting candidates aside, and taking them back in (IDN-1.g)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.access import require_change
from advocates.candidates.lifecycle import DISMISSAL
from advocates.models import Advocate, AdvocateScore, Dismissal
from advocates.people.choices import AdvocateStatus
from advocates.scoring.services import evaluate_scores
from advocates.scoring.statement import SCORE


@transaction.atomic
def dismiss_candidate(*, actor: Actor, advocate: Advocate, reason: str) -> Dismissal:
    """Leave somebody out of the candidates until something changes; what is known is remembered.

    Raises ``DomainError`` at ``reason``, ``Conflict`` for who is no candidate or put aside
    already, ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "candidates.dismiss", advocate.account)
    if advocate.status != AdvocateStatus.CANDIDATE:
        raise Conflict(_("%(name)s is no candidate any more.") % {"name": advocate.name})
    if Dismissal.objects.filter(advocate=advocate, state="away").exists():
        raise Conflict(_("%(name)s is put aside already.") % {"name": advocate.name})
    dismissal = Dismissal(
        advocate=advocate, account=advocate.account, dismissed_by=actor.membership
    )
    checked = writes.clean(dismissal, {"reason": reason}, required=("reason",))
    # As it is now: what the last night did not see is no change tomorrow.
    evaluate_scores(advocate_ids=[advocate.pk])
    known = AdvocateScore.objects.get(advocate=advocate)
    allowed = advocate.account.advocacy_allowed
    dismissal.reason = checked["reason"]
    dismissal.score = known.score
    dismissal.parts = {
        **{name: getattr(known, name) for name in SCORE},
        "policy": None if allowed is None else int(allowed),
    }
    dismissal.save(force_insert=True)
    about = [advocate, advocate.account]
    record("dismissal.made", dismissal, actor=actor, payload={"score": known.score}, about=about)
    return dismissal


@transaction.atomic
def restore_candidate(*, actor: Actor, dismissal: Dismissal) -> Dismissal:
    """Among the candidates again. Raises ``NotAllowed``, ``Conflict`` when that is so already."""
    permit_dismissal(actor, dismissal, "restore")
    DISMISSAL.move(dismissal, "restore", ended_at=clock.now())
    about = [dismissal.advocate, dismissal.advocate.account]
    record(DISMISSAL["restore"].verb, dismissal, actor=actor, about=about)
    return dismissal


def permit_dismissal(actor: Actor, dismissal: Dismissal, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts only (ID-2)."""
    DISMISSAL.permit(actor, name)
    require_change(actor, "candidates.dismiss", dismissal.advocate.account)
