"""Writing briefings, and saying that somebody was briefed (FUL-2)."""

from typing import Any

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from activities.duties.lifecycle import DutyState
from activities.duties.services import finish_duty, tick_duty
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocates.people.traces import require_not_erased
from requests.access import is_own, may_ask, require_own
from requests.briefings.choices import Side
from requests.briefings.contents import TEXTS, language_for, names_the_advocate, texts_of
from requests.briefings.models import Briefing
from requests.briefings.selectors import duty_of
from requests.models import Ask


def open_briefings(ask: Ask) -> None:
    """Both sides' of a yes; nothing where nobody meets. A second time changes nothing."""
    if ask.activity_id is None or not ask.request.people_meet:  # type: ignore[attr-defined]
        return
    rows = [Briefing(ask=ask, side=side) for side in Side.values]
    Briefing.objects.bulk_create(rows, ignore_conflicts=True)


def on_accepted(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``ask.accepted``."""
    assert isinstance(subject, Ask)  # noqa: S101 - its own events
    open_briefings(subject)


def permit_briefing(actor: Actor, briefing: Briefing) -> None:
    """The requester's side is theirs and the program's, the advocate's whoever may write to the
    advocate's. Raises ``NotAllowed``.
    """
    ask = briefing.ask
    if briefing.side == Side.REQUESTER:
        require_own(actor, ask.request)
    elif actor.membership is None or not may_ask(actor.membership, ask.advocate):
        raise NotAllowed(_("The program and the account's owner prepare the advocate."))


@transaction.atomic
def update_briefing(*, actor: Actor, briefing: Briefing, **values: Any) -> Briefing:
    """Write it otherwise; what is empty, or as it was made, follows what is known.

    Raises ``DomainError`` at a field, also where the requester's side would name an advocate whom
    they may not know (VIS-1).
    """
    permit_briefing(actor, briefing)
    require_not_erased(briefing.ask.advocate)
    checked = writes.clean(briefing, values)
    with translation.override(language_for(briefing)):
        made = texts_of(briefing)
    for name in TEXTS:
        if name in checked and checked[name].splitlines() == made[name].splitlines():
            checked[name] = ""
    _keep_names_out(briefing, checked)
    if changes := writes.changed_fields(briefing, checked):
        at = {"edited_at": clock.now(), "edited_by": actor.membership}
        writes.save_changes(briefing, {**checked, **at})
        payload = {"side": briefing.side, "fields": changes}
        record("briefing.changed", briefing, actor=actor, payload=payload, about=_about(briefing))
    return briefing


def _keep_names_out(briefing: Briefing, values: dict[str, Any]) -> None:
    if names_the_advocate(briefing):
        return
    advocate = briefing.ask.advocate
    names = {advocate.name, advocate.last_name, advocate.account.name}
    told = [name.casefold() for name in names if len(name) > 2]
    problem = _("The requester may not know who it is: leave the name and the company out.")
    if found := {
        field: problem
        for field, text in values.items()
        if any(name in text.casefold() for name in told)
    }:
        raise DomainError(problem, fields=found)


@transaction.atomic
def confirm_briefing(*, actor: Actor, briefing: Briefing) -> Briefing:
    """The requester has briefed the prospect, or whoever prepares the advocate has; before the
    call (FUL-2.c). Raises ``Conflict`` when it was said already, or no time to come is left.
    """
    duty = duty_of(briefing)
    activity = briefing.ask.activity
    if duty is None or activity is None:
        raise Conflict(_("There is nothing left to prepare."), code="not_needed")
    if duty.state == DutyState.DONE:
        raise Conflict(_("Somebody has said so already."), code="confirmed_already")
    if activity.starts_at is not None and activity.starts_at <= clock.now():
        raise Conflict(_("The call has begun; it is too late to brief for it."), code="too_late")
    # Whoever asked says so of their own prospect, whosever step it is by the matrix.
    own = briefing.side == Side.REQUESTER and is_own(actor, briefing.ask.request)
    (tick_duty if own else finish_duty)(actor=actor, duty=duty)
    record(
        "briefing.confirmed",
        briefing,
        actor=actor,
        payload={"side": briefing.side},
        about=_about(briefing),
    )
    return briefing


def _about(briefing: Briefing) -> list[models.Model]:
    return [briefing.ask.request, *briefing.ask.request.about]
