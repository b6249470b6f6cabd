"""Planning where a piece goes and saying that it is there; beginning what is made of a recording
(DIST-1.a, DIST-1.b).
"""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from activities.assets.access import may_edit, permit_edit
from activities.assets.choices import AssetKind
from activities.assets.lifecycle import AssetState
from activities.assets.locks import lock_asset
from activities.assets.models import Asset
from activities.assets.services import begin_asset
from activities.distribution.lifecycle import PLACEMENT, REPURPOSING
from activities.distribution.models import Placement, Repurposing
from activities.distribution.numbers import KINDS, Distribution
from activities.distribution.planning import day_after, who_places
from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.records.lifecycle import Lifecycle
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.selectors import accountable_owner, there

Plan = TypeVar("Plan", Placement, Repurposing)
#: Addresses do not enter the log: they can name people.
_FREE = ("url",)


@transaction.atomic
def plan_placement(
    *,
    actor: Actor,
    asset: Asset | None,
    channel: str,
    owner: Membership | None = None,
    due_on: date | None = None,
) -> Placement:
    """Plan one more channel for a piece; without ``due_on`` within the usual time, without
    ``owner`` by who usually places it.

    Raises ``DomainError`` at a field, ``Conflict`` for a retired piece, ``NotAllowed``.
    """
    asset = _plannable(actor, asset)
    usual = day_after(asset, current(Distribution).place_days)
    values = {"channel": channel, "due_on": due_on or usual, "owner": owner}
    placement = _filled(Placement(asset=asset), values)
    placement.owner = placement.owner or who_places(asset)
    placement.save(force_insert=True)
    payload = {"channel": placement.channel}
    record("placement.planned", placement, actor=actor, payload=payload, about=[asset])
    return placement


@transaction.atomic
def plan_repurposing(
    *,
    actor: Actor,
    asset: Asset | None,
    form: str,
    owner: Membership | None = None,
    due_on: date | None = None,
) -> Repurposing:
    """Plan a piece to be made of a recording. Raises as :func:`plan_placement`, and ``DomainError``
    at ``asset`` for a piece that is no recording.
    """
    asset = _plannable(actor, asset)
    if asset.kind != AssetKind.RECORDING:
        problem = _("Choose a recording: “%(title)s” is none.") % {"title": asset.title}
        raise DomainError(problem, fields={"asset": problem})
    usual = day_after(asset, current(Distribution).made_days)
    values = {"form": form, "due_on": due_on or usual, "owner": owner}
    plan = _filled(Repurposing(asset=asset), values)
    plan.owner = plan.owner or there(asset.owner) or accountable_owner()
    plan.save(force_insert=True)
    payload = {"form": plan.form}
    record("repurposing.planned", plan, actor=actor, payload=payload, about=[asset])
    return plan


@transaction.atomic
def update_placement(*, actor: Actor, placement: Placement, **values: Any) -> Placement:
    """Change who places it by when, while it is open."""
    return _update(PLACEMENT, "finish", "placement.changed", placement, actor, values)


@transaction.atomic
def update_repurposing(*, actor: Actor, repurposing: Repurposing, **values: Any) -> Repurposing:
    """Change who begins it by when, while it is open."""
    return _update(REPURPOSING, "begin", "repurposing.changed", repurposing, actor, values)


@transaction.atomic
def finish_placement(*, actor: Actor, placement: Placement, url: str = "") -> Placement:
    """It is there, with the link to it; on the website the piece's own where none is given.

    Raises ``Conflict`` for a piece that is not published, ``DomainError`` at ``url``.
    """
    permit_placement(actor, placement, "finish")
    asset = placement.asset = lock_asset(placement.asset_id)  # type: ignore[attr-defined]
    PLACEMENT.require(placement, "finish")
    if asset.state != AssetState.PUBLISHED or asset.held_since is not None:
        text = _("“%(title)s” is not published, or its leave has ended: it is placed nowhere.")
        raise Conflict(text % {"title": asset.title}, code="not_published")
    kept = writes.clean(placement, {"url": url})["url"]
    PLACEMENT.move(placement, "finish", url=kept, done_at=clock.now(), done_by=actor.membership)
    return _told(placement, PLACEMENT["finish"].verb, actor)


@transaction.atomic
def drop_placement(*, actor: Actor, placement: Placement) -> Placement:
    """It does not go there."""
    permit_placement(actor, placement, "drop")
    PLACEMENT.move(placement, "drop")
    return _told(placement, PLACEMENT["drop"].verb, actor)


@transaction.atomic
def reopen_placement(*, actor: Actor, placement: Placement) -> Placement:
    """It is not there after all, or goes there after all; its link stays until there is another."""
    permit_placement(actor, placement, "reopen")
    PLACEMENT.move(placement, "reopen", done_at=None, done_by=None)
    return _told(placement, PLACEMENT["reopen"].verb, actor)


