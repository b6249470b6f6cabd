"""Giving benefits, and following them until they arrived (BEN-2 to BEN-5).

Locks, in the order of the house: the person's capacity (so that two gifts never pass the yearly
maximum of a company together), the budget, then the benefit whose stock is taken; points that are
redeemed or come back are the last.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocates.access import require_change
from advocates.models import Advocate
from advocates.people.traces import require_not_erased
from benefits.catalogue.models import Benefit
from benefits.catalogue.reviews import require_no_review
from benefits.commitments.shortages import require_unpromised
from benefits.grants import checks, commitment
from benefits.grants.lifecycle import GOT, GRANT, OPEN, GrantState
from benefits.grants.models import Grant, GrantActivity
from benefits.grants.policy import require_allowed
from benefits.grants.proportion import fit_of


@transaction.atomic
def give_benefit(
    *,
    actor: Actor,
    advocate: Advocate,
    benefit: Benefit,
    activities: Iterable[Activity] = (),
    anyway: bool = False,
    **values: Any,
) -> Grant:
    """Plan a benefit for somebody, for ``activities`` or an ``occasion``: ``due_on``, ``owner``
    (else who plans it), ``cost`` and ``value`` (else the catalogue's).

    Where nobody has to be asked it is approved at once, and takes from budget and stock (BEN-5.b).
    Raises ``DomainError`` at a field: for a review, ever (BEN-4.a); for a gift that their company
    does not allow (BEN-5.a). Raises ``Conflict`` at ``anyway`` for a colleague who gives what is
    promised to others (BEN-10.b).
    """
    require_change(actor, "grants.edit", advocate.account)
    covered = checks.able(advocate, activities)
    grant = plan(actor, advocate, benefit, covered, {"owner": actor.membership, **_own(values)})
    if actor.membership is not None and not anyway:
        require_unpromised(grant)
    return grant


def plan(
    actor: Actor,
    advocate: Advocate,
    benefit: Benefit,
    covered: list[Activity],
    values: dict[str, Any],
) -> Grant:
    """As :func:`give_benefit`, for who asked already whether the actor may: the reward shop, where
    it is the advocate. Needs a transaction.
    """
    require_not_erased(advocate)
    checks.require_on(benefit)
    commitment.hold_person(advocate)
    grant = Grant(advocate=advocate, benefit=benefit, created_by=actor.membership)
    _take(grant, values)
    checks.require_recognition(grant)
    _judge(grant, covered)
    grant.save(force_insert=True)
    GrantActivity.objects.bulk_create([GrantActivity(grant=grant, activity=a) for a in covered])
    payload = {"category": benefit.category, "value": str(grant.value), "fit": grant.proportion}
    record("grant.planned", grant, actor=actor, payload=payload, about=_about(grant))
    commitment.settle(actor, grant, covered)
    return grant


@transaction.atomic
def update_grant(
    *,
    actor: Actor,
    grant: Grant,
    activities: Iterable[Activity] | None = None,
    anyway: bool = False,
    **values: Any,
) -> Grant:
    """Change who sees to it, by when and for which occasion, while it is not delivered; what it is
    and for what only while it is planned; where somebody was recognised always. For
    whom it is stays. Raises as giving does.
    """
    permit_grant(actor, grant, "cancel")
    require_not_erased(grant.advocate)
    commitment.hold(grant)
    if grant.state not in GOT or checks.differs(grant, values, but=_AFTERWARDS):
        GRANT.require(grant, "cancel")
    checks.require_same(grant, values.pop("advocate", grant.advocate))
    covered = checks.covered_by(grant)
    wanted = covered if activities is None else checks.able(grant.advocate, activities)
    moved = {each.pk for each in wanted} != {each.pk for each in covered}
    before = {name: writes.stored(grant, name) for name in _KEPT}
    if "benefit" in values and values["benefit"].pk != grant.benefit_id:
        checks.require_on(values["benefit"])
    checked = checks.clean(grant, values)
    changes = writes.changed_fields(grant, checked)
    if grant.state != GrantState.PLANNED and (moved or set(changes) & set(_KEPT)):
        raise checks.settled(grant, changes)
    for name in changes:
        setattr(grant, name, checked[name])
    if moved:
        GrantActivity.objects.filter(grant=grant).delete()
        GrantActivity.objects.bulk_create([GrantActivity(grant=grant, activity=a) for a in wanted])
    if not (changes or moved):
        return grant
    checks.require_recognition(grant)
    if grant.state == GrantState.PLANNED:
        _judge(grant, wanted)
    grant.save()
    payload: dict[str, Any] = {"fields": [*changes, *(["activities"] if moved else [])]}
    payload |= {"before": {name: writes.code_of(before[name]) for name in _KEPT if name in changes}}
    record("grant.changed", grant, actor=actor, payload=payload, about=_about(grant))
    if grant.state == GrantState.PLANNED:
        commitment.settle(actor, grant, wanted)
        if actor.membership is not None and not anyway and {"benefit", "cost"} & set(changes):
            require_unpromised(grant)
    return grant


_KEPT = ("benefit", "cost", "value")
#: Also of what was delivered: a link is known once the thing is out (BEN-8.b).
_AFTERWARDS = ("channel", "link")


@transaction.atomic
def approve_grant(*, actor: Actor, grant: Grant) -> Grant:
    """Approve what takes an approval. Raises ``Conflict`` where the budget or the stock does not
    last, ``DomainError`` where their company does not allow it.
    """
    permit_grant(actor, grant, "approve")
    commitment.commit(actor, grant, "approve")
    return grant


@transaction.atomic
def approve_grant_beyond(*, actor: Actor, grant: Grant, beyond_reason: str) -> Grant:
    """Approve what the budget does not hold, and why (BEN-5.b)."""
    permit_grant(actor, grant, "approve_beyond")
    checked = writes.clean(
        grant, {"beyond_reason": beyond_reason}, required=GRANT["approve_beyond"].needs
    )
    require_no_review(**checked)
    commitment.commit(actor, grant, "approve_beyond", **checked)
    return grant


def order_grant(*, actor: Actor, grant: Grant) -> Grant:
    """It is ordered, booked or arranged. Raises ``DomainError`` where their company has come to
    allow it no more (BEN-5.a).
    """
    permit_grant(actor, grant, "order")
    require_allowed(grant)
    return _move(actor, grant, "order")


def deliver_grant(*, actor: Actor, grant: Grant) -> Grant:
    """It is on its way to them or was given (BEN-2.c)."""
    then = {"delivered_at": clock.now(), "account": grant.advocate.account}
    return _move(actor, grant, "deliver", **then)


def confirm_grant(*, actor: Actor, grant: Grant) -> Grant:
    """They have it."""
    return _move(actor, grant, "confirm")


@transaction.atomic
def return_grant(*, actor: Actor, grant: Grant, reason: str) -> Grant:
    """It came back, and why; it is in stock again, and what it cost stays spent."""
    return _move(actor, grant, "return", back=True, reason=reason)


@transaction.atomic
def cancel_grant(*, actor: Actor, grant: Grant, reason: str) -> Grant:
    """It is not given after all, and why; budget and stock are free again."""
    return _move(actor, grant, "cancel", back=True, reason=reason)


def cancel_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``advocate.erased``: nothing is sent to who is not known any more (GDPR-1)."""
    for grant in Grant.objects.filter(advocate_id=subject.pk, state__in=OPEN).order_by("pk"):
        if GRANT.attempt(grant, "cancel"):
            commitment.put_back(grant)
            record("grant.cancelled", grant, actor=actor)


def permit_grant(actor: Actor, grant: Grant, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts, and what they see to."""
    GRANT.permit(actor, name)
    if actor.membership and grant.owner_id in answers_for(actor.membership):  # type: ignore[attr-defined]
        return
    require_change(actor, GRANT[name].may, grant.advocate.account)


def permit_change(actor: Actor, grant: Grant) -> None:
    """Raise ``NotAllowed`` unless the actor may change it, as who calls it off may."""
    permit_grant(actor, grant, "cancel")


def _move(actor: Actor, grant: Grant, name: str, *, back: bool = False, **values: Any) -> Grant:
    permit_grant(actor, grant, name)
    texts = {key: value for key, value in values.items() if key in GRANT[name].needs}
    checked = writes.clean(grant, texts, required=GRANT[name].needs)
    with transaction.atomic():
        GRANT.move(grant, name, **{**values, **checked})
        if back:  # before who hears of it: points come after stock
            commitment.put_back(grant)
        # Why is text about a person: it stays out of the log.
        record(GRANT[name].verb, grant, actor=actor, about=_about(grant))
    return grant


def _own(values: dict[str, Any]) -> dict[str, Any]:
    """What was said, without what was left open."""
    return {name: value for name, value in values.items() if value is not None}


def _take(grant: Grant, values: dict[str, Any]) -> None:
    usual: dict[str, Decimal] = {"cost": grant.benefit.cost, "value": grant.benefit.value}
    for name, value in checks.clean(grant, {**usual, **values}).items():
        setattr(grant, name, value)


def _judge(grant: Grant, covered: list[Activity]) -> None:
    require_no_review(occasion=grant.occasion)
    require_allowed(grant)
    fit = fit_of(grant.benefit, grant.value, covered, but=grant.pk)
    grant.guide_low, grant.guide_high, grant.proportion = fit.low, fit.high, fit.code


def _about(grant: Grant) -> list[Any]:
    return [grant.advocate, grant.advocate.account]
