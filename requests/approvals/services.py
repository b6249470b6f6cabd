"""Asking for approval, giving and refusing it (REQ-3.b).

A request that waits carries since when (``Request.approval_since``), and nobody is asked for it.
It is written under the request's lock, in the transaction of whatever made it wait. Its clock
stands still meanwhile, as it does while the requester is asked something; a time that both kept it
standing counts once.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.records.undoing import made, note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import acting, answers_for
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.responsibilities.selectors import accountable_owner, there
from requests.approvals.checking import covers, is_within, rule_for, rule_words
from requests.approvals.lifecycle import APPROVAL, UNDECIDED, ApprovalState
from requests.approvals.mails import mail_approver
from requests.approvals.settings import Approving
from requests.asks.ending import release_open_asks
from requests.mails import mail_member
from requests.models import Approval, ApprovalRule, Opportunity, Request
from requests.requests.levels import shifted, stood_until
from requests.requests.locks import lock_request, move_request
from requests.requests.log import tell


@transaction.atomic
def seek_approval(*, actor: Actor, request: Request) -> Approval | None:
    """Let a request wait for approval where a rule wants it and none covers it; else let it go on.

    Locks the request. Called whenever it is handed in, taken up again or changed, and when its deal
    changes; a second time changes nothing.
    """
    locked = lock_request(request)
    if locked.state not in UNDECIDED:
        return None
    waiting = Approval.objects.filter(request=locked, state=ApprovalState.WAITING).first()
    rule = rule_for(locked.activity_type, locked.opportunity)
    if rule is None or any(covers(each, locked) for each in locked.approvals.all()):
        if waiting is not None:
            APPROVAL.move(waiting, "drop", decided_at=clock.now())
            record("approval.dropped", waiting, actor=actor, about=waiting.about)
        _go_on(locked)
    elif waiting is None or not _is_same(waiting, locked):
        waiting = _ask(locked, rule, waiting, actor)
    request.approval_since = locked.approval_since
    return waiting


def seek_for_deals(deals: Sequence[Opportunity], actor: Actor) -> None:
    """Deals are worth something else, or are another company's: some may have to be approved now.

    The deals are locked already, the wrong way round; so a request that somebody else works on at
    this very moment is left to them: what they write looks at the deal as it is by then.
    """
    if not ApprovalRule.objects.filter(is_on=True).exists():
        return
    rows = Request.objects.filter(opportunity__in=[deal.pk for deal in deals], state__in=UNDECIDED)
    for request in rows.order_by("pk").select_for_update(no_key=True, skip_locked=True):
        seek_approval(actor=actor, request=request)


def on_request_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of what hands a request in, takes it up again or changes it."""
    if isinstance(subject, Request) and subject.state in UNDECIDED:
        seek_approval(actor=actor, request=subject)


@transaction.atomic
def approve(*, actor: Actor, approval: Approval) -> Approval:
    """Somebody may be asked now, and the clock goes on. Locks the request.

    Raises ``NotAllowed`` for whoever it was not asked of, ``Conflict`` where it is decided or the
    request is over.
    """
    permit_approval(actor, approval, "approve")
    approval.request = request = lock_request(approval.request)
    _decide(actor, approval, "approve")
    _go_on(request)
    record("approval.approved", approval, actor=actor, about=approval.about)
    # Whoever changed the deal while this request was locked left it to be looked at here.
    seek_approval(actor=actor, request=request)
    if request.manager is not None and request.manager != actor.membership:
        mail_member(
            request.manager,
            "approved",
            request,
            key=str(approval.pk),
            context={"approver": _who(actor)},
        )
    return approval


@transaction.atomic
def refuse(*, actor: Actor, approval: Approval, reason: str) -> Approval:
    """Nobody is asked: the request is declined with the reason, which its requester reads.

    Raises as :func:`approve` does, and ``DomainError`` without a reason.
    """
    permit_approval(actor, approval, "refuse")
    text = writes.clean(approval, {"reason": reason})["reason"]
    if not has_words(text):
        problem = _("Say why in a few words; the requester reads it.")
        raise DomainError(problem, fields={"reason": problem})
    approval.request = request = lock_request(approval.request)
    _decide(actor, approval, "refuse", reason=text)
    now = clock.now()
    record("approval.refused", approval, actor=actor, about=approval.about)
    answered = {} if request.answered_at else {"answered_at": now}
    before = move_request(
        request,
        "decline",
        state_reason=text,
        ended_at=now,
        check_at=None,
        approval_since=None,
        **answered,
    )
    tell("request.declined", request, actor, {"from": before})
    release_open_asks(request, "withdraw", actor=actor)
    mail_member(
        request.requester,
        "declined",
        request,
        key=now.isoformat(),
        context={"reason": text, "manager": _who(actor)},
        sender=actor.membership,
    )
    return approval


def permit_approval(actor: Actor, approval: Approval, name: str) -> None:
    """Raise ``NotAllowed`` unless it was asked of the actor, they stand in for who it was, or they
    are an admin, or answer for the program and whoever it was has left. Nobody approves their own
    request, unless nobody else could be asked.
    """
    APPROVAL.permit(actor, name)
    member = actor.membership
    if member is None:
        return
    approver, requester = approval.approver_id, approval.request.requester_id  # type: ignore[attr-defined]
    left = there(approval.approver) is None and member == accountable_owner()
    if approver not in answers_for(member) and member.role != Role.ADMIN and not left:
        raise NotAllowed(_("%(name)s was asked to decide this.") % {"name": approval.approver.name})
    if member.pk == requester != approver:
        raise NotAllowed(_("It is your own request; a colleague decides about it."))


