"""Planning steps, deciding about a text, letting somebody else decide (APR-1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.asset_approvals.lifecycle import APPROVAL_STEP, OUTSIDE, StepKind, StepState
from activities.asset_approvals.mails import ask_by_mail, is_asked_outside
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.planning import decider
from activities.asset_approvals.rounds import end_links, end_round, go_on
from activities.assets.access import may_edit, permit_edit
from activities.assets.lifecycle import ASSET, AssetState
from activities.assets.locks import lock_asset
from activities.assets.models import Asset
from activities.assets.times import owners_turn
from activities.assets.words import digest_of
from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import cut, has_words, one_line
from advocates.responsibilities.selectors import accountable_owner, there

#: Somebody at the customer, on the link in their mail.
OUTSIDER = Actor.system("customer")
_PLANNABLE = (AssetState.DRAFT, AssetState.REVIEW, AssetState.APPROVALS)
_FREE = ("contact_name", "contact_email", "comment")


@transaction.atomic
def plan_step(*, actor: Actor, asset: Asset, step: str, **values: Any) -> AssetApproval:
    """Let somebody approve a piece before it is published; ``position`` says in which order.

    Raises ``DomainError`` at a field, ``Conflict`` where nothing is left to approve.
    """
    permit_edit(actor, asset)
    asset = lock_asset(asset.pk)
    if asset.state not in _PLANNABLE:
        text = _("“%(title)s” is “%(state)s”: who approves is planned before that.")
        words = {"title": asset.title, "state": asset.get_state_display()}
        raise Conflict(text % words, code="not_plannable")
    approval = AssetApproval(asset=asset)
    checked = _checked(approval, {"step": step, **values})
    for name, value in checked.items():
        setattr(approval, name, value)
    if approval.assignee is None:
        approval.assignee = decider(asset, approval.step)
    approval.save(force_insert=True)
    payload = {"step": approval.step, "position": approval.position}
    record("asset_approval.planned", approval, actor=actor, payload=payload, about=_about(asset))
    return approval


@transaction.atomic
def update_step(*, actor: Actor, approval: AssetApproval, **values: Any) -> AssetApproval:
    """Change who is asked, when and how long, before it is their turn."""
    permit_change(actor, approval)
    lock_asset(approval.asset_id)  # type: ignore[attr-defined]
    approval.reload()
    APPROVAL_STEP.require_editable(approval, "open")
    values.pop("asset", None)
    changes = writes.save_changes(approval, _checked(approval, values))
    if changes:
        payload = writes.change_payload(changes, text=_FREE)
        record(
            "asset_approval.changed",
            approval,
            actor=actor,
            payload=payload,
            about=_about(approval.asset),
        )
    return approval


@transaction.atomic
def approve_step(
    *, actor: Actor, approval: AssetApproval, comment: str = "", number: int | None = None
) -> AssetApproval:
    """Approve exactly the text of the version that was asked about.

    ``number`` is the version that was read, where the caller knows it. Raises ``NotAllowed`` for
    whom it was not asked of, ``Conflict`` where it is decided or the text changed meanwhile.
    """
    asset = _decide(actor, approval, "approve", comment, number)
    go_on(asset, actor)
    return approval


@transaction.atomic
def refuse_step(
    *, actor: Actor, approval: AssetApproval, comment: str, number: int | None = None
) -> AssetApproval:
    """The text goes back to whoever sees to it, with the reason. Raises as approving does, and
    ``DomainError`` without a reason.
    """
    if not has_words(comment):
        problem = _("Say in a few words what should be different.")
        raise DomainError(problem, fields={"comment": problem})
    asset = _decide(actor, approval, "refuse", comment, number)
    ASSET.move(
        asset,
        "return",
        reason=cut(one_line(comment), 300),
        due_at=owners_turn(asset),
        updated_at=clock.now(),
    )
    record("asset.returned", asset, actor=actor, about=asset.about)
    end_round(asset)
    return approval


@transaction.atomic
def hand_over_step(
    *, actor: Actor, approval: AssetApproval, assignee: Membership | None
) -> AssetApproval:
    """Let a colleague decide this one (APR-1.b); they are asked by mail, unless somebody outside
    was: their letter and its link stay as they are.
    """
    permit_approval(actor, approval, "hand_over")
    if there(assignee) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"assignee": problem})
    asset = _lock(actor, approval, "hand_over")
    outside = is_asked_outside(approval)
    reminded = {} if outside else {"reminded_at": None}
    APPROVAL_STEP.move(approval, "hand_over", assignee=assignee, **reminded)
    payload = {"step": approval.step, "assignee": str(assignee.pk) if assignee else None}
    record(
        "asset_approval.handed_over", approval, actor=actor, payload=payload, about=_about(asset)
    )
    if not outside:
        # Whoever is asked outside has their letter; a colleague finds it on Today.
        ask_by_mail(approval)
    return approval


@transaction.atomic
def drop_step(*, actor: Actor, approval: AssetApproval) -> AssetApproval:
    """Nobody is asked for it; what comes after goes on."""
    permit_approval(actor, approval, "drop")
    asset = approval.asset = lock_asset(approval.asset_id)  # type: ignore[attr-defined]
    APPROVAL_STEP.move(approval, "drop", decided_at=clock.now(), decided_by=actor.membership)
    end_links(approval)
    payload = {"step": approval.step}
    record("asset_approval.dropped", approval, actor=actor, payload=payload, about=_about(asset))
    if asset.state == AssetState.APPROVALS:
        go_on(asset, actor)
    return approval


def permit_change(actor: Actor, approval: AssetApproval) -> None:
    """Raise unless the actor may plan it, and it is not yet somebody's turn."""
    permit_edit(actor, approval.asset)
    APPROVAL_STEP.require_editable(approval, "open")


