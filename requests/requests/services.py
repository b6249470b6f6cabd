"""A request from the first word to submission, and who looks after it (REQ-1 to REQ-3)."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.messaging.holding import undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.models import Tag
from requests.access import is_own, is_program, permit_request, require_own, require_program
from requests.browsing.introducing import introduce
from requests.forecasts.keeping import forecast_columns
from requests.gates.checking import gate_words
from requests.gates.owed import require_feedback
from requests.mails import mail_member
from requests.models import Request, RequestTag
from requests.requests.choices import REQUEST_EDITABLE, RequestState
from requests.requests.details import (
    RequestDetails,
    check,
    check_for_submission,
    completed_by_opportunity,
    settled,
)
from requests.requests.levels import confirm_days
from requests.requests.lifecycle import REQUEST
from requests.requests.locks import lock_request, move_request
from requests.requests.log import about, tell
from requests.requests.settings import Promises
from requests.routing.choosing import choose_manager


@transaction.atomic
def create_request(
    *,
    actor: Actor,
    details: RequestDetails,
    requester: Membership | None = None,
    introduction: str = "",
) -> Request:
    """Write down a draft, with the next number of the tenant.

    ``requester`` lets the program ask in a colleague's name; else it is the actor. ``introduction``
    is the actor's reference to somebody whom they found without a name (BRW-1.b). Raises
    :class:`DomainError` naming each field that cannot be (BAD-1).
    """
    _require_submitter(actor)
    owner = requester or actor.membership
    if owner is None:
        raise DomainError(_("Say who asks."), fields={"requester": _("Choose a colleague.")})
    if actor.membership is not None and owner.pk != actor.membership.pk and not is_program(actor):
        raise NotAllowed(_("Only the program asks in a colleague's name."))
    full = settled(completed_by_opportunity(details))
    request = Request(**full.values(), requester=owner)
    check(request)
    request.number = _next_number()
    request.save(force_insert=True)
    _change_tags(request, set(), set(full.tags))
    if introduction:
        introduce(actor=actor, request=request, reference=introduction)
    tell("request.created", request, actor, {"number": request.number})
    return request


@transaction.atomic
def update_request(*, actor: Actor, request: Request, details: RequestDetails) -> Request:
    """Change what is said, as long as nobody was asked because of it.

    What ``details`` say otherwise than ``request``, the row as whoever changes it has read it, is
    written; the rest stays as it is stored by now. Raises :class:`Conflict` once asks went out,
    :class:`NotAllowed` for a colleague's request, :class:`DomainError` for another type or deal
    that the gate holds back once the request is handed in (REQ-4).
    """
    require_own(actor, request)
    stored = lock_request(request)
    if stored.state not in REQUEST_EDITABLE:
        raise Conflict(_("Somebody was asked already; cancel it and start a new one instead."))
    full = settled(completed_by_opportunity(details))
    said = {name: value for name, value in full.values().items() if value != getattr(request, name)}
    for name, value in said.items():
        setattr(stored, name, value)
    check(stored)
    if stored.state != RequestState.DRAFT:
        check_for_submission(stored, moved_date="needed_by" in said)
        if said.keys() & {"activity_type", "opportunity"}:
            _require_gate(actor, stored)
    stored.save(update_fields=[*said])
    _change_tags(stored, {link.tag for link in request.request_tags.all()}, set(full.tags))
    tell("request.changed", stored, actor)
    return stored


@transaction.atomic
@undoable("request.submit", "request", about=about)
def submit_request(*, actor: Actor, request: Request) -> Request:
    """Hand a draft in: the clock starts, and it goes to whom a rule names, else to the manager with
    the fewest (REQ-2, REQ-3).

    Raises :class:`DomainError` for a type that is off, a date that is past, less than three
    business days' notice without a reason, feedback that is owed where the tenant waits for it;
    :class:`Conflict` when it is no draft.
    """
    permit_request(actor, request, "submit")
    REQUEST.require(request, "submit")
    check_for_submission(request, moved_date=True)
    require_feedback(request.requester)
    _require_gate(actor, request)
    now = clock.now()
    calendar = calendar_of(request.tenant)
    rule = None
    manager = request.manager
    if manager is None:
        manager, rule = choose_manager(request)
    move_request(
        request,
        "submit",
        submitted_at=now,
        answer_due_at=calendar.add_hours(now, current(Promises).answer_hours),
        confirm_due_at=calendar.add_days(now, confirm_days(request.activity_type)),
        manager=manager,
        **forecast_columns(request),
    )
    tell(
        "request.submitted",
        request,
        actor,
        {
            "number": request.number,
            "type": request.activity_type.code,
            "needed_by": request.needed_by.isoformat(),
            "needed_count": request.needed_count,
            "manager": str(manager.pk) if manager else None,
            "rule": str(rule.pk) if rule else None,
        },
    )
    if manager is not None and not is_own(Actor.member(manager), request):
        mail_member(
            manager,
            "submitted",
            request,
            key="1",
            context={
                "requester": request.requester.name,
                "needed_by": request.needed_by,
                "due": request.answer_due_at,
            },
        )
    return request


@transaction.atomic
def assign_manager(*, actor: Actor, request: Request, manager: Membership) -> Request:
    """Give a request to a colleague who runs the program (REQ-3)."""
    require_program(actor)
    if not manager.can("requests.triage"):
        raise DomainError(
            _("%(name)s does not run the program.") % {"name": manager.name},
            fields={"manager": _("Choose a program manager.")},
        )
    Request.objects.filter(pk=request.pk).update(manager=manager)
    request.manager = manager
    tell("request.assigned", request, actor, {"manager": str(manager.pk)})
    return request


@transaction.atomic
def say_time_zone(*, actor: Actor, request: Request, time_zone: str) -> Request:
    """Say on which clock the prospect lives, also after somebody was asked; blank for not known.

    What was sent already stays as it is: a calendar shows the same moment on any clock. Raises
    :class:`DomainError` at ``time_zone`` for one that does not exist.
    """
    require_own(actor, request)
    zone = time_zone.strip()
    try:
        Request._meta.get_field("time_zone").clean(zone, request)
    except ValidationError as error:
        problem = " ".join(error.messages)
        raise DomainError(problem, fields={"time_zone": problem}) from error
    if Request.objects.filter(pk=request.pk).exclude(time_zone=zone).update(time_zone=zone):
        request.time_zone = zone
        tell("request.zone_said", request, actor)
    return request


# -- inside --------------------------------------------------------------------------------------


def _require_submitter(actor: Actor) -> None:
    member = actor.membership
    if actor.kind == "advocate" or (member is not None and not member.can("requests.submit")):
        raise NotAllowed(_("Your role does not submit requests."))


def _next_number() -> int:
    """The next number without gaps: one creation at a time per tenant, until it commits.

    The statement after the lock sees what was committed while it waited.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"request-number:{current_tenant_id()}"],
        )
    return (Request.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _require_gate(actor: Actor, request: Request) -> None:
    """Raise ``DomainError`` where a deal is not far enough and the program is not who asks."""
    if not is_program(actor) and (short := gate_words(request.activity_type, request.opportunity)):
        raise DomainError(short, code="gate", fields={"activity_type": short})


def _change_tags(request: Request, before: set[Tag], after: set[Tag]) -> None:
    """What somebody else has added or taken away meanwhile stays so."""
    if before - after:
        request.request_tags.filter(tag__in=before - after).delete()
    RequestTag.objects.bulk_create(
        [RequestTag(request=request, tag=tag) for tag in after - before], ignore_conflicts=True
    )
