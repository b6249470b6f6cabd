"""Two records become one: people and accounts (ADV-1)."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from advocacy.events.selectors import timeline
from advocacy.events.services import seal
from advocacy.events.verification import verify_chain
from advocacy.records.merging import leading_to, referring, unsettled
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.classification import columns_of
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, MergedRecord, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.merging import merge_accounts
from advocates.models import (
    Account,
    AccountCapacity,
    Advocate,
    AdvocateIdentifier,
    Capacity,
    Nomination,
    Participation,
    Preference,
    TierStanding,
)
from advocates.people.merging import merge_advocates
from advocates.people.preferences import save_preferences
from advocates.program.ledger.capacity import advocate_capacity
from requests.asks.choices import AskState
from requests.models import Ask
from tests.factories.advocates import (
    AccountFactory,
    AccountIdentifierFactory,
    AdvocateFactory,
    AdvocateIdentifierFactory,
    EnrolledFactory,
    NominationFactory,
    did,
    set_up,
)
from tests.factories.messaging import PersonalLinkFactory
from tests.factories.requests import AskFactory, OpportunityFactory, RequestFactory
from tests.support.everything import everything_about
from tests.support.rest import api_for
from tests.support.threads import at_once

#: Of what both have and one may have, the row of the record that goes is dropped.
DROPPED = "drop"


def merge(manager: Membership, kept: Advocate, gone: Advocate, *take: str) -> Advocate:
    return merge_advocates(actor=Actor.member(manager), kept=kept, gone=gone, take=take)


def _everything(root: Any) -> dict[Any, Any]:
    """Every key that leads to a record, and every column that keeps its id, with those rows."""
    made = everything_about(root)
    found = {}
    for model, key in leading_to(type(root)):
        rows = [row for row in made.get(model, ()) if getattr(row, key.attname) == root.pk]
        found[model, key.attname] = rows
    for model, name in referring():
        rows = [row for row in made.get(model, ()) if getattr(row, name) == root.pk]
        if rows:
            found[model, name] = rows
    return found


@pytest.mark.parametrize("kind", [Advocate, Account])
def test_every_table_follows(scope: Tenant, alice: Membership, kind: Any) -> None:
    """ADV-1.f: whatever leads to the record that goes leads to the other one afterwards. The tables
    are read off the models, so one of tomorrow is among them.
    """
    assert unsettled(kind) == []
    set_up()
    kept, gone = (EnrolledFactory(), EnrolledFactory())
    if kind is Account:
        kept, gone = kept.account, gone.account
    everything = _everything(gone)
    empty = [
        f"{model._meta.label}.{name}" for (model, name), rows in everything.items() if not rows
    ]
    assert set(empty) <= {"advocates.Erasure.advocate_id"}, "these rows were not made"
    own = {model: model.objects.filter(**{name: kept.pk}).exists() for model, name in everything}

    if kind is Account:
        merge_accounts(actor=Actor.member(alice), kept=kept, gone=gone)
    else:
        merge(alice, kept, gone)

    assert not kind.objects.filter(pk=gone.pk).exists()
    for (model, name), rows in everything.items():
        assert not model.objects.filter(**{name: gone.pk}).exists(), model
        for row in rows:
            there = model.objects.filter(pk=row.pk).values_list(name, flat=True).first()
            if columns_of(model).twice == DROPPED and own[model] and there is None:
                continue
            assert there == kept.pk, model
    seal()
    assert list(verify_chain()) == []


def test_fields_are_chosen_and_the_rest_comes_together(scope: Tenant, alice: Membership) -> None:
    """ADV-1.f: what is taken from the one that goes, the ids of both, and one timeline."""
    kept = EnrolledFactory(first_name="Ana", email="ana@old.example", job_title="")
    gone = EnrolledFactory(first_name="Anna", email="ana@new.example", job_title="CIO")
    AdvocateIdentifierFactory(advocate=kept, source="crm", external_id="K1")
    AdvocateIdentifierFactory(advocate=gone, source="crm", external_id="G1")
    save_preferences(actor=Actor.member(alice), advocate=gone, yearly_cap=2)
    link = PersonalLinkFactory(subject_id=gone.pk)

    merged = merge(alice, kept, gone, "email", "job_title", "preferences")

    assert (merged.first_name, merged.email, merged.job_title) == ("Ana", "ana@new.example", "CIO")
    ids = AdvocateIdentifier.objects.filter(advocate=merged).values_list("external_id", flat=True)
    assert sorted(ids) == ["G1", "K1"]
    assert Preference.objects.get(advocate=merged).yearly_cap == 2
    assert Capacity.objects.get(advocate=merged).allowance == 2
    assert link.reload().subject_id == kept.pk
    told = [event.verb for event in timeline(merged)]
    assert told.count("advocate.enrolled") == 2
    assert "preferences.saved" in told
    assert told[0] == "advocate.merged"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_searchterm"
            " WHERE term IN ('g1', 'cio') AND kind = 'advocate'"
        )
        assert {row[0] for row in cursor.fetchall()} == {kept.pk}


def test_units_of_both_are_facts(scope: Tenant, clock: Any, alice: Membership) -> None:
    """ADV-1.f, CAP-1, TIER-1: they may come to more than the allowance, the page says so, and the
    tier is what both together earned.
    """
    kept, gone = EnrolledFactory(cap=2), EnrolledFactory(cap=2)
    for person in (kept, gone):
        for days in (40, 80):
            did(person, "reference_call", days_ago=days)
    ledger = Participation.objects.count()
    merged = merge(alice, kept, gone)
    assert Participation.objects.filter(advocate=merged).count() == ledger == 4
    Capacity.objects.filter(advocate=merged).update(allowance=2)
    capacity = advocate_capacity(merged)
    assert capacity is not None
    assert (capacity.used, capacity.over) == (4, 2)
    assert TierStanding.objects.get(advocate=merged).activities == 4


@pytest.mark.parametrize(
    ("here", "there", "after"),
    [
        ("candidate", "active", "active"),
        ("active", "paused", "paused"),
        ("candidate", "declined", "declined"),
        ("qualified", "alumni", "qualified"),
    ],
)
def test_where_they_stand(
    scope: Tenant, alice: Membership, here: str, there: str, after: str
) -> None:
    """ADV-1.f: in the program if either is; a pause and a no are respected."""
    set_up()
    kept, gone = AdvocateFactory(status=here), AdvocateFactory(status=there)
    assert merge(alice, kept, gone).status == after


def test_what_both_have_open_is_open_once(scope: Tenant, alice: Membership) -> None:
    """ADV-1.f, IDN-2, ASK-1: two nominations, and two asks for one request."""
    set_up()
    kept, gone = EnrolledFactory(), EnrolledFactory()
    request = RequestFactory(state="outreach")
    first = AskFactory(advocate=kept, request=request)
    second = AskFactory(advocate=gone, request=request)
    for person in (kept, gone):
        NominationFactory(advocate=person)
    merged = merge(alice, kept, gone)
    assert Nomination.objects.filter(advocate=merged).count() == 2
    assert Nomination.objects.filter(advocate=merged, state="submitted").count() == 1
    assert Ask.objects.filter(advocate=merged).count() == 2
    assert first.reload().state == AskState.SENT
    assert second.reload().state == AskState.CANCELLED
    assert second.participation.reload().state == "released"


def test_the_ledger_moves_for_a_merge_alone(scope: Tenant) -> None:
    """ADV-1.f: without the database's row about it, a unit cannot be given to somebody else."""
    one, two = EnrolledFactory(), EnrolledFactory()
    unit = did(one, "reference_call", days_ago=9)
    with pytest.raises(IntegrityError, match="what a unit is cannot change"), transaction.atomic():
        Participation.objects.filter(pk=unit.pk).update(advocate_id=two.pk)
    MergedRecord.objects.create(kind="advocates.advocate", gone_id=one.pk, into_id=two.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=unit.pk).update(advocate_id=two.pk, units=0)
    Participation.objects.filter(pk=unit.pk).update(advocate_id=two.pk)


