"""The executive report: a page, a PDF, a mail (REP-1.e)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, StuckWork, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.models import ReportSubscription
from reporting.pdf.making import pdf_of
from reporting.report.mailing import mail_report
from reporting.report.periods import Every, Period
from reporting.report.services import send_reports, subscribe
from tests.factories.giving import GrantFactory
from tests.factories.measuring import CostBudgetFactory, CostFactory, GoalFactory
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
Clients = Callable[[Membership | None], Client]
URL = "/t/acme/report/"


@pytest.fixture
def told(clock: Clock, tenant: Tenant, alice: Membership) -> None:
    """A touched deal in each of two quarters, costs, and something to decide."""
    clock.set(datetime(2026, 4, 3, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        make_program(manager=alice, status="active")
        for day, amount in ((date(2026, 2, 20), 100_000), (date(2025, 12, 1), 30_000)):
            deal = OpportunityFactory(
                stage="won",
                opened_on=day - timedelta(days=60),
                closes_on=day,
                amount=amount,
                currency="EUR",
            )
            at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=5)
            TouchpointFactory(opportunity=deal, at=at)
        CostFactory(starts_on=date(2026, 2, 1), amount=1000)
        CostFactory(kind="events", starts_on=date(2026, 4, 1), amount=900)
        CostBudgetFactory(
            kind="events", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), amount=500
        )
        GrantFactory(state="planned", waits_for=["benefit"])
        GoalFactory(metric="qualified_references", starts_on=date(2026, 1, 1), target=50)


def test_one_page_for_an_executive(told: None, tenant: Tenant, client_for: Clients) -> None:
    """REP-1.e: the last whole quarter, targets, the quarter before, what it was worth, what needs
    deciding; each link opens; an address that makes no sense is passed over; others read none.
    """
    with tenant_scope(tenant):
        ruth, sam = MembershipFactory(role="executive"), MembershipFactory(role="sales")
    client = client_for(ruth)
    page = unescape(client.get(URL).text)
    for words in (
        "Advocates touched €100k of what was won",
        "Quarter 1, 2026",
        "before €30k",
        "The budget of Events is over by €400",
        "1 benefit waits for an approval",
        "Qualified references: 0 of 50, behind",
        "Return on investment",
        "What referrals bring is not measured yet",
    ):
        assert words in page, words
    # A target of a year is a quarter of it in a quarter.
    assert "target 12" in page
    for link in set(
        re.findall(r'href="(/t/acme/(?:metrics|goals|cost-budgets|grants)/[^"]*)"', page)
    ):
        assert client.get(link).status_code == 200, link
    month = unescape(client.get(f"{URL}?every=month&since=2026-02-14").text)
    assert "February 2026" in month and "before –" in month
    odd = f"{URL}?every=week&since=9999-99-99"
    assert client.get(odd).status_code == client.get(f"{URL}?since=0001-01-01").status_code == 200
    assert client_for(sam).get(URL).status_code == 403
    assert api_for(sam).get("report/").status_code == 403
    found = api_for(ruth).get("report/").json()
    assert (found["since"], found["until"]) == ("2026-01-01", "2026-03-31")
    assert found["lines"][0]["value"] == "€100k"
    assert len(found["decisions"]) >= 3


def test_it_is_a_tagged_pdf(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """REP-1.e: PDF/UA with structure, language and title; what somebody wrote is never markup."""
    answer = client_for(alice).get(f"{URL}?as=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "report-quarter-2026-01-01.pdf" in answer["Content-Disposition"]
    data = answer.content
    assert data.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert mark in data, mark
    kept = {"title": "#panic() $x$ *a* [b] <c>", "company": '#import "x"', "period": "_p_"}
    words = dict.fromkeys(("numbers", "worth", "referrals", "good", "decide", "nothing"), "#w()")
    empty: dict[str, Any] = {name: [] for name in ("lines", "charts", "terms", "terms_head")}
    more = {"words": words, "head": ["#h()"] * 5, "good": ["#eval()"], "decide": ["@x"], "gain": ""}
    assert pdf_of("report", kept | empty | more).startswith(b"%PDF-")
    # No font has this character: a tagged PDF all the same.
    assert pdf_of("report", kept | empty | more | {"title": "\U0010fffd"}).startswith(b"%PDF-")


def test_it_is_mailed_once_a_period(
    told: None, tenant: Tenant, alice: Membership, clock: Clock, client_for: Clients
) -> None:
    """REP-1.e: to whoever asked, once a period however often the worker runs; not to whom it is
    not for any more, not long after the period, and not after they ended it.
    """
    client = client_for(alice)
    assert client.post("/t/acme/report/mail/", {"every": "quarter"}).status_code == 302
    assert client.post("/t/acme/report/mail/", {"every": "hourly"}).status_code == 422
    with tenant_scope(tenant):
        sam = MembershipFactory(role="sales")
        ReportSubscription.objects.create(member=sam, every="month")
        for _n in range(2):
            send_reports(tenant.pk)
        (mail,) = OutgoingMail.objects.filter(kind="report")
        assert mail.to_email == alice.email
        assert "Quarter 1, 2026" in mail.subject
        assert mail.path.endswith("?every=quarter&since=2026-01-01")
        text = "".join(str(part) for part in mail.body)
        assert "Influenced revenue: €100k, before €30k" in text
        assert "The budget of Events is over" in text
        clock.set(datetime(2026, 7, 20, 12, tzinfo=UTC))
        send_reports(tenant.pk)
        assert OutgoingMail.objects.filter(kind="report").count() == 1
    assert api_for(alice).get("report/").json()["mailed"] == "quarter"
    assert api_for(alice).post("report/subscribe/", {"every": ""}).json()["mailed"] == ""
    with tenant_scope(tenant):
        clock.set(datetime(2026, 10, 2, 12, tzinfo=UTC))
        send_reports(tenant.pk)
        assert OutgoingMail.objects.filter(kind="report").count() == 1
        subscribe(actor=Actor.member(alice), every="month")
        send_reports(tenant.pk)
        assert OutgoingMail.objects.filter(kind="report").count() == 2


def test_one_that_cannot_be_made_keeps_none_from_the_others(
    told: None, tenant: Tenant, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REP-1.e, BAD-2: it waits in plain view, and comes when it can."""

    def failing(member: Membership, period: Any) -> None:
        if member.pk == alice.pk:
            raise ValueError("no such font")
        mail_report(member, period)

    with tenant_scope(tenant):
        other = MembershipFactory(role="executive")
        for member in (alice, other):
            ReportSubscription.objects.create(member=member, every="month")
        with monkeypatch.context() as patch:
            patch.setattr("reporting.report.services.mail_report", failing)
            send_reports(tenant.pk)
        (mail,) = OutgoingMail.objects.filter(kind="report")
        assert mail.to_email == other.email
        (stuck,) = StuckWork.objects.all()
        assert "no such font" in stuck.error
        StuckWork.objects.update(retry_at=None)
        send_reports(tenant.pk)
        assert OutgoingMail.objects.filter(kind="report").count() == 2
        assert not StuckWork.objects.exists()


@pytest.mark.parametrize(
    ("every", "day", "first", "last"),
    [
        (Every.MONTH, date(2026, 1, 31), date(2026, 1, 1), date(2026, 1, 31)),
        (Every.MONTH, date(2024, 2, 1), date(2024, 2, 1), date(2024, 2, 29)),
        (Every.QUARTER, date(2025, 12, 31), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_periods_of_the_calendar(every: Every, day: date, first: date, last: date) -> None:
    """REP-1.e: months and quarters, one after the other without a gap."""
    period = Period.holding(every, day)
    assert (period.first, period.last) == (first, last)
    assert period.before().last == first - timedelta(days=1)
    assert period.after().first == last + timedelta(days=1)