@transaction.atomic
def begin_repurposing(*, actor: Actor, repurposing: Repurposing) -> Repurposing:
    """Begin the draft of the piece, which knows the recording as its origin (AST-2.e, ADV-4.f).

    Raises ``Conflict`` where it was begun before or the recording is retired.
    """
    permit_repurposing(actor, repurposing, "begin")
    asset = repurposing.asset = lock_asset(repurposing.asset_id)  # type: ignore[attr-defined]
    REPURPOSING.require(repurposing, "begin")
    _require_in_use(asset)
    title = _("%(form)s: %(title)s") % {
        "form": repurposing.get_form_display(),
        "title": asset.title,
    }
    derived = begin_asset(
        actor=actor,
        kind=KINDS[repurposing.form],
        advocate=asset.advocate,
        activity=asset.activity,
        origin=asset,
        owner=repurposing.owner,
        title=title[:200],
        attribution=asset.attribution,
        language=asset.language,
        topic=asset.topic,
    )
    REPURPOSING.move(repurposing, "begin", derived=derived)
    record(
        REPURPOSING["begin"].verb,
        repurposing,
        actor=actor,
        payload={"form": repurposing.form, "derived": str(derived.pk)},
        about=[asset, derived],
    )
    return repurposing


@transaction.atomic
def drop_repurposing(*, actor: Actor, repurposing: Repurposing) -> Repurposing:
    """It is not made."""
    permit_repurposing(actor, repurposing, "drop")
    REPURPOSING.move(repurposing, "drop")
    return _told(repurposing, REPURPOSING["drop"].verb, actor)


@transaction.atomic
def reopen_repurposing(*, actor: Actor, repurposing: Repurposing) -> Repurposing:
    """It is made after all."""
    permit_repurposing(actor, repurposing, "reopen")
    REPURPOSING.move(repurposing, "reopen")
    return _told(repurposing, REPURPOSING["reopen"].verb, actor)


def permit_placement(actor: Actor, placement: Placement, name: str) -> None:
    """Raise ``NotAllowed`` unless it is the actor's, or they may work on the piece."""
    PLACEMENT.permit(actor, name)
    _permit(actor, placement)


def permit_repurposing(actor: Actor, repurposing: Repurposing, name: str) -> None:
    """The same; beginning a piece is for who may work on the advocate's."""
    REPURPOSING.permit(actor, name)
    if name == "begin":
        permit_edit(actor, repurposing.asset)
    else:
        _permit(actor, repurposing)


def permit_change_placement(actor: Actor, placement: Placement) -> None:
    """Raise unless it may be changed: by whom, and while it is open."""
    _permit(actor, placement)
    PLACEMENT.require_editable(placement, "finish")


def permit_change_repurposing(actor: Actor, repurposing: Repurposing) -> None:
    """The same of a planned derived piece."""
    _permit(actor, repurposing)
    REPURPOSING.require_editable(repurposing, "begin")


def _permit(actor: Actor, plan: Placement | Repurposing) -> None:
    member = actor.membership
    own = member is not None and plan.owner_id in answers_for(member)  # type: ignore[union-attr]
    if not own and not (member is not None and may_edit(member, plan.asset)):
        permit_edit(actor, plan.asset)


def _plannable(actor: Actor, asset: Asset | None) -> Asset:
    if asset is None:
        problem = _("Say which piece: plan it on the piece's page.")
        raise DomainError(problem, fields={"asset": problem})
    permit_edit(actor, asset)
    locked = lock_asset(asset.pk)
    _require_in_use(locked)
    return locked


def _require_in_use(asset: Asset) -> None:
    if asset.state == AssetState.RETIRED:
        text = _("“%(title)s” is retired: nothing is planned for it.")
        raise Conflict(text % {"title": asset.title}, code="not_plannable")


def _filled(plan: Plan, values: dict[str, Any]) -> Plan:
    for name, value in writes.clean(plan, values).items():
        setattr(plan, name, value)
    _require_there(plan.owner)
    return plan


def _require_there(owner: Membership | None) -> None:
    if owner is not None and there(owner) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"owner": problem})


def _update(
    lifecycle: Lifecycle, move: str, verb: str, plan: Plan, actor: Actor, values: dict[str, Any]
) -> Plan:
    _permit(actor, plan)
    plan.reload()
    lifecycle.require_editable(plan, move)
    if "asset" in values and values.pop("asset") != plan.asset:
        problem = _("This stays what it was; plan another instead.")
        raise DomainError(problem, fields={"asset": problem})
    checked = writes.clean(plan, values)
    _require_there(checked.get("owner"))
    if changes := writes.save_changes(plan, checked):
        payload = writes.change_payload(changes, text=_FREE)
        record(verb, plan, actor=actor, payload=payload, about=[plan.asset])
    return plan


def _told(plan: Plan, verb: str, actor: Actor) -> Plan:
    code = plan.channel if isinstance(plan, Placement) else plan.form
    record(verb, plan, actor=actor, payload={"what": code}, about=[plan.asset])
    return plan
