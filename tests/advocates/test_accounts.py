"""Accounts: what follows from what, holds, external ids, and what the log keeps."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts import holds
from advocates.accounts import services as accounts
from advocates.countries import parse_country, region_of
from advocates.models import Account, AccountCapacity, Tag
from tests.factories.advocates import AccountFactory
from tests.support.time import Clock

SYSTEM = Actor.system("test")


def verbs(row: Account) -> list[str]:
    return list(
        Event.objects.filter(subject_id=row.pk).order_by("at", "id").values_list("verb", flat=True)
    )


def make(**fields: Any) -> Account:
    return accounts.create_account(actor=SYSTEM, **{"name": "Quantum Textiles", **fields})


@pytest.mark.parametrize(
    ("employees", "segment"),
    [(None, ""), (0, "smb"), (99, "smb"), (100, "mid_market"), (999, "mid_market")]
    + [(1000, "enterprise")],
)
def test_segment_follows_from_employees(scope: Tenant, employees: int | None, segment: str) -> None:
    """ACC-1.a: ≥ 1000 is enterprise, 100 to 999 mid-market, fewer small business."""
    assert make(employees=employees).segment == segment


def test_segment_set_by_hand_stays(scope: Tenant) -> None:
    """ACC-1.a: a segment set by hand wins until it is taken back."""
    account = make(employees=50, segment="enterprise")
    account = accounts.update_account(actor=SYSTEM, account=account, employees=150)
    assert account.segment == "enterprise"
    account = accounts.update_account(actor=SYSTEM, account=account, segment="")
    assert account.segment == "mid_market"
    account = accounts.update_account(actor=SYSTEM, account=account, employees=5000)
    assert account.segment == "enterprise"


def test_region_follows_from_country_unless_set(scope: Tenant) -> None:
    """ACC-1.a: the region comes from the country; one set by hand survives another country."""
    account = make(country="Germany")
    assert (account.country, account.region) == ("DE", "emea")
    account = accounts.update_account(actor=SYSTEM, account=account, country="Brasil")
    assert (account.country, account.region) == ("BR", "latam")
    account = accounts.update_account(actor=SYSTEM, account=account, region="na")
    account = accounts.update_account(actor=SYSTEM, account=account, country="Singapore")
    assert (account.country, account.region) == ("SG", "na")


@pytest.mark.parametrize(
    ("text", "code"),
    [("us", "US"), ("USA", "US"), ("United States", "US"), ("U.K.", "GB"), ("UK", "GB")]
    + [("Deutschland", "DE"), ("DEU", "DE"), ("Viet Nam", "VN"), ("  south   korea ", "KR")]
    + [("Indonesia", "ID"), ("Côte d’Ivoire", "CI"), ("Türkiye", "TR"), ("Turkey", "TR")]
    + [("Atlantis", None), ("ZZ", None), ("", None)],
)
def test_countries_are_read_in_usual_spellings(text: str, code: str | None) -> None:
    """ACC-1.a: country names and codes become ISO 3166 alpha-2."""
    assert parse_country(text) == code


@pytest.mark.parametrize(
    ("country", "region"),
    [("CA", "na"), ("MX", "latam"), ("NG", "emea"), ("AE", "emea"), ("IN", "apac"), ("", "")],
)
def test_regions(country: str, region: str) -> None:
    """ACC-1.a: every country lies in one region."""
    assert region_of(country) == region


def test_bad_values_are_named(scope: Tenant) -> None:
    """BAD-1.a: the refusal names each field, and nothing is saved."""
    with pytest.raises(DomainError) as refused:
        make(health=120, nps=11, lifecycle="friend", currency="euros")
    assert set(refused.value.fields) == {"health", "nps", "lifecycle", "currency"}
    with pytest.raises(DomainError) as refused:
        make(country="Atlantis")
    assert "Atlantis" in refused.value.fields["country"]
    with pytest.raises(DomainError) as refused:
        make(name="   ")
    assert "name" in refused.value.fields
    assert not Account.objects.exists()


def test_domain_is_cut_out_of_an_address(scope: Tenant) -> None:
    """ACC-1.a: what is kept is the domain."""
    assert make(domain="HTTPS://www.Quantum.example/about?x=1").domain == "quantum.example"


def test_new_account_can_be_guarded(scope: Tenant) -> None:
    """CAP-7.d: the row that takes at one account touch is there from the start."""
    assert AccountCapacity.objects.filter(account=make()).count() == 1


def test_scores_are_dated(scope: Tenant, clock: Clock) -> None:
    """ACC-1.d: a score entered without a date is today's."""
    account = make(health=70)
    assert account.health_on == clock.now.astimezone(scope.zone).date()
    account = accounts.update_account(actor=SYSTEM, account=account, nps=9, nps_on=date(2026, 1, 2))
    assert account.nps_on == date(2026, 1, 2)


def test_update_tells_codes_but_no_text(scope: Tenant) -> None:
    """AUD-1.a, GDPR-1: before and after of codes, only the names of free text."""
    account = make(lifecycle="prospect")
    accounts.update_account(
        actor=SYSTEM, account=account, lifecycle="customer", notes="Ask for Ana", health=70
    )
    payload = Event.objects.get(verb="account.updated").payload
    assert set(payload["fields"]) == {"lifecycle", "notes", "health", "health_on"}
    assert payload["changes"]["lifecycle"] == ["prospect", "customer"]
    assert payload["changes"]["health"] == [None, 70]
    assert "Ana" not in str(payload)


