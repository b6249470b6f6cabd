"""The resources: made, read, changed, upserted, and their actions (API-2, API-4)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining.volunteering import volunteer
from benefits.thanks.models import ThankYou
from tests.factories.advocates import AdvocateFactory
from tests.support.program import Program, make_program
from tests.support.rest import Api, api_for
from tests.support.time import Clock


@pytest.fixture
def program(tenant: Tenant, alice: Membership, clock: Clock) -> Program:
    """A program that is set up."""
    with tenant_scope(tenant):
        return make_program(manager=alice, status="active", email="frank@example.com")


@pytest.fixture
def api(alice: Membership) -> Api:
    """As a program manager."""
    return api_for(alice)


@pytest.fixture
def events(tenant: Tenant) -> Callable[[], list[str]]:
    """Verbs since the last look."""
    seen: set[Any] = set()

    def look() -> list[str]:
        with tenant_scope(tenant):
            new = [event for event in Event.objects.order_by("at", "id") if event.pk not in seen]
        seen.update(event.pk for event in new)
        return [event.verb for event in new]

    look()
    return look


COMPANY = {
    "name": "Globex",
    "lifecycle": "customer",
    "employees": 4000,
    "country": "Germany",
    "annual_value": "125000.50",
    "currency": "EUR",
    "products": ["CRM", "Billing"],
}


def test_accounts(api: Api, events: Callable[[], list[str]]) -> None:
    """API-1, API-2: made, read and changed under the model's own names."""
    made = api.post("accounts/", COMPANY)
    assert made.status_code == 201
    row = made.json()
    assert row["segment"] == "enterprise" and row["region"] == "emea"
    assert row["country"] == "DE" and row["currency"] == "EUR"
    assert row["annual_value"] == "125000.50"
    assert row["products"] == ["Billing", "CRM"] and row["use_cases"] == []
    assert api.get(f"accounts/{row['id']}/").json() == row
    changed = api.patch(f"accounts/{row['id']}/", {"health": 91, "products": ["CRM"]}).json()
    assert (changed["health"], changed["products"]) == (91, ["CRM"])
    assert events() == ["account.created", "account.updated"]
    held = api.post(f"accounts/{row['id']}/hold/", {"reason": "Merger"})
    assert held.status_code == 200
    again = api.post(f"accounts/{row['id']}/hold/", {"reason": "Merger"})
    assert (again.status_code, again.json()["code"]) == (409, "on_hold")


def test_a_hold_is_lifted(api: Api, events: Callable[[], list[str]]) -> None:
    """ACC-2.a: once; the second time says that none is on."""
    account = api.post("accounts/", COMPANY).json()["id"]
    api.post(f"accounts/{account}/hold/", {"reason": "Merger"})
    assert api.post(f"accounts/{account}/lift-hold/").status_code == 200
    again = api.post(f"accounts/{account}/lift-hold/")
    assert (again.status_code, again.json()["code"]) == (409, "not_on_hold")
    assert events()[-2:] == ["account.held", "account.hold_lifted"]


def test_preferences(api: Api, program: Program, events: Callable[[], list[str]]) -> None:
    """ADV-2: what is not given stays; nonsense is refused at its field."""
    path = f"advocates/{program.advocate.pk}/preferences/"
    before = api.get(path).json()
    assert before["reference_frequency"] == "quarterly" and "case_study" in before["accepted_types"]
    wishes = {
        "reference_frequency": "twice_a_year",
        "yearly_cap": 2,
        "comforts": ["private_call"],
        "accepted_types": ["reference_call"],
        "blackouts": [{"starts_on": "2026-08-01", "ends_on": "2026-08-21"}],
        "blocked_companies": ["Isdom"],
        "topics": ["Roll-out"],
        "disclosure": "never",
    }
    after = api.patch(path, wishes)
    assert after.status_code == 200
    assert after.json() == {**before, **wishes} == api.get(path).json()
    assert events() == ["preferences.saved"]
    for wrong in (
        {"yearly_cap": 99},
        {"accepted_types": ["skydiving"]},
        {"blackouts": [{"starts_on": "2026-08-21", "ends_on": "2026-08-01"}]},
        {"reference_frequency": "daily"},
        {"mood": "good"},
    ):
        answer = api.patch(path, wrong)
        assert answer.status_code == 422, wrong
        (where,) = answer.json()["errors"]
        assert where.split(".")[0] in wrong
    assert api.get(path).json() == after.json()


