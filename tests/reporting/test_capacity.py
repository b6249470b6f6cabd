"""How full everybody is: counted each night and on demand (CAP-6)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from activities.duties.filters import DutyFilter
from activities.duties.models import Duty
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.changes import tenant_today
from advocates.models import ActivityType, Advocate, WorkingShare
from advocates.people.filters import AdvocateFilter, CandidateFilter
from advocates.people.selectors import candidate_advocates, enrolled_advocates
from advocates.workload.selectors import slow_down
from benefits.budgets.models import Budget
from benefits.budgets.pages import BudgetFilter
from benefits.grants.models import Grant
from benefits.grants.pages import GrantFilter
from reporting.capacity.measuring import Figures, Funds, Team, figures_in, warnings_of
from reporting.capacity.services import look_nightly, look_now, note_check
from reporting.capacity.warnings import sentence_of
from reporting.capacity.words import Line, advocates_of, funds_of, managers_of, teams_of
from reporting.models import CapacityCheck
from reporting.queue import everything
from reporting.settings import MEASUREMENT
from requests.models import Request
from requests.requests.filters import RequestFilter
from tests.factories.activities import DutyFactory
from tests.factories.advocates import (
    SYSTEM,
    AccountFactory,
    AdvocateFactory,
    ParticipationFactory,
    TierFactory,
    TierStandingFactory,
    open_wide,
    set_up,
)
from tests.factories.giving import BudgetFactory, GrantFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def rows_behind(line: Line) -> int:
    """How many rows the list shows that a number leads to."""
    address = urlsplit(line.url)
    data = dict(parse_qsl(address.query))
    for part, filters, rows in (
        ("/candidates/", CandidateFilter, candidate_advocates()),
        ("/advocates/", AdvocateFilter, enrolled_advocates()),
        ("/requests/", RequestFilter, Request.objects.all()),
        ("/duties/", DutyFilter, Duty.objects.all()),
        ("/budgets/", BudgetFilter, Budget.objects.all()),
        ("/grants/", GrantFilter, Grant.objects.all()),
    ):
        if part in address.path:
            found = filters(data, queryset=rows)
            assert found.is_valid(), (line.label, found.errors)
            assert set(data) <= set(found.filters), line.url
            return int(found.qs.count())
    raise AssertionError(line.url)


def test_each_number_leads_to_those_it_counts(
    clock: Clock, scope: Tenant, alice: Membership
) -> None:
    """CAP-6.a: near their limit, the tenth asked most, promoters nobody asked; as counted now."""
    open_wide(frequency_mode="warn", limits_mode="warn")
    today = clock.now.date()
    busy, spent, *_others = AdvocateFactory.create_batch(12)
    fan = AdvocateFactory(nps=9, nps_on=today)
    old = today - timedelta(days=3000)
    AdvocateFactory(nps=10, nps_on=old, account__nps=3, account__nps_on=today)
    company = AccountFactory(nps=10, nps_on=today)
    candidate = AdvocateFactory(status="candidate", account=company, capacity=None)
    kind = ActivityType.objects.get(code="reference_call")
    for who, count in ((busy, 3), (spent, 5)):
        for _n in range(count):
            ParticipationFactory(advocate=who, activity_type=kind, account=who.account)
        Advocate.objects.filter(pk=who.pk).update(last_asked_at=clock.now)

    check = look_now(actor=Actor.member(alice))
    figures = figures_in(check.figures)
    assert (figures.enrolled, figures.near, figures.over) == (14, 1, 0)
    # A tenth of 14 is two people.
    assert (figures.asks, figures.busiest, figures.busiest_asks) == (8, 2, 8)
    assert (figures.never_asked, figures.never_asked_candidates) == (1, 1)
    assert check.warnings == []  # of so few asks no share says anything
    lines = advocates_of(figures, None, alice, check.warnings)
    assert [rows_behind(line) for line in lines] == [1, 2, 1, 1, 0]
    assert list(
        AdvocateFilter({"asked": "never", "promoter": "yes"}, queryset=enrolled_advocates()).qs
    ) == [fan]
    assert candidate in CandidateFilter({"promoter": "yes"}, queryset=candidate_advocates()).qs
    with pytest.raises(NotAllowed):
        look_now(actor=Actor.member(MembershipFactory(role="csm")))


def test_what_managers_and_teams_can_carry(scope: Tenant, alice: Membership) -> None:
    """CAP-6.b, CAP-6.c: by share of time, by people enrolled, by hours of what is open."""
    set_up()
    kind = ActivityType.objects.get(code="reference_call")
    WorkingShare.objects.create(member=alice, percent=50)
    RequestFactory(manager=alice, activity_type=kind, needed_count=2)
    RequestFactory(manager=alice, activity_type=kind, state="closed", needed_count=9)
    csm = MembershipFactory(role="csm")
    DutyFactory(activity__activity_type=kind, owner=csm)
    DutyFactory(activity__activity_type=kind, owner=csm, state="dropped")
    change_settings(actor=SYSTEM, family=MEASUREMENT, values={"open_requests": 2, "csm_hours": 1})
    check = look_now(actor=Actor.member(alice))
    figures = figures_in(check.figures)
    manager = figures.managers[0]
    assert (manager.member, manager.open, manager.target, manager.share) == (
        str(alice.pk),
        1,
        1,
        50,
    )
    # A duty to prepare (30), and for each of two places: prepare (30), thank (15); sales briefs
    # (20) and records (10).
    assert [(each.role, each.minutes, each.hours) for each in figures.teams] == [
        ("csm", 120, 1),
        ("marketing", 0, 10),
        ("sales", 60, 10),
    ]
    assert check.warnings == []  # two weeks' giving, not more
    lines = managers_of(figures, None, alice) + teams_of(figures, None, alice, ())
    assert [rows_behind(line) for line in lines] == [2, 1, 0, 0]
    RequestFactory(manager=alice, activity_type=kind)
    assert look_now(actor=Actor.member(alice)).warnings == ["managers", "csm"]
    for share, enrolled, said in (
        (50, 100, []),
        (50, 101, ["half_time"]),
        (60, 499, []),
        (99, 500, ["full_time"]),
        (100, 900, []),
    ):
        assert warnings_of(Figures(enrolled=enrolled, share=share)) == said, (share, enrolled)
    for asks, theirs, said in ((20, 5, []), (20, 6, ["busiest"]), (19, 19, [])):
        assert warnings_of(Figures(share=100, asks=asks, busiest_asks=theirs)) == said
    idle = Figures(share=100, teams=[Team("marketing", 1, 0)])
    assert warnings_of(idle) == ["marketing"]
    for code in ("busiest", "touch", "managers", "half_time", "full_time", "csm", "marketing"):
        assert sentence_of(code, idle)


def test_it_says_to_slow_down_where_people_are_won(
    clock: Clock,
    tenant: Tenant,
    alice: Membership,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """CAP-6.e: more than a fifth overdue by their own tier's cadence, on the board as well."""
    with tenant_scope(tenant):
        set_up()
        short, long = TierFactory(touch_days=10), TierFactory(touch_days=100)
        before = clock.now - timedelta(days=30)
        for tier, count in ((short, 1), (long, 4)):
            for _n in range(count):
                person = AdvocateFactory(enrolled_at=before)
                TierStandingFactory(advocate=person, tier=tier, since=before)
        assert slow_down() == ""  # one of five is no more than a fifth
        person = AdvocateFactory(enrolled_at=before)
        TierStandingFactory(advocate=person, tier=short, since=before)
        said = slow_down()
        assert "2 of your 6 advocates (33 %)" in said
        look_nightly(tenant.pk)
        check = CapacityCheck.objects.get()
        assert "touch" in check.warnings
        assert rows_behind(advocates_of(figures_in(check.figures), None, alice, ())[4]) == 2
    browser = client_for(alice)
    assert said in unescape(browser.get(f"/t/{tenant.slug}/advocates/pipeline/").content.decode())
    page = unescape(browser.get(f"/t/{tenant.slug}/capacity/").content.decode())
    assert "Win nobody new until they have been called" in page
    assert "?check_in=overdue" in page


