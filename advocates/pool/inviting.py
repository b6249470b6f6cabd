"""The few small things a member of the pool is invited to (TIER-9.c).

Who is invited how often is decided by the database alone, as for capacity: a trigger takes the
place first, then counts.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.violations import violated
from advocacy.web import formatting
from advocates.access import require_change
from advocates.models import ActivityType, PoolInvitation, PoolMembership, ProgramPolicy
from advocates.people.contact import how_instead
from advocates.pool.lifecycle import PoolState
from advocates.pool.mails import mail_invitation
from advocates.pool.selectors import next_invitation_on
from advocates.program.catalogue.choices import Effort


def may_be_offered(kind: ActivityType) -> bool:
    """Whether a type may go to the pool: small, on, no reference, and no review, which is asked for
    after a neutral moment of one person's own (TIER-9.c, d).
    """
    return kind.is_on and kind.effort == Effort.LOW and not kind.is_reference and not kind.is_review


@transaction.atomic
def invite_pool_member(
    *, actor: Actor, place: PoolMembership, activity_type: ActivityType, message: str
) -> PoolInvitation:
    """Invite one member of the pool to something small, in a colleague's words.

    Raises ``DomainError`` at ``activity_type`` for what is not small, a reference or a review, at
    ``message`` without words; ``Conflict`` outside the pool, for the third of a year and within
    the distance, with the day; ``NotAllowed`` for a CSM at a colleague's account.
    """
    advocate, sender = place.advocate, actor.membership
    require_change(actor, "pool.edit", advocate.account)
    if sender is None:
        raise NotAllowed(_("A person invites, so that an answer goes to somebody."))
    if place.state != PoolState.MEMBER:
        raise Conflict(
            _("%(name)s is not in the pool.") % {"name": advocate.name}, code="pool_member"
        )
    if not may_be_offered(activity_type):
        problem = _("Choose something of low effort that is no reference and no review.")
        raise DomainError(problem, code="pool_low_effort", fields={"activity_type": problem})
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(name)s; add one first.") % {"name": advocate.name},
            code="no_address",
        )
    if otherwise := how_instead(advocate, sender):
        raise DomainError(otherwise, code="other_channel")
    invitation = PoolInvitation(advocate=advocate, activity_type=activity_type, sender=sender)
    invitation.message = writes.clean(invitation, {"message": message}, required=("message",))[
        "message"
    ]
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise _refusal(error, place) from error
    record(
        "pool.invited",
        place,
        actor=actor,
        payload={"activity_type": activity_type.code},
        about=[advocate, advocate.account],
    )
    mail_invitation(place, invitation)
    return invitation


def _refusal(error: IntegrityError, place: PoolMembership) -> Exception:
    rule, name = violated(error)[0], place.advocate.name
    if rule == "pool_member":
        return Conflict(_("%(name)s is not in the pool.") % {"name": name}, code=rule)
    if rule == "pool_low_effort":
        problem = _("Choose something of low effort that is no reference and no review.")
        return DomainError(problem, code=rule, fields={"activity_type": problem})
    if rule not in ("pool_yearly", "pool_gap"):
        return error
    policy, day = ProgramPolicy.objects.get(), next_invitation_on(place.advocate)
    words = {
        "name": name,
        "most": policy.pool_per_year,
        "days": policy.pool_gap_days,
        "day": formatting.day(day) if day else "–",
    }
    text = (
        _("%(name)s was invited %(most)d times this year; the next time from %(day)s on.")
        if rule == "pool_yearly"
        else _("%(name)s was invited less than %(days)d days ago; the next time from %(day)s on.")
    )
    return Conflict(text % words, code=rule)
