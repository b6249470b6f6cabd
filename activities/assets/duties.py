"""Whose a piece of content is, by the matrix: who produces it, who publishes it, and who tells the
advocate that it is out (RSP-1.b).

A piece that an activity gave shares that activity's duties; whoever the one is given to has the
other.
"""

from django.db import models
from django.utils.translation import gettext_lazy

from activities.assets.lifecycle import LIVE, WORKED_ON, AssetState
from activities.assets.models import Asset
from activities.duties.models import Duty
from activities.duties.selectors import DutyLine, lines_of
from activities.duties.services import pass_on, responsible_for
from activities.loops.models import LoopDuty
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.responsibilities.selectors import own_role, person_for, role_for, there
from advocates.responsibilities.steps import Step, usual_role

_EDIT = "assets.edit"
TELL = gettext_lazy("Tell the advocate that it is out")


def step_now(asset: Asset) -> Step:
    """What its owner does as it stands: publish what is approved, produce everything before."""
    return Step.PUBLISH if asset.state == AssetState.APPROVED else Step.PRODUCE


def role_of(asset: Asset, step: Step) -> str:
    """The role of a step; of a piece that came of no activity as for every type."""
    if asset.activity is not None:
        return role_for(asset.activity.activity_type, step)
    return own_role(None, step) or usual_role(step)


def publisher_of(asset: Asset) -> Membership | None:
    """Who publishes it once everybody said yes: whoever the activity's duty was given to, else who
    has it where one role does both, else who the matrix names, if they may.
    """
    if shares_duties(asset):
        duty = Duty.objects.filter(
            activity=asset.activity, step=Step.PUBLISH, item=None, task=""
        ).select_related("owner__user")
        if (given := duty.first()) and (owner := _able(given.owner)):
            return owner
    has = _able(asset.owner)
    if role_of(asset, Step.PUBLISH) == role_of(asset, Step.PRODUCE) and has:
        return has
    found = (
        responsible_for(asset.activity, Step.PUBLISH)
        if asset.activity is not None
        else person_for(
            role_of(asset, Step.PUBLISH), account=asset.advocate.account, manager=asset.owner
        )
    )
    return _able(found) or has


def _able(member: Membership | None) -> Membership | None:
    member = there(member)
    return member if member is not None and member.can(_EDIT) else None


def shares_duties(asset: Asset) -> bool:
    """Whether it is what its activity was to give: not made of another, nor out of a transcript."""
    return asset.activity_id is not None and asset.origin_id is None and not asset.is_excerpt  # type: ignore[attr-defined]


def duty_lines(asset: Asset) -> list[DutyLine]:
    """Who produces, publishes and tells, by when and since when; what of it is known."""
    found: list[DutyLine] = []
    if shares_duties(asset) and asset.activity is not None:
        both = (Step.PRODUCE, Step.PUBLISH)
        of_activity = lines_of([asset.activity]).get(asset.activity.pk, [])
        found = [line for line in of_activity if line.step in both]
    if not found and asset.state in LIVE:
        found = _own_lines(asset)
    return found + _telling(asset)


def _own_lines(asset: Asset) -> list[DutyLine]:
    approved = asset.approved_at if asset.approved_number == asset.number else None
    published = asset.published_at if asset.state == AssetState.PUBLISHED else None
    now = step_now(asset)
    publisher = asset.owner if now == Step.PUBLISH or published else publisher_of(asset)
    return [
        DutyLine(
            step,
            step.label,
            owner.name if owner else "",
            asset.due_at if asset.state in WORKED_ON and step == now else None,
            done,
            owner_id=owner.pk if owner else None,
        )
        for step, owner, done in (
            (Step.PRODUCE, asset.owner, approved),
            (Step.PUBLISH, publisher, published),
        )
    ]


def _telling(asset: Asset) -> list[DutyLine]:
    """Who tells the advocate that it is out (AST-3.d)."""
    duty = LoopDuty.objects.filter(asset=asset).select_related("owner__user").first()
    if duty is None:
        return []
    owner = duty.owner
    return [
        DutyLine(
            Step.THANK,
            TELL,
            owner.name if owner else "",
            duty.due_at,
            duty.closed_at,
            owner_id=owner.pk if owner else None,
        )
    ]


def on_handed_over(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``duty.handed_over``: whoever has to produce or publish what an activity gave
    has the piece, too.
    """
    assert isinstance(subject, Duty)  # noqa: S101 - its own events
    if subject.item_id or subject.task or subject.step not in (Step.PRODUCE, Step.PUBLISH):  # type: ignore[attr-defined]
        return
    rows = Asset.objects.filter(
        activity=subject.activity, origin=None, is_excerpt=False, state__in=WORKED_ON
    )
    for asset in rows.select_related("advocate__account", "activity", "owner__user"):
        if subject.step == step_now(asset) and _able(subject.owner):
            _give(asset, subject.owner, actor)


def on_approved(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``asset.approved``: from now on it is whose publishing is."""
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    _give(subject, publisher_of(subject), actor)


def on_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``asset.changed``: with the piece its activity's duty is somebody else's."""
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    if "owner" not in event.payload.get("changes", {}) or not shares_duties(subject):
        return
    if subject.activity is not None and subject.owner is not None and subject.state in WORKED_ON:
        step = step_now(subject)
        pass_on(actor=actor, activity=subject.activity, step=step, owner=subject.owner)


def _give(asset: Asset, owner: Membership | None, actor: Actor) -> None:
    if owner is None or asset.owner_id == owner.pk:  # type: ignore[attr-defined]
        return
    changes = writes.save_changes(asset, {"owner": owner})
    payload = writes.change_payload(changes, text=())
    record("asset.changed", asset, actor=actor, payload=payload, about=asset.about)