def test_what_is_left_of_the_money(
    tenant: Tenant, alice: Membership, client_for: Callable[[Membership | None], Client]
) -> None:
    """CAP-6.d: left of today's budgets beside what waits for an approval, in the job, on the page
    and over REST, with the rows behind it; only for who may open budgets.
    """
    with tenant_scope(tenant):
        set_up()
        assert look_now(actor=Actor.member(alice)).warnings == []
        old = timedelta(days=400)
        today = tenant_today()
        BudgetFactory(amount=900, starts_on=today - old, ends_on=today - timedelta(days=1))
        budgets = [BudgetFactory(amount=70), BudgetFactory(segment="smb", amount=30)]
        taken = {"budget": budgets[0], "waits_for": []}
        GrantFactory(cost=20, state="delivered", **taken)
        GrantFactory(cost=Decimal("10.50"), state="ordered", **taken)
        waits = [GrantFactory(cost=40), GrantFactory(cost=30)]
        look_nightly(tenant.pk)
        check = CapacityCheck.objects.get()
        funds = figures_in(check.figures).funds
        assert funds == Funds(amount=100_00, spent=20_00, committed=10_50, planned=70_00)
        assert (funds.left, check.warnings) == (69_50, ["funds"])
        lines = funds_of(figures_in(check.figures), None, alice, check.warnings)
        assert [rows_behind(line) for line in lines] == [len(budgets), len(waits)]
        assert warnings_of(Figures(share=100, funds=Funds(10, 0, 0, 10))) == []
        csm = MembershipFactory(role="csm")
    for member, reads in ((alice, True), (csm, False)):
        page = client_for(member).get(f"/t/{tenant.slug}/capacity/").content.decode()
        assert ("€69.50" in page) == reads
        assert ("Approve fewer, or find more money" in page) == reads
        shown = api_for(member).get("capacity-checks/").json()["results"][0]
        assert (shown["figures"]["funds"] is not None) == reads
        assert [each["code"] for each in shown["warnings"]] == ["funds"] * reads
    assert api_for(alice).get("capacity-checks/").json()["results"][0]["figures"]["funds"] == {
        "amount": 10000,
        "spent": 2000,
        "committed": 1050,
        "left": 6950,
        "planned": 7000,
    }


