"""Pages about people, tiers and rules, as a browser sees them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as time
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import (
    ActivityType,
    Advocate,
    Blackout,
    Capacity,
    Preference,
    ProgramPolicy,
    TypePreference,
)
from advocates.people.asking import can_ask
from advocates.program.settings import CAPACITY
from tests.factories.advocates import (
    AccountFactory,
    AccountHoldFactory,
    AdvocateFactory,
    EnrolledFactory,
    PreferenceFactory,
    set_up,
)

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def program(tenant: Tenant) -> Tenant:
    """A tenant whose program is set up."""
    with tenant_scope(tenant):
        set_up()
    return tenant


def made(tenant: Tenant, **fields: Any) -> Advocate:
    with tenant_scope(tenant):
        advocate: Advocate = AdvocateFactory(**fields)
        return advocate


def test_tabs_divide_the_people(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """UI-1: in the program, candidates, everybody: each at its own address."""
    made(program, last_name="Lima", status="active")
    made(program, last_name="Park", status="candidate")
    made(program, last_name="Adler", status="alumni")
    client = client_for(alice)

    def shown(part: str) -> set[str]:
        page = client.get(f"/t/acme/advocates/{part}").content.decode()
        return {name for name in ("Lima", "Park", "Adler") if name in page}

    assert shown("") == {"Lima"}
    assert shown("candidates/") == {"Park"}
    assert shown("everybody/") == {"Lima", "Park", "Adler"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ana", {"Lima"}),
        ("q=kanfase", {"Park"}),
        ("readiness=active", {"Park"}),
        ("industry=Finance", {"Park"}),
        ("left=none", {"Lima"}),
        ("left=some", {"Park"}),
        ("same_email=yes", set()),
        ("tier=no-tier", {"Lima", "Park"}),
    ],
)
def test_filters(
    program: Tenant, alice: Membership, client_for: ClientFor, query: str, found: set[str]
) -> None:
    """UI-1: status, readiness, tier, company and what can be given."""
    with tenant_scope(program):
        lima = AdvocateFactory(first_name="Ana", last_name="Lima", email="a@example.com")
        Capacity.objects.filter(advocate=lima).update(allowance=0)
        bank = AccountFactory(name="Kanfase", industry="Finance")
        AdvocateFactory(
            first_name="Jo",
            last_name="Park",
            account=bank,
            readiness="active",
            email="b@example.com",
        )
    page = client_for(alice).get(f"/t/acme/advocates/?{query}").content.decode()
    assert {name for name in ("Lima", "Park") if name in page} == found


def test_duplicates_are_flagged(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ADV-1.e: the same e-mail is shown on the profile and found by a filter; nobody is merged."""
    ana = made(program, last_name="Lima", email="ana@example.com")
    made(program, last_name="Lima-Costa", email="ana@example.com")
    made(program, last_name="Park", email="jo@example.com")
    client = client_for(alice)
    page = client.get(f"/t/acme/advocates/{ana.pk}/").content.decode()
    assert "Somebody else has the same e-mail" in page
    assert "Lima-Costa" in page
    page = client.get("/t/acme/advocates/?same_email=yes").content.decode()
    assert "Lima-Costa" in page
    assert "Park" not in page


