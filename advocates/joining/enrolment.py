"""The way into the program, pausing, and out of it (ENR-1, TIER-1, TIER-2)."""

from typing import Any

from django.db import connection, transaction
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates import locks
from advocates.access import require_change
from advocates.models import (
    AccountCapacity,
    Advocate,
    Capacity,
    Preference,
    TierChange,
)
from advocates.people.choices import (
    ENROLLED,
    REFERENCE_GAP_DAYS,
    STATUS_MOVES,
    AdvocateStatus,
    ReferenceFrequency,
)
from advocates.program.tiers.services import evaluate_tiers

#: From here nobody has cultivated the relationship yet; skipping that needs a reason (ENR-1).
_BEFORE_CULTIVATION = frozenset(
    {AdvocateStatus.CANDIDATE, AdvocateStatus.NOMINATED, AdvocateStatus.QUALIFIED}
)


def enrol_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Make somebody an active member of the program, from any state before it (ENR-1).

    Opens the rows the guard and the preferences need and gives the lowest tier, or the tier an
    imported history has earned. Raises ``DomainError`` (field ``reason``) when cultivation is
    skipped without a reason, ``Conflict`` from a state that cannot lead here.
    """
    require_change(actor, "advocates.enrol", advocate.account)
    reason = reason.strip()
    if advocate.status in _BEFORE_CULTIVATION and not reason:
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
        before = move_status(advocate, AdvocateStatus.ACTIVE, enrolled_at=clock.now())
        _open_rows(advocate)
        _tell("advocate.enrolled", advocate, actor, before, reason)
        evaluate_tiers(advocate_ids=[advocate.pk], why=TierChange.Why.ENROLLED, actor=actor)
    return advocate


def pause_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Active → paused: not asked, still enrolled, tier kept (TIER-1).

    What waits for an answer is withdrawn; whoever is in charge of a booked activity is asked
    whether it stands. Both follow from the event. Locks what ``advocates.locks`` was told.
    """
    require_change(actor, "advocates.enrol", advocate.account)
    with transaction.atomic():
        locks.lock_above(advocate.pk)
        before = move_status(advocate, AdvocateStatus.PAUSED)
        _tell("advocate.paused", advocate, actor, before, reason)
    return advocate


def resume_advocate(*, actor: Actor, advocate: Advocate, reason: str = "") -> Advocate:
    """Paused → active."""
    require_change(actor, "advocates.enrol", advocate.account)
    if advocate.status != AdvocateStatus.PAUSED:
        raise _illegal(advocate.status, AdvocateStatus.ACTIVE)
    with transaction.atomic():
        before = move_status(advocate, AdvocateStatus.ACTIVE)
        _tell("advocate.resumed", advocate, actor, before, reason)
    return advocate


def retire_advocate(*, actor: Actor, advocate: Advocate, reason: str) -> Advocate:
    """Active or paused → alumni: the seat is free at once, and whoever waits first takes it
    (TIER-2). History and ledger stay; open asks and booked activities are seen to as for a pause.
    Raises ``DomainError`` without a reason.
    """
    require_change(actor, "advocates.enrol", advocate.account)
    if not reason.strip():
        raise DomainError(
            _("Say why %(name)s leaves the program.") % {"name": advocate.name},
            code="reason_needed",
            fields={"reason": _("Give a reason.")},
        )
    with transaction.atomic():
        locks.lock_above(advocate.pk)
        before = move_status(advocate, AdvocateStatus.ALUMNI)
        _tell("advocate.retired", advocate, actor, before, reason)
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
    to = AdvocateStatus(to)
    if to in ENROLLED or advocate.status in ENROLLED:
        raise _illegal(advocate.status, to)
    skips = to == AdvocateStatus.INVITED and advocate.status in _BEFORE_CULTIVATION
    if skips and not reason.strip():
        raise DomainError(
            _("%(name)s has not been prepared for an invitation yet; say why it is skipped.")
            % {"name": advocate.name},
            code="reason_needed",
            fields={"reason": _("Give a reason.")},
        )
    with transaction.atomic():
        before = move_status(advocate, to)
        _tell("advocate.advanced", advocate, actor, before, reason)
    return advocate


def _illegal(old: str, new: str) -> Conflict:
    legal = [str(AdvocateStatus(state).label) for state in sorted(STATUS_MOVES.get(old, ()))]
    return Conflict(
        _("“%(old)s” cannot become “%(new)s”; possible: %(legal)s.")
        % {
            "old": AdvocateStatus(old).label,
            "new": AdvocateStatus(new).label,
            "legal": ", ".join(legal) or "–",
        },
        code="illegal_move",
    )


def move_status(
    advocate: Advocate, to: AdvocateStatus, *, own_wish: bool = False, **changes: Any
) -> str:
    """Compare-and-set the status; returns the old one. The caller records the event.

    Raises ``Conflict`` for an illegal move, and for a way back within the 180 days for which a
    decline is final (ENR-1). These keep us from asking again, not the person from a change of
    mind: that is ``own_wish``.
    """
    before = advocate.status
    if to not in STATUS_MOVES.get(before, frozenset()):
        raise _illegal(before, to)
    if to == AdvocateStatus.ALUMNI and advocate.enrolled_at is None:
        raise _illegal(before, to)
    if (
        before == AdvocateStatus.DECLINED
        and not own_wish
        and (until := advocate.decline_final_until)
    ):
        raise Conflict(
            _("%(name)s declined. Do not ask again before %(day)s.")
            % {"name": advocate.name, "day": formats.date_format(until, "DATE_FORMAT")},
            code="decline_is_final",
        )
    if to == AdvocateStatus.DECLINED:
        changes |= {"declined_at": clock.now()}
    changes |= {"status": to, "updated_at": clock.now()}
    if not Advocate.objects.filter(pk=advocate.pk, status=before).update(**changes):
        raise Conflict(
            _("Somebody else has just changed the status of %(name)s.") % {"name": advocate.name}
        )
    for name, value in changes.items():
        setattr(advocate, name, value)
    return before


def _tell(verb: str, advocate: Advocate, actor: Actor, before: str, reason: str) -> None:
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