def test_outcomes_and_consents(api: Api, program: Program, events: Callable[[], list[str]]) -> None:
    """ADV-3.a, ADV-4.a: added, listed, withdrawn once, and never somebody else's."""
    path = f"advocates/{program.advocate.pk}/"
    outcome = {"metric": "Time to hire", "before": "60 days", "after": "35 days"}
    made = api.post(f"{path}outcomes/", {**outcome, "use_case": "Sourcing"})
    assert made.status_code == 201
    assert made.json()["use_case"] == "Sourcing"
    plain = api.post(f"{path}outcomes/", outcome).json()
    assert plain["use_case"] == ""
    assert api.get(f"{path}outcomes/").json() == [plain, made.json()]
    consent = api.post(f"{path}consents/", {"use": "quote", "given_on": "2026-01-05"})
    assert consent.status_code == 201
    late = api.post(f"{path}consents/", {"use": "quote", "given_on": "2099-01-05"})
    assert "given_on" in late.json()["errors"]
    other = api.post(
        "advocates/", {"last_name": "Lima", "account": str(program.advocate.account_id)}
    ).json()
    ended = {"consent": consent.json()["id"]}
    assert api.post(f"advocates/{other['id']}/withdraw-consent/", ended).status_code == 422
    assert api.post(f"{path}withdraw-consent/", ended).status_code == 200
    assert api.post(f"{path}withdraw-consent/", ended).status_code == 409
    (row,) = api.get(f"{path}consents/").json()
    assert row["withdrawn_on"]
    assert events() == [
        "advocate.outcome_added",
        "advocate.outcome_added",
        "advocate.consent_given",
        "advocate.created",
        "advocate.consent_withdrawn",
    ]


def test_upserts(api: Api, events: Callable[[], list[str]]) -> None:
    """API-4.a, API-4.c, API-4.d: 201, then 200; a replay changes nothing; the external id may hold
    a slash.
    """
    path = "accounts/by-external-id/salesforce/001/ABC/"
    assert api.get(path).status_code == 404
    first = api.put(path, COMPANY)
    assert first.status_code == 201
    row = first.json()
    assert row["identifiers"] == [{"source": "salesforce", "external_id": "001/ABC"}]
    assert events() == ["account.created"]
    replay = api.put(path, COMPANY)
    assert (replay.status_code, replay.json()) == (200, row)
    assert events() == []
    partly = api.put(path, {"health": 75}).json()
    assert (partly["name"], partly["health"]) == ("Globex", 75)
    assert events() == ["account.updated"]
    assert api.get(path).json()["id"] == row["id"]

    person = {"account": row["id"], "last_name": "Ng", "email": "NG@globex.example"}
    path = "advocates/by-external-id/salesforce/003A/"
    made = api.put(path, person)
    assert (made.status_code, made.json()["email"]) == (201, "ng@globex.example")
    assert api.put(path, person).json() == made.json()
    twin = api.put("advocates/by-external-id/hubspot/9/", person)
    assert twin.status_code == 201 and twin.json()["id"] != made.json()["id"]

    deal = {"name": "Globex renewal", "account": row["id"], "crm_stage": "Closed Won"}
    path = "opportunities/by-external-id/salesforce/006A/"
    made = api.put(path, deal)
    assert made.status_code == 201
    assert (made.json()["source"], made.json()["external_id"]) == ("salesforce", "006A")
    assert api.put(path, deal).json() == made.json()


