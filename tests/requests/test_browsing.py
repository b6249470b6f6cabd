"""Looking through who could help without names, and asking for an introduction (BRW-1)."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocates.accounts.choices import TagKind
from advocates.models import AccountTag, Advocate
from requests.browsing.describing import Description, Person, companies, descriptions
from requests.browsing.references import seal, unseal
from requests.browsing.selectors import Wanted, available
from requests.models import Introduction, Request
from requests.requests.details import RequestDetails
from requests.requests.services import create_request
from tests.factories.advocates import AccountFactory, AdvocateFactory, TagFactory, catalogued
from tests.factories.requests import ReadyFactory
from tests.requests.asking import Send
from tests.support.breadth import examples
from tests.support.rest import api_for
from tests.support.time import Clock

LEAST = 3
TAGS = [uuid.UUID(int=n) for n in range(3)]


@st.composite
def populations(draw: st.DrawFn) -> list[Person]:
    """People at few companies with few values, so that groups at the edge are common."""
    facts = st.tuples(
        st.integers(0, 9),
        st.tuples(*(st.sampled_from(["", "a", "b", "c"]) for _ in range(6))),
        st.frozensets(st.sampled_from(TAGS)),
    )
    rows = draw(st.lists(facts, max_size=40))
    return [
        Person(uuid.UUID(int=100 + n), uuid.UUID(int=company), said, tags)
        for n, (company, said, tags) in enumerate(rows)
    ]


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(populations(), st.data())
def test_a_description_fits_several_companies_and_is_true(
    people: list[Person], data: st.DataObject
) -> None:
    """BRW-1.a, VIS-1.a: whatever is told of somebody is told of people at so many companies, so
    that knowing all companies, all contacts and the rule itself does not lead to one of them; it
    does not depend on whom it is asked of, and nothing told is untrue.
    """
    everybody = [each.pk for each in people]
    told = descriptions(people, of=everybody, least=LEAST)
    assert set(told) == (set(everybody) if companies(people) >= LEAST else set())
    alike: defaultdict[Description, list[Person]] = defaultdict(list)
    for each in people:
        if each.pk in told:
            alike[told[each.pk]].append(each)
            *words, tags = told[each.pk]
            assert tags <= each.tags
            assert all(word in ("", own) for word, own in zip(words, each.said, strict=True))
    assert all(companies(group) >= LEAST for group in alike.values())
    some = data.draw(st.sets(st.sampled_from(everybody))) if everybody else set()
    few = descriptions(people, of=some, least=LEAST)
    assert few == {pk: told[pk] for pk in some if pk in told}


def customers(count: int, **facts: Any) -> Sequence[Any]:
    """Companies with a contact each, whom everybody in sales finds in the CRM."""
    return [
        AdvocateFactory.create(account=AccountFactory.create(**facts), status="candidate").account
        for _ in range(count)
    ]


@pytest.fixture
def market(program: Tenant) -> dict[str, Advocate]:
    """Five customers in a market of their own, and one bank beside five other enterprises."""
    same = {"segment": "enterprise", "region": "emea"}
    crowd = customers(5, industry="Healthcare", **same)
    customers(5, industry="", segment="", region="emea")
    for account in crowd:
        AccountTag.objects.create(account=account, tag=tag_named("Planner"))
    bank = AccountFactory.create(name="Only Bank", industry="Banking", **same)
    names = {"first_name": "Zenobia", "last_name": "Quill", "job_title": "Chief Teller"}
    return {
        "in the crowd": ReadyFactory(account=crowd[0]),
        "alone": ReadyFactory(account=bank, **names),
    }


def tag_named(name: str) -> Any:
    from advocates.models import Tag

    found = Tag.objects.filter(name=name).first()
    return found or TagFactory.create(kind=TagKind.PRODUCT, name=name)


@pytest.mark.django_db
def test_who_stands_alone_is_found_by_nothing_that_tells_who(
    market: dict[str, Advocate], bob: Membership
) -> None:
    """BRW-1.a, VIS-1.a: of the only bank nothing is told that a look into the CRM would turn into
    its name, and no filter finds it by what is not told; who is one of several is told in full,
    products included.
    """
    found = available(bob, catalogued("reference_call"))
    crowd, alone = (found.everybody[market[who].pk] for who in ("in the crowd", "alone"))
    assert crowd.told[:3] == ("Healthcare", "enterprise", "emea")
    assert crowd.told.tags == {tag_named("Planner").pk}
    assert alone.told[:2] == ("", "")
    assert found.choices("industry") == ["Healthcare"]
    for wanted in (Wanted(industry="Banking"), Wanted(segment="enterprise")):
        assert market["alone"].pk not in found.matching(wanted)
    assert market["alone"].pk in found.matching(Wanted(region="emea"))
    assert found.matching(Wanted(product=tag_named("Planner").pk)) == [market["in the crowd"].pk]


@pytest.mark.django_db
def test_capacity_is_said_as_yes_or_no(
    market: dict[str, Advocate], make_request: Callable[..., Request], send: Send, bob: Membership
) -> None:
    """BRW-1.a: by the guard's own word; who is kept from it by anything else is not there."""
    kind = catalogued("reference_call")
    send(make_request(), market["in the crowd"])
    found = available(bob, kind)
    assert not found.everybody[market["in the crowd"].pk].can
    assert found.matching(Wanted(industry="Healthcare")) == []
    full = found.matching(Wanted(industry="Healthcare", also_full=True))
    assert full == [market["in the crowd"].pk]
    Advocate.objects.filter(pk=market["alone"].pk).update(readiness="not_a_fit")
    assert market["alone"].pk not in available(bob, kind).everybody


