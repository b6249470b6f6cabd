"""The way into the program, pausing, and out of it (ENR-1, TIER-1, TIER-2)."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocates import locks
from advocates.access import require_change
from advocates.changes import tenant_today
from advocates.joining.numbers import Recruiting
from advocates.models import (
    AccountCapacity,
    Advocate,
    Capacity,
    Preference,
    TierChange,
    Touch,
)
from advocates.people.choices import (
    REFERENCE_GAP_DAYS,
    AdvocateStatus,
    ReferenceFrequency,
)
from advocates.people.lifecycle import ENROLMENT, IN_AND_OUT
from advocates.program.tiers.services import evaluate_tiers
from advocates.touches.models import CULTIVATING

#: Enrolled from here somebody skips the whole way.
_BEFORE_QUALIFIED = frozenset({AdvocateStatus.CANDIDATE, AdvocateStatus.NOMINATED})
#: Here somebody is prepared for the invitation.
_PREPARED_IN = frozenset({AdvocateStatus.QUALIFIED, AdvocateStatus.CULTIVATING})


def enrol_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Make somebody a member of the program; skipping preparation needs a reason (ENR-1).

    Opens the rows the guard and the preferences need and gives the lowest tier, or the tier an
    imported history has earned. Raises ``DomainError`` (field ``reason``) when cultivation is
    skipped without a reason, ``Conflict`` from a state that cannot lead here.
    """
    permit_status_move(actor, advocate, "enrol")
    reason = reason.strip()
    if skips_cultivation(advocate) and not reason:
        raise DomainError(
            _("%(name)s has not been prepared for this yet; say why it is skipped.")
            % {"name": advocate.name},
            code="reason_needed",
            fields={"reason": _("Give a reason.")},
        )
    return admit_advocate(actor=actor, advocate=advocate, reason=reason)


def admit_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """What enrolling does, for a caller that has made sure of who acts: a person who accepts an
    invitation on the personal link is nobody's colleague (ID-3). Raises ``Conflict`` from a state
    that cannot lead here.
    """
    with transaction.atomic():
        before = move_status(advocate, "enrol", enrolled_at=clock.now())
        _open_rows(advocate)
        tell_status("advocate.enrolled", advocate, actor, before, reason)
        evaluate_tiers(advocate_ids=[advocate.pk], why=TierChange.Why.ENROLLED, actor=actor)
    return advocate


def pause_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Do not ask for a while; the tier stays (TIER-1).

    What waits for an answer is withdrawn; whoever is in charge of a booked activity is asked
    whether it stands. Both follow from the event. Locks what ``advocates.locks`` was told.
    """
    permit_status_move(actor, advocate, "pause")
    with transaction.atomic():
        locks.lock_above(advocate.pk)
        before = move_status(advocate, "pause")
        tell_status("advocate.paused", advocate, actor, before, reason)
    return advocate


def resume_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Ask again."""
    permit_status_move(actor, advocate, "resume")
    with transaction.atomic():
        before = move_status(advocate, "resume")
        tell_status("advocate.resumed", advocate, actor, before, reason)
    return advocate


def retire_advocate(*, actor: Actor, advocate: Advocate, reason: str) -> Advocate:
    """Leave the program; the seat is free at once (TIER-2).

    Whoever waits first takes it. History and ledger stay; open asks and booked activities are seen
    to as for a pause.
    Raises ``DomainError`` without a reason.
    """
    permit_status_move(actor, advocate, "retire")
    if not has_words(reason):
        raise DomainError(
            _("Say why %(name)s leaves the program.") % {"name": advocate.name},
            code="reason_needed",
            fields={"reason": _("Give a reason.")},
        )
    with transaction.atomic():
        locks.lock_above(advocate.pk)
        before = move_status(advocate, "retire")
        tell_status("advocate.retired", advocate, actor, before, reason)
        evaluate_tiers(advocate_ids=[advocate.pk], why=TierChange.Why.LEFT, actor=actor)
    return advocate