def test_salesforce_ids_of_both_lengths_are_one_record(api: Api) -> None:
    """API-4.a, API-4.c: 15 and 18 characters, for each kind that has external ids."""
    company = api.put("accounts/by-external-id/salesforce/0015g00000AbCdE/", COMPANY)
    assert company.status_code == 201
    bodies = {
        "accounts": ("001", COMPANY),
        "advocates": ("003", {"account": company.json()["id"], "last_name": "Ng"}),
        "opportunities": ("006", {"name": "Globex renewal"}),
    }
    for resource, (prefix, body) in bodies.items():
        short = f"{resource}/by-external-id/salesforce/{prefix}5g00000AbCdE/"
        long = short.replace("AbCdE", "AbCdEAAV")
        first = api.put(short, body)
        assert first.status_code == (200 if resource == "accounts" else 201)
        again = api.put(long, body)
        assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
        for address in (short, long, long.replace("AbCdEAAV", "ABCDEAAV").replace("5g", "5G")):
            assert api.get(address).json()["id"] == first.json()["id"]
        # Without the last three characters upper and lower case differ.
        assert api.get(short.replace("AbCdE", "abcde")).status_code == 404
    found = api.get("opportunities/?external_id=0065g00000AbCdE").json()["results"]
    assert [row["external_id"] for row in found] == ["0065g00000AbCdEAAV"]
    deal = {"source": "salesforce", "external_id": "0065g00000AbCdE", "name": "Twice"}
    assert api.post("opportunities/", deal).json()["code"] == "external_id_taken"
    # What is no id of Salesforce's stays as it is.
    other = api.put("accounts/by-external-id/erp/0015g00000AbCdX/", COMPANY).json()
    assert other["identifiers"] == [{"source": "erp", "external_id": "0015g00000AbCdX"}]


def test_an_upsert_that_creates_needs_what_creating_needs(api: Api) -> None:
    """API-4.a, BAD-1.a: the fields are named."""
    answer = api.put("advocates/by-external-id/crm/1/", {})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"account", "last_name"}


def test_opportunities(api: Api) -> None:
    """API-2, OPP-1.a: posting one that is there is a conflict; the external id never changes."""
    deal = {"source": "crm", "external_id": "1", "name": "Deal", "amount": "10"}
    made = api.post("opportunities/", deal)
    assert made.status_code == 201
    assert api.post("opportunities/", deal).json()["code"] == "external_id_taken"
    path = f"opportunities/{made.json()['id']}/"
    assert api.patch(path, {"probability": 40}).json()["probability"] == 40
    assert api.patch(path, {"external_id": "2"}).status_code == 422
    assert api.patch(path, {"probability": 101}).status_code == 422


def test_enrolment(api: Api, tenant: Tenant, program: Program) -> None:
    """API-2, ENR-1: the whole way in, to rest and out again."""
    account = api.post("accounts/", {"name": "Initech", "lifecycle": "customer"}).json()
    person = api.post("advocates/", {"account": account["id"], "last_name": "Lumbergh"}).json()
    path = f"advocates/{person['id']}"
    assert person["tier"] is None
    enrolled = api.post(f"{path}/enrol/", {"reason": "He asked to"}).json()
    assert enrolled["status"] == "active" and enrolled["tier"]
    assert api.post(f"{path}/pause/").json()["status"] == "paused"
    assert api.post(f"{path}/resume/").json()["status"] == "active"
    assert api.post(f"{path}/retire/").status_code == 422
    gone = api.post(f"{path}/retire/", {"reason": "Left the company"}).json()
    assert (gone["status"], gone["tier"]) == ("alumni", None)


def test_the_catalogue_and_the_tiers(api: Api, program: Program) -> None:
    """API-2: to read."""
    types = api.get("activity-types/?is_reference=true").json()["results"]
    assert "reference_call" in {row["code"] for row in types}
    tiers = api.get("tiers/").json()["results"]
    assert [row["rank"] for row in tiers] == sorted((row["rank"] for row in tiers), reverse=True)
    assert api.post("tiers/", {}).status_code == 405


