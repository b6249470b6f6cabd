"""Requests and asks over REST: the whole way, and what sales see of it (API-2, REQ-2, VIS-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from tests.factories.advocates import catalogued
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.support.rest import Api, api_for
from tests.support.time import Clock


@pytest.fixture
def frank(tenant: Tenant, clock: Clock) -> Advocate:
    """Somebody who can be asked for a reference call."""
    with tenant_scope(tenant):
        catalogued("reference_call")
        made: Advocate = ReadyFactory(
            first_name="Frank", last_name="Murphy", email="frank@example.com"
        )
        return made


@pytest.fixture
def details(clock: Clock) -> dict[str, Any]:
    """What a requester says."""
    return {
        "activity_type": "reference_call",
        "needed_by": (clock.now.date() + timedelta(days=14)).isoformat(),
        "prospect": "Isdom",
        "use_cases": ["Onboarding"],
    }


@pytest.fixture
def request_id(details: dict[str, Any], frank: Advocate, alice: Membership, bob: Membership) -> str:
    """Bob's request, handed in."""
    api = api_for(bob)
    made: str = api.post("requests/", details).json()["id"]
    assert api.post(f"requests/{made}/submit/").json()["state"] == "submitted"
    return made


def ask(api: Api, request_id: str, advocate: Advocate, **draft: Any) -> dict[str, Any]:
    """An ask that went out."""
    answer = api.post(
        f"requests/{request_id}/asks/", {"asks": [{"advocate": str(advocate.pk), **draft}]}
    )
    assert answer.status_code == 201, answer.content
    sent: dict[str, Any] = answer.json()[0]
    return sent


def test_writing_and_changing_a_request(
    details: dict[str, Any], frank: Advocate, bob: Membership, alice: Membership
) -> None:
    """API-2, REQ-1: sales write their own; what is not given stays; the program asks for others."""
    api = api_for(bob)
    made = api.post("requests/", details)
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["state"], row["requester"], row["number"]) == ("draft", str(bob.pk), 1)
    assert (row["activity_type"], row["use_cases"]) == ("reference_call", ["Onboarding"])
    path = f"requests/{row['id']}/"
    answer = api.patch(path, {"industry": "Retail", "products": ["CRM"]})
    assert answer.status_code == 200, answer.content
    changed = answer.json()
    assert (changed["industry"], changed["products"]) == ("Retail", ["CRM"])
    assert (changed["use_cases"], changed["prospect"]) == (["Onboarding"], "Isdom")
    assert api.patch(path, {"requester": str(alice.pk)}).status_code == 422
    refused = api.post("requests/", {**details, "requester": str(alice.pk)})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    theirs = api_for(alice).post("requests/", {**details, "requester": str(bob.pk)})
    assert theirs.json()["requester"] == str(bob.pk)
    seen = [row["id"] for row in api_for(alice).get("requests/").json()["results"]]
    assert seen == [theirs.json()["id"]]  # nobody else's draft but what one wrote for them
    assert api_for(alice).get(path).status_code == 404


def test_review_and_information(request_id: str, alice: Membership, bob: Membership) -> None:
    """API-2, REQ-2: the program asks back, the requester answers, the program goes on."""
    program, sales = api_for(alice), api_for(bob)
    path = f"requests/{request_id}"
    assert sales.post(f"{path}/review/").status_code == 403
    assert program.post(f"{path}/review/").json()["state"] == "in_review"
    asked = program.post(f"{path}/ask-for-info/", {"question": "Which product?"}).json()
    assert (asked["state"], asked["state_reason"]) == ("needs_info", "Which product?")
    given = sales.post(f"{path}/give-info/", {"answer": "Weave"}).json()
    assert given["state"] == "in_review"
    declined = program.post(f"{path}/decline/", {"reason": "Nobody there uses it"}).json()
    assert declined["state"] == "declined"
    assert program.post(f"{path}/ask-for-info/", {"question": "?"}).status_code == 409


