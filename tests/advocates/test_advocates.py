"""People at accounts: creating, moving, duplicates, outcomes, consents."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Tenant
from advocates.models import Advocate, Capacity, Preference
from advocates.people import consents, outcomes
from advocates.people import services as people
from tests.factories.advocates import AccountFactory, ProgramPolicyFactory
from tests.support.time import Clock

SYSTEM = Actor.system("test")


def make(**fields: Any) -> Advocate:
    fields.setdefault("account", AccountFactory())
    return people.create_advocate(actor=SYSTEM, **{"last_name": "Lima", **fields})


def test_new_person_is_a_candidate_with_an_allowance(scope: Tenant) -> None:
    """ADV-1.b, ADV-2.b, CAP-1.a: candidate, preferences by default, the tenant's allowance."""
    ProgramPolicyFactory(yearly_cap=4)
    advocate = make(first_name="Ana", email=" Ana@Example.com ")
    assert (advocate.status, advocate.name, advocate.email) == (
        "candidate",
        "Ana Lima",
        "ana@example.com",
    )
    capacity = Capacity.objects.get(advocate=advocate)
    assert (capacity.allowance, capacity.reference_gap_days) == (4, 91)
    assert Preference.objects.get(advocate=advocate).reference_frequency == "quarterly"


def test_same_email_is_two_people(scope: Tenant) -> None:
    """ADV-1.e: e-mail is contact data; two records with the same one are kept, never merged."""
    first, second = make(email="ana@example.com"), make(email="ANA@example.com")
    assert first.pk != second.pk
    assert Advocate.objects.filter(email="ana@example.com").count() == 2


def test_external_id_wins_over_email(scope: Tenant) -> None:
    """API-4.c, API-4.d: the external id decides who it is."""
    known = make(email="ana@example.com", identifiers=[("salesforce", "CON-1")])
    account = AccountFactory()
    other, how = people.upsert_advocate(
        actor=SYSTEM,
        source="salesforce",
        external_id="CON-2",
        account=account,
        last_name="Lima",
        email="ana@example.com",
    )
    assert how == "created"
    assert other.pk != known.pk
    same, how = people.upsert_advocate(
        actor=SYSTEM, source="salesforce", external_id="CON-1", email="new@example.com"
    )
    assert (same.pk, how, same.email) == (known.pk, "updated", "new@example.com")
    _same, how = people.upsert_advocate(
        actor=SYSTEM, source="salesforce", external_id="CON-1", email="new@example.com"
    )
    assert how == "unchanged"


def test_move_keeps_identity(scope: Tenant) -> None:
    """ADV-1.d: another company, the same person; both companies' timelines tell of it."""
    advocate = make()
    left, joined = advocate.account, AccountFactory()
    moved = people.update_advocate(actor=SYSTEM, advocate=advocate, account=joined)
    assert (moved.pk, moved.account_id) == (advocate.pk, joined.pk)
    event = Event.objects.get(verb="advocate.moved")
    assert event.payload["changes"]["account"] == [str(left.pk), str(joined.pk)]
    assert set(event.subjects.values_list("subject_id", flat=True)) == {
        advocate.pk,
        left.pk,
        joined.pk,
    }


def test_log_keeps_no_personal_data(scope: Tenant) -> None:
    """GDPR-1: of personal fields the log knows the names only."""
    advocate = make(first_name="Ana", email="ana@example.com")
    people.update_advocate(
        actor=SYSTEM, advocate=advocate, email="a@b.example", job_title="CIO", readiness="active"
    )
    event = Event.objects.get(verb="advocate.updated")
    assert event.payload["fields"] == ["email", "job_title", "readiness"]
    assert event.payload["changes"] == {"readiness": ["willing", "active"]}
    for told in Event.objects.all():
        assert "example" not in str(told.payload)
        assert "Lima" not in str(told.payload)


def test_status_has_its_own_services(scope: Tenant) -> None:
    """ENR-1: nobody becomes active by editing the record."""
    with pytest.raises(TypeError):
        people.update_advocate(actor=SYSTEM, advocate=make(), status="active")


def test_bad_values_are_named(scope: Tenant) -> None:
    """BAD-1.a: the refusal names each field."""
    with pytest.raises(DomainError) as refused:
        make(email="nobody", time_zone="Mars/Base", communication_skill=9, readiness="eager")
    assert set(refused.value.fields) == {
        "email",
        "time_zone",
        "communication_skill",
        "readiness",
    }
    with pytest.raises(DomainError) as refused:
        make(last_name=" ")
    assert "last_name" in refused.value.fields


def test_names_in_any_script(scope: Tenant) -> None:
    """BAD-3.b: text is Unicode, right-to-left included."""
    assert make(first_name="אנה", last_name="李明").reload().name == "אנה 李明"


def test_outcome(scope: Tenant) -> None:
    """ADV-3.a: metric, before, after, period, narrative, may be quoted."""
    advocate = make()
    outcome = outcomes.add_outcome(
        actor=SYSTEM,
        advocate=advocate,
        metric="Hours per report",
        before="6",
        after="1",
        period="3 months",
        may_be_quoted=True,
        use_case="Reporting",
    )
    assert str(outcome) == "Hours per report: 6 → 1"
    assert outcome.use_case.name == "Reporting"
    outcomes.remove_outcome(actor=SYSTEM, outcome=outcome)
    with pytest.raises(Conflict):
        outcomes.remove_outcome(actor=SYSTEM, outcome=outcome)


def test_consent_and_withdrawal(scope: Tenant, clock: Clock) -> None:
    """ADV-4.a: evidence and expiry are kept; a consent is withdrawn once."""
    today = clock.now.date()
    advocate = make()
    consent = consents.record_consent(
        actor=SYSTEM,
        advocate=advocate,
        use="quote",
        given_on=today,
        evidence="Mail of 3 May",
        expires_on=today + timedelta(days=365),
    )
    assert consents.withdraw_consent(actor=SYSTEM, consent=consent).withdrawn_on == today
    with pytest.raises(Conflict):
        consents.withdraw_consent(actor=SYSTEM, consent=consent)
    with pytest.raises(DomainError) as refused:
        consents.record_consent(
            actor=SYSTEM, advocate=advocate, use="quote", given_on=date(2030, 1, 1)
        )
    assert "given_on" in refused.value.fields
