"""A request from the first word to submission, and the answers that are no ask (REQ-1, REQ-2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import current_tenant_id
from advocates.accounts.choices import segment_of
from advocates.countries import region_of
from advocates.models import ActivityType, Tag
from requests.access import is_own, is_program, require_own
from requests.mails import mail_member
from requests.models import Opportunity, Request, RequestTag
from requests.requests.choices import REQUEST_OPEN, MeetingFormat, RequestState
from requests.requests.levels import ANSWER_HOURS, confirm_days, is_rush
from requests.requests.moves import move_request, require_move

#: Nobody plans a reference further ahead.
_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """What a requester says. Blank means not said; only type and date are always needed."""

    activity_type: ActivityType
    needed_by: date
    needed_count: int = 1
    rush_reason: str = ""
    opportunity: Opportunity | None = None
    prospect: str = ""
    industry: str = ""
    segment: str = ""
    employees: int | None = None
    country: str = ""
    region: str = ""
    language: str = ""
    persona_function: str = ""
    persona_seniority: str = ""
    competitor: str = ""
    questions: str = ""
    meeting_format: str = MeetingFormat.VIDEO
    time_zone: str = ""
    is_confidential: bool = False
    intended_use: str = ""
    notes: str = ""
    tags: tuple[Tag, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """The fields of the row, text without surrounding blanks."""
        return {
            name: value.replace("\x00", "").strip() if isinstance(value, str) else value
            for name in self.__slots__
            if name != "tags"
            for value in [getattr(self, name)]
        }


def filled_from(opportunity: Opportunity | None) -> dict[str, Any]:
    """What is known from a deal, by field of the request; nothing blank (REQ-1)."""
    if opportunity is None:
        return {}
    account = opportunity.account
    known: dict[str, Any] = {"prospect": opportunity.prospect}
    if account is not None:
        known |= {
            "industry": account.industry,
            "segment": account.segment or segment_of(account.employees),
            "employees": account.employees,
            "country": account.country,
            "region": account.region,
        }
    return {name: value for name, value in known.items() if value not in ("", None)}


def completed_by_opportunity(details: RequestDetails) -> RequestDetails:
    """The details with every gap filled that the opportunity fills; what was said stays."""
    known = filled_from(details.opportunity)
    gaps = {name: known[name] for name in known if getattr(details, name) in ("", None)}
    filled = replace(details, **gaps)
    if not filled.segment and filled.employees:
        filled = replace(filled, segment=segment_of(filled.employees))
    if not filled.region and filled.country:
        filled = replace(filled, region=region_of(filled.country))
    return filled


@transaction.atomic
def create_request(
    *, actor: Actor, details: RequestDetails, requester: Membership | None = None
) -> Request:
    """Write down a draft, with the next number of the tenant.

    ``requester`` lets the program ask in a colleague's name; else it is the actor. Raises
    :class:`DomainError` naming each field that cannot be (BAD-1).
    """
    _require_submitter(actor)
    owner = requester or actor.membership
    if owner is None:
        raise DomainError(_("Say who asks."), fields={"requester": _("Choose a colleague.")})
    if actor.membership is not None and owner.pk != actor.membership.pk and not is_program(actor):
        raise NotAllowed(_("Only the program asks in a colleague's name."))
    full = completed_by_opportunity(details)
    request = Request(**full.values(), requester=owner)
    _check(request)
    request.number = _next_number()
    request.save(force_insert=True)
    _write_tags(request, full.tags)
    record(
        "request.created",
        request,
        actor=actor,
        payload={"number": request.number},
        about=_about(request),
    )
    return request


@transaction.atomic
def update_request(*, actor: Actor, request: Request, details: RequestDetails) -> Request:
    """Change what is said, as long as nobody was asked because of it.

    Raises :class:`Conflict` once asks went out, :class:`NotAllowed` for a colleague's request.
    """
    require_own(actor, request)
    editable = {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.IN_REVIEW,
        RequestState.NEEDS_INFO,
    }
    stored = Request.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.pk)
    if stored.state not in editable:
        raise Conflict(_("Somebody was asked already; cancel it and start a new one instead."))
    full = completed_by_opportunity(details)
    for name, value in full.values().items():
        setattr(stored, name, value)
    _check(stored)
    if stored.state != RequestState.DRAFT:
        _check_for_submission(stored, moved_date=stored.needed_by != request.needed_by)
    stored.save(update_fields=[*full.values()])
    _write_tags(stored, full.tags)
    record("request.changed", stored, actor=actor, about=_about(stored))
    return stored


@transaction.atomic
def submit_request(*, actor: Actor, request: Request) -> Request:
    """Hand a draft in: the clock starts, and it goes to the manager with the fewest (REQ-2, REQ-3).

    Raises :class:`DomainError` for a type that is off, a date that is past, less than three
    business days' notice without a reason; :class:`Conflict` when it is no draft.
    """
    require_own(actor, request)
    require_move(request, RequestState.SUBMITTED)
    if request.state != RequestState.DRAFT:
        raise Conflict(_("%(request)s was submitted already.") % {"request": request.reference})
    _check_for_submission(request, moved_date=True)
    now = clock.now()
    calendar = calendar_of(request.tenant)
    manager = request.manager or _manager_with_fewest()
    move_request(
        request,
        RequestState.SUBMITTED,
        submitted_at=now,
        answer_due_at=calendar.add_hours(now, ANSWER_HOURS),
        confirm_due_at=calendar.add_days(now, confirm_days(request.activity_type)),
        manager=manager,
    )
    record(
        "request.submitted",
        request,
        actor=actor,
        payload={
            "number": request.number,
            "type": request.activity_type.code,
            "needed_by": request.needed_by.isoformat(),
            "needed_count": request.needed_count,
            "manager": str(manager.pk) if manager else None,
        },
        about=_about(request),
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
    if not is_program(actor):
        raise NotAllowed(_("Only the program's managers do this."))
    if not manager.can("requests.triage"):
        raise DomainError(
            _("%(name)s does not run the program.") % {"name": manager.name},
            fields={"manager": _("Choose a program manager.")},
        )
    Request.objects.filter(pk=request.pk).update(manager=manager)
    request.manager = manager
    record("request.assigned", request, actor=actor, payload={"manager": str(manager.pk)})
    return request


# -- inside --------------------------------------------------------------------------------------


def _about(request: Request) -> list[Any]:
    return [request.opportunity] if request.opportunity else []


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


def _manager_with_fewest() -> Membership | None:
    """The program manager with the fewest open requests; the longest-serving among equals."""
    managers = Membership.objects.filter(role=Role.PROGRAM_MANAGER, is_active=True).select_related(
        "user", "tenant"
    )
    load = dict(
        Request.objects.filter(state__in=REQUEST_OPEN, manager__isnull=False)
        .order_by()
        .values_list("manager_id")
        .annotate(n=Count("id"))
    )
    return min(managers, key=lambda m: (load.get(m.pk, 0), m.created_at, m.pk), default=None)


def _check(request: Request) -> None:
    """Everything the fields themselves demand, all problems at once (BAD-1)."""
    names = {
        name
        for name in RequestDetails.__slots__
        if name not in ("tags", "activity_type", "opportunity")
    }
    skip = {f.name for f in request._meta.fields if f.name not in names}
    problems: dict[str, str] = {}
    try:
        request.clean_fields(exclude=skip)
    except ValidationError as error:
        problems = {name: " ".join(texts) for name, texts in error.message_dict.items()}
    if request.country and not (len(request.country) == 2 and request.country.isalpha()):
        problems["country"] = _("Use the two-letter code of a country, such as DE.")
    # Also keeps the day within what zones and business hours can be counted to.
    if request.needed_by.year > clock.now().year + _YEARS_AHEAD:
        problems["needed_by"] = _("Choose a day within the next %(years)d years.") % {
            "years": _YEARS_AHEAD
        }
    _refuse(request, problems)


def _check_for_submission(request: Request, *, moved_date: bool) -> None:
    """What a draft may lack but a request may not."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    now, problems = clock.now(), {}
    if not request.activity_type.is_on:
        problems["activity_type"] = _("“%(type)s” is not offered at present.") % {
            "type": request.activity_type
        }
    if not request.prospect:
        problems["prospect"] = _("Say who it is for, or choose an opportunity.")
    if moved_date:
        if request.needed_by < clock.today(tenant.zone):
            problems["needed_by"] = _("This day is past; choose a later one.")
        elif not request.rush_reason and is_rush(calendar_of(tenant), now, request.needed_by):
            problems["rush_reason"] = _(
                "This is less than 3 business days' notice. Say why it cannot wait."
            )
    _refuse(request, problems)


def _refuse(request: Request, problems: dict[str, str]) -> None:
    if not problems:
        return
    sentence = " ".join(
        f"{str(request._meta.get_field(name).verbose_name).capitalize()}: {text}"  # type: ignore[union-attr]
        for name, text in problems.items()
    )
    raise DomainError(sentence, fields=problems)


def _write_tags(request: Request, tags: Iterable[Tag]) -> None:
    wanted = {tag.pk: tag for tag in tags}
    request.request_tags.exclude(tag__in=wanted).delete()
    RequestTag.objects.bulk_create(
        [RequestTag(request=request, tag=tag) for tag in wanted.values()], ignore_conflicts=True
    )