def test_what_is_refused(
    scope: Tenant, alice: Membership, membership: Any, other_tenant: Tenant
) -> None:
    """ADV-1.f: itself, another tenant's, a field that is none, and who may not."""
    kept, gone = EnrolledFactory(), EnrolledFactory()
    with pytest.raises(DomainError, match="same record"):
        merge(alice, kept, kept)
    with pytest.raises(DomainError, match="no such field"):
        merge(alice, kept, gone, "status")
    with pytest.raises(NotAllowed):
        merge(membership("csm"), kept, gone)
    with tenant_scope(other_tenant):
        foreign = AdvocateFactory()
    with pytest.raises(DomainError, match="same kind"):
        merge(alice, kept, foreign)
    merge(alice, kept, gone)
    with pytest.raises(Conflict):
        merge(alice, kept, gone)


def test_rest_leads_to_the_one_that_lives_on(scope: Tenant, alice: Membership) -> None:
    """ADV-1.f, API-1: POST merges; the id that is gone answers 410 with the other, also when that
    one went on; the id in the CRM still finds the person.
    """
    kept, gone, last = EnrolledFactory(), EnrolledFactory(job_title="CIO"), EnrolledFactory()
    AdvocateIdentifierFactory(advocate=gone, source="crm", external_id="G1")
    api = api_for(alice)
    answer = api.post(f"advocates/{kept.pk}/merge/", {"other": str(gone.pk), "take": ["job_title"]})
    assert answer.status_code == 200, answer.content
    assert answer.json()["job_title"] == "CIO"
    for wrong in ({"other": str(kept.pk)}, {"other": str(gone.pk)}, {"take": ["status"]}, {}):
        assert api.post(f"advocates/{kept.pk}/merge/", wrong).status_code == 422
    merge(alice, last, kept)
    for pk in (gone.pk, kept.pk):
        tomb = api.get(f"advocates/{pk}/")
        assert (tomb.status_code, tomb.json()["code"]) == (410, "merged")
        assert tomb.json()["errors"]["merged_into"] == [str(last.pk)]
    assert api.get("advocates/by-external-id/crm/G1/").json()["id"] == str(last.pk)


