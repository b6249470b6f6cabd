"""What Today writes: when a colleague wants to see a thing again. What it hands over, the apps
that own it write.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from benefits.thanks.selectors import get_thank_you
from benefits.thanks.services import reassign_thank_you
from reporting.models import Snooze
from reporting.queue.work import Item
from reporting.snoozing import LONGEST, may_wait, promise_of
from requests.requests.selectors import get_request
from requests.requests.services import assign_manager


@dataclass(frozen=True, slots=True)
class PutOff:
    """What was put off, and what stays because it was promised earlier."""

    done: Sequence[Item]
    kept: Sequence[Item]
    until: datetime


def _member(actor: Actor) -> Membership:
    if actor.membership is None:
        raise NotAllowed(_("Only colleagues have a queue."))
    return actor.membership


@transaction.atomic
def put_off(*, actor: Actor, items: Collection[Item], until: datetime) -> PutOff:
    """Take things out of the actor's own queue until a moment (UI-2).

    What was promised to somebody before that moment stays. Records no event: what one person
    wants to see later changes nothing in the program (docs/decisions/0014). Raises
    :class:`DomainError` at ``until`` for a moment that is past or more than 90 days away, and when
    everything has to stay.
    """
    member, now = _member(actor), clock.now()
    problem = ""
    if until <= now:
        problem = _("Choose a moment that is still to come.")
    elif until > now + LONGEST:
        problem = _("Choose a day within the next %(days)d days.") % {"days": LONGEST.days}
    done = [item for item in items if may_wait(item, until)]
    kept = [item for item in items if not may_wait(item, until)]
    if not problem and not done:
        problem = promise_of(kept[0]) if kept else _("Nothing is selected.")
    if problem:
        raise DomainError(problem, fields={"until": problem})
    Snooze.objects.filter(member=member, until__lte=now).delete()
    for item in sorted(done, key=lambda item: item.key):
        Snooze.objects.update_or_create(
            member=member,
            work=item.work.code,
            subject_id=item.pk,
            defaults={"until": until, "created_at": now},
        )
    return PutOff(done, kept, until)


@transaction.atomic
def wake(*, actor: Actor, items: Collection[Item]) -> int:
    """Put things back into the actor's own queue; how many had been put off."""
    member = _member(actor)
    woken = 0
    for item in items:
        count, _rows = Snooze.objects.filter(
            member=member, work=item.work.code, subject_id=item.pk
        ).delete()
        woken += count
    return woken


@transaction.atomic
def hand_over(*, actor: Actor, items: Collection[Item], to: Membership) -> int:
    """Give things to a colleague, through the apps that own them; all or none.

    Returns how many. Raises :class:`DomainError` at ``to`` for a colleague who may not, and for
    something nobody can be given.
    """
    member = _member(actor)
    if not items:
        raise DomainError(_("Nothing is selected."))
    for item in sorted(items, key=lambda item: item.key):
        action = item.work.handover
        if not action:
            raise DomainError(_("Some of this cannot be handed over."))
        if not to.can(action):
            problem = _("%(name)s may not do this.") % {"name": to.name}
            raise DomainError(problem, fields={"to": problem})
        if item.work.code == "thank":
            reassign_thank_you(actor=actor, thank_you=get_thank_you(member, item.pk), owner=to)
        else:
            assign_manager(actor=actor, request=get_request(member, item.pk), manager=to)
    return len(items)
