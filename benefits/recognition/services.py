"""Writing for the wall, putting it up, taking it down (BEN-8.a)."""

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.access import require_change
from advocates.models import Advocate
from advocates.people.traces import require_not_erased
from benefits.catalogue.reviews import require_no_review
from benefits.recognition.lifecycle import RECOGNITION, WallState
from benefits.recognition.models import EndedBy, Recognition
from benefits.recognition.selectors import published, with_leave

SYSTEM = Actor.system("recognition")
_TEXT = ("title", "text")


@transaction.atomic
def write_recognition(*, actor: Actor, advocate: Advocate, **values: Any) -> Recognition:
    """Draft a spotlight or award: ``kind``, ``title``, ``text``, ``period``, ``period_on``,
    ``names_company``. Nobody but colleagues reads it, and on their own page whom it is about.

    Raises ``DomainError`` at a field, also for one that is about a review (BEN-4.a).
    """
    require_change(actor, "recognition.edit")
    require_not_erased(advocate)
    row = Recognition(advocate=advocate, created_by=actor.membership)
    for name, value in _checked(row, values).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    record("recognition.written", row, actor=actor, payload={"kind": row.kind}, about=_about(row))
    return row


@transaction.atomic
def update_recognition(*, actor: Actor, recognition: Recognition, **values: Any) -> Recognition:
    """Change what is not on the wall; what people read is taken down first. Whom it is about stays.
    Raises as writing does.
    """
    require_change(actor, "recognition.edit")
    values.pop("advocate", None)
    checked = _checked(recognition, values)
    row = Recognition.objects.select_for_update(no_key=True).get(pk=recognition.pk)
    if row.state == WallState.PUBLISHED and writes.changed_fields(row, checked):
        raise Conflict(
            _("“%(what)s” is on the wall. Take it down, then change it.") % {"what": row},
            code="published",
        )
    changes = writes.save_changes(row, checked)
    if changes:
        payload = writes.change_payload(changes, text=_TEXT)
        record("recognition.changed", row, actor=actor, payload=payload, about=_about(row))
    return row


@transaction.atomic
def publish_recognition(*, actor: Actor, recognition: Recognition) -> Recognition:
    """Put it on the wall. Raises ``Conflict`` (``leave_missing``) without the person's leave, and
    where their company is named and its policy asks without the company's.
    """
    RECOGNITION.permit(actor, "publish")
    RECOGNITION.require(recognition, "publish")
    # Whoever ends a leave at the same moment writes the person's consents, which this one reads
    # last: what it misses is not shown, since the wall reads them too.
    RECOGNITION.move(recognition, "publish", published_at=clock.now(), ended_at=None, ended_by="")
    row = with_leave(Recognition.objects.filter(pk=recognition.pk)).get()
    if missing := missing_words(row):
        raise Conflict(missing, code="leave_missing")
    _tell(actor, recognition, "publish")
    return recognition


@transaction.atomic
def take_down_recognition(*, actor: Actor, recognition: Recognition) -> Recognition:
    """Take it off the wall; it can go up again."""
    RECOGNITION.permit(actor, "take_down")
    now = {"ended_at": clock.now(), "ended_by": EndedBy.HAND}
    RECOGNITION.move(recognition, "take_down", **now)
    _tell(actor, recognition, "take_down")
    return recognition


def missing_words(row: Any) -> str:
    """What it takes before it may stand on the wall; nothing where it may. Of a row
    ``with_leave``.
    """
    names = {"name": row.advocate.name, "company": row.advocate.account.name}
    found = []
    if not row.is_in:
        found.append(_("%(name)s is not in the program."))
    if not row.has_leave:
        found.append(
            _(
                "%(name)s has not said yet that we may recognise them by name: they can say so on"
                " their own page, or record it under what they agreed to."
            )
        )
    if not row.has_company:
        found.append(
            _(
                "%(company)s approves what its people say in public and has not approved this:"
                " record the employer's approval, or leave the company out."
            )
        )
    return " ".join(found) % names


def end_without_leave(among: Q | None = None) -> int:
    """Take down what is on the wall and rests on nothing any more; gives how many."""
    rows = published().filter(among or Q())
    count = 0
    for row in rows.select_related("advocate__account").order_by("pk"):
        if why := _why(row):
            now = {"ended_at": clock.now(), "ended_by": why}
            if RECOGNITION.attempt(row, "end", **now):
                _tell(SYSTEM, row, "end")
                count += 1
    return count


def end_nightly(tenant_id: uuid.UUID) -> None:
    """The schedule's handler: a leave that expired yesterday."""
    end_without_leave()


def on_person(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of what ends somebody's leave, or their place in the program: taken down in the
    same transaction.
    """
    end_without_leave(Q(advocate_id=subject.pk))


def on_account(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``account.updated``: the company's policy may be another one now."""
    if "speaking_needs_approval" in event.payload.get("fields", ()):
        end_without_leave(Q(advocate__account_id=subject.pk))


def _why(row: Any) -> str:
    if not row.is_in:
        return EndedBy.LEFT
    if not row.has_leave:
        return EndedBy.LEAVE
    return "" if row.has_company else EndedBy.COMPANY


def _checked(row: Recognition, values: dict[str, Any]) -> dict[str, Any]:
    checked = writes.clean(row, values)
    require_no_review(**{name: checked[name] for name in _TEXT if name in checked})
    return checked


def _tell(actor: Actor, row: Recognition, name: str) -> None:
    payload = {"kind": row.kind}
    record(RECOGNITION[name].verb, row, actor=actor, payload=payload, about=_about(row))


def _about(row: Recognition) -> list[Any]:
    return [row.advocate, row.advocate.account]