def test_changing_a_type(api: Api, program: Program, membership: Callable[..., Membership]) -> None:
    """API-2, CAT-1, BEN-4: limits change, the code does not; a review is never rewarded."""
    rows = {row["code"]: row for row in api.get("activity-types/").json()["results"]}
    path = f"activity-types/{rows['reference_call']['id']}/"
    assert api.patch(path, {"per_year": 2}).status_code == 403, "what blocks is an admin's"
    assert api_for(membership("admin")).patch(path, {"per_year": 2}).json()["per_year"] == 2
    assert list(api.patch(path, {"code": "chat"}).json()["errors"]) == ["code"]
    refused = api.patch(path, {"minutes_low": 500, "minutes_high": 5})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["minutes_high"])
    review = api.patch(f"activity-types/{rows['review']['id']}/", {"rewards": "yes"})
    assert (review.status_code, list(review.json()["errors"])) == (422, ["rewards"])


def test_nominations(api: Api, program: Program, membership: Callable[..., Membership]) -> None:
    """API-2, IDN-2.a: nominated by the account's CSM, returned, nominated again, accepted."""
    account = str(program.advocate.account_id)
    person = api.post("advocates/", {"account": account, "last_name": "Lumbergh"}).json()["id"]
    csm, other = api_for(program.csm), api_for(membership("csm"))
    body = {"advocate": person, "reasons": "Cut their closing time in half"}
    assert other.post("nominations/", body).status_code == 403
    made = csm.post("nominations/", body)
    assert (made.status_code, made.json()["state"]) == (201, "submitted")
    assert other.get("nominations/").json()["results"] == []
    path = f"nominations/{made.json()['id']}"
    assert csm.post(f"{path}/accept/").status_code == 403
    back = api.post(f"{path}/return/", {"reason": "Wait for the renewal"}).json()
    assert (back["state"], back["return_reason"]) == ("returned", "Wait for the renewal")
    again = f"nominations/{csm.post('nominations/', body).json()['id']}"
    lacking = api.post(f"{again}/accept/")
    assert (lacking.status_code, list(lacking.json()["errors"])) == (422, ["override_reason"])
    accepted = api.post(f"{again}/accept/", {"override_reason": "Knows the whole industry"})
    assert accepted.json()["state"] == "accepted"
    assert api.get(f"advocates/{person}/").json()["status"] == "qualified"


def test_offers_of_help(api: Api, tenant: Tenant, program: Program) -> None:
    """API-2, IDN-2.d: a nomination says where it came from, and nobody takes an offer away."""
    with tenant_scope(tenant):
        person = AdvocateFactory.create(account=program.advocate.account, status="candidate")
        kinds = [program.type("testimonial")]
        offer = volunteer(advocate=person, reasons="It went so well.", kinds=kinds)
    (shown,) = api.get("nominations/?origin=self").json()["results"]
    assert (shown["id"], shown["origin"], shown["nominated_by"], shown["wishes"]) == (
        str(offer.pk),
        "self",
        None,
        ["testimonial"],
    )
    assert api.get("nominations/?origin=colleague").json()["results"] == []
    assert api.get("nominations/?origin=nobody").status_code == 400
    refused = api.post(f"nominations/{offer.pk}/withdraw/")
    assert (refused.status_code, refused.json()["code"]) == (409, "own_offer")
    back = api.post(f"nominations/{offer.pk}/return/", {"reason": "After the renewal"})
    assert back.json()["state"] == "returned"


def test_activities(api: Api, tenant: Tenant, program: Program, clock: Clock) -> None:
    """API-2, ACT-1.a: from accepted to completed, and its thank-you."""
    with tenant_scope(tenant):
        activity = program.planned()
    path = f"activities/{activity.pk}"
    assert api.post(f"{path}/accept/").json()["state"] == "accepted"
    start = clock.now + timedelta(hours=1)
    slot = {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=30)).isoformat(),
    }
    booked = api.post(f"{path}/schedule/", slot).json()
    assert (booked["state"], booked["activity_type"]) == ("scheduled", "reference_call")
    clock.advance(timedelta(hours=2))
    facts = {"happened_at": start.isoformat(), "minutes": 30, "advocate_rating": 5}
    done = api.post(f"{path}/complete/", facts)
    assert (done.status_code, done.json()["state"]) == (200, "completed")
    assert api.post(f"{path}/complete/", facts).json()["code"] == "illegal_move"
    thanks = api.get(f"thank-yous/?activity={activity.pk}").json()["results"]
    assert len(thanks) == 1
    sent = api.post(f"thank-yous/{thanks[0]['id']}/send/", {"personal_line": "You were great."})
    assert (sent.status_code, sent.json()["state"]) == (200, "done")
    voided = api.post(f"{path}/void/", {"reason": "Typed into the wrong row"})
    assert voided.json()["state"] == "voided"


