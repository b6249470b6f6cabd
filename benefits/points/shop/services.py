"""The reward shop: what stands in it, and redeeming (BEN-7.c).

A redemption is a grant and goes the way of every grant: gift policy, budget, stock, approval. Its
points are taken in the same transaction, after everything else that is locked, and come back when
the grant is cancelled or its benefit came back.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.models import Advocate, Capacity
from benefits.catalogue.models import Benefit
from benefits.commitments.shortages import require_offerable, require_unpromised
from benefits.grants.checks import require_on as require_benefit_on
from benefits.grants.lifecycle import GrantState
from benefits.grants.models import Grant
from benefits.grants.services import plan
from benefits.points.ledger import not_enough, redeem_points, require_on
from benefits.points.models import PointBalance
from benefits.points.shop.models import ShopItem
from benefits.settings import Giving


@transaction.atomic
def put_in_shop(*, actor: Actor, anyway: bool = False, **values: Any) -> ShopItem:
    """Offer a ``benefit`` of the catalogue for ``points``. Raises ``DomainError`` at a field,
    ``Conflict`` at ``anyway`` where what there is of it is promised to others (BEN-10.b).
    """
    require_change(actor, "shop.edit")
    item = ShopItem()
    for name, value in _checked(item, values).items():
        setattr(item, name, value)
    if item.is_on and not anyway:
        require_offerable(item.benefit)
    item.save(force_insert=True)
    payload = {"benefit": str(item.benefit.pk), "points": item.points}
    record("shop_item.added", item, actor=actor, payload=payload)
    return item


@transaction.atomic
def update_item(*, actor: Actor, item: ShopItem, anyway: bool = False, **values: Any) -> ShopItem:
    """Change one; what was redeemed stays as it was. Raises as adding does."""
    require_change(actor, "shop.edit")
    changes = writes.save_changes(item, _checked(item, values))
    if {"benefit", "is_on"} & set(changes) and item.is_on and not anyway:
        require_offerable(item.benefit)
    if changes:
        payload = writes.change_payload(changes, text=())
        record("shop_item.changed", item, actor=actor, payload=payload)
    return item


@transaction.atomic
def redeem(
    *, actor: Actor, advocate: Advocate, item: ShopItem, key: UUID, anyway: bool = False
) -> Grant:
    """Redeem a reward for somebody, who may be the actor. ``key`` belongs to one press: a second
    one with it is the same redemption, and gets the same grant.

    Whom the tenant trusts gets it at once where nothing else takes an approval; for others it waits
    for one. Raises ``Conflict`` where points or stock do not last, or while points are off,
    ``DomainError`` where their company does not allow it. A colleague who redeems for them what is
    promised to others is warned with ``Conflict`` at ``anyway`` (BEN-10.b).
    """
    permit_redeem(actor, advocate)
    require_on()
    # Also what makes the second of two presses wait for the first.
    Capacity.objects.filter(advocate=advocate).update(version=F("version") + 1)
    before = Grant.objects.filter(redeem_key=key).select_related("benefit").first()
    if before is not None:
        return _same(before, advocate, item)
    if not item.is_on:
        problem = _("“%(what)s” is not in the shop any more.") % {"what": item}
        raise Conflict(problem, code="not_in_shop")
    balance = PointBalance.objects.filter(advocate=advocate).first()
    if balance is None or balance.spendable < item.points:
        raise not_enough(item.points)
    due = clock.today(advocate.tenant.zone) + timedelta(days=current(Giving).promise_days)
    grant = plan(
        actor,
        advocate,
        item.benefit,
        [],
        {
            "owner": _who_sees_to_it(advocate),
            "due_on": due,
            "points": item.points,
            "redeem_key": key,
        },
    )
    _require_left(grant)
    if actor.membership is not None and not anyway:
        require_unpromised(grant)
    redeem_points(actor=actor, advocate=advocate, grant_id=grant.pk, points=item.points)
    return grant


def permit_redeem(actor: Actor, advocate: Advocate) -> None:
    """Raise ``NotAllowed`` unless it is for oneself, or a colleague's who may give to them."""
    if actor.kind != "advocate":
        require_change(actor, "grants.edit", advocate.account)
    elif actor.id != advocate.pk:
        raise NotAllowed(_("Nobody redeems somebody else's points."))


def _same(grant: Grant, advocate: Advocate, item: ShopItem) -> Grant:
    if (grant.advocate_id, grant.benefit_id) != (advocate.pk, item.benefit_id):  # type: ignore[attr-defined]
        problem = _("This key was used for something else already; take a new one.")
        raise DomainError(problem, fields={"key": problem})
    return grant


def _require_left(grant: Grant) -> None:
    """What waits for a decision has taken no stock yet, and was promised all the same."""
    rows = Benefit.objects.select_for_update(no_key=True)
    stock = rows.get(pk=grant.benefit_id).stock  # type: ignore[attr-defined]
    if stock is None:
        return
    waiting = Grant.objects.filter(
        benefit=grant.benefit, state=GrantState.PLANNED, points__isnull=False
    )
    if stock < waiting.count():
        problem = _("There is no “%(what)s” left. Nothing was redeemed.") % {"what": grant.benefit}
        raise Conflict(problem, code="out_of_stock")


def _who_sees_to_it(advocate: Advocate) -> Membership | None:
    owner: Membership | None = advocate.account.owner
    if owner is not None and owner.is_active and owner.can("grants.edit"):
        return owner
    rows = Membership.objects.filter(is_active=True, role=Role.PROGRAM_MANAGER)
    return rows.order_by("pk").first()


def _checked(item: ShopItem, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(item, values)
    if "benefit" in checked:
        require_benefit_on(checked["benefit"])
        if ShopItem.objects.filter(benefit=checked["benefit"]).exclude(pk=item.pk).exists():
            problem = _("It is in the shop already.")
            raise DomainError(problem, code="taken", fields={"benefit": problem})
    return checked