def require_approved(request: Request) -> None:
    """Raise ``Conflict`` while a locked request waits for approval: nobody is asked meanwhile."""
    if request.approval_since is not None:
        raise Conflict(waiting_words(request), code="waits_for_approval")


def waiting_words(request: Request) -> str:
    """Whom a request waits for."""
    waiting = (
        Approval.objects.filter(request=request, state=ApprovalState.WAITING)
        .select_related("approver__user")
        .first()
    )
    name = waiting.approver.name if waiting else _("a colleague")
    text = _("It waits for approval by %(name)s. Nobody is asked before that.")
    return text % {"name": name}


# -- inside --------------------------------------------------------------------------------------


def _ask(request: Request, rule: ApprovalRule, waiting: Approval | None, actor: Actor) -> Approval:
    """A new question, of the same person if the rule is the same. One that waits goes on waiting
    where it is about less now; about more it is another question, so that nobody gives to a deal of
    a million the yes they meant for a small one that still stands on their screen.
    """
    now, deal = clock.now(), request.opportunity
    values: dict[str, Any] = {
        "activity_type": request.activity_type,
        "opportunity": deal,
        "amount": deal.amount if deal else None,
        "currency": deal.currency if deal else "",
        "rule": rule,
    }
    same = waiting is not None and waiting.rule_id == rule.pk  # type: ignore[attr-defined]
    if waiting is not None and same and is_within(waiting, request):
        note(waiting, values)
        for name, value in values.items():
            setattr(waiting, name, value)
        waiting.save(update_fields=list(values))
        return waiting
    if waiting is not None:
        APPROVAL.move(waiting, "drop", decided_at=now)
    hours = current(Approving).approval_hours
    asked = waiting.approver if waiting is not None and same else None
    approval = Approval(
        request=request,
        approver=asked
        if asked is not None and asked.is_active
        else _approver(rule.approver_role, request.requester),
        due_at=calendar_of(request.tenant).add_hours(now, hours),
        **values,
    )
    approval.save(force_insert=True)
    # Handing in can be taken back; then nobody is to decide any more.
    made(approval, state=ApprovalState.DROPPED)
    _stand_still(request)
    record(
        "approval.asked",
        approval,
        actor=actor,
        payload={"approver": str(approval.approver.pk), "rule": str(rule.pk)},
        about=approval.about,
    )
    mail_approver(approval, rule_words(rule))
    return approval


def _is_same(waiting: Approval, request: Request) -> bool:
    deal = request.opportunity
    asked = (waiting.activity_type_id, waiting.opportunity_id, waiting.amount, waiting.currency)  # type: ignore[attr-defined]
    now = (
        request.activity_type_id,  # type: ignore[attr-defined]
        request.opportunity_id,  # type: ignore[attr-defined]
        deal.amount if deal else None,
        deal.currency if deal else "",
    )
    return asked == now


def _approver(role: str, requester: Membership) -> Membership:
    """Of the role whoever has the fewest to decide, who is here before who is away; who answers for
    the program where the role has nobody, and an admin where that is the requester.
    """
    there = Membership.objects.filter(is_active=True, user__is_active=True)
    there = there.select_related("user", "tenant").exclude(pk=requester.pk)
    people = list(there.filter(role=role))
    if not people:
        owner = accountable_owner()
        if owner is not None and owner.pk != requester.pk:
            return owner
        people = list(there.filter(role__in=[Role.ADMIN, Role.PROGRAM_MANAGER]))
    if not people:
        return requester  # alone in the tenant
    load = dict(
        Approval.objects.filter(state=ApprovalState.WAITING)
        .order_by()
        .values_list("approver_id")
        .annotate(n=Count("pk"))
    )
    absent = acting(requester)
    return min(people, key=lambda m: (m.pk in absent, load.get(m.pk, 0), m.created_at, m.pk))


def _decide(actor: Actor, approval: Approval, name: str, **changes: Any) -> None:
    APPROVAL.move(approval, name, decided_at=clock.now(), decided_by=actor.membership, **changes)


def _stand_still(request: Request) -> None:
    if request.approval_since is None:
        _write(request, approval_since=clock.now())


def _go_on(request: Request) -> None:
    """The clock goes on with as much time as was left, once nothing else keeps it standing."""
    since, now = request.approval_since, clock.now()
    if since is None:
        return
    until = stood_until(since, request.paused_at, now)
    calendar = calendar_of(request.tenant)
    _write(
        request,
        approval_since=None,
        answer_due_at=shifted(calendar, request.answer_due_at, since, until),
        confirm_due_at=shifted(calendar, request.confirm_due_at, since, until),
    )


def _write(request: Request, **changes: Any) -> None:
    note(request, changes)
    Request.objects.filter(pk=request.pk).update(**changes)
    for name, value in changes.items():
        setattr(request, name, value)


def _who(actor: Actor) -> str:
    return actor.membership.name if actor.membership else _("The advocacy team")