def test_logging_what_happened(api: Api, program: Program, clock: Clock) -> None:
    """API-2, CAP-8.a: outside the program, never refused for capacity, not in the future."""
    body = {
        "advocate": str(program.advocate.pk),
        "activity_type": "reference_call",
        "happened_at": (clock.now - timedelta(days=1)).isoformat(),
        "purpose": "Isdom",
    }
    made = api.post("activities/", body)
    assert made.status_code == 201
    assert (made.json()["is_outside"], made.json()["state"]) == (True, "completed")
    future = {**body, "happened_at": (clock.now + timedelta(days=1)).isoformat()}
    assert list(api.post("activities/", future).json()["errors"]) == ["happened_at"]
    assert list(api.post("activities/", {**body, "activity_type": "chat"}).json()["errors"]) == [
        "activity_type"
    ]


def test_thank_yous_are_ones_own(
    tenant: Tenant, program: Program, membership: Callable[..., Membership]
) -> None:
    """API-2, ID-2.a: a CSM's token sees and marks those of own accounts; a colleague's does not."""
    with tenant_scope(tenant):
        program.completed()
        thank_you = ThankYou.objects.get()
    mine, other = api_for(program.csm), api_for(membership("csm"))
    assert len(mine.get("thank-yous/").json()["results"]) == 1
    assert other.get("thank-yous/").json()["results"] == []
    done = {"channel": "call", "at": thank_you.happened_at.isoformat(), "note": "By phone"}
    assert other.post(f"thank-yous/{thank_you.pk}/mark-done/", done).status_code == 404
    answer = mine.post(f"thank-yous/{thank_you.pk}/mark-done/", done)
    assert (answer.status_code, answer.json()["channel"]) == (200, "call")


def test_sales_see_no_reference(bob: Membership, program: Program) -> None:
    """VIS-1: neither accounts, people, activities nor events."""
    api = api_for(bob)
    for path in ("accounts/", "advocates/", "activities/", "thank-yous/", "events/"):
        assert api.get(path).status_code == 403
    assert api.get("opportunities/").status_code == 200


def test_events(api: Api) -> None:
    """API-2, AUD-1: by verb and by the record they are about."""
    account = api.post("accounts/", {"name": "Globex"}).json()
    api.post("accounts/", {"name": "Initech"})
    found = api.get(f"events/?record={account['id']}").json()["results"]
    assert [event["verb"] for event in found] == ["account.created"]
    assert found[0]["actor_kind"] == "token"
    assert len(api.get("events/?verb=account.created").json()["results"]) == 2


def test_a_deal_as_the_crm_knows_it(api: Api, program: Program) -> None:
    """OPP-1.a: everything the CRM says of a deal is kept."""
    account = api.post("accounts/", {"name": "Initech"}).json()
    said = {
        "name": "Initech rollout",
        "account": account["id"],
        "prospect_name": "Initech Holding",
        "amount": "450000.00",
        "currency": "USD",
        "owner": str(program.csm.pk),
        "lead_source": "Partner",
        "opened_on": "2026-01-05",
        "closes_on": "2026-06-30",
        "crm_stage": "Negotiation",
    }
    made = api.put("opportunities/by-external-id/salesforce/006B/", said)
    assert made.status_code == 201, made.content
    kept = api.get(f"opportunities/{made.json()['id']}/").json()
    assert {name: kept[name] for name in said} == said
    assert (kept["source"], kept["external_id"]) == ("salesforce", "006B")