def test_from_match_to_close(
    request_id: str, frank: Advocate, alice: Membership, clock: Clock
) -> None:
    """API-2, MAT-1, ASK-1.b, FUL-1, REQ-2.a, MAT-2.b: matched, asked, answered on behalf, booked,
    done, closed.
    """
    api, path = api_for(alice), f"requests/{request_id}"
    found = api.get(f"{path}/matches/?limit=3").json()
    assert [row["name"] for row in found["ranked"]] == ["Frank Murphy"]
    assert found["ranked"][0]["parts"]
    totals = found["totals"]
    assert totals["can_be_asked"] + totals["must_not"] + totals["poor_fit"] == totals["enrolled"]
    assert sum(found["excluded"].values()) == totals["must_not"]
    alone = api.get(f"{path}/matches/?limit=3&totals=false").json()
    assert alone == {"ranked": found["ranked"]}
    assert api.get(f"{path}/matches/?totals=perhaps").status_code == 400
    sent = ask(api, request_id, frank, subject="A call with Isdom?")
    assert (sent["state"], sent["subject"]) == ("sent", "A call with Isdom?")
    assert "Frank" in sent["message"] and sent["slots"]
    again = api.post(f"{path}/asks/", {"asks": [{"advocate": str(frank.pk)}]})
    assert again.status_code in {409, 422}
    slot = sent["slots"][0]["id"]
    yes = api.post(f"asks/{sent['id']}/answer/", {"kind": "accept", "slots": [slot]}).json()
    assert (yes["state"], yes["answered_by"]) == ("accepted", "staff")
    twice = api.post(f"asks/{sent['id']}/answer/", {"kind": "decline"})
    assert (twice.status_code, twice.json()["code"]) == (409, "ask_accepted")
    assert api.get(f"{path}/").json()["state"] == "confirmed"
    booked = api.post(f"{path}/pick-slot/", {"slot": slot})
    assert (booked.status_code, booked.json()["state"]) == (200, "scheduled")
    starts = sent["slots"][0]["starts_at"]
    clock.advance(days=7)
    done = {"happened_at": starts, "minutes": 30}
    assert api.post(f"activities/{yes['activity']}/complete/", done).status_code == 200
    assert api.get(f"{path}/").json()["state"] == "completed"
    assert api.post(f"{path}/close/", {"outcome": "won"}).status_code == 422
    assert api.post(f"{path}/close/", {}).json()["state"] == "closed"


def test_withdrawing_and_cancelling(request_id: str, frank: Advocate, alice: Membership) -> None:
    """API-2, CAP-1.b: both give the unit back."""
    api = api_for(alice)
    sent = ask(api, request_id, frank)
    assert api.post(f"asks/{sent['id']}/withdraw/").json()["state"] == "cancelled"
    assert api.post(f"asks/{sent['id']}/withdraw/").json()["code"] == "illegal_move"
    gone = api.post(f"requests/{request_id}/cancel/", {"reason": "Deal lost"}).json()
    assert gone["state"] == "cancelled"


@pytest.mark.parametrize(
    "draft",
    [
        {"subject": "Two\nlines"},
        {"message": "x" * 10_001},
        {"slots": [{"starts_at": "2000-01-01T00:00:00Z", "ends_at": "2000-01-01T01:00:00Z"}]},
        {"slots": [{"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:59:59Z"}]},
        {"slots": [{"starts_at": "0001-01-01T00:00:00Z", "ends_at": "0001-01-01T00:30:00Z"}]},
        {"slots": "now"},
        {"override_reason": "x" * 301},
        {"nickname": "x"},
    ],
)
def test_drafts_that_are_wrong(
    request_id: str, frank: Advocate, alice: Membership, draft: dict[str, Any]
) -> None:
    """BAD-1.a, ASK-1: refused with words, and nothing goes out."""
    api = api_for(alice)
    body = {"asks": [{"advocate": str(frank.pk), **draft}]}
    answer = api.post(f"requests/{request_id}/asks/", body)
    assert answer.status_code in {409, 422}, answer.content
    assert answer.json()["errors"] or answer.json()["detail"]
    assert api.get("asks/").json()["results"] == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "", None, 5])
def test_days_at_the_ends_of_the_calendar(
    details: dict[str, Any], frank: Advocate, alice: Membership, day: Any
) -> None:
    """BAD-1.c: a day nobody can count to is refused or taken, never a failure."""
    api = api_for(alice)
    made = api.post("requests/", {**details, "needed_by": day})
    assert made.status_code in {201, 422}
    if made.status_code == 201:
        path = f"requests/{made.json()['id']}"
        assert api.post(f"{path}/submit/").status_code in {200, 422}
        assert api.get(f"{path}/matches/").status_code == 200
        asked = api.post(f"{path}/asks/", {"asks": [{"advocate": str(frank.pk)}]})
        assert asked.status_code in {201, 409, 422}


def test_a_token_of_sales_sends_no_asks(request_id: str, frank: Advocate, bob: Membership) -> None:
    """ID-2.c: sales never contacts an advocate around the program, by no door."""
    api = api_for(bob)
    body = {"asks": [{"advocate": str(frank.pk)}]}
    assert api.post(f"requests/{request_id}/asks/", body).status_code == 403
    assert api.get(f"requests/{request_id}/matches/").status_code == 403


