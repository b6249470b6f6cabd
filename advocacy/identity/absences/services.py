"""Saying who is away and who stands in (ID-1.c)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.absences.lifecycle import ABSENCE
from advocacy.identity.absences.selectors import overlapping
from advocacy.records import writes
from advocacy.tenancy.absences import Absence
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import forget, may_stand_in
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words


@transaction.atomic
def record_absence(*, actor: Actor, **values: Any) -> Absence:
    """Name who stands in from ``starts_on`` to ``ends_on``, both included; of nobody named as
    ``member`` the actor. Locks the two memberships, by id.

    Raises ``DomainError`` at a field, ``NotAllowed`` for a colleague's absence.
    """
    absence = Absence(member=values.pop("member", None) or actor.membership)
    _require_own(actor, absence)
    _set(absence, writes.clean(absence, values))
    absence.save(force_insert=True)
    _tell("absence.recorded", absence, actor)
    return absence


@transaction.atomic
def update_absence(*, actor: Actor, absence: Absence, **values: Any) -> Absence:
    """Other days, or another colleague. Whose it is stays. Raises and locks as recording does."""
    _require_own(actor, absence)
    if (values.pop("member", None) or absence.member).pk != absence.member_id:
        problem = _("Whose absence it is stays. Call this one off and record another.")
        raise DomainError(problem, fields={"member": problem})
    checked = writes.clean(absence, values)
    if writes.changed_fields(absence, checked):
        ABSENCE.require_editable(absence, "call_off")
        _set(absence, checked)
        absence.save(update_fields=list(checked))
        _tell("absence.changed", absence, actor)
    return absence


@transaction.atomic
def call_off_absence(*, actor: Actor, absence: Absence) -> Absence:
    """Back early, or not away at all: everything is the owner's again from this moment."""
    permit_absence(actor, absence, "call_off")
    ABSENCE.move(absence, "call_off")
    _tell("absence.called_off", absence, actor)
    return absence


def permit_absence(actor: Actor, absence: Absence, name: str) -> None:
    """Raise ``NotAllowed`` unless it is the actor's own, or the actor looks after people."""
    ABSENCE.permit(actor, name)
    _require_own(actor, absence)


def permit_change(actor: Actor, absence: Absence) -> None:
    """Raise unless the actor may change it, and it still stands."""
    _require_own(actor, absence)
    ABSENCE.require_editable(absence, "call_off")


def _require_own(actor: Actor, absence: Absence) -> None:
    member = actor.membership
    if member is None or not member.can("absences.edit"):
        raise NotAllowed(_("Only colleagues are away."))
    if absence.member_id != member.pk and not member.can("settings.people"):
        raise NotAllowed(_("This is a colleague's absence; only they or an admin change it."))


def _set(absence: Absence, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(absence, name, value)
    pair = sorted({absence.member_id, absence.delegate_id})
    # So that of two absences that overlap, or name each other, the second sees the first.
    list(Membership.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    if problems := _problems(absence):
        raise DomainError(" ".join(problems.values()), fields=problems)


def _problems(absence: Absence) -> dict[str, str]:
    member, delegate = absence.member, absence.delegate
    names = {"name": delegate.name, "member": member.name}
    if delegate.pk == member.pk:
        return {"delegate": _("Choose a colleague: nobody stands in for themselves.")}
    if not delegate.is_active or not delegate.user.is_active:
        return {"delegate": _("%(name)s does not work here any more.") % names}
    if not may_stand_in(delegate.role, member.role):
        role = delegate.get_role_display()
        text = _(
            "%(name)s (%(role)s) may not do all that %(member)s has to do. Choose somebody in the"
            " same role, or a program manager."
        )
        return {"delegate": text % {**names, "role": role}}
    if absence.ends_on < absence.starts_on:
        return {"ends_on": _("The last day lies before the first.")}
    if absence.ends_on < clock.today(member.tenant.zone):
        return {"ends_on": _("That is over already. Enter a last day that is still to come.")}
    around = list(overlapping(absence).select_related("member__user").order_by("starts_on", "id"))
    for other in around:
        if other.member_id == member.pk:
            days = {"from": words.day(other.starts_on), "until": words.day(other.ends_on)}
            text = _("There is one from %(from)s to %(until)s already. Change that one instead.")
            return {"starts_on": text % days}
    if _leads_back(absence, around):
        text = _(
            "%(name)s is away in these days as well, and it would come back to %(member)s."
            " Choose somebody who is there."
        )
        return {"delegate": text % names}
    return {}


def _leads_back(absence: Absence, around: list[Absence]) -> bool:
    """Whether the delegate's delegates lead to who is away, on any of the days."""
    reached, before = {absence.delegate_id}, 0
    while before != len(reached):
        before = len(reached)
        reached |= {other.delegate_id for other in around if other.member_id in reached}
    return absence.member_id in reached


def _tell(verb: str, absence: Absence, actor: Actor) -> None:
    forget()
    payload = {"from": absence.starts_on.isoformat(), "until": absence.ends_on.isoformat()}
    record(verb, absence, actor=actor, payload=payload, about=[absence.member, absence.delegate])
