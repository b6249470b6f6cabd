"""Asking to be erased, and what becomes of it (PRT-1.d, GDPR-1)."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.rendering import render_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import letter_day
from advocates.access import require_change
from advocates.erasure_requests.lifecycle import ERASURE, ErasureState
from advocates.erasure_requests.numbers import ErasureNumbers
from advocates.erasure_requests.selectors import open_request_of
from advocates.language import language_of
from advocates.models import Advocate, ErasureRequest, Preference
from advocates.people.contact import write_to
from advocates.people.preferences import save_preferences
from advocates.people.traces import require_not_erased

_MAIL = "erasure"
#: Beyond the day by which it is decided, so that nothing is asked even where that is late.
_LATE = timedelta(days=365)


@transaction.atomic
def request_erasure(*, actor: Actor, advocate: Advocate, words: str = "") -> ErasureRequest:
    """Keep that somebody wants to be erased: from their own page, or as a colleague heard it.

    From then on nothing is asked of them, also where it is decided late. They get a mail
    that says so. Raises ``Conflict`` while one is open and for who was erased, ``DomainError`` at
    ``words``, ``NotAllowed`` for a colleague who does not run the program.
    """
    if not _is_own(actor, advocate):
        require_change(actor, "advocates.erase", advocate.account)
    require_not_erased(advocate)
    checked = writes.clean(ErasureRequest(advocate=advocate), {"words": words})
    due = clock.now() + timedelta(days=current(ErasureNumbers).erasure_days)
    before = Preference.objects.filter(advocate=advocate).values_list("snoozed_until", flat=True)
    snoozed, day = before.first(), _until(due, advocate)
    # First, as it locks what an erasure locks first.
    if snoozed is None or snoozed < day:
        save_preferences(actor=actor, advocate=advocate, snoozed_until=day)
    try:
        with transaction.atomic():
            made = ErasureRequest.objects.create(
                advocate=advocate, due_at=due, snoozed_before=snoozed, **checked
            )
    except IntegrityError as error:
        if open_request_of(advocate) is None:
            raise
        raise Conflict(_("They have asked for it already; it is not decided yet.")) from error
    # What they wrote is text about a person: it stays out of the log.
    record("erasure_request.made", made, actor=actor, about=[advocate])
    _write(made, "erasure_asked", due=due)
    return made


@transaction.atomic
def withdraw_erasure(*, actor: Actor, advocate: Advocate) -> ErasureRequest:
    """They stay after all; asks are possible again as before. Raises ``Conflict`` when nothing
    waits any more.
    """
    if not _is_own(actor, advocate):
        require_change(actor, "advocates.erase", advocate.account)
    made = _open(advocate)
    _wake(actor, made)
    ERASURE.move(made, "withdraw", decided_at=clock.now())
    record("erasure_request.withdrawn", made, actor=actor, about=[advocate])
    return made


@transaction.atomic
def keep_data(*, actor: Actor, erasure_request: ErasureRequest, reason: str) -> ErasureRequest:
    """It cannot be done, as the law or a contract wants it kept; they are told why by mail.

    Raises ``NotAllowed``, ``DomainError`` at ``reason``, ``Conflict`` when it is decided.
    """
    permit(actor, erasure_request, "keep")
    checked = writes.clean(erasure_request, {"reason": reason}, required=("reason",))
    if erasure_request.state == ErasureState.OPEN:
        _wake(actor, erasure_request)
    ERASURE.move(
        erasure_request,
        "keep",
        **checked,
        decided_by=actor.membership,
        decided_at=clock.now(),
    )
    record("erasure_request.kept", erasure_request, actor=actor, about=[erasure_request.advocate])
    _write(erasure_request, "erasure_kept", reason=checked["reason"])
    return erasure_request


def on_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: what they asked for is done, whoever did it and why."""
    assert isinstance(subject, Advocate)  # noqa: S101 - its own events
    for made in ErasureRequest.objects.filter(advocate=subject, state=ErasureState.OPEN):
        ERASURE.move(made, "erase", decided_by=actor.membership, decided_at=clock.now())
        record("erasure_request.done", made, actor=actor)


def permit(actor: Actor, erasure_request: ErasureRequest, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor runs the program."""
    ERASURE.permit(actor, name)
    require_change(actor, "advocates.erase", erasure_request.advocate.account)


def _is_own(actor: Actor, advocate: Advocate) -> bool:
    return (actor.kind, actor.id) == ("advocate", advocate.pk)


def _open(advocate: Advocate) -> ErasureRequest:
    found = open_request_of(advocate)
    if found is None:
        raise Conflict(_("Nothing waits to be erased any more."))
    return found


def _until(due: datetime, advocate: Advocate) -> date:
    return (due + _LATE).astimezone(advocate.zone).date()


def _wake(actor: Actor, made: ErasureRequest) -> None:
    """As it was before, unless they chose another day since. Locks what an erasure locks first."""
    day = _until(made.due_at, made.advocate)
    kept = Preference.objects.filter(advocate=made.advocate, snoozed_until=day)
    if kept.exists():
        save_preferences(actor=actor, advocate=made.advocate, snoozed_until=made.snoozed_before)


def _write(
    made: ErasureRequest, template: str, *, due: datetime | None = None, **words: str
) -> None:
    advocate = made.advocate
    language = language_of(advocate)
    with translation.override(language):
        context = {
            "first_name": advocate.first_name or advocate.name,
            "company": advocate.tenant.name,
            "day": letter_day(due.astimezone(advocate.zone).date()) if due else "",
            **words,
        }
    mail = render_mail(template, context, language)
    write_to(
        advocate,
        kind=_MAIL,
        subject=mail.subject,
        text=mail.text,
        sender=None,
        subject_id=made.pk,
        unique_key=f"{template}:{made.pk}",
    )