def test_add_and_change_a_person(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ADV-1, BAD-1.a: the account is searched for; what is not found is said; topics are words."""
    with tenant_scope(program):
        account = AccountFactory(name="Kanfase", language="de")
    client = client_for(alice)
    page = client.get(f"/t/acme/advocates/new/?account={account.pk}").content.decode()
    assert "<strong>Kanfase</strong>" in page
    form = {"last_name": "Lima", "readiness": "willing"}
    search = {**form, "_find": "account"}
    found = client.post("/t/acme/advocates/new/", {**search, "account-words": "kanf"})
    assert f'value="{account.pk}"' in found.content.decode()
    nothing = client.post("/t/acme/advocates/new/", {**search, "account-words": "x"})
    assert "Nothing matches “x”" in nothing.content.decode()
    answer = client.post("/t/acme/advocates/new/", form)
    assert answer.status_code == 422
    assert "Search, and choose one of what is found." in answer.content.decode()
    form |= {"account": str(account.pk), "topics": "Reporting, Forecasting", "travels": "yes"}
    assert client.post("/t/acme/advocates/new/", form).status_code == 302
    with tenant_scope(program):
        ana = Advocate.objects.get()
        assert (ana.account, ana.travels, ana.status) == (account, True, "candidate")
        assert ana.advocate_tags.count() == 2
    search |= {"account": str(account.pk), "account-words": "kanf"}
    again = client.post(f"/t/acme/advocates/{ana.pk}/edit/", search)
    assert "Nothing matches" not in again.content.decode()  # what is chosen already was found
    form |= {"job_title": "CIO"}
    assert client.post(f"/t/acme/advocates/{ana.pk}/edit/", form).status_code == 302
    with tenant_scope(program):
        assert ana.reload().job_title == "CIO"


def test_way_in_and_out(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ENR-1, TIER-1, TIER-2, ADV-1.b: enrol with a reason, pause, resume, retire."""
    ana = made(program, status="candidate", enrolled_at=None)
    client, here = client_for(alice), f"/t/acme/advocates/{ana.pk}/"

    def status() -> str:
        with tenant_scope(program):
            return str(Advocate.objects.get(pk=ana.pk).status)

    answer = client.post(f"{here}enrol/", {"reason": ""})
    assert (answer.status_code, status()) == (422, "candidate")
    client.post(f"{here}enrol/", {"reason": "Said yes at the conference"})
    assert status() == "active"
    client.post(f"{here}pause/")
    assert status() == "paused"
    client.post(f"{here}resume/")
    assert status() == "active"
    client.post(f"{here}retire/", {"reason": "Changed jobs"})
    assert status() == "alumni"
    assert client.post(f"{here}pause/").status_code == 409


def test_enrol_many(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """UI-1, ENR-1: the ticked candidates, and nobody the list does not show."""
    with tenant_scope(program):
        ready = AdvocateFactory.create_batch(3, status="candidate", enrolled_at=None)
        gone = AdvocateFactory(status="alumni")
    ids = [str(row.pk) for row in (*ready[:2], gone)] + ["nonsense"]
    client_for(alice).post("/t/acme/advocates/candidates/enrol/", {"ids": ids})
    with tenant_scope(program):
        found = dict(Advocate.objects.values_list("pk", "status"))
    assert [found[row.pk] for row in (*ready, gone)] == ["active", "active", "candidate", "alumni"]


def test_preferences_on_their_behalf(
    program: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ADV-2.a, ADV-2.b, ADV-2.c, CAP-1.a: everything an advocate may say; the allowance follows."""
    with tenant_scope(program):
        ana = EnrolledFactory()
        keep = ActivityType.objects.get(code="testimonial")
    form = {
        "accepted_types": [str(keep.pk)],
        "comforts": ["written_quote"],
        "reference_frequency": "twice_a_year",
        "yearly_cap": "2",
        "channel": "csm",
        "appreciation": ["charity"],
        "disclosure": "named",
        "away_0_from": "2026-12-20",
        "away_0_until": "2027-01-05",
        "blocked_companies": "Isdom\nSilis\n",
    }
    here = f"/t/acme/advocates/{ana.pk}/preferences/"
    client = client_for(alice)
    wrong = client.post(here, {**form, "away_0_until": "2026-12-01"})
    assert wrong.status_code == 422
    assert "It ends before it starts." in wrong.content.decode()
    assert client.post(here, {**form, "yearly_cap": "99"}).status_code == 422
    assert client.post(here, form).status_code == 302
    with tenant_scope(program):
        capacity = Capacity.objects.get(advocate=ana)
        assert (capacity.allowance, capacity.reference_gap_days) == (2, 182)
        assert Preference.objects.get(advocate=ana).comforts == ["written_quote"]
        assert Blackout.objects.get(advocate=ana).ends_on.isoformat() == "2027-01-05"
        assert ana.blocked_companies.count() == 2
        refused = TypePreference.objects.filter(advocate=ana, accepted=False)
        assert not refused.filter(activity_type=keep).exists()
        assert refused.filter(activity_type__code="reference_call").exists()
    assert "Isdom" in client.get(here).content.decode()


def test_outcomes_and_consents(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ADV-3.a, ADV-4.a: added, shown, taken back."""
    ana = made(program)
    client, here = client_for(alice), f"/t/acme/advocates/{ana.pk}/"
    client.post(f"{here}outcomes/new/", {"metric": "Hours", "before": "6", "after": "1"})
    consent = {"use": "quote", "given_on": "2026-01-03", "evidence": "Mail"}
    client.post(f"{here}consents/new/", consent)
    page = client.get(here).content.decode()
    assert "Hours: 6 → 1" in page
    assert "Mail" in page
    with tenant_scope(program):
        outcome, given = ana.outcomes.get(), ana.consents.get()
    client.post(f"{here}outcomes/{outcome.pk}/remove/")
    client.post(f"{here}consents/{given.pk}/withdraw/")
    assert client.post(f"{here}consents/{given.pk}/withdraw/").status_code == 409
    with tenant_scope(program):
        assert not ana.outcomes.exists()
        assert ana.consents.get().withdrawn_on is not None


def test_can_i_ask(program: Tenant) -> None:
    """MAT-2, CAP-1.a, ACC-2.d, ADV-2: what stands against an ask, each in a sentence."""
    with tenant_scope(program):
        ana = EnrolledFactory(account__health=95)
        Preference.objects.filter(advocate=ana).delete()
        PreferenceFactory(advocate=ana, comforts=["private_call", "written_quote"])
        answer = can_ask(ana)
        assert answer.may
        assert not answer.blocks
        closed = {each.activity_type.code: each.reasons for each in answer.closed_types}
        assert "recorded video" in closed["video_testimonial"][0]
        assert "reference_call" not in closed
        AccountHoldFactory(account=ana.account, reason="Merger", ends_on=None)
        assert any("Merger" in words for words in can_ask(ana).blocks)
        assert not can_ask(ana).may


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": "paused"}, "Paused"),
        ({"status": "candidate"}, "Not in the program"),
        ({"readiness": "not_a_fit"}, "Never to be asked"),
        ({"account__health": 50}, "too low"),
        ({"account__lifecycle": "former"}, "no customer"),
        ({"account__advocacy_allowed": False}, "policy forbids"),
    ],
)
def test_what_stands_against_asking(program: Tenant, fields: dict[str, Any], says: str) -> None:
    """MAT-2: each exclusion that needs no request is named."""
    with tenant_scope(program):
        ana = AdvocateFactory(**fields)
        assert any(says in words for words in can_ask(ana).blocks)


def test_quiet_and_away(program: Tenant) -> None:
    """ADV-2.d: snooze and blackout stand against asking."""
    with tenant_scope(program):
        ana = AdvocateFactory()
        today = time.now().date()
        PreferenceFactory(advocate=ana, snoozed_until=today + timedelta(days=9))
        Blackout.objects.create(advocate=ana, starts_on=today, ends_on=today + timedelta(days=2))
        blocks = " ".join(can_ask(ana).blocks)
    assert "Asked for quiet until" in blocks
    assert "Not available until" in blocks


def test_tiers_page(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """TIER-8.b: below a hundred enrolled it counts without judging."""
    with tenant_scope(program):
        EnrolledFactory(last_name="Lima")
    page = client_for(alice).get("/t/acme/tiers/").content.decode()
    assert "1 person is in the program." in page
    assert "Platinum" in page
    assert "What it means" not in page


def test_rules(program: Tenant, membership: Any, client_for: ClientFor) -> None:
    """CAP-5: the guardrails are edited by an admin; a wrong number is said."""
    client = client_for(membership("admin"))
    here = "/t/acme/settings/numbers/capacity/"
    with tenant_scope(program):
        form = CAPACITY.load()
    assert client.post(here, {**form, "yearly_cap": "4"}).status_code == 302
    wrong = client.post(here, {**form, "recovery_low_days": "10"})
    assert wrong.status_code == 422
    with tenant_scope(program):
        assert ProgramPolicy.objects.get().yearly_cap == 4


def test_activity_types(program: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ACT-3, BEN-4: types are switched on; a review stays without reward."""
    client = client_for(alice)
    with tenant_scope(program):
        kind = ActivityType.objects.get(code="site_visit")
        review = ActivityType.objects.get(code="review")
    form = {
        "name": "Visit on site",
        "importance": kind.importance,
        "effort": kind.effort,
        "minutes_low": "120",
        "minutes_high": "60",
        "units": "1",
        "tier_credit": kind.tier_credit,
        "rewards": kind.rewards,
        "reach": kind.reach,
        "is_on": "on",
    }
    here = "/t/acme/settings/activity-types/"
    assert client.post(f"{here}{kind.pk}/", form).status_code == 422
    assert client.post(f"{here}{kind.pk}/", {**form, "minutes_high": "240"}).status_code == 302
    page = client.get(f"{here}{review.pk}/").content.decode()
    assert 'name="rewards"' not in page
    client.post(f"{here}{review.pk}/", {**form, "name": "Review", "minutes_high": "240"})
    with tenant_scope(program):
        assert ActivityType.objects.get(pk=kind.pk).is_on
        assert ActivityType.objects.get(pk=review.pk).rewards == "never"
    assert "Visit on site" in client.get(here).content.decode()


def test_everything_known_of_a_person_is_entered_and_kept(
    program: Tenant, alice: Membership, membership: Any, client_for: ClientFor
) -> None:
    """ADV-1.a: every field of the form, the sponsor, the account and the topics among them."""
    values = {
        "first_name": "Ana",
        "last_name": "Lima",
        "email": "ana@silis.example",
        "job_title": "Head of Operations",
        "seniority": "manager",
        "function": "Operations",
        "language": "de",
        "time_zone": "Europe/Lisbon",
        "nps": "9",
        "nps_on": "2026-01-04",
        "communication_skill": "4",
        "presentation_skill": "2",
        "interests": "Sailing",
    }
    sponsor = membership("executive")
    with tenant_scope(program):
        account = AccountFactory(name="Silis Care")
    form = {
        **values,
        "account": str(account.pk),
        "readiness": "active",
        "travels": "no",
        "topics": "Rostering, Payroll",
        "executive_sponsor": str(sponsor.pk),
    }
    answer = client_for(alice).post("/t/acme/advocates/new/", form)
    assert answer.status_code == 302
    with tenant_scope(program):
        ana = Advocate.objects.get()
        assert {name: str(getattr(ana, name)) for name in values} == values
        assert (ana.account, ana.executive_sponsor_id) == (account, sponsor.pk)
        assert (ana.readiness, ana.travels) == ("active", False)
        topics = ana.advocate_tags.filter(tag__kind="topic").values_list("tag__name", flat=True)
        assert set(topics) == {"Rostering", "Payroll"}
