"""Numbers, reports and their files of a saved segment (SEG-1)."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import SavedSegment
from advocates.segments.services import save_segment
from reporting.costs.services import write_cost
from reporting.metrics.frame import Frame
from reporting.metrics.registry import METRICS
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.giving import GrantFactory
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(scope: Tenant, alice: Membership, clock: Clock) -> dict[str, Any]:
    """Two customers with an advocate each, of whom one gave twice and the other once."""
    bank = AccountFactory.create(industry="Banking", lifecycle="customer")
    shop = AccountFactory.create(industry="Retail", lifecycle="customer")
    ana = AdvocateFactory.create(account=bank, job_title="CFO")
    ben = AdvocateFactory.create(account=shop)
    given = [ActivityFactory.create(advocate=who, completed=True) for who in (ana, ana, ben)]
    actor = Actor.member(alice)
    banks = save_segment(
        actor=actor, name="Banks", of="accounts", query="industry=Banking", shared=True
    )
    people = save_segment(
        actor=actor, name="At banks", of="everybody", query="industry=Banking", shared=True
    )
    return {"bank": bank, "shop": shop, "given": given, "banks": banks, "people": people}


def counted(member: Membership, code: str, segment: SavedSegment | None = None) -> dict[str, Any]:
    """A number over REST."""
    query = f"?in_segment={segment.pk}" if segment else ""
    answer = api_for(member).get(f"metrics/{code}/{query}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_numbers_of_a_saved_segment(
    world: dict[str, Any], alice: Membership, client_for: Callable[..., Client]
) -> None:
    """SEG-1.b: a dashboard, a number with its rows, and its files are of the people or accounts in
    it now; over REST the same; and what cannot be told apart by it says so.
    """
    assert counted(alice, "activities")["value"] == 3
    for segment in (world["banks"], world["people"]):
        assert counted(alice, "activities", segment)["value"] == 2
        assert counted(alice, "everybody", segment)["value"] == 1
        rows = api_for(alice).get(f"metrics/activities/rows/?in_segment={segment.pk}").json()
        assert {row["id"] for row in rows["results"]} == {
            str(each.pk) for each in world["given"][:2]
        }
        bars = api_for(alice).get(f"metrics/breakdowns/?in_segment={segment.pk}").json()
        by_type = next(each for each in bars if each["code"] == "activities_by_type")
        assert sum(bar["total"] for bar in by_type["parts"]) == 2
    using = counted(alice, "sellers_using", world["banks"])
    assert using["not_told_by"] == ["in_segment"]
    assert counted(alice, "activities", world["banks"])["not_told_by"] == []
    client, query = client_for(alice), f"?in_segment={world['people'].pk}"
    page = client.get(f"/t/acme/impact/{query}").content.decode()
    assert "At banks" in page
    assert "not told apart by saved segment" in page
    listed = client.get(f"/t/acme/metrics/activities/{query}").content.decode()
    assert "At banks" in listed
    sent = client.get(f"/t/acme/impact/{query}&export=csv").content.decode("utf-8-sig")
    lines = {line["Code"]: line for line in csv.DictReader(io.StringIO(sent))}
    assert {line["For"] for line in lines.values()} == {"At banks"}
    file = client.get(f"/t/acme/metrics/activities/{query}&export=csv")
    body = b"".join(file.streaming_content) if file.streaming else file.content
    assert len(body.decode().strip().splitlines()) == 3


def test_deals_of_a_saved_segment(world: dict[str, Any], alice: Membership) -> None:
    """SEG-1.b: a deal is of the account it is with; of people are the deals they touched."""
    first = OpportunityFactory.create(account=world["bank"], stage="qualified")
    second = OpportunityFactory.create(account=world["shop"], stage="qualified")
    for deal, activity in ((first, world["given"][2]), (second, world["given"][0])):
        TouchpointFactory.create(
            opportunity=deal, activity=activity, kind="reference", at=activity.happened_at
        )
    frame = Frame.of_last(alice.tenant, 30)
    metric = METRICS["qualified_references"]
    for segment, wanted in ((world["banks"], first), (world["people"], second)):
        rows = metric.behind(Frame(alice.tenant, frame.first, frame.last, among=segment))
        assert [row.opportunity for row in rows] == [wanted]


def test_the_report_of_a_saved_segment(
    world: dict[str, Any], alice: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """SEG-1.b: its numbers, on the page, over REST and in the PDF; one that is nobody's to use is
    refused.
    """
    client, key = client_for(alice), world["banks"].pk
    day = clock.now.date().isoformat()
    asked = f"?every=month&since={day}&in_segment={key}"
    said = api_for(alice).get(f"report/{asked}").json()
    assert said["segment"] == "Banks"
    values = {line["code"]: line["value"] for line in said["lines"]}
    assert values["activities"] == "2"
    page = client.get(f"/t/acme/report/{asked}").content.decode()
    assert "· Banks" in page
    assert client.get(f"/t/acme/report/{asked}&as=pdf")["Content-Type"] == "application/pdf"
    wrong = api_for(alice).get(f"report/?in_segment={world['bank'].pk}")
    assert (wrong.status_code, "in_segment" in wrong.json()["errors"]) == (422, True)


def test_only_who_works_with_segments(
    world: dict[str, Any],
    membership: Any,
    alice: Membership,
    client_for: Callable[..., Client],
) -> None:
    """SEG-1.b, ID-2: somebody else's own segment, and any for who has none, is no parameter."""
    own = save_segment(
        actor=Actor.member(alice), name="Mine", of="accounts", query="industry=Retail"
    )
    for member, segment in (
        (membership("marketing"), own),
        (membership("sales"), world["banks"]),
    ):
        answer = api_for(member).get(f"metrics/activities/?in_segment={segment.pk}")
        assert answer.status_code in (400, 404, 422)
    assert counted(membership("marketing"), "activities", world["banks"])["value"] == 2
    page = client_for(membership("sales")).get("/t/acme/impact/").content.decode()
    assert 'name="in_segment"' not in page