def advance_advocate(*, actor: Actor, advocate: Advocate, to: str, reason: str = "") -> Advocate:
    """Any legal move on the way towards the program, and a decline of the invitation (ENR-1).

    Inviting somebody whom nobody has cultivated needs a reason. Raises ``Conflict`` for an
    illegal move, naming the legal ones; moves into and out of the program have functions of
    their own.
    """
    require_change(actor, "advocates.edit", advocate.account)
    if advocate.status == AdvocateStatus.NOMINATED:
        # A nomination is decided by whoever may, on whatever page (IDN-2).
        require_change(actor, "nominations.decide")
    steps = [move for move in ENROLMENT if move.to == to and move.name not in IN_AND_OUT]
    if not steps:
        raise ValueError(f"{to}: enrolling and pausing have functions of their own")
    move = next((move for move in steps if advocate.status in move.source), steps[0])
    if to == AdvocateStatus.INVITED and skips_cultivation(advocate) and not has_words(reason):
        raise DomainError(
            _("%(name)s has not been prepared for an invitation yet; say why it is skipped.")
            % {"name": advocate.name},
            code="reason_needed",
            fields={"reason": _("Give a reason.")},
        )
    with transaction.atomic():
        before = move_status(advocate, move.name)
        tell_status("advocate.advanced", advocate, actor, before, reason)
    return advocate


def permit_status_move(actor: Actor, advocate: Advocate, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts only (ID-2)."""
    require_change(actor, ENROLMENT[name].may, advocate.account)


def skips_cultivation(advocate: Advocate) -> bool:
    """Whether no touch of the last time is on record that cultivates the relationship; going on
    then needs a reason (ENR-1.b).
    """
    if advocate.status in _BEFORE_QUALIFIED:
        return True
    return advocate.status in _PREPARED_IN and not was_touched(advocate)


def was_touched(advocate: Advocate) -> bool:
    """Whether somebody of ours was in touch lately, and asked for nothing (ENR-1.b)."""
    since = tenant_today() - timedelta(days=current(Recruiting).touch_days)
    touches = Touch.objects.filter(kind__in=CULTIVATING, about_ask=False, happened_on__gte=since)
    return touches.filter(advocate=advocate).exists()


def move_status(advocate: Advocate, name: str, *, own_wish: bool = False, **changes: Any) -> str:
    """Make a move of :data:`ENROLMENT`; returns the old status. The caller records the event.

    Raises ``Conflict`` for an illegal move, and for a way back within the days for which a
    decline is final (ENR-1). These keep us from asking again, not the person from a change of
    mind: that is ``own_wish``.
    """
    until = advocate.decline_final_until
    if name == "reconsider" and until and not own_wish:
        raise Conflict(
            _("%(name)s declined. Do not ask again before %(day)s.")
            % {"name": advocate.name, "day": words.day(until)},
            code="decline_is_final",
        )
    if name == "put_back_out" and advocate.enrolled_at is None:
        raise Conflict(
            _("%(name)s was never in the program.") % {"name": advocate.name}, code="illegal_move"
        )
    now = clock.now()
    if name == "decline":
        changes["declined_at"] = now
    if name not in ("pause", "resume"):  # how long in the program, not how long awake
        changes["status_since"] = now
    return ENROLMENT.move(advocate, name, updated_at=now, **changes)


def tell_status(verb: str, advocate: Advocate, actor: Actor, before: str, reason: str) -> None:
    """Record a change of the status."""
    record(
        verb,
        advocate,
        actor=actor,
        # Words about a person stay out of the log for ever; that there were some is enough.
        payload={"before": before, "after": advocate.status, "reason_given": bool(reason.strip())},
        about=[advocate.account],
    )


def _open_rows(advocate: Advocate) -> None:
    with connection.cursor() as cursor:
        # Shared: enrolments do not wait for each other, only for a change of the policy, which
        # has to reach this allowance too.
        cursor.execute(
            "SELECT yearly_cap FROM advocates_programpolicy WHERE tenant_id = %s FOR SHARE",
            [advocate.tenant_id],
        )
        cap = cursor.fetchone()[0]
    Preference.objects.bulk_create([Preference(advocate=advocate)], ignore_conflicts=True)
    wishes = Preference.objects.get(advocate=advocate)
    AccountCapacity.objects.bulk_create(
        [AccountCapacity(account_id=advocate.account_id)], ignore_conflicts=True
    )
    Capacity.objects.bulk_create(
        [
            Capacity(
                advocate=advocate,
                allowance=cap if wishes.yearly_cap is None else min(cap, wishes.yearly_cap),
                reference_gap_days=REFERENCE_GAP_DAYS[
                    ReferenceFrequency(wishes.reference_frequency)
                ],
            )
        ],
        ignore_conflicts=True,
    )
