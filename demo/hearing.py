"""What each colleague has heard of when somebody starts the demo: a little that is new."""

from collections.abc import Mapping
from datetime import timedelta

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.joining.enrolment import pause_advocate
from advocates.models import ActivityType, Advocate
from advocates.people.choices import AdvocateStatus
from advocates.people.services import update_advocate
from demo import world
from demo.cast import Cast
from demo.timeline import at
from reporting.news.selectors import news_of
from reporting.news.services import drop_old_news, read_all_news
from requests.asks.choices import IN_PLAY
from requests.models import Ask
from requests.requests.details import RequestDetails
from requests.requests.services import create_request, submit_request
from requests.requests.triage import decline_request

#: So much of it nobody has read yet.
_UNREAD = 4


def catch_up(
    cast: Cast, kinds: Mapping[str, ActivityType], by_role: Mapping[str, list[Membership]]
) -> None:
    """Somebody takes a break, two requests come to nothing; of the year, only the last is new."""
    for sponsor in by_role.get(Role.EXECUTIVE, []):
        _take_a_break(cast, sponsor)
    for place, role in enumerate((Role.MARKETING, Role.ADMIN)):
        for member in by_role.get(role, []):
            _ask_in_vain(cast, member, kinds["testimonial"], world.COMPETITORS[place])
    drop_old_news(cast.manager.tenant_id)
    for members in by_role.values():
        for member in members:
            newest = list(news_of(member).filter(read_at=None)[: _UNREAD + 1])
            if len(newest) > _UNREAD:
                read_all_news(actor=Actor.member(member), until=newest[_UNREAD].at)


def _take_a_break(cast: Cast, sponsor: Membership) -> None:
    busy = Ask.objects.filter(state__in=IN_PLAY)
    people = Advocate.objects.filter(status=AdvocateStatus.ACTIVE, account__owner__isnull=False)
    person = people.exclude(pk__in=busy.values("advocate")).order_by("last_name", "id").first()
    if person is None:
        return
    with at(clock.now() - timedelta(hours=5)):
        person = update_advocate(actor=cast.program, advocate=person, executive_sponsor=sponsor)
        pause_advocate(actor=cast.program, advocate=person, reason=world.ON_LEAVE)


def _ask_in_vain(cast: Cast, member: Membership, kind: ActivityType, prospect: str) -> None:
    now, actor = clock.now(), Actor.member(member)
    details = RequestDetails(
        activity_type=kind,
        detail=world.TOPICS[0],
        needed_by=(now + timedelta(days=20)).date(),
        prospect=prospect,
        intended_use=world.OFFERED_FOR,
    )
    with at(now - timedelta(days=1)):
        request = submit_request(actor=actor, request=create_request(actor=actor, details=details))
    with at(now - timedelta(hours=3)):
        decline_request(actor=cast.program, request=request, reason=world.NO_COMPETITORS)
