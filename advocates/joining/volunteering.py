"""Offering to help of one's own accord: a nomination that comes from the person (IDN-2)."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Lifecycle
from advocates.joining.choices import NominationOrigin
from advocates.joining.criteria import criteria_of, snapshot
from advocates.joining.enrolment import move_status
from advocates.joining.mails import tell_owner
from advocates.joining.numbers import Recruiting
from advocates.joining.services import decide, move_back, record_step, record_way_back, words_of
from advocates.joining.volunteer_status import again_on, open_nomination_of
from advocates.models import ActivityType, Advocate, Nomination, NominationWish
from advocates.people.choices import AdvocateStatus


@transaction.atomic
def volunteer(*, advocate: Advocate, reasons: str, kinds: Collection[ActivityType]) -> Nomination:
    """A person offers to help; whoever decides about nominations decides about it (IDN-2).

    The caller has made sure that it is this person who acts. Offering while a nomination is open
    changes nothing and returns the open one. Somebody who declined an invitation may change their
    mind at any time, and an alumnus may come back. ``kinds`` are what they would enjoy.

    Raises ``DomainError`` at ``reasons`` or ``kinds``; ``Conflict`` for somebody on the way or in
    the program, at a company that is no customer, or whose last offer was answered a moment ago.
    """
    if (pending := open_nomination_of(advocate)) is not None:
        return pending
    words = words_of(
        reasons, "reasons", _("A sentence is enough: what made you think of helping us?")
    )
    if any(not kind.is_on for kind in kinds):
        problem = _("Choose from what is listed.")
        raise DomainError(problem, fields={"kinds": problem})
    if advocate.account.lifecycle != Lifecycle.CUSTOMER:
        raise Conflict(_("Only customers can join the program."), code="not_a_customer")
    if (day := again_on(advocate)) is not None:
        raise Conflict(
            _("We answered your last offer a moment ago. You can offer again from %(day)s on.")
            % {"day": day},
            code="answered_a_moment_ago",
        )
    actor = Actor.advocate(advocate.pk)
    if advocate.status == AdvocateStatus.DECLINED:
        before = move_status(advocate, "reconsider", own_wish=True)
        record_way_back(advocate, actor, before)
    before = move_status(advocate, "nominate")
    nomination = Nomination(
        decide_by=clock.now() + timedelta(days=current(Recruiting).decide_days),
        advocate=advocate,
        origin=NominationOrigin.SELF,
        reasons=words,
        criteria=snapshot(criteria_of(advocate)),
    )
    nomination.save(force_insert=True)
    nomination.reload()
    NominationWish.objects.bulk_create(
        [NominationWish(nomination=nomination, activity_type=kind) for kind in kinds]
    )
    codes = sorted(kind.code for kind in kinds)
    record_step("nomination.volunteered", nomination, actor, before=before, wishes=codes)
    tell_owner(nomination)
    return nomination


@transaction.atomic
def take_back_offer(*, advocate: Advocate) -> Nomination:
    """The person changed their mind before anybody decided; nobody is written to.

    Raises ``Conflict`` when there is no open offer of theirs.
    """
    nomination = open_nomination_of(advocate)
    if nomination is None or not nomination.is_own:
        raise Conflict(_("Your offer was answered already."), code="illegal_move")
    actor = Actor.advocate(advocate.pk)
    decide(nomination, "withdraw", actor)
    before = move_back(nomination.advocate)
    record_step("nomination.withdrawn", nomination, actor, before=before)
    return nomination
