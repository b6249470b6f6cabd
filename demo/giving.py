"""What came back to advocates in a year: budgets, gifts and recognition, one that is late, one that
waits for a yes (BEN-1 to BEN-5).
"""

from datetime import timedelta

from django.db.models import F

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.accounts.services import update_account
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus
from benefits.budgets.services import write_budget
from benefits.catalogue.models import Benefit
from benefits.grants import services
from benefits.grants.lifecycle import OPEN
from benefits.grants.models import Grant
from benefits.grants.selectors import rewardable
from demo.cast import Cast
from demo.timeline import at

#: Kind and days ago; each was given for the first thing that waits to be rewarded.
_YEAR = (
    ("quality_apparel", 320),
    ("personal_item", 285),
    ("website_spotlight", 260),
    ("gift_card", 231),
    ("dining", 204),
    ("charity_donation", 171),
    ("newsletter_feature", 140),
    ("useful_gadget", 118),
    ("limited_edition", 96),
    ("event_tickets", 71),
    ("executive_note", 48),
    ("personal_item", 33),
)
_QUESTION = "travel"


def give_back(cast: Cast) -> None:
    """Budgets, then a year of grants; what the tiers brought long ago has arrived."""
    today = clock.today(cast.manager.tenant.zone)
    _arrive()
    with at(clock.now() - timedelta(days=350)):
        for name, segment, amount in (
            ("Giving back", "", 4000),
            ("Enterprise", "enterprise", 2500),
        ):
            write_budget(
                actor=cast.program,
                name=f"{name} {today.year}",
                segment=segment,
                starts_on=today - timedelta(days=350),
                ends_on=today + timedelta(days=60),
                amount=amount,
            )
    people = list(
        Advocate.objects.filter(status=AdvocateStatus.ACTIVE, activities__state="completed")
        .select_related("account__owner__user", "account__tenant", "tenant")
        .distinct()
        .order_by("pk")[: len(_YEAR) + 2]
    )
    kinds = {kind.code: kind for kind in Benefit.objects.exclude(code="")}
    for person, (code, ago) in zip(people, _YEAR, strict=False):
        with at(clock.now() - timedelta(days=ago)):
            grant = _give(cast, person, kinds[code], days=9)
            if grant.state == "planned":
                services.approve_grant(actor=cast.program, grant=grant)
        if grant.state == "approved":
            with at(clock.now() - timedelta(days=ago - 8)):
                services.deliver_grant(actor=cast.program, grant=grant)
            with at(clock.now() - timedelta(days=ago - 11)):
                services.confirm_grant(actor=cast.program, grant=grant)
    if len(people) > len(_YEAR) + 1:
        with at(clock.now() - timedelta(days=20)):
            late = _give(cast, people[-2], kinds["personal_item"], days=14)
            if late.state == "approved":
                services.order_grant(actor=cast.program, grant=late)
        _give(cast, people[-1], kinds[_QUESTION], days=40)


def _give(cast: Cast, person: Advocate, kind: Benefit, *, days: int) -> Grant:
    update_account(
        actor=cast.program, account=person.account, gifts_allowed=True, gift_maximum=None
    )
    person.account.refresh_from_db()
    owner = person.account.owner or cast.manager
    return services.give_benefit(
        actor=Actor.member(cast.manager),
        advocate=person,
        benefit=kind,
        activities=list(rewardable(person)[:1]),
        owner=owner,
        due_on=clock.today(cast.manager.tenant.zone) + timedelta(days=days),
        anyway=True,
    )


def _arrive() -> None:
    """Nobody's Today is full of what a tier brought half a year ago."""
    today = clock.now().date()
    old = Grant.objects.filter(entitlement__isnull=False, state__in=OPEN, due_on__lt=today)
    old.filter(approved_at=None).update(approved_at=F("created_at"))
    old.update(state="confirmed", delivered_at=F("created_at") + timedelta(days=6), waits_for=[])