def permit_approval(actor: Actor, approval: AssetApproval, name: str) -> None:
    """Raise ``NotAllowed`` unless it was asked of the actor, they stand in for who it was, or they
    are an admin. What is decided outside is recorded by who works on the piece, what is nobody's
    decides whoever answers for the program.
    """
    if name == "drop":
        APPROVAL_STEP.permit(actor, name)
        permit_edit(actor, approval.asset)
        return
    outside = approval.step in OUTSIDE
    if actor.kind == "advocate" and name != "hand_over":
        is_theirs = actor.id == approval.asset.advocate_id  # type: ignore[attr-defined]
        if approval.step == StepKind.ADVOCATE and is_theirs:
            return
    APPROVAL_STEP.permit(actor, name)
    member = actor.membership
    if member is None or member.role == Role.ADMIN:
        return
    mine = approval.assignee_id in answers_for(member)  # type: ignore[attr-defined]
    if mine or (outside and may_edit(member, approval.asset)):
        return
    if there(approval.assignee) is None and member == accountable_owner():
        return
    who = approval.who or _("a colleague")
    raise NotAllowed(_("%(name)s was asked to decide this.") % {"name": who})


def _decide(
    actor: Actor, approval: AssetApproval, name: str, comment: str, number: int | None
) -> Asset:
    permit_approval(actor, approval, name)
    text = writes.clean(approval, {"comment": comment})["comment"]
    if approval.step in OUTSIDE and actor.membership is not None and not has_words(text):
        problem = _("Say how they decided: in which mail or call, and on which day.")
        raise DomainError(problem, fields={"comment": problem})
    asset = _lock(actor, approval, name)
    if number is not None and number != approval.number and approval.state == StepState.WAITING:
        raise Conflict(_("The text changed meanwhile. Read it again before you decide."))
    now = clock.now()
    APPROVAL_STEP.move(approval, name, comment=text, decided_at=now, decided_by=actor.membership)
    end_links(approval)
    payload = {"step": approval.step, "number": asset.number, "digest": digest_of(asset)}
    record(APPROVAL_STEP[name].verb, approval, actor=actor, payload=payload, about=_about(asset))
    return asset


def _lock(actor: Actor, approval: AssetApproval, name: str) -> Asset:
    """The piece, and the step as it is now: it may have become a colleague's meanwhile."""
    asset = approval.asset = lock_asset(approval.asset_id)  # type: ignore[attr-defined]
    approval.refresh_from_db(fields=["state", "number", "assignee"])
    permit_approval(actor, approval, name)
    return asset


def _checked(approval: AssetApproval, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(approval, values)
    assignee = checked.get("assignee")
    if assignee is not None and there(assignee) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"assignee": problem})
    step = checked.get("step", approval.step)
    email = checked.get("contact_email", approval.contact_email)
    name = checked.get("contact_name", approval.contact_name)
    if step != StepKind.CUSTOMER and (email or name):
        problem = _("Somebody at the customer belongs to the customer's step.")
        field = "contact_email" if email else "contact_name"
        raise DomainError(problem, fields={field: problem})
    return checked


def _about(asset: Asset) -> list[Any]:
    return [asset, *asset.about]