def test_kept_told_once_and_compared(clock: Clock, scope: Tenant, alice: Membership) -> None:
    """CAP-6.a: one row a day; on Today until noted, again when something is new or in a week."""

    def on_today() -> int:
        return sum(item.work.code == "capacity" for item in everything(alice))

    def night(days: float = 1) -> CapacityCheck:
        clock.advance(timedelta(days=days))
        look_nightly(scope.pk)
        return CapacityCheck.objects.order_by("-on")[0]

    set_up()
    kind = ActivityType.objects.get(code="reference_call")
    RequestFactory(manager=alice, activity_type=kind)
    change_settings(actor=SYSTEM, family=MEASUREMENT, values={"sales_hours": 0})
    look_nightly(scope.pk)
    look_nightly(scope.pk)
    assert (CapacityCheck.objects.count(), on_today()) == (1, 1)
    note_check(actor=Actor.member(alice), check=CapacityCheck.objects.get())
    assert (on_today(), night().calls, on_today()) == (0, False, 0)
    change_settings(actor=SYSTEM, family=MEASUREMENT, values={"csm_hours": 0})
    assert night().warnings == ["csm", "sales"]
    assert on_today() == 1
    assert [item.work.code for item in everything(MembershipFactory(role="csm"))] == []
    RequestFactory(manager=alice, activity_type=kind)
    last = night(6)
    api = api_for(alice)
    kept = api.get("capacity-checks/").json()["results"]
    assert kept[0]["on"] == last.on.isoformat()
    assert [each["code"] for each in kept[0]["warnings"]] == ["csm", "sales"]
    assert kept[0]["figures"]["managers"] == [
        {"member": str(alice.pk), "open": 2, "target": 20, "share": 100}
    ]
    before = figures_in(CapacityCheck.objects.order_by("on")[0].figures)
    change = managers_of(figures_in(last.figures), before, alice)[0].change
    assert change == "+1 since last week"
    noted = api.post(f"capacity-checks/{kept[0]['id']}/note/")
    assert (noted.status_code, on_today()) == (200, 0)
    assert night(7).calls
    again = api.post("capacity-checks/look/")
    assert (again.status_code, len(again.json()["warnings"])) == (200, 2)
    assert api_for(MembershipFactory(role="csm")).post("capacity-checks/look/").status_code == 403
