"""Who keeps in touch with whom: sponsors, their meetings, leave that ends (SPN-1, MSG-3, ADV-4)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import F, QuerySet

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus, ConsentUse
from advocates.people.consents import record_consent
from advocates.people.preferences import save_preferences
from advocates.people.services import update_advocate
from advocates.presences.models import PresenceKind
from advocates.presences.services import plan_presence
from advocates.touches.models import TouchKind
from advocates.touches.services import record_touch
from demo import world
from demo.cast import Cast
from demo.timeline import at

#: Of the platinum people a sponsor has so many; the others show as having none.
_SPONSORED = 4


def care(cast: Cast, by_role: Mapping[str, Sequence[Membership]]) -> None:
    """An executive looks after the best; some consents end soon; everybody said what they like."""
    people = Advocate.objects.filter(status=AdvocateStatus.ACTIVE).order_by("pk")
    _likes(cast, people[:24])
    _leave(cast, people[2:8])
    _check_in(cast, people)
    for executive in by_role.get(Role.EXECUTIVE, [])[:1]:
        best = people.filter(standings__tier__code="platinum")
        _sponsor(cast, executive, list(best[:_SPONSORED]) or list(people[:2]))


def _check_in(cast: Cast, people: QuerySet[Advocate]) -> None:
    """With whom nobody has spoken yet, somebody did about when their tier wants it again."""
    today = clock.today(cast.manager.tenant.zone)
    new = people.filter(touches=None, standings__tier__touch_days__isnull=False)
    rows = new.select_related("account__owner__user").annotate(
        every=F("standings__tier__touch_days")
    )
    for place, person in enumerate(rows):
        record_touch(
            actor=cast.program,
            advocate=person,
            kind=TouchKind.CHECK_IN,
            happened_on=today - timedelta(days=person.every + 2 - 3 * (place % 4)),
            by=person.account.owner,
        )


def _likes(cast: Cast, people: Iterable[Advocate]) -> None:
    for place, person in enumerate(people):
        likes = world.LIKES[place % len(world.LIKES)]
        save_preferences(actor=cast.program, advocate=person, appreciation=likes)


def _leave(cast: Cast, people: Iterable[Advocate]) -> None:
    today = clock.today(cast.manager.tenant.zone)
    for person, (use, given_by, scope, days) in zip(people, world.LEAVE, strict=False):
        record_consent(
            actor=cast.program,
            advocate=person,
            use=ConsentUse(use),
            given_on=today - timedelta(days=300),
            given_by=given_by,
            evidence=world.EVIDENCE,
            expires_on=today + timedelta(days=days),
            scope=scope,
        )


def _sponsor(cast: Cast, executive: Membership, people: Sequence[Advocate]) -> None:
    now, actor = clock.now(), Actor.member(executive)
    today = clock.today(cast.manager.tenant.zone)
    for place, person in enumerate(people):
        with at(now - timedelta(days=200)):
            update_advocate(actor=cast.program, advocate=person, executive_sponsor=executive)
        ago = (95, 86, 30, 10)[place % 4]
        record_touch(
            actor=actor,
            advocate=person,
            kind=TouchKind.EXECUTIVE,
            happened_on=today - timedelta(days=ago),
            note=world.SPOKEN[place % len(world.SPOKEN)],
        )
    for person, (kind, occasion, days) in zip(people, world.MEETINGS, strict=False):
        plan_presence(
            actor=cast.program,
            advocate=person,
            by=executive,
            kind=PresenceKind(kind),
            occasion=occasion,
            on=today + timedelta(days=days),
        )