def test_costs_for_all_are_said(
    world: dict[str, Any], alice: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """MET-5.b, COST-1.a: the return of one segment holds no cost that is for all, and says how many
    and how much that is, on the page and over REST.
    """
    actor, today = Actor.member(alice), clock.now.date()
    write_cost(actor=actor, kind="people", amount="100", starts_on=today, segment="enterprise")
    write_cost(actor=actor, kind="tools", amount="900", starts_on=today, segment="")
    whole = counted(alice, "return_on_investment")
    assert [each["lacks"] for each in whole["left_out"]] == []
    answer = api_for(alice).get("metrics/return_on_investment/?segment=enterprise").json()
    left = next(each for each in answer["left_out"] if each["lacks"] == "segment")
    assert (left["count"], left["amount"]) == (1, 900.0)
    assert "without 1 cost for all segments, 900" in left["text"]
    page = client_for(alice).get("/t/acme/metrics/return_on_investment/?segment=enterprise")
    assert "without 1 cost for all segments, 900" in page.content.decode()


def test_costs_by_kind_are_of_one_population(
    world: dict[str, Any], alice: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """SEG-1.b, COST-1.a: nobody's written costs are a saved segment's or a region's, so benefits
    beside them are of everybody as well; and so are the rows each leads to.
    """
    write_cost(actor=Actor.member(alice), kind="tools", amount="900", starts_on=clock.now.date())
    for given, cost in zip(world["given"][1:], (40, 7), strict=True):
        GrantFactory(advocate=given.advocate, state="delivered", delivered_at=clock.now, cost=cost)
    for query in ("", f"?in_segment={world['banks'].pk}", "?team=csm"):
        bars = api_for(alice).get(f"metrics/breakdowns/{query}").json()
        parts = next(each for each in bars if each["code"] == "costs_by_kind")["parts"]
        found = {bar["key"]: bar["total"] for bar in parts if bar["total"]}
        assert found == {"tools": 900.0, "benefits": 47.0}, query
    assert counted(alice, "costs_of_benefits", world["banks"])["value"] == 40.0
    page = client_for(alice).get(f"/t/acme/impact/?board=worth&in_segment={world['banks'].pk}")
    links = re.findall(r'href="/t/acme/metrics/costs_of_benefits/([^"]*)"', page.content.decode())
    # The number is of the segment, the bar of everybody; each leads to its own rows.
    assert {"in_segment" in link for link in links} == {True, False}, links
