"""Dashboards by role: filters, comparison, the way to the rows, the file (REP-1)."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO

import pytest
from django.test import Client

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from tests.factories.advocates import (
    AccountFactory,
    EnrolledFactory,
    ParticipationFactory,
    ProgramInvitationFactory,
)
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]


@pytest.fixture
def told(clock: Clock, tenant: Tenant, alice: Membership) -> None:
    """Two touched deals won lately, one a year before; one in a currency nobody has a rate for."""
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        make_program(manager=alice, status="active")
        smb = AccountFactory(segment="smb")
        for ago, amount, account, currency in (
            (20, 100_000, None, "EUR"),
            (40, 50_000, smb, "EUR"),
            (50, 70_000, smb, "USD"),
            (400, 30_000, None, "EUR"),
        ):
            day = clock.now.date() - timedelta(days=ago)
            deal = OpportunityFactory(
                stage="won",
                opened_on=day - timedelta(days=60),
                closes_on=day,
                amount=amount,
                currency=currency,
                account=account,
                name="=1+1",
            )
            TouchpointFactory(opportunity=deal, at=clock.now - timedelta(days=ago + 5))


def test_an_executive_reads_few_numbers(
    told: None, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """REP-1.a, REP-1.b, REP-1.c: the period before beside it, filters in the address and kept by
    every number's link; what is left out is said; each link of the page opens.
    """
    with tenant_scope(tenant):
        ruth = MembershipFactory(role="executive")
    client = client_for(ruth)
    page = unescape(client.get("/t/acme/impact/").text)
    assert "Advocates touched €150k of what was won" in page
    assert "€30k in the period before" in page
    assert "1 deal left out: no rate for USD" in page
    assert "too few to tell" in page
    narrow = unescape(client.get("/t/acme/impact/?period=30&segment=smb").text)
    assert "Advocates touched" not in narrow
    assert "Small business" in narrow
    links = re.findall(r'href="(/t/acme/metrics/influenced_revenue/\?[^"]*)"', page)
    assert links
    for link in set(links):
        rows = client.get(link).text
        assert "Influenced revenue" in rows
    whole = client.get(links[0]).text
    assert len(re.findall(r'<tr role="row" id="row-', whole)) == 3
    months = {link for link in links if "since=" in link}
    said = [client.get(f"{link}&export=csv").getvalue().decode() for link in sorted(months)]  # type: ignore[attr-defined]
    parts = [row[-1] for text in said for row in list(csv.reader(StringIO(text)))[1:]]
    assert sum(float(part) for part in parts if part) == 150_000
    # What somebody called a deal is no formula in a file.
    assert all("'=1+1" in text for text in said if "1+1" in text)


def test_the_file_of_a_dashboard_is_the_page(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """REP-1.d, MET-6.a: the same values as over REST."""
    client = client_for(alice)
    answer = client.get("/t/acme/impact/?board=executive&export=csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    values = {row["Code"]: row["Value"] for row in rows}
    assert float(values["influenced_revenue"]) == 150_000
    for code, value in values.items():
        same = api_for(alice).get(f"metrics/{code}/?period=365").json()["value"]
        assert (float(value) if value else None) == same, code


def test_sales_see_deals_and_no_advocate(told: None, tenant: Tenant, client_for: Clients) -> None:
    """REP-1.a, VIS-1: one dashboard, of deals; numbers about people are not there for them."""
    with tenant_scope(tenant):
        sam = MembershipFactory(role="sales")
        product = MembershipFactory(role="product")
    client = client_for(sam)
    page = client.get("/t/acme/impact/?board=program").text
    assert "Qualified deals supported" in page
    assert "Engaged advocates" not in page
    assert client.get("/t/acme/metrics/engagement/").status_code == 404
    assert client.get("/t/acme/metrics/").status_code == 200
    codes = {row["code"] for row in api_for(sam).get("metrics/").json()}
    assert "influenced_revenue" in codes
    assert "engagement" not in codes
    assert api_for(sam).get("metrics/engagement/").status_code == 404
    assert client_for(product).get("/t/acme/impact/").status_code == 403


def test_who_is_in_the_program_and_what_changed(
    scope: Tenant, alice: Membership, clock: Clock
) -> None:
    """MET-1.a, MET-1.b: by tier, status and highest effort, and a quarter before; by type, and in
    the period before.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    program = make_program(manager=alice, status="active")
    program.completed("speaking", hours_ago=24 * 20)
    program.completed("testimonial", hours_ago=24 * 20)
    program.completed("testimonial", hours_ago=24 * 400)
    found = {
        each["code"]: {part["key"]: part for part in each["parts"]}
        for each in api_for(alice).get("metrics/breakdowns/").json()
    }
    types = found["activities_by_type"]
    assert (types["testimonial"]["total"], types["testimonial"]["parts"]["before"]) == (1, 1)
    assert (types["speaking"]["total"], types["speaking"]["parts"]["before"]) == (1, 0)
    efforts = found["advocates_by_effort"]
    assert sum(part["total"] for part in efforts.values()) == 1
    assert efforts["high"]["total"] == 1
    assert efforts["high"]["parts"]["before"] == 0
    assert found["advocates_by_status"]["active"]["total"] == 1
    assert sum(part["total"] for part in found["advocates_by_tier"].values()) == 1


def test_joining_and_completing(scope: Tenant, alice: Membership, clock: Clock) -> None:
    """MET-1.d, MET-1.f, MET-1.h, MET-6.c: by the day of the invitation, of the acceptance, of the
    joining; what began before the period is not in it, however late it went on.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    program = make_program(manager=alice, status="active")
    now = clock.now
    for ago, state in ((10, "accepted"), (20, "sent"), (30, "declined"), (15, "withdrawn")):
        said = None if state == "sent" else now
        ProgramInvitationFactory(state=state, sent_at=now - timedelta(days=ago), answered_at=said)
    ProgramInvitationFactory(state="accepted", sent_at=now - timedelta(days=400), answered_at=now)
    for ago in (5, 6):
        program.accepted(purpose=f"Call {ago}")
    Activity.objects.update(accepted_at=now - timedelta(days=400))
    program.scheduled()
    done = program.accepted()
    Activity.objects.filter(pk=done.pk).update(state="completed", happened_at=now, completed_at=now)
    for days in (3, 9, None):
        person = EnrolledFactory()
        Advocate.objects.filter(pk=person.pk).update(enrolled_at=now - timedelta(days=40))
        if days is not None:
            ParticipationFactory(
                advocate=person,
                completed=True,
                taken_at=now - timedelta(days=40),
                completed_at=now - timedelta(days=40 - days),
            )
    Advocate.objects.filter(pk=program.advocate.pk).update(enrolled_at=now - timedelta(days=900))
    api = api_for(alice)
    found = {each["code"]: each for each in api.get("metrics/?period=90").json()}
    recruited, completed = found["recruitment"], found["completion"]
    assert (recruited["numerator"], recruited["denominator"]) == (1, 3)
    assert (completed["numerator"], completed["denominator"]) == (1, 2)
    assert (found["first_activity"]["value"], found["first_activity"]["counted"]) == (6, 2)