def test_update_without_change_tells_nothing(scope: Tenant) -> None:
    """AUD-1.a: nothing changed, nothing happened."""
    account = make(annual_value=Decimal("100.00"), products=["Analytics"])
    before = account.reload().updated_at
    account = accounts.update_account(
        actor=SYSTEM,
        account=account,
        name=" Quantum Textiles ",
        annual_value=Decimal("100"),
        products=["analytics"],
    )
    assert account.updated_at == before
    assert verbs(account) == ["account.created"]


def test_tags_are_shared_words(scope: Tenant) -> None:
    """ACC-1.a: a product is one word of the tenant, whoever has it and however it is written."""
    first = make(products=["Analytics", "CRM"], use_cases=["Analytics"])
    second = make(name="Kanfase", products=["analytics"])
    assert Tag.objects.filter(kind="product").count() == 2
    names = second.account_tags.values_list("tag__name", flat=True)
    assert list(names) == ["Analytics"]
    accounts.update_account(actor=SYSTEM, account=first, products=["CRM"])
    assert sorted(first.account_tags.values_list("tag__kind", "tag__name")) == [
        ("product", "CRM"),
        ("use_case", "Analytics"),
    ]


def test_upsert_by_external_id(scope: Tenant) -> None:
    """API-4.d: created, then unchanged, then updated; a replay changes nothing."""
    values = {"name": "Kanfase", "employees": 120, "country": "Austria", "use_cases": ["Billing"]}
    account, how = accounts.upsert_account(
        actor=SYSTEM, source="salesforce", external_id="ACC-1", **values
    )
    assert how == "created"
    again, how = accounts.upsert_account(
        actor=SYSTEM, source="salesforce", external_id="ACC-1", **values
    )
    assert (again.pk, how) == (account.pk, "unchanged")
    again, how = accounts.upsert_account(
        actor=SYSTEM, source="salesforce", external_id="ACC-1", **{**values, "employees": 90}
    )
    assert (again.pk, how, again.segment) == (account.pk, "updated", "smb")
    assert verbs(account) == ["account.created", "account.updated"]
    _other, how = accounts.upsert_account(
        actor=SYSTEM, source="hubspot", external_id="ACC-1", **values
    )
    assert how == "created"


def test_external_id_is_taken_once(scope: Tenant) -> None:
    """ACC-1: two accounts never share an external id."""
    make(identifiers=[("salesforce", "ACC-1")])
    with pytest.raises(Conflict):
        make(identifiers=[("salesforce", "ACC-1")])
    assert Account.objects.count() == 1


def test_hold_and_lift(scope: Tenant, clock: Clock) -> None:
    """ACC-2.a: a hold has a reason and an end; there is one at a time; it can be lifted."""
    account = make()
    hold = holds.hold_account(actor=SYSTEM, account=account, reason="Renewal talks")
    with pytest.raises(Conflict):
        holds.hold_account(actor=SYSTEM, account=account, reason="Merger")
    lifted = holds.lift_hold(actor=SYSTEM, hold=hold)
    assert lifted.lifted_at == clock.now
    with pytest.raises(Conflict):
        holds.lift_hold(actor=SYSTEM, hold=hold)
    holds.hold_account(actor=SYSTEM, account=account, reason="Merger")
    assert verbs(account)[1:] == ["account.held", "account.hold_lifted", "account.held"]


def test_hold_that_ended_makes_room(scope: Tenant, clock: Clock) -> None:
    """ACC-2.a: a hold ends by itself after its last day."""
    account = make()
    today = clock.now.date()
    holds.hold_account(actor=SYSTEM, account=account, reason="Escalation", ends_on=today)
    clock.advance(days=1)
    holds.hold_account(actor=SYSTEM, account=account, reason="Merger")
    with pytest.raises(DomainError) as refused:
        holds.hold_account(actor=SYSTEM, account=make(name="B"), reason="x", ends_on=today)
    assert "ends_on" in refused.value.fields


def test_hold_needs_a_reason(scope: Tenant) -> None:
    """ACC-2.a, BAD-1.a."""
    with pytest.raises(DomainError) as refused:
        holds.hold_account(actor=SYSTEM, account=make(), reason="  ")
    assert "reason" in refused.value.fields


def test_csm_changes_own_accounts_only(
    tenant: Tenant, alice: Membership, bob: Membership, membership: Any
) -> None:
    """ID-2.a: a CSM changes own and unowned accounts; sales changes none."""
    tom, lena = membership("csm"), membership("csm")
    with tenant_scope(tenant):
        account = AccountFactory(owner=tom)
        free = AccountFactory(owner=None)
        for row in (account, free):
            accounts.update_account(actor=Actor.member(tom), account=row, industry="Retail")
        accounts.update_account(actor=Actor.member(alice), account=account, industry="Energy")
        for member in (lena, bob):
            with pytest.raises(NotAllowed):
                holds.hold_account(actor=Actor.member(member), account=account, reason="x")
            with pytest.raises(NotAllowed):
                accounts.update_account(actor=Actor.member(member), account=account, name="x")


def test_revenue_event(scope: Tenant) -> None:
    """ACC-1: dated renewals, churn and expansions with amounts."""
    account = make()
    holds.record_revenue(
        actor=SYSTEM,
        account=account,
        kind="expansion",
        on=date(2026, 3, 1),
        amount=Decimal(5000),
        currency="eur",
    )
    assert account.revenue_events.get().currency == "EUR"
    with pytest.raises(DomainError):
        holds.record_revenue(
            actor=SYSTEM,
            account=account,
            kind="party",
            on=date(2026, 3, 1),
            amount=Decimal(1),
            currency="EUR",
        )
