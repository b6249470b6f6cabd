"""Making a set-up with a booking, and changing it (FUL-4)."""

from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities import locks
from activities.access import require_move
from activities.activities.booking import book_time
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.services import about
from activities.duties.services import arrange
from activities.set_up.checks import may_record
from activities.set_up.models import SetUp
from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import one_line
from advocates.people.traces import require_not_erased
from advocates.responsibilities.selectors import there

_TEXT = ("consent", "equipment", "shared_tool", "recording_url")


def permit_change(actor: Actor, set_up: SetUp) -> None:
    """Raise unless the actor may book it."""
    require_move(actor, set_up.activity, "schedule")


@transaction.atomic
def update_set_up(
    *, actor: Actor, set_up: SetUp, location: str | None = None, **values: Any
) -> SetUp:
    """Change what is needed; another link goes to everybody who has the invitation.

    Its duties follow: who tests it, by when, and the upload. Locks the request, then the activity's
    diary where the link changes. Raises ``DomainError`` at a field, ``Conflict`` once the activity
    has been called off.
    """
    activity = set_up.activity
    require_move(actor, activity, "schedule")
    require_not_erased(activity.advocate)
    locks.lock_above(activity.pk)
    activity.reload()
    if activity.state not in (ActivityState.SCHEDULED, ActivityState.COMPLETED):
        raise Conflict(_("It does not take place; there is nothing to set up."), code="not_booked")
    checked = writes.clean(set_up, values)
    tester = checked.get("tester")
    if tester is not None and there(tester) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"tester": problem})
    by, starts = checked.get("test_by"), activity.starts_at
    if by is not None and starts is not None and by >= starts:
        problem = _("Enter a time before it begins.")
        raise DomainError(problem, fields={"test_by": problem})
    _require_agreed(activity, set_up, checked)
    if "recording_url" in checked and checked["recording_url"] != set_up.recording_url:
        checked["recording_at"] = clock.now() if checked["recording_url"] else None
    changes = writes.save_changes(set_up, checked)
    _move_link(actor, activity, location)
    if changes:
        payload = writes.change_payload(changes, text=_TEXT)
        record("set_up.changed", set_up, actor=actor, payload=payload, about=_about(activity))
    arrange(activity)
    return set_up


def _require_agreed(activity: Activity, set_up: SetUp, checked: dict[str, Any]) -> None:
    """Raise ``DomainError`` at ``recording_url`` for a recording nobody agreed to."""
    trial = copy(set_up)
    for name, value in checked.items():
        setattr(trial, name, value)
    is_new = trial.recording_url != set_up.recording_url
    if trial.recording_url and is_new and not may_record(activity, trial):
        problem = _("The advocate has not agreed to being recorded; say how they agreed first.")
        raise DomainError(problem, code="no_consent", fields={"recording_url": problem})


def _move_link(actor: Actor, activity: Activity, location: str | None) -> None:
    if location is None or one_line(location) == activity.location:
        return
    if activity.state != ActivityState.SCHEDULED or not activity.starts_at or not activity.ends_at:
        problem = _("It is over; the link stays what it was.")
        raise DomainError(problem, fields={"location": problem})
    book_time(
        actor=actor,
        activity=activity,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        location=location,
    )


def _about(activity: Activity) -> list[Any]:
    return [activity, *about(activity)]
