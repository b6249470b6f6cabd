"""Into the community pool and out of it (TIER-9)."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.services import cancel_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.web.formatting import day
from advocates.access import require_change
from advocates.changes import require_day, tenant_today
from advocates.joining.criteria import is_promoter
from advocates.models import Advocate, PoolMembership
from advocates.people.choices import ENROLLED
from advocates.people.contact import how_instead
from advocates.people.traces import require_not_erased
from advocates.pool.lifecycle import POOL, PoolState
from advocates.pool.mails import MAIL, mail_offer, mail_welcome
from advocates.pool.models import PoolSource
from advocates.pool.selectors import may_enter, open_place_of, place_of


@transaction.atomic
def offer_pool(*, actor: Actor, advocate: Advocate) -> PoolMembership:
    """Ask a promoter who is not ready to join whether they would like to hear from us (TIER-9.b).

    ``Conflict`` for who is no promoter, enrolled, in the pool or was offered it and has not
    answered or said no; ``DomainError`` without an address or for who wants no mail (ADV-2);
    ``NotAllowed`` for a CSM at a colleague's account.
    """
    require_change(actor, "pool.edit", advocate.account)
    if actor.membership is None:
        raise NotAllowed(_("A person offers it, so that an answer goes to somebody."))
    _require_may_enter(advocate)
    place = place_of(advocate)
    if place is not None and place.state in (PoolState.OFFERED, PoolState.REFUSED):
        raise Conflict(
            _("%(name)s was offered it on %(day)s already; the next word is theirs.")
            % {"name": advocate.name, "day": day(place.created_at)},
            code="offered_already",
        )
    _require_place_free(advocate)
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(name)s; add one first.") % {"name": advocate.name},
            code="no_address",
        )
    if otherwise := how_instead(advocate, actor.membership):
        raise DomainError(otherwise, code="other_channel")
    place = _place(advocate, actor, PoolState.OFFERED, PoolSource.OFFERED)
    _tell("pool.offered", place, actor)
    mail_offer(place, actor.membership)
    return place


def offer_after_decline(advocate: Advocate) -> PoolMembership | None:
    """Somebody said no to an invitation: the next screen offers the pool (ENR-1.f, TIER-9.b)."""
    if place_of(advocate) is not None:
        return open_place_of(advocate)
    actor = Actor.advocate(advocate.pk)
    place = _place(advocate, actor, PoolState.OFFERED, PoolSource.DECLINED)
    _tell("pool.offered", place, actor)
    return place


@transaction.atomic
def record_agreement(
    *, actor: Actor, advocate: Advocate, agreed_on: date, evidence: str
) -> PoolMembership:
    """Keep that somebody told a colleague they would like to hear from us: when, and their words or
    where they said it (TIER-9.a). Raises ``DomainError`` at a field, and as offering does.
    """
    require_change(actor, "pool.edit", advocate.account)
    _require_may_enter(advocate)
    if (open_place := open_place_of(advocate)) is not None:
        if open_place.state == PoolState.OFFERED:
            return agree(actor=actor, place=open_place, agreed_on=agreed_on, evidence=evidence)
        _require_place_free(advocate)
    place = _place(
        advocate, actor, PoolState.MEMBER, PoolSource.TOLD, agreed_on=agreed_on, evidence=evidence
    )
    _tell("pool.agreed", place, actor, source=str(place.source))
    return place


@transaction.atomic
def agree(*, actor: Actor, place: PoolMembership, agreed_on: date, evidence: str) -> PoolMembership:
    """They told a colleague yes, to an offer or after a no (TIER-9.a)."""
    permit_place(actor, place, "agree")
    _require_may_enter(place.advocate)
    checked = _checked(place, {"agreed_on": agreed_on, "evidence": evidence})
    _move(place, "agree", actor, **checked, source=PoolSource.TOLD, ended_at=None)
    return place


@transaction.atomic
def refuse(*, actor: Actor, place: PoolMembership) -> PoolMembership:
    """They told a colleague no."""
    permit_place(actor, place, "refuse")
    _move(place, "refuse", actor, ended_at=clock.now())
    return place


@transaction.atomic
def leave(*, actor: Actor, place: PoolMembership) -> PoolMembership:
    """Out of the pool at once; what waits in the outbox for them goes nowhere (TIER-9.a)."""
    permit_place(actor, place, "leave")
    _move(place, "leave", actor, ended_at=clock.now())
    cancel_mail(subject_id=place.pk, kinds=[MAIL])
    return place


@transaction.atomic
def leave_oneself(*, advocate: Advocate) -> None:
    """The person says no, or out, on a link only they have: whatever place they have ends. Without
    one nothing changes, since they hear nothing as it is.
    """
    place = place_of(advocate)
    move = {PoolState.OFFERED: refuse, PoolState.MEMBER: leave}
    if place is not None and (end := move.get(PoolState(place.state))):
        end(actor=Actor.advocate(advocate.pk), place=place)


def permit_place(actor: Actor, place: PoolMembership, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may; a CSM at own accounts, the person their own."""
    if (actor.kind, actor.id) == ("advocate", place.advocate_id):
        return
    POOL.permit(actor, name)
    require_change(actor, "pool.edit", place.advocate.account)