def test_a_csms_token_asks_at_own_accounts_only(
    request_id: str, frank: Advocate, membership: Callable[..., Membership]
) -> None:
    """ID-2.c: like the CSM in person."""
    api = api_for(membership("csm"))
    body = {"asks": [{"advocate": str(frank.pk)}]}
    answer = api.post(f"requests/{request_id}/asks/", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert api.post(f"requests/{request_id}/cancel/", {"reason": "x"}).status_code == 403


def test_what_sales_see_of_an_ask(
    request_id: str,
    frank: Advocate,
    alice: Membership,
    bob: Membership,
    membership: Callable[..., Membership],
) -> None:
    """VIS-1.b: role, industry and fit; nobody's name, text or words, and no colleague's
    requests.
    """
    sent = ask(api_for(alice), request_id, frank)
    seen = api_for(bob).get(f"asks/?request={request_id}").json()["results"]
    assert [row["id"] for row in seen] == [sent["id"]]
    (row,) = seen
    for field in ("advocate", "name", "subject", "message", "activity", "decline_reason"):
        assert row[field] is None, field
    assert row["score"] == sent["score"] and row["job_title"] == frank.job_title
    answer = api_for(bob).get(f"asks/{sent['id']}/")
    assert b"Frank" not in answer.content and str(frank.pk).encode() not in answer.content
    colleague = api_for(membership("sales"))
    assert colleague.get("asks/").json()["results"] == []
    assert colleague.get("requests/").json()["results"] == []
    assert colleague.get(f"requests/{request_id}/").status_code == 404
    assert api_for(bob).get(f"asks/?advocate={frank.pk}").status_code == 400


def test_a_name_appears_when_it_was_revealed(
    request_id: str, frank: Advocate, alice: Membership, bob: Membership
) -> None:
    """VIS-1.b, VIS-1.e: after acceptance, the usual disclosure, the requester's token reads the
    name.
    """
    api = api_for(alice)
    sent = ask(api, request_id, frank)
    body = {"kind": "accept", "slots": [sent["slots"][0]["id"]]}
    assert api.post(f"asks/{sent['id']}/answer/", body).status_code == 200
    row = api_for(bob).get(f"asks/{sent['id']}/").json()
    assert (row["name"], row["advocate"]) == ("Frank Murphy", str(frank.pk))
    assert row["message"] is None


def test_everything_about_a_need_is_said_over_rest(
    details: dict[str, Any], frank: Advocate, bob: Membership, tenant: Tenant
) -> None:
    """REQ-1.a: every field of the form, under its name."""
    with tenant_scope(tenant):
        deal = OpportunityFactory()
    said = {
        **details,
        "needed_by": "2026-03-04",
        "needed_count": 2,
        "rush_reason": "A board meeting",
        "opportunity": str(deal.pk),
        "industry": "Healthcare",
        "segment": "enterprise",
        "employees": 1200,
        "country": "DE",
        "region": "na",
        "questions": "How long did it take?",
        "persona_seniority": "executive",
        "persona_function": "Operations",
        "intended_use": "Final choice",
        "language": "de",
        "meeting_format": "phone",
        "time_zone": "Europe/Berlin",
        "competitor": "Rivalsoft",
        "is_confidential": True,
        "notes": "They are in a hurry",
        "products": ["Planner"],
    }
    made = api_for(bob).post("requests/", said)
    assert made.status_code == 201, made.content
    assert {name: made.json()[name] for name in said} == said


def test_a_deal_is_typed_in_with_a_request(
    details: dict[str, Any], frank: Advocate, bob: Membership
) -> None:
    """REQ-1.b: over REST as well; what is wrong is named, and nothing is half-saved."""
    api = api_for(bob)
    deal = {"name": "Isdom rollout", "amount": "120000.00", "external_id": "006-1"}
    known = api.post("requests/", {**details, "deal": deal})
    assert known.status_code == 201, known.content
    row = api.get(f"opportunities/{known.json()['opportunity']}/").json()
    assert (row["name"], row["prospect_name"], row["source"]) == ("Isdom rollout", "Isdom", "crm")
    assert (row["amount"], row["currency"], row["owner"]) == ("120000.00", "EUR", str(bob.pk))
    for wrong, field in (
        ({"deal": deal}, "deal.external_id"),
        ({"deal": {"amount": "1"}}, "deal.name"),
        ({"deal": {"name": "x", "currency": "E1"}}, "deal.currency"),
        ({"deal": {"name": "x"}, "opportunity": row["id"]}, "deal"),
        ({"deal": {"name": "x"}, "country": "Germany"}, "country"),
    ):
        refused = api.post("requests/", {**details, **wrong})
        assert refused.status_code == 422, refused.content
        assert field in refused.json()["errors"]
    assert len(api.get("opportunities/").json()["results"]) == 1
    changed = api.patch(f"requests/{known.json()['id']}/", {"deal": {"name": "Another"}})
    assert changed.status_code == 200, changed.content
    assert changed.json()["opportunity"] != row["id"]
