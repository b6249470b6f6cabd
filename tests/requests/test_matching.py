"""Matching: the score and its parts, the totals, the spread (MAT-1, MAT-2, MAT-3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import Account, Advocate, Tier, TierStanding
from requests.matching.ranking import match, why_not
from requests.matching.weights import save_weights
from requests.models import MatchingWeights, Request
from requests.requests.settings import REQUESTS
from tests.factories.advocates import (
    AccountFactory,
    AccountTagFactory,
    AdvocateTagFactory,
    BlackoutFactory,
    OutcomeFactory,
    TagFactory,
    catalogued,
    open_wide,
)
from tests.factories.requests import ReadyFactory
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]


def part(request: Request, advocate: Advocate, criterion: str) -> tuple[int, float, list[str]]:
    found = next(p for p in why_not(request, advocate).parts if p.criterion == criterion)
    return found.weight, found.value, [f"{c.verdict}: {c.text}" for c in found.chips]


def asked_days_ago(advocate: Advocate, days: int) -> None:
    Advocate.objects.filter(pk=advocate.pk).update(last_asked_at=clock.now() - timedelta(days=days))


def test_the_whole_score_is_the_weighted_sum(make_request: MakeRequest) -> None:
    """MAT-1.a: 20 + 20·½ + 15 + 10 + 10 + 10·(0.9/2) + 15 of 100."""
    wanted, other = TagFactory(name="Sourcing"), TagFactory(name="Screening")
    advocate = ReadyFactory(
        function="IT",
        seniority="executive",
        time_zone="Europe/Lisbon",
        account__industry="Healthcare",
        account__segment="enterprise",
        account__country="DE",
        account__region="emea",
        account__health=90,
    )
    AccountTagFactory(account=advocate.account, tag=wanted)
    request = make_request(
        industry="healthcare ",
        segment="enterprise",
        country="DE",
        region="emea",
        persona_function="it",
        persona_seniority="executive",
        time_zone="Europe/Berlin",
        tags=(wanted, other),
    )
    found = why_not(request, advocate)
    assert found.score == 85  # 84.5, half up
    assert sum(p.weight for p in found.parts) == 100


def test_a_criterion_not_given_is_dropped_and_the_rest_renormalised(
    make_request: MakeRequest,
) -> None:
    """MAT-1.b: only relationship (10) and rotation (15) count for a request that says nothing."""
    advocate = ReadyFactory(account__health=100)
    found = why_not(make_request(), advocate)
    assert [p.criterion for p in found.parts] == ["relationship", "rotation"]
    assert found.score == round(100 * (5 + 15) / 25)


@pytest.mark.parametrize(
    ("criterion", "asked", "account", "words"),
    [
        ("industry", {"industry": "Retail"}, {"industry": ""}, "unknown: industry unknown"),
        ("size", {"segment": "smb"}, {"segment": "", "employees": None}, "unknown: size unknown"),
        ("region", {"region": "emea"}, {"region": "", "country": ""}, "unknown: region unknown"),
    ],
)
def test_what_nobody_knows_scores_nothing_and_says_so(
    make_request: MakeRequest,
    criterion: str,
    asked: dict[str, str],
    account: dict[str, object],
    words: str,
) -> None:
    """MAT-1.b: data missing on the advocate scores 0 and reads "unknown"."""
    advocate = ReadyFactory(account=AccountFactory(**account))
    _weight, value, chips = part(make_request(**asked), advocate, criterion)
    assert value == 0
    assert chips == [words]


def test_unknown_health_persona_and_use_case_read_unknown(make_request: MakeRequest) -> None:
    """MAT-1.b: "unknown" is never a guess."""
    advocate = ReadyFactory(account=AccountFactory(health=None))
    request = make_request(persona_function="IT", persona_seniority="manager", tags=(TagFactory(),))
    assert "unknown: health unknown" in part(request, advocate, "relationship")[2]
    assert part(request, advocate, "persona")[1:] == (
        0,
        ["unknown: function unknown", "unknown: seniority unknown"],
    )
    assert part(request, advocate, "use_case")[1:] == (0, ["unknown: use case unknown"])


def test_overlap_is_matched_of_requested_over_person_and_company(
    make_request: MakeRequest,
) -> None:
    """MAT-1.c: a tag of the person or of the company counts, each once."""
    tags = [TagFactory() for _ in range(4)]
    advocate = ReadyFactory()
    AdvocateTagFactory(advocate=advocate, tag=tags[0])
    AccountTagFactory(account=advocate.account, tag=tags[0])
    AccountTagFactory(account=advocate.account, tag=tags[1])
    assert part(make_request(tags=tuple(tags)), advocate, "use_case")[1] == 0.5


@pytest.mark.parametrize(
    ("days", "value"), [(None, 1.0), (0, 0.0), (45, 0.25), (180, 1.0), (900, 1.0)]
)
def test_rotation_grows_to_the_whole_in_180_days(
    make_request: MakeRequest, days: int | None, value: float
) -> None:
    """MAT-1.c: min(days since last ask, 180)/180; never asked is the whole."""
    advocate = ReadyFactory()
    if days is not None:
        asked_days_ago(advocate, days)
    assert part(make_request(), advocate, "rotation")[1] == pytest.approx(value)


def test_size_just_across_the_border_counts_half(make_request: MakeRequest) -> None:
    """MAT-1: 900 people are like 1,100, whatever the segments are called; 120 are not."""
    near = ReadyFactory(account=AccountFactory(employees=900, segment="mid_market"))
    far = ReadyFactory(account=AccountFactory(employees=120, segment="mid_market"))
    request = make_request(employees=1100)
    assert part(request, near, "size")[1] == 0.5
    assert part(request, far, "size")[1] == 0


def test_ties_go_to_the_oldest_ask_then_to_the_lower_id(make_request: MakeRequest) -> None:
    """MAT-1.c: a total order."""
    people = sorted((ReadyFactory() for _ in range(4)), key=lambda a: a.pk)
    asked_days_ago(people[0], 300)
    asked_days_ago(people[1], 400)
    ranked = [m.advocate.pk for m in match(make_request()).ranked]
    assert ranked == [people[2].pk, people[3].pk, people[1].pk, people[0].pk]


def general_weights(**weights: int) -> None:
    change_settings(
        actor=Actor.system("tests"),
        family=REQUESTS,
        values={f"weight_{name}": points for name, points in weights.items()},
    )


def test_weights_are_the_tenants_and_the_types(
    make_request: MakeRequest, alice: Membership
) -> None:
    """MAT-1.a: weights per tenant, per type."""
    advocate = ReadyFactory(account__health=100)
    request = make_request()
    actor = Actor.member(alice)
    general_weights(relationship=30, rotation=10)
    assert why_not(request, advocate).score == 63  # 62.5, half up
    save_weights(
        actor=actor,
        weights={"relationship": 50, "rotation": 50},
        activity_type=request.activity_type,
    )
    assert why_not(request, advocate).score == 75
    assert MatchingWeights.objects.count() == 2


def test_outcomes_worth_telling_come_of_the_use_case_asked_for(
    make_request: MakeRequest,
) -> None:
    """MAT-1.d, ADV-3.b: the outcomes worth telling this prospect, the fitting one first."""
    tag = TagFactory(kind="use_case")
    advocate = ReadyFactory()
    OutcomeFactory(advocate=advocate, metric="Cost per hire")
    fitting = OutcomeFactory(advocate=advocate, metric="Time to hire", use_case=tag)
    OutcomeFactory(advocate=advocate, metric="Satisfaction")
    found = why_not(make_request(tags=(tag,)), advocate)
    assert found.outcomes[0] == fitting
    assert len(found.outcomes) == 2


def test_a_poor_fit_is_ranked_below_and_called_so(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MAT-1.e: 40 is good, 39 is not, and stands in the ranking all the same; on the page and over
    REST.
    """
    weights = {"industry": 40, "size": 39, "region": 21, "relationship": 0, "rotation": 0}
    general_weights(**weights)
    good = ReadyFactory(
        account=AccountFactory(industry="Healthcare", segment="smb", region="na"), last_name="Lima"
    )
    poor = ReadyFactory(
        account=AccountFactory(industry="Mining", segment="enterprise", region="na"),
        last_name="Moss",
    )
    request = make_request(industry="Healthcare", segment="enterprise", region="emea")
    ranked = match(request).ranked
    assert [(m.advocate, m.score, m.is_good) for m in ranked] == [
        (good, 40, True),
        (poor, 39, False),
    ]
    page = client_for(alice).get(f"/t/acme/requests/{request.pk}/").content.decode()
    assert page.count("no good fit") == 1
    assert page.index(" Lima") < page.index("no good fit")
    rows = api_for(alice).get(f"requests/{request.pk}/matches/").json()["ranked"]
    assert [row["is_good"] for row in rows] == [True, False]