@transaction.atomic
def agree_oneself(*, advocate: Advocate, on: str) -> PoolMembership:
    """The person says yes on a link only they have; ``on`` says on which page (TIER-9.a).

    In the pool already: nothing changes. ``Conflict`` for who is enrolled.
    """
    actor = Actor.advocate(advocate.pk)
    place = place_of(advocate)
    if place is not None and place.state == PoolState.MEMBER:
        return place
    if place is None or place.state == PoolState.JOINED:
        _require_outside(advocate)
        place = _place(
            advocate, actor, PoolState.MEMBER, PoolSource.PORTAL, agreed_on=tenant_today(),
            evidence=on,
        )  # fmt: skip
        _tell("pool.agreed", place, actor, source=str(place.source))
    else:
        _require_outside(advocate)
        offered = place.state == PoolState.OFFERED
        source = place.source if offered else PoolSource.PORTAL
        _move(
            place, "agree", actor, source=source, agreed_on=tenant_today(), evidence=on[:300],
            ended_at=None,
        )  # fmt: skip
    if advocate.email and not how_instead(advocate, None):
        mail_welcome(place)
    return place


@transaction.atomic
def bring_agreement(
    *, actor: Actor, advocate: Advocate, agreed_on: date, evidence: str
) -> PoolMembership:
    """Keep an agreement of before the program came here; in the pool already, nothing changes.

    ``Conflict`` for who is enrolled, or answered as no promoter does; ``DomainError`` for a day in
    the future. The caller knows who may, and nobody is written to (IMP-2).
    """
    _require_outside(advocate)
    if (found := open_place_of(advocate)) is not None and found.state == PoolState.MEMBER:
        return found
    if is_promoter(advocate) is False:
        raise _no_promoter(advocate)
    values = {"agreed_on": agreed_on, "evidence": evidence[:300]}
    if found is not None:
        checked = _checked(found, values)
        _move(found, "agree", actor, **checked, source=PoolSource.IMPORTED, ended_at=None)
        return found
    place = _place(advocate, actor, PoolState.MEMBER, PoolSource.IMPORTED, **values)
    _tell("pool.agreed", place, actor, source=str(place.source))
    return place


def leave_for_program(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody joined the program, so they are in the pool no more (TIER-9.f)."""
    _end(subject, "join", actor)


def leave_with_data(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody was erased; nobody writes to them again (GDPR-1)."""
    for place in PoolMembership.objects.filter(advocate=subject.pk):
        for name in ("leave", "refuse"):
            if POOL.attempt(place, name, ended_at=clock.now()):
                record(POOL[name].verb, place, actor=actor, about=[subject])


def _end(subject: models.Model, name: str, actor: Actor) -> None:
    if isinstance(subject, Advocate) and (place := open_place_of(subject)) is not None:
        _move(place, name, actor, ended_at=clock.now())
        cancel_mail(subject_id=place.pk, kinds=[MAIL])


def _place(
    advocate: Advocate, actor: Actor, state: PoolState, source: PoolSource, **values: Any
) -> PoolMembership:
    place = PoolMembership(
        advocate=advocate, state=state, source=source, recorded_by=actor.membership
    )
    for name, value in _checked(place, values).items():
        setattr(place, name, value)
    place.save(force_insert=True)
    return place


def _checked(place: PoolMembership, values: dict[str, Any]) -> dict[str, Any]:
    needed = tuple(values)
    checked = writes.clean(place, values, required=needed)
    require_day(checked, "agreed_on")
    return checked


def _require_outside(advocate: Advocate) -> None:
    require_not_erased(advocate)
    if advocate.status in ENROLLED:
        raise Conflict(
            _("%(name)s is in the program and hears from us anyway.") % {"name": advocate.name},
            code="enrolled",
        )


def _require_may_enter(advocate: Advocate) -> None:
    _require_outside(advocate)
    if not may_enter(advocate):
        raise _no_promoter(advocate)


def _no_promoter(advocate: Advocate) -> Conflict:
    return Conflict(
        _(
            "The pool is for promoters: %(name)s gave no such answer that still counts, and the"
            " program has not found them worth it yet."
        )
        % {"name": advocate.name},
        code="no_promoter",
    )


def _require_place_free(advocate: Advocate) -> None:
    if open_place_of(advocate) is not None:
        raise Conflict(
            _("%(name)s is in the pool already.") % {"name": advocate.name}, code="in_pool"
        )


def _move(place: PoolMembership, name: str, actor: Actor, **changes: Any) -> None:
    POOL.move(place, name, **changes)
    _tell(POOL[name].verb, place, actor, source=str(place.source))


def _tell(verb: str, place: PoolMembership, actor: Actor, **payload: Any) -> None:
    about = [place.advocate, place.advocate.account]
    record(verb, place, actor=actor, payload=payload, about=about)
