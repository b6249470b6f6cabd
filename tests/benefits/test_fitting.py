"""Which benefit fits whom for what, and what they say of it (BEN-9, ADV-2.e)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocates.models import Preference, Tier
from advocates.people.preferences import save_preferences
from benefits.catalogue.choices import Category
from benefits.catalogue.models import Benefit
from benefits.catalogue.services import seed_benefits
from benefits.fitting.points import POINTS, PREFERRED, Reason
from benefits.fitting.ranking import Deed, Kind, Person, is_barred, ranked
from benefits.fitting.selectors import suggestions_for
from benefits.grants import services
from benefits.grants.rating import rate_grant
from tests.factories.advocates import AdvocateFactory, TierStandingFactory
from tests.factories.giving import BudgetFactory
from tests.factories.moments import MomentFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

NOTE = Kind("note", "Executive note", Category.PRIVATE_RECOGNITION)
MUG = Kind("mug", "Mug", Category.SWAG, Decimal(12), Decimal(20))
HAMPER = Kind("hamper", "Hamper", Category.GIFT, Decimal(80), Decimal(100))
DONATION = Kind("donation", "Donation", Category.CHARITY, Decimal(100), Decimal(100))
STAGE = Kind("stage", "Speak on a stage", Category.PERSONAL_BRAND, effort_levels=("high",))
DINNER = Kind("dinner", "Dinner", Category.EXECUTIVE_ACCESS, tiers=("gold",), needs_approval=True)
JAZZ = Kind(
    "jazz", "Jazz tickets", Category.EXPERIENCE, Decimal(60), Decimal(70),
    words=frozenset({"jazz", "tickets"}),
)  # fmt: skip
KINDS = (NOTE, MUG, HAMPER, DONATION, STAGE, DINNER, JAZZ)
CALL = Deed("moderate", Decimal(50), Decimal(150))
GIFTS = Person(likes=frozenset({"gifts"}))


def names(person: Person, deed: Deed | None = None, kinds: Any = KINDS) -> list[str]:
    """What is suggested, the best first."""
    return [each.kind.pk for each in ranked(kinds, person, deed, most=9)]


def test_every_category_is_something_people_prefer() -> None:
    """ADV-2.e: the twelve categories are the seven things one can prefer; every reason counts."""
    assert set(PREFERRED) == set(Category.values)
    assert set(PREFERRED.values()) == set(Preference.Appreciation.values)
    assert set(POINTS) == set(Reason)


@pytest.mark.parametrize(
    ("person", "deed", "wanted"),
    [
        # Nobody knows what they prefer: recognition is right for everybody.
        (Person(), None, ["note"]),
        # What they prefer; for an occasion nothing is out of proportion. The cheapest first.
        (GIFTS, None, ["mug", "jazz", "hamper"]),
        # A mug insults after a call; the donation fits and is nothing they asked for.
        (GIFTS, CALL, ["jazz", "hamper", "donation"]),
        # What they care for comes before what is merely liked, and counts without being liked.
        (replace(GIFTS, interests=frozenset({"jazz", "sailing"})), None, ["jazz", "mug", "hamper"]),
        (Person(likes=frozenset({"charity"}), interests=frozenset({"jazz"})), None,
         ["donation", "jazz"]),
        # Their company forbids gifts: charity and recognition instead; or allows little.
        (replace(GIFTS, gifts_forbidden=True), CALL, ["donation", "note"]),
        (replace(GIFTS, gifts_forbidden=True), None, ["note", "donation"]),
        (replace(GIFTS, gift_each=Decimal(75)), None, ["mug", "jazz"]),
        (replace(GIFTS, gift_left=Decimal(30)), None, ["mug"]),
        # Nobody knows the policy: still suggested, behind what needs no asking.
        (replace(GIFTS, gifts_unclear=True, likes=frozenset({"gifts", "charity"})), None,
         ["donation", "mug", "jazz", "hamper"]),
        # Beyond the budget.
        (replace(GIFTS, budget_left=Decimal(70)), None, ["mug", "jazz"]),
        (replace(GIFTS, budget_left=Decimal(-5)), None, []),
        # Not the same twice in a year; another of its kind loses the "nothing of it lately".
        (replace(GIFTS, lately={"mug": Category.SWAG}), None, ["jazz", "hamper"]),
        # What was liked comes first, what was not never again, nor soon anything like it.
        (replace(GIFTS, verdicts={"other": (Category.GIFT, True)}), None,
         ["hamper", "mug", "jazz"]),
        (replace(GIFTS, verdicts={"hamper": (Category.GIFT, False)}), None, ["mug", "jazz"]),
        (replace(GIFTS, verdicts={"other": (Category.SWAG, False)}), None,
         ["jazz", "hamper", "mug"]),
        # For much effort only; for the tier only.
        (Person(likes=frozenset({"personal_brand"})), CALL, ["jazz", "hamper", "donation"]),
        (Person(likes=frozenset({"personal_brand"})), replace(CALL, effort="high"),
         ["stage", "jazz", "hamper", "donation"]),
        (Person(likes=frozenset({"access"})), None, []),
        (Person(likes=frozenset({"access"}), tier="gold"), None, ["dinner"]),
    ],
)  # fmt: skip
def test_ranking(person: Person, deed: Deed | None, wanted: list[str]) -> None:
    """BEN-9.a: hand-made cases, one thing that counts each."""
    assert names(person, deed) == wanted


def test_barred() -> None:
    """BEN-9.a: none in stock; payment for a small thing."""
    assert is_barred(replace(MUG, stock=0), GIFTS, None)
    assert not is_barred(replace(MUG, stock=1), GIFTS, None)
    assert is_barred(HAMPER, GIFTS, Deed("low", Decimal(0), Decimal(49)))
    assert not is_barred(HAMPER, GIFTS, Deed("low", Decimal(0), Decimal(50)))


@pytest.mark.django_db
def test_suggested_where_it_is_given(program: Program, clock: Clock, client_for: Any) -> None:
    """BEN-9.a: beside the activity, the thank-you, the person and a moment, in the form and over
    REST, each with its reason; one press fills in the form. ADV-2.e: by what they prefer. BEN-4.a:
    nothing after a review.
    """
    seed_benefits()
    who, api = program.advocate, api_for(program.manager)
    who.account.gifts_allowed = False
    who.account.save()
    save_preferences(
        actor=Actor.advocate(who.pk), advocate=who, appreciation=["recognition", "gifts"]
    )
    call, review = program.completed(), program.completed("review", detail="G2")
    asked = f"advocates/{who.pk}/suggested-benefits/"
    found = api.get(f"{asked}?activity={call.pk}").json()
    assert found
    assert found[0]["reasons"][:2] == ["liked", "not_lately"]
    assert found[0]["why"].startswith("Prefers recognition; nothing of it in the last year")
    assert not {each["category"] for each in found} & {"gift", "swag", "experience"}
    assert api.get(f"{asked}?activity={review.pk}").json() == []
    assert api.get(f"{asked}?occasion=Their G2 review").json() == []
    assert api.get(f"{asked}?activity=x").status_code == 400
    other = program.completed(advocate=AdvocateFactory())
    assert api.get(f"{asked}?activity={other.pk}").status_code == 404
    assert api_for(program.csm).get(f"advocates/{other.pk}/suggested-benefits/").status_code == 404

    home = f"/t/{program.csm.tenant.slug}"
    client = client_for(program.csm)
    first = found[0]["benefit"]
    way = f"{home}/grants/new/?advocate={who.pk}&amp;benefit={first}"
    moment = MomentFactory(account=who.account)
    for page, more in (
        (f"/activities/{call.pk}/", f"for={call.pk}"),
        (f"/thanks/{call.thank_yous.get().pk}/", f"for={call.pk}"),
        (f"/advocates/{who.pk}/", ""),
        (f"/moments/{moment.pk}/", "occasion="),
    ):
        shown = client.get(f"{home}{page}").content.decode()
        assert way in shown, page
        assert more in shown
    for page in (f"/activities/{review.pk}/", f"/thanks/{review.thank_yous.get().pk}/"):
        assert "/grants/new/?" not in client.get(f"{home}{page}").content.decode()
    form = client.get(
        f"{home}/grants/new/?advocate={who.pk}&benefit={first}&for={call.pk}&due_on=2031-01-01"
    ).content.decode()
    assert f'value="{first}" selected' in form
    assert "What would fit" in form


@pytest.mark.django_db
def test_what_is_read_of_them(program: Program, clock: Clock) -> None:
    """BEN-9.a: interests, tier, budget, gift policy and what was given come from their rows, in as
    many statements for four people as for one.
    """
    seed_benefits()
    who = program.advocate
    who.interests, who.account.gifts_allowed = "Sailing; meetups", True
    who.save()
    who.account.gift_maximum_year = 60
    who.account.save()
    BudgetFactory(amount=200)
    TierStandingFactory(advocate=who, tier=Tier.objects.get(code="platinum"))

    def found() -> dict[str, Any]:
        return {each.kind.name: each for each in suggestions_for([who], most=60)[who.pk]}

    cares = [each for each in found().values() if Reason.INTEREST in each.found.reasons]
    assert ["Cares about meetups" in each.why for each in cares] == [True]
    assert all(each.kind.cost <= 200 for each in found().values())
    note = Benefit.objects.get(code="executive_note")
    save_preferences(actor=program.actor, advocate=who, appreciation=["recognition"])
    assert note.name in found()
    given = services.give_benefit(
        actor=program.actor, advocate=who, benefit=note, due_on=clock.now.date()
    )
    assert note.name not in found()
    services.deliver_grant(actor=program.actor, grant=given)
    before = found()["Appreciation call"].found.points
    rate_grant(actor=Actor.advocate(who.pk), grant=given, liked=True)
    assert found()["Appreciation call"].found.points == before + POINTS[Reason.RATED_WELL]
    clock.advance(days=366)
    assert note.name in found()
    rate_grant(actor=Actor.advocate(who.pk), grant=given, liked=False)
    assert note.name not in found()

    def statements(people: list[Any]) -> int:
        with CaptureQueriesContext(connection) as reading:
            suggestions_for(people)
        return len(reading)

    assert statements([who, *(AdvocateFactory(account=who.account) for _n in range(3))]) == (
        statements([who])
    )


@pytest.mark.django_db
def test_whoever_got_it_says_how_it_was(program: Program, clock: Clock) -> None:
    """BEN-9.b: the advocate alone, of what is with them; as often as they want; staff see it on the
    grant and over REST.
    """
    seed_benefits()
    note = Benefit.objects.get(code="executive_note")
    grant = services.give_benefit(
        actor=program.actor, advocate=program.advocate, benefit=note, due_on=clock.now.date()
    )
    own = Actor.advocate(program.advocate.pk)
    with pytest.raises(Conflict):
        rate_grant(actor=own, grant=grant, liked=True)
    services.deliver_grant(actor=program.actor, grant=grant)
    for actor in (program.actor, Actor.advocate(AdvocateFactory().pk)):
        with pytest.raises(NotAllowed):
            rate_grant(actor=actor, grant=grant, liked=True)
    for liked in (True, False, None, True):
        assert rate_grant(actor=own, grant=grant, liked=liked).liked is liked
    api = api_for(program.manager)
    assert api.get("grants/?liked=true").json()["results"][0]["liked"] is True
    assert api.get("grants/?liked=false").json()["results"] == []