def test_a_review_is_asked_of_everybody_alike(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """BEN-4.b: neither health, NPS, answers, tier nor readiness to say yes moves anybody or leaves
    them out: one list of all, on the page and over REST; asking the unhappy needs no excuse.
    """
    catalogued("review", is_on=True)
    shop = AccountFactory(health=95, nps=10)
    happy = [ReadyFactory(account=shop, last_name=f"Happy{n}") for n in range(3)]
    unhappy = ReadyFactory(account=AccountFactory(health=5, nps=0), nps=0, last_name="Unhappy")
    TierStanding.objects.filter(advocate=unhappy).update(tier=Tier.objects.get(code="community"))
    TierStanding.objects.filter(advocate=happy[0]).update(activities=9)
    request = make_request(code="review")
    ranked = match(request, limit=1).ranked
    assert {m.advocate for m in ranked} == {*happy, unhappy}
    assert len({m.score for m in ranked}) == 1
    assert not [reason for m in ranked for reason in (*m.blocks, *m.warnings)]
    assert {part.criterion for m in ranked for part in m.parts} == {"rotation"}
    rows = api_for(alice).get(f"requests/{request.pk}/matches/?limit=1").json()["ranked"]
    assert len(rows) == 4
    page = client_for(alice).get(f"/t/acme/requests/{request.pk}/").content.decode()
    assert "Everybody who can be asked" in page
    assert "Unhappy" in page and "score-number" not in page and "no good fit" not in page
    call = make_request()
    assert "health" in {reason.code for reason in why_not(call, unhappy).blocks}


def test_at_most_two_of_one_account_among_the_first_ten(make_request: MakeRequest) -> None:
    """MAT-3.a: the favourite customer does not fill the list."""
    favourite = AccountFactory(industry="Healthcare")
    for _ in range(5):
        ReadyFactory(account=favourite)
    for _ in range(9):
        ReadyFactory(account=AccountFactory(industry="Retail"))
    result = match(make_request(industry="Healthcare"), limit=14)
    accounts = [m.account.pk for m in result.ranked]
    assert accounts[:2] == [favourite.pk] * 2
    assert accounts[:10].count(favourite.pk) == 2
    assert len(accounts) == 14


def test_too_few_accounts_leave_the_list_short(make_request: MakeRequest) -> None:
    """MAT-3.a: two each of two accounts, not ten of them; the totals still say how many there
    are.
    """
    for account in (AccountFactory(), AccountFactory()):
        for _ in range(4):
            ReadyFactory(account=account)
    result = match(make_request())
    assert len(result.ranked) == 4
    assert result.totals.can_be_asked == 8


def test_the_number_of_queries_does_not_grow_with_the_advocates(
    make_request: MakeRequest,
) -> None:
    """MAT-1: set-based, whatever the size of the program."""
    request = make_request(industry="Healthcare", tags=(TagFactory(),))
    counts = []
    for _ in range(2):
        for _ in range(6):
            ReadyFactory()
        fresh = Request.objects.get(pk=request.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            match(fresh)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_is_clean_comes_first_and_the_usual_is_said_once(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MAT-1.d, CAP-4.a: without reservation before a better fit with one; what is to be said of all
    the others stands in their heading, what of one alone at the row; a low tier is not said again
    of who has done nothing.
    """
    open_wide()
    clean = ReadyFactory(last_name="Clean", account__industry="Mining")
    fresh = [
        ReadyFactory(last_name=f"Fresh{n}", account__industry="Healthcare", done=[])
        for n in range(2)
    ]
    Account.objects.filter(pk=fresh[1].account_id).update(health=70)
    TierStanding.objects.filter(advocate__in=fresh).update(tier=Tier.objects.get(code="community"))
    request = make_request(industry="Healthcare")
    assert match(request).ranked[-1].advocate == clean
    page = client_for(alice).get(f"/t/acme/requests/{request.pk}/").content.decode()
    order = ("Ready to ask", " Clean", "With a word of care", " Fresh0", " Fresh1")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count("a big step") == 1 and "for each of the 2: a big step" in page
    assert page.count("health is 70") == 1
    assert "beyond their tier" not in page


def test_all_and_who_fits_poorly_can_be_opened(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MAT-1.e, MAT-2.b: in place of the first ten, without loading the page, at an address."""
    general_weights(industry=100, size=0, region=0, relationship=0, rotation=0)
    people = [ReadyFactory(account__industry="Healthcare") for _ in range(12)]
    poor = ReadyFactory(last_name="Moss", account__industry="Mining")
    request, browser = make_request(industry="Healthcare"), client_for(alice)
    address = f"/t/acme/requests/{request.pk}/"

    def names(query: str, **headers: str) -> set[str]:
        page = browser.get(address + query, headers=headers).content.decode()
        assert ("<html" in page) is not bool(headers)
        return {each.name for each in (*people, poor) if f">{each.name}</a>" in page}

    fragment = {"HX-Request": "true", "HX-Target": "section#ranking"}
    everybody = {each.name for each in people}
    assert len(names("")) == 10
    for headers in ({}, fragment):
        assert names("?show=all", **headers) == everybody
        assert names("?show=poor", **headers) == {poor.name}
    totals = browser.get(f"{address}totals/", headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{address}?show=poor"' in totals and "<span>12</span>" in totals


def test_a_name_opens_the_person_beside_the_ranking(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MAT-1.d, MAT-2.a: parts, reasons and what is left, in the panel and without scripts; of
    anybody that "why not" finds, too.
    """
    away = ReadyFactory(first_name="Ana", last_name="Lima")
    BlackoutFactory(advocate=away)
    request, browser = make_request(industry="Healthcare"), client_for(alice)
    address = f"/t/acme/requests/{request.pk}/people/{away.pk}/"
    hits = browser.get(f"/t/acme/requests/{request.pk}/why-not/?who=lima").content.decode()
    assert f'hx-get="{address}"' in hits
    for headers in ({}, {"HX-Request": "true", "HX-Target": "div#panel-body"}):
        page = browser.get(address, headers=headers).content.decode()
        assert ("<html" in page) is not bool(headers)
        for words in ("Ana Lima", "Away until", "Industry", "6 of 6 left"):
            assert words in page
        assert "Draft ask" not in page
