"""What came back to advocates in a year: budgets, gifts and recognition, one that is late, one that
waits for a yes (BEN-1 to BEN-5).
"""

from datetime import timedelta

from django.db.models import F

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.accounts.services import update_account
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus, ConsentUse
from advocates.people.consents import record_consent
from benefits.balance.models import ValueBalance
from benefits.balance.services import evaluate_balances
from benefits.budgets.services import write_budget
from benefits.catalogue.models import Benefit
from benefits.grants import services
from benefits.grants.lifecycle import GOT, OPEN
from benefits.grants.models import Grant
from benefits.grants.rating import rate_grant
from benefits.grants.selectors import rewardable
from benefits.recognition.services import publish_recognition, write_recognition
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
#: Where recognition stands that was given elsewhere (BEN-8).
_ELSEWHERE = {
    "newsletter_feature": ("newsletter", "https://www.isdom.example/newsletter/customers"),
    "website_spotlight": ("website", "https://www.isdom.example/customers"),
}
_NEWEST = 2
#: Kind, title, text, period, days ago.
_WALL = (
    (
        "award",
        "Advocate of the year",
        "{name} took more calls than anybody, and every one of them helped somebody decide.",
        "year",
        200,
    ),
    (
        "spotlight",
        "An open door for three banks",
        "{name} showed three other teams how the first hundred days really went.",
        "quarter",
        110,
    ),
    (
        "spotlight",
        "Said what did not work",
        "{name} told our product people in the open what has to get better. It is on the roadmap.",
        "month",
        20,
    ),
    (
        "spotlight",
        "A first stage",
        "{name} spoke about us for the first time, to a full room.",
        "month",
        _NEWEST,
    ),
)


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
    # Fewer seats at dinner than tiers bring, so that *Promised* has something to say.
    Benefit.objects.filter(code="executive_dinner").update(stock=3)
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
    _say()
    # Whom too little came back to has waited for some days, not since the year began.
    ValueBalance.objects.all().delete()
    with at(clock.now() - timedelta(days=18)):
        evaluate_balances()
    evaluate_balances()


def _say() -> None:
    """Some of what came was liked, and some was not."""
    got = Grant.objects.filter(state__in=GOT, entitlement=None).order_by("delivered_at", "pk")
    for place, grant in enumerate(got):
        if place % 3 != 2:
            own = Actor.advocate(grant.advocate_id)  # type: ignore[attr-defined]
            rate_grant(actor=own, grant=grant, liked=place % 4 != 3)


def recognise(cast: Cast) -> None:
    """A wall with an award and two spotlights, and a draft that waits for a yes."""
    people = list(
        Advocate.objects.filter(status=AdvocateStatus.ACTIVE, activities__state="completed")
        .exclude(account__speaking_needs_approval=True)
        .select_related("account__tenant", "tenant")
        .distinct()
        .order_by("-pk")[: len(_WALL)]
    )
    for person, (kind, title, text, period, ago) in zip(people, _WALL, strict=False):
        with at(clock.now() - timedelta(days=ago)):
            today = clock.today(cast.manager.tenant.zone)
            row = write_recognition(
                actor=cast.program,
                advocate=person,
                kind=kind,
                title=title,
                text=text.format(name=person.first_name),
                period=period,
                period_on=today,
            )
            if ago == _NEWEST:
                continue
            record_consent(
                actor=cast.program,
                advocate=person,
                use=ConsentUse.RECOGNITION,
                given_on=today,
                given_by=person.name,
                evidence="Mail of that day",
            )
            publish_recognition(actor=cast.program, recognition=row)


def _give(cast: Cast, person: Advocate, kind: Benefit, *, days: int) -> Grant:
    update_account(
        actor=cast.program, account=person.account, gifts_allowed=True, gift_maximum=None
    )
    person.account.refresh_from_db()
    owner = person.account.owner or cast.manager
    channel, link = _ELSEWHERE.get(kind.code, ("", ""))
    return services.give_benefit(
        actor=Actor.member(cast.manager),
        advocate=person,
        benefit=kind,
        activities=list(rewardable(person)[:1]),
        owner=owner,
        due_on=clock.today(cast.manager.tenant.zone) + timedelta(days=days),
        channel=channel,
        link=link,
        anyway=True,
    )


def _arrive() -> None:
    """Nobody's Today is full of what a tier brought half a year ago."""
    today = clock.now().date()
    old = Grant.objects.filter(entitlement__isnull=False, state__in=OPEN, due_on__lt=today)
    old.filter(approved_at=None).update(approved_at=F("created_at"))
    old.update(state="confirmed", delivered_at=F("created_at") + timedelta(days=6), waits_for=[])