def test_the_browser_says_that_it_was_merged_and_into_which(
    scope: Tenant, alice: Membership, client_for: Any
) -> None:
    """ADV-1.f, ACC-1.g: an old address opens the living record and says why; its own does not."""
    kept, gone = EnrolledFactory(), EnrolledFactory()
    merge(alice, kept, gone)
    browser, said = client_for(alice), "This record became part of"
    page = browser.get(f"/t/{scope.slug}/advocates/{gone.pk}/").text
    assert f"{said} {kept.name}" in page and "They were merged on" in page
    assert said not in browser.get(f"/t/{scope.slug}/advocates/{kept.pk}/").text
    one, two = kept.account, AccountFactory()
    merge_accounts(actor=Actor.member(alice), kept=one, gone=two)
    assert f"{said} {one.name}" in browser.get(f"/t/{scope.slug}/accounts/{two.pk}/").text


def test_accounts_become_one(scope: Tenant, alice: Membership, client_for: Any) -> None:
    """ADV-1.f, ACC-1: people, deals and ids of both, in the browser; the old address leads on."""
    set_up()
    kept, gone = AccountFactory(name="Isdom", city=""), AccountFactory(name="ISDOM", city="Porto")
    for account in (kept, gone):
        EnrolledFactory(account=account)
        OpportunityFactory(account=account)
        AccountIdentifierFactory(account=account)
    browser = client_for(alice)
    page = f"/t/{scope.slug}/accounts/{kept.pk}/merge/{gone.pk}/"
    shown = browser.get(page).content.decode()
    assert "Porto" in shown
    assert "cannot be undone" in shown
    refused = browser.post(page, {"city": "sideways", "name": "kept"})
    assert refused.status_code == 422
    answer = browser.post(page, {"city": "gone", "name": "kept"})
    assert answer.status_code == 302
    merged = Account.objects.get(pk=kept.pk)
    assert (merged.name, merged.city) == ("Isdom", "Porto")
    assert merged.advocates.count() == merged.identifiers.count() == 2
    assert AccountCapacity.objects.filter(account=merged).count() == 1
    assert browser.get(f"/t/{scope.slug}/accounts/{gone.pk}/").status_code == 200


def test_people_are_compared_in_the_browser(
    scope: Tenant, alice: Membership, client_for: Any
) -> None:
    """ADV-1.f, ADV-1.e: from two records with one address to one."""
    kept, gone = (EnrolledFactory(email="ana@isdom.example", phone=p) for p in ("", "+351 1"))
    browser, home = client_for(alice), f"/t/{scope.slug}/advocates"
    detail = browser.get(f"{home}/{kept.pk}/").content.decode()
    assert f"{home}/{kept.pk}/merge/{gone.pk}/" in detail
    choose = browser.post(f"{home}/{kept.pk}/merge/", {"other": str(gone.pk)})
    assert choose["Location"] == f"{home}/{kept.pk}/merge/{gone.pk}/"
    same = browser.post(f"{home}/{kept.pk}/merge/", {"other": str(kept.pk)})
    assert same.status_code == 422
    page = browser.get(choose["Location"])
    form = page.context["form"]
    data = {name: field.initial for name, field in form.fields.items()}
    assert data["phone"] == "gone"
    assert browser.post(choose["Location"], data).status_code == 302
    assert Advocate.objects.get(pk=kept.pk).phone == "+351 1"
    assert not Advocate.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once(tenant: Tenant, alice: Membership) -> None:
    """ADV-1.f: A into B and B into A, at the same moment: one of them happens."""
    with tenant_scope(tenant):
        pair = (EnrolledFactory(), EnrolledFactory())

    def go(number: int) -> str:
        kept, gone = pair if number else reversed(pair)
        try:
            with tenant_scope(tenant):
                merge(alice, kept, gone)
        except (Conflict, DomainError):
            return "refused"
        return "merged"

    assert at_once(2, go) == ["merged", "refused"]
    with tenant_scope(tenant):
        assert Advocate.objects.count() == Capacity.objects.count() == 1
