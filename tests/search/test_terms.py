"""Everything is found by its words, however they are written (API-1, UI-3)."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from advocacy.search.models import SearchTerm
from advocacy.search.selectors import matching
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, Advocate, AdvocateIdentifier
from requests.models import Opportunity, Request
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.requests import OpportunityFactory, RequestFactory
from tests.factories.search import SearchTermFactory


def people(text: str) -> list[str]:
    return [p.name for p in matching(Advocate.objects.order_by("last_name"), "advocate", text)]


@pytest.mark.parametrize(
    "text",
    [
        *("Müller", "muller", "MULLER", "mueller", "Mu\u0308ller", "Mül"),
        *("anna müller", "muller anna", "  müller ,anna ", "anna-m"),
        *("anna.muller", "a.muller@strasse.example", "strasse.exa", "Straße", "strase"[:4]),
        *("lodz muller", "Łódź", "head anna", "0063X000004abcD"),
    ],
)
def test_a_person_is_found(scope: Tenant, text: str) -> None:
    """API-1.b: accents, case and order do not matter; title, company, address and ids count."""
    account = AccountFactory(name="Łódź Straße GmbH")
    ada = AdvocateFactory(
        first_name="Anna",
        last_name="Müller",
        email="a.muller@strasse.example",
        job_title="Head of IT",
        account=account,
    )
    AdvocateIdentifier.objects.create(
        advocate=ada, source="salesforce", external_id="0063X000004abcD"
    )
    AdvocateFactory(first_name="Bert", last_name="Miller")
    if text == "anna.muller":
        ada.email = "anna.muller@strasse.example"
        ada.save()
    assert people(text) == ["Anna Müller"]


@pytest.mark.parametrize("text", ["oezil", "ozil", "özil", "Ö", "uenal", "Ünal", "marie", "luise"])
def test_capitals_and_signs_outside_ascii(scope: Tenant, text: str) -> None:
    """API-1.b: capitals with dots are found both ways, and long dashes part words."""
    AdvocateFactory(first_name="Marie\N{EN DASH}Luise", last_name="Özil Ünal")
    assert people(text) == ["Marie\N{EN DASH}Luise Özil Ünal"]


@pytest.mark.parametrize("text", ["mullert", "anna miller", "ller", "x muller", "%", "mu_ler"])
def test_another_is_not(scope: Tenant, text: str) -> None:
    """API-1.b: every word counts, signs are no wildcards, and names are found by beginnings."""
    AdvocateFactory(first_name="Anna", last_name="Müller", account__name="Acme")
    assert people(text) == (["Anna Müller"] if text == "%" else [])


def test_inside_of_a_company(scope: Tenant) -> None:
    """API-1.b: a company is found by the middle of its name, from three letters on."""
    AccountFactory(name="Microsoft", domain="microsoft.example")
    found = [str(a) for a in matching(Account.objects.all(), "account", "soft")]
    assert found == ["Microsoft"]
    assert not matching(Account.objects.all(), "account", "so").exists()


def test_terms_follow_their_rows(scope: Tenant) -> None:
    """API-1.b: renamed, moved and deleted rows, whoever wrote them, in the same transaction."""
    account, other = AccountFactory(name="Oldname"), AccountFactory(name="Elsewhere")
    ada = AdvocateFactory(first_name="Ada", last_name="Adler", account=account)
    deal = OpportunityFactory(name="Big deal", account=account)
    request = RequestFactory(opportunity=deal)
    Account.objects.filter(pk=account.pk).update(name="Newname")
    assert (people("oldname"), people("newname adler")) == ([], ["Ada Adler"])
    assert list(matching(Opportunity.objects.all(), "opportunity", "newname big")) == [deal]
    assert list(matching(Request.objects.all(), "request", f"newname {request.reference}")) == [
        request
    ]
    Advocate.objects.filter(pk=ada.pk).update(account=other, last_name="Øster")
    assert (people("newname ada"), people("elsewhere oster")) == ([], ["Ada Øster"])
    Opportunity.objects.filter(pk=deal.pk).update(name="Small deal")
    assert list(matching(Request.objects.all(), "request", "small")) == [request]
    pk = ada.pk
    Advocate.objects.filter(pk=pk).delete()
    assert not SearchTerm.objects.filter(object_id=pk).exists()


def test_terms_are_the_tenants_own(tenant: Tenant, other_tenant: Tenant) -> None:
    """TEN-1.a: nobody finds another tenant's rows."""
    with tenant_scope(other_tenant):
        AdvocateFactory(first_name="Zoe", last_name="Zacharias")
    with tenant_scope(tenant):
        assert people("zacharias") == []
        assert not SearchTerm.objects.exists()


def test_a_search_is_a_range_of_the_index(scope: Tenant) -> None:
    """UI-3.a: under the forced policy, the terms come from an index alone."""
    AdvocateFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        terms = SearchTerm.objects.filter(kind="advocate", term__gte="li", term__lt="lj")
        plan = terms.values("object_id").explain()
    assert "Index Only Scan using search_by_term" in plan
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "term >= 'li'" in condition and "tenant_id =" in condition
    assert "Filter: ((term" not in plan


def test_no_words_leave_everything(scope: Tenant) -> None:
    """UI-1: an empty box narrows nothing, and NUL is no letter."""
    AdvocateFactory(first_name="Ada", last_name="Adler")
    assert people(" .,-") == people("\x00") == ["Ada Adler"]


def test_the_fold_is_every_ways(db: Any) -> None:
    """API-1.b: by a table of our own, whatever the database's locale."""
    pairs = {"ÀÉÎÕÜ": "aeiou", "Ελλάς": "ελλασ", "ЁЖИК": "ежик", "Æther": "aether", "ǄŻ": "dzz"}
    with connection.cursor() as cursor:
        for text, folded in pairs.items():
            cursor.execute("SELECT search_fold(%s)", [text])
            assert cursor.fetchone()[0] == folded, text


def test_terms_can_be_checked_and_written_anew(tenant: Tenant, capsys: Any) -> None:
    """UI-3.a: what an older folding left, or somebody's hand, is found and mended."""
    with tenant_scope(tenant):
        AdvocateFactory(first_name="Ada", last_name="Adler")
    call_command("rebuild_search", check=True)
    with tenant_scope(tenant):
        SearchTerm.objects.filter(term="adler").update(term="adlr")
        SearchTermFactory(kind="account", term="ghost")
        assert people("adler") == []
    with pytest.raises(CommandError, match="acme: account, acme: advocate"):
        call_command("rebuild_search", check=True)
    call_command("rebuild_search")
    assert "mended" in capsys.readouterr().out
    with tenant_scope(tenant):
        assert people("adler") == ["Ada Adler"]
        assert not SearchTerm.objects.filter(term__in=["ghost", "adlr"]).exists()
