"""Fills a tenant with accounts and the people there."""

import random
from datetime import date, timedelta
from decimal import Decimal

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.accounts.services import create_account
from advocates.joining.enrolment import enrol_advocate
from advocates.models import Account, Advocate
from advocates.people.choices import Comfort, ReferenceFrequency
from advocates.people.outcomes import add_outcome
from advocates.people.preferences import save_preferences
from advocates.people.services import create_advocate
from demo import world

_SIZES = (45, 80, 140, 320, 650, 900, 1200, 2600, 7400)

#: Companies, by their place, that everybody should know of, and why.
_STRATEGIC = {
    1: "The name every prospect of its industry asks about",
    7: "Opens the region for us",
}


def make_accounts(
    *, actor: Actor, csms: list[Membership], dice: random.Random, limit: int, today: date
) -> list[Account]:
    """Customers and a few prospects, each with the facts matching reads (ACC-1).

    ``today`` is when somebody looks at them; scores are dated shortly before.
    """
    accounts = []
    names = [(i, n) for n in range(5) for i in world.INDUSTRIES]
    for position, (industry, index) in enumerate(names[:limit]):
        place = world.PLACES[position % len(world.PLACES)]
        prospect = index == 4
        strategic = _STRATEGIC.get(position, "")
        value = dice.randrange(18, 420) * 1000
        accounts.append(
            create_account(
                actor=actor,
                name=world.INDUSTRIES[industry][index],
                lifecycle="prospect" if prospect else "customer",
                industry=industry,
                employees=dice.choice(_SIZES),
                city=place.city,
                country=place.code,
                language=place.language,
                domain=f"{world.INDUSTRIES[industry][index].lower().replace(' ', '')}.example",
                customer_since=None
                if prospect
                else today - timedelta(days=dice.randrange(300, 2400)),
                renewal_on=None if prospect else today + timedelta(days=dice.randrange(20, 500)),
                annual_value=None if prospect else Decimal(value),
                currency="EUR",
                health=None if prospect else dice.choice((55, 68, 78, 82, 86, 90, 93, 96)),
                health_on=None if prospect else today - timedelta(days=dice.randrange(1, 40)),
                adoption=None if prospect else dice.randrange(45, 98),
                adoption_on=None if prospect else today - timedelta(days=dice.randrange(1, 40)),
                nps=None if prospect else dice.choice((6, 7, 8, 9, 9, 10, 10)),
                nps_on=None if prospect else today - timedelta(days=dice.randrange(20, 300)),
                owner=dice.choice(csms),
                strategic_reason=strategic,
                strategic_on=today - timedelta(days=90) if strategic else None,
                advocacy_allowed=None if prospect or dice.random() < 0.1 else True,
                products=[] if prospect else dice.sample(world.PRODUCTS, dice.randrange(1, 3)),
                use_cases=[] if prospect else dice.sample(world.USE_CASES, dice.randrange(1, 4)),
            )
        )
    return accounts


def put_on_record_twice(*, actor: Actor, person: Advocate) -> Advocate:
    """The same person once more, as another colleague typed them: something to merge (ADV-1)."""
    return create_advocate(
        actor=actor,
        account=person.account,
        first_name=f"{person.first_name[:1]}.",
        last_name=person.last_name,
        email=person.email,
        phone="+49 30 5550142",
    )


def make_people(
    *,
    actor: Actor,
    accounts: list[Account],
    dice: random.Random,
    per_account: int,
    today: date,
) -> list[Advocate]:
    """People at the customers; most are enrolled, with preferences and results of their own."""
    people = []
    used: set[str] = set()
    zones = {(place.code, place.city): place for place in world.PLACES}
    for account in accounts:
        if account.lifecycle != "customer":
            continue
        place = zones[account.country, account.city]
        for _ in range(per_account):
            first, last = dice.choice(world.FIRST_NAMES), dice.choice(world.LAST_NAMES)
            while f"{first} {last}" in used:
                first, last = dice.choice(world.FIRST_NAMES), dice.choice(world.LAST_NAMES)
            used.add(f"{first} {last}")
            title, seniority, function = dice.choice(world.JOBS)
            people.append(
                create_advocate(
                    actor=actor,
                    account=account,
                    first_name=first,
                    last_name=last,
                    email=f"{first}.{last}@{account.domain}".lower(),
                    job_title=title,
                    seniority=seniority,
                    function=function,
                    language=place.language,
                    time_zone=place.zone,
                    nps=dice.choice((None, 8, 9, 9, 10)),
                    nps_on=today - timedelta(days=dice.randrange(10, 200)),
                    communication_skill=dice.choice((3, 4, 4, 5)),
                )
            )
    return people


def enrol(*, actor: Actor, people: list[Advocate], dice: random.Random) -> list[Advocate]:
    """Enrol about nine in ten, set what they allow, write down what they achieved."""
    enrolled = []
    for person in people:
        if dice.random() < 0.1:
            continue
        enrol_advocate(actor=actor, advocate=person, reason="Founding member of the program")
        comforts = [Comfort.PRIVATE_CALL]
        comforts += [c for c in (Comfort.WRITTEN_QUOTE, Comfort.LOGO) if dice.random() < 0.8]
        comforts += [
            c for c in (Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE) if dice.random() < 0.45
        ]
        save_preferences(
            actor=actor,
            advocate=person,
            comforts=comforts,
            reference_frequency=dice.choice(
                (
                    ReferenceFrequency.MONTHLY,
                    ReferenceFrequency.QUARTERLY,
                    ReferenceFrequency.QUARTERLY,
                    ReferenceFrequency.TWICE_A_YEAR,
                )
            ),
        )
        if dice.random() < 0.6:
            metric, before, after, period, story, use_case = dice.choice(world.OUTCOMES)
            add_outcome(
                actor=actor,
                advocate=person,
                metric=metric,
                before=before,
                after=after,
                period=period,
                narrative=story,
                may_be_quoted=dice.random() < 0.7,
                use_case=use_case,
            )
        enrolled.append(person)
    return enrolled