@pytest.mark.django_db
def test_a_reference_is_one_colleagues_and_tells_nothing(
    market: dict[str, Advocate], bob: Membership, alice: Membership, clock: Clock
) -> None:
    """BRW-1.b, VIS-1.b: no two are alike, a colleague cannot use it, it ends; and the order of the
    list is another one for everybody.
    """
    person = market["alone"].pk
    made = seal(bob, person)
    assert made != seal(bob, person)
    assert unseal(bob, made) == person
    for who, text in ((alice, made), (bob, made[:-6]), (bob, str(person)), (bob, "ü☃")):
        with pytest.raises(DomainError, match="not yours or too old"):
            unseal(who, text)
    clock.advance(days=15)
    with pytest.raises(DomainError):
        unseal(bob, made)


@pytest.mark.django_db
def test_asking_for_an_introduction_takes_the_ordinary_path(
    market: dict[str, Advocate],
    bob: Membership,
    alice: Membership,
    client_for: Callable[[Membership], Client],
    tenant: Tenant,
    clock: Clock,
) -> None:
    """BRW-1.a, BRW-1.b: sales looks, asks, and never reads who it is; the manager reads whom to ask
    first, and whether they can be asked.
    """
    sales, home = client_for(bob), f"/t/{tenant.slug}/requests/"
    page = sales.get(f"{home}browse/?activity_type=reference_call")
    text = page.content.decode()
    assert "Healthcare · Enterprise" in text and "2 people can be asked now" in text
    assert not any(word in text for word in ("Quill", "Only Bank", "Teller", "Banking"))
    assert str(market["alone"].pk) not in text
    (alone,) = [row for row in page.context["rows"] if "Healthcare" not in row["company"]]

    form = sales.get(alone["url"])
    assert form.context["form"]["activity_type"].value() == catalogued("reference_call").pk
    assert form.context["introduction_words"]
    reference = parse_qs(urlsplit(alone["url"]).query)["introduction"][0]
    sent = {
        "activity_type": catalogued("reference_call").pk,
        "needed_count": 1,
        "needed_by": (clock.now + timedelta(days=20)).date().isoformat(),
        "prospect": "Isdom",
        "meeting_format": "video",
    }
    refused = sales.post(f"{home}new/", sent | {"introduction": reference[:-8]})
    assert refused.status_code == 422 and "not yours or too old" in refused.content.decode()
    assert not Request.objects.exists()
    done = sales.post(f"{home}new/", sent | {"introduction": reference})
    request = Request.objects.get()
    assert request.state == "submitted" and request.manager == alice
    assert Introduction.objects.get().advocate == market["alone"]

    theirs = sales.get(done.url).content.decode()
    assert "You asked for an introduction to" in theirs
    assert not any(word in theirs for word in ("Quill", "Only Bank", str(market["alone"].pk)))
    ours = client_for(alice).get(done.url).content.decode()
    assert "Ask this person first" in ours and "Zenobia Quill" in ours and "Can be asked" in ours


@pytest.mark.django_db
def test_introductions_over_rest(
    market: dict[str, Advocate], bob: Membership, alice: Membership, clock: Clock
) -> None:
    """BRW-1.a, BRW-1.b: the same to look through and to ask with; whom it is for reads only who may
    open advocates.
    """
    api = api_for(bob)
    rows = api.get("requests/browse/?industry=Healthcare").json()
    assert (rows["count"], rows["results"][0]["products"]) == (1, ["Planner"])
    assert rows["results"][0]["can_be_asked"] is True
    assert api.get("requests/browse/?product=Nothing").json()["count"] == 0
    assert api.get("requests/browse/?activity_type=nothing").status_code == 404
    assert api.get("requests/browse/?region=moon").status_code == 400
    body = {
        "activity_type": "reference_call",
        "needed_by": (clock.now + timedelta(days=20)).date().isoformat(),
        "prospect": "Isdom",
        "introduction": rows["results"][0]["introduction"],
    }
    assert api_for(alice).post("requests/", body).status_code == 422
    made = api.post("requests/", body)
    assert made.status_code == 201 and made.json()["ask_first"] is None
    path = f"requests/{made.json()['id']}/"
    person = str(market["in the crowd"].pk)
    assert api.post(f"{path}submit/").status_code == 200
    assert api_for(alice).get(path).json()["ask_first"] == person
    assert api_for(alice).get("requests/").json()["results"][0]["ask_first"] == person
    assert api.get("requests/").json()["results"][0]["ask_first"] is None


@pytest.mark.django_db
def test_nobody_is_told_of_where_everybody_would_be_recognised(
    program: Tenant, bob: Membership
) -> None:
    """BRW-1.a: with very few customers the page says so and shows nobody."""
    ReadyFactory()
    kind = catalogued("reference_call")
    assert available(bob, kind).everybody == {}
    details = RequestDetails(activity_type=kind, needed_by=clock_day(), prospect="Isdom")
    with pytest.raises(DomainError):
        create_request(actor=Actor.member(bob), details=details, introduction="made up")


def clock_day() -> Any:
    from advocacy import clock

    return clock.now().date() + timedelta(days=14)
