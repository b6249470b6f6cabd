"""A round of approvals: from the advocate's word to the last yes, or until the text changes
(APR-1.a, AST-1.b). Called with the piece locked.
"""

from activities.asset_approvals.lifecycle import APPROVAL_STEP, StepState
from activities.asset_approvals.mails import MAILS, PURPOSE, ask_by_mail, is_asked_outside
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.numbers import due_of
from activities.asset_approvals.planning import decider
from activities.asset_approvals.selectors import with_beside
from activities.assets.lifecycle import ASSET
from activities.assets.models import Asset
from activities.assets.times import owners_turn
from activities.assets.words import digest_of
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.links import revoke_links
from advocacy.messaging.services import cancel_mail
from advocacy.tenancy.actors import Actor
from advocates.responsibilities.selectors import there


def go_on(asset: Asset, actor: Actor) -> None:
    """Ask whose turn it is; nobody left means that exactly this text is approved."""
    rows = list(
        with_beside(AssetApproval.objects.filter(asset=asset)).filter(
            state__in=[StepState.PLANNED, StepState.WAITING]
        )
    )
    if any(row.state == StepState.WAITING for row in rows):
        return
    if rows:
        first = min(row.position for row in rows)
        for row in rows:
            if row.position == first:
                row.asset = asset
                _open(row, actor)
        return
    now = clock.now()
    ASSET.move(
        asset,
        "approve",
        approved_at=now,
        approved_number=asset.number,
        due_at=owners_turn(asset),
        updated_at=now,
    )
    payload = {"number": asset.number, "digest": digest_of(asset)}
    record("asset.approved", asset, actor=actor, payload=payload, about=asset.about)


def end_round(asset: Asset) -> None:
    """The text is worked on again: nobody decides about it meanwhile, and what was decided is
    asked again for the next text, with what changed since.
    """
    rows = list(AssetApproval.objects.filter(asset=asset).exclude(state=StepState.DROPPED))
    planned = {_who(row) for row in rows if row.state in (StepState.PLANNED, StepState.WAITING)}
    for row in rows:
        if row.state == StepState.WAITING:
            APPROVAL_STEP.move(
                row, "close", seen_number=row.number, number=None, due_at=None, opened_at=None
            )
            end_links(row)
        elif row.state in (StepState.APPROVED, StepState.REFUSED) and _who(row) not in planned:
            planned.add(_who(row))
            AssetApproval.objects.create(
                asset=asset,
                step=row.step,
                position=row.position,
                assignee=row.assignee,
                contact_name=row.contact_name,
                contact_email=row.contact_email,
                days=row.days,
                seen_number=row.number,
            )


def end_links(approval: AssetApproval) -> None:
    """What was sent about it decides nothing any more."""
    revoke_links(subject_id=approval.pk, purpose=PURPOSE)
    cancel_mail(subject_id=approval.pk, kinds=MAILS)


def _who(row: AssetApproval) -> tuple[object, ...]:
    return row.step, row.assignee_id, row.contact_email  # type: ignore[attr-defined]


def _open(approval: AssetApproval, actor: Actor) -> None:
    asset, now = approval.asset, clock.now()
    assignee = there(approval.assignee)
    if assignee is None and not is_asked_outside(approval):
        assignee = decider(asset, approval.step)
    APPROVAL_STEP.move(
        approval,
        "open",
        number=asset.number,
        opened_at=now,
        due_at=due_of(approval, now),
        reminded_at=None,
        assignee=assignee,
    )
    record(
        "asset_approval.asked",
        approval,
        actor=actor,
        payload={"step": approval.step, "number": asset.number},
        about=[asset, *asset.about],
    )
    ask_by_mail(approval)
