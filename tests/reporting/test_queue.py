"""Working the queue on Today: nominations, putting off, handing over, long queues (UI-2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.activities.completion import complete_activity
from activities.activities.models import Activity
from activities.activities.services import accept_activity
from advocacy import clock as now_clock
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.queue import every_work
from advocates.joining.services import (
    accept_nomination,
    acknowledge_nomination,
    nominate_advocate,
    return_nomination,
)
from advocates.models import Preference
from advocates.people.choices import AdvocateStatus
from benefits.thanks.models import ThankYou
from reporting.models import Snooze
from reporting.queue import SHOWN, everything, groups_of, rows_of, waiting_count
from reporting.services import hand_over, put_off, wake
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.advocates.test_check_ins import in_tier
from tests.factories.activities import (
    ActivityFactory,
    FeedbackFactory,
    LowFeedbackFactory,
    SlotCheckFactory,
)
from tests.factories.advocates import (
    AccountHoldFactory,
    AdvocateFactory,
    ConsentFactory,
    in_days,
)
from tests.factories.approvals import ApprovalFactory
from tests.factories.assets import (
    AssetApprovalFactory,
    AssetFactory,
    PlacementFactory,
    RepurposingFactory,
)
from tests.factories.balance import UnderAppreciatedFactory
from tests.factories.benefits import SalesThanksFactory
from tests.factories.erasure_requests import ErasureRequestFactory
from tests.factories.giving import GrantFactory
from tests.factories.moments import MomentFactory
from tests.factories.presences import PresenceFactory
from tests.factories.replies import AskReplyFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program, said_yes
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]
HTMX = {"HX-Request": "true", "HX-Target": "section#queue"}
OVER_QUEUE = {"HX-Request": "true", "HX-Target": "div#panel-body", "X-Queue": "1"}


@pytest.fixture
def program(clock: Clock, tenant: Tenant, alice: Membership) -> Program:
    """Outside a scope, as a browser is."""
    with tenant_scope(tenant):
        return make_program(manager=alice)


def titles(member: Membership) -> list[str]:
    """The member's queue, as it reads."""
    return [row.title for row in rows_of(member, everything(member))]


def codes(member: Membership) -> list[str]:
    """Of which work the member's queue is, put off or not."""
    return [item.work.code for item in everything(member)]


def request_due(manager: Membership, due: datetime | None = None) -> Request:
    """A request to match."""
    return RequestFactory.create(  # type: ignore[no-any-return]
        state=RequestState.SUBMITTED,
        manager=manager,
        answer_due_at=due or now_clock.now() + timedelta(hours=30),
    )


def to_keep_in_touch_with(member: Membership) -> None:
    """A row of each kind: check-ins, sponsors and their meetings, leave that ends."""
    long_ago = (now_clock.now() - timedelta(days=400)).date()
    in_tier("platinum", 400)  # wants a check-in and a sponsor
    colleague = MembershipFactory(role="executive")
    for sponsor in (member, colleague):
        in_tier("platinum", 400, executive_sponsor=sponsor, sponsored_since=long_ago)
    PresenceFactory(by=member)
    ConsentFactory(use="quote", expires_on=now_clock.now().date() + timedelta(days=5))


def promised_in_writing(program: Program) -> Activity:
    """A testimonial somebody said yes to."""
    kind = program.type("testimonial")
    activity = accept_activity(actor=program.actor, activity=program.planned(kind.code))
    request = RequestFactory(
        state=RequestState.CONFIRMED, manager=program.manager, activity_type=kind
    )
    AskFactory(request=request, state="accepted", activity=activity)
    return activity


def test_what_nobody_meets_for_is_collected_not_scheduled(
    program: Program, tenant: Tenant, alice: Membership
) -> None:
    """UI-2.a, ASK-1: a testimonial needs no time; it is recorded when it is there."""
    with tenant_scope(tenant):
        activity = promised_in_writing(program)
        ConsentFactory(advocate=program.advocate, use="quote")
        for member in (alice, program.csm):
            (title,) = titles(member)
            assert title == f"Is the testimonial of {program.advocate.name} there?"
        now = now_clock.now()
        complete_activity(actor=program.actor, activity=activity, happened_at=now, minutes=20)
        assert "collect" not in codes(alice)


# -- nominations -----------------------------------------------------------------------------


def test_a_nomination_waits_for_the_program_then_for_who_nominated(
    program: Program, tenant: Tenant, alice: Membership, clock: Clock
) -> None:
    """UI-2.a, IDN-2.c: decided by the program; what became of it is read, or fades after two
    weeks.
    """
    with tenant_scope(tenant):
        account = program.advocate.account
        people = [
            AdvocateFactory(account=account, first_name=name, status=AdvocateStatus.CANDIDATE)
            for name in ("Ana", "Mei")
        ]
        csm = Actor.member(program.csm)
        first, second = (
            nominate_advocate(actor=csm, advocate=person, reasons="Tells everybody about us.")
            for person in people
        )
        assert codes(alice) == ["decide", "decide"]
        assert codes(program.csm) == []
        return_nomination(actor=program.actor, nomination=first, reason="After the renewal")
        accept_nomination(actor=program.actor, nomination=second, override_reason="We saw it")
        assert codes(alice) == []
        assert sorted(codes(program.csm)) == ["mend", "news"]
        assert waiting_count(program.csm).number == 2
        assert any(
            "After the renewal" in row.why for row in rows_of(program.csm, everything(program.csm))
        )
        acknowledge_nomination(actor=csm, nomination=first)
        assert codes(program.csm) == ["news"]
        clock.advance(days=15)
        assert codes(program.csm) == []


# -- putting off -----------------------------------------------------------------------------


def test_put_off_returns_by_itself(
    program: Program, tenant: Tenant, alice: Membership, clock: Clock
) -> None:
    """UI-2.a: out of one's own queue and count until the moment, in nobody else's."""
    with tenant_scope(tenant):
        admin = MembershipFactory(role="admin")
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=None))
        (item,) = everything(alice)
        until = clock.now + timedelta(days=2)
        put_off(actor=program.actor, items=[item], until=until)
        assert waiting_count(alice).number == 0
        assert everything(alice)[0].until == until
        assert waiting_count(admin).number == 1
        clock.advance(days=2, minutes=1)
        assert waiting_count(alice).number == 1
        assert everything(alice)[0].until is None


def test_a_promise_is_not_put_off_beyond_its_time(
    program: Program, tenant: Tenant, clock: Clock
) -> None:
    """UI-2.a, THX-1: a thank-you waits until its 24 hours are over at most; overdue it stays."""
    with tenant_scope(tenant):
        program.completed(hours_ago=20)
        actor = Actor.member(program.csm)
        (item,) = everything(program.csm)
        with pytest.raises(DomainError, match="to be thanked by") as refused:
            put_off(actor=actor, items=[item], until=clock.now + timedelta(days=1))
        assert set(refused.value.fields) == {"until"}
        assert Snooze.objects.count() == 0
        put_off(actor=actor, items=[item], until=clock.now + timedelta(hours=3))
        assert waiting_count(program.csm).number == 0
        clock.advance(hours=5)
        (item,) = everything(program.csm)
        with pytest.raises(DomainError, match="stays here until it is done"):
            put_off(actor=actor, items=[item], until=clock.now + timedelta(hours=1))


def test_what_is_late_says_so_and_offers_what_helps(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """UI-2.a: no moment to choose from, but the thing itself and a colleague."""
    with tenant_scope(tenant):
        program.completed(hours_ago=30)
        (item,) = everything(program.csm)
    client = client_for(program.csm)
    page = client.get("/t/acme/today/put-off/", {"ids": item.key}).content.decode()
    assert "to be thanked by" in page
    assert "it stays here until it is done" in page
    assert "Tomorrow morning" not in page
    assert "Review &amp; send" in page
    assert f"today/hand-over/?ids={item.key}" in page
    answer = client.post("/t/acme/today/put-off/", {"ids": item.key, "until": "tomorrow"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(hours=-1), "still to come"),
        (timedelta(0), "still to come"),
        (timedelta(days=90, minutes=1), "next 90 days"),
    ],
)
def test_no_moment_in_the_past_nor_far_away(
    program: Program, tenant: Tenant, alice: Membership, clock: Clock, away: timedelta, said: str
) -> None:
    """UI-2.a, BAD-1.a: the field, the problem and what is accepted."""
    with tenant_scope(tenant):
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        with pytest.raises(DomainError, match=said):
            put_off(actor=program.actor, items=everything(alice), until=clock.now + away)


def test_many_are_put_off_and_the_promised_ones_stay(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.a: one toast says what went and what stays, and takes it back."""
    with tenant_scope(tenant):
        urgent = request_due(alice, clock.now + timedelta(hours=2))
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        keys = [item.key for item in everything(alice)]
    client = client_for(alice)
    url = "/t/acme/today/put-off/"
    form = client.get(url, {"ids": keys}).content.decode()
    assert "1 stays" in form
    answer = client.post(url, {"ids": keys, "until": "tomorrow"}, headers=OVER_QUEUE)
    page = answer.content.decode()
    assert answer["HX-Trigger"] == "queue:stay"
    assert "Put off until Tue 3 Mar, 09:00." in page
    assert "1 stays: it was promised earlier." in page
    assert "Undo" in page
    queue = client.get("/t/acme/", headers=HTMX).content.decode()
    assert "1 snoozed" in queue
    assert f"row-triage-{urgent.pk}" in queue
    assert "1 thing needs you" in queue
    client.post("/t/acme/today/wake/", {"ids": keys})
    assert "snoozed" not in client.get("/t/acme/", headers=HTMX).content.decode()


def test_a_day_of_ones_own_choice(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.a, BAD-1.a: the morning of that day in the member's zone; nonsense is told at the
    field.
    """
    with tenant_scope(tenant):
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        (item,) = everything(alice)
    client = client_for(alice)
    url = "/t/acme/today/put-off/"
    assert "Another day" in client.get(url, {"ids": item.key}).content.decode()
    for day in ("", "yesterday-ish", "2026-02-01", "2026-12-31"):
        answer = client.post(url, {"ids": item.key, "until": "day", "day": day})
        assert answer.status_code == 422, day
        assert day in answer.content.decode()
    assert client.post(url, {"ids": item.key, "until": "someday"}).status_code == 422
    assert (
        client.post(url, {"ids": item.key, "until": "day", "day": "2026-03-20"}).status_code == 302
    )
    with tenant_scope(tenant):
        start = alice.tenant.work_starts
        assert Snooze.objects.get().until == datetime.combine(
            datetime(2026, 3, 20, tzinfo=UTC), start, tzinfo=alice.zone
        )


def test_nobody_puts_off_what_is_not_theirs(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.a, ID-2.a: keys of others' work, or of none, mean nothing."""
    with tenant_scope(tenant):
        thing = request_due(alice)
        sales = MembershipFactory(role="sales")
    client = client_for(sales)
    for key in (f"triage-{thing.pk}", "triage-", "nonsense", f"thank-{thing.pk}"):
        answer = client.post("/t/acme/today/put-off/", {"ids": key, "until": "tomorrow"})
        assert answer.status_code == 422
        client.post("/t/acme/today/wake/", {"ids": key})
    with tenant_scope(tenant):
        assert Snooze.objects.count() == 0


def test_putting_off_is_no_event(program: Program, tenant: Tenant, alice: Membership) -> None:
    """UI-2.a: what one person wants to see later changes nothing in the program."""
    with tenant_scope(tenant):
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        before = Event.objects.count()
        items = everything(alice)
        put_off(actor=program.actor, items=items, until=now_clock.now() + timedelta(days=1))
        assert wake(actor=program.actor, items=items) == 1
        assert wake(actor=program.actor, items=items) == 0
        assert Event.objects.count() == before


# -- handing over ----------------------------------------------------------------------------


def test_handed_over_through_the_rooms_that_own_it(
    program: Program, tenant: Tenant, alice: Membership
) -> None:
    """UI-2.a, REQ-3, THX-1: requests and thank-yous change hands, each with its event."""
    with tenant_scope(tenant):
        other = MembershipFactory(role="program_manager", user__name="Olga")
        wanted = request_due(alice)
        program.completed("speaking")
        items = [item for item in everything(alice) if item.work.handover]
        assert {item.work.code for item in items} == {"triage", "thank"}
        assert hand_over(actor=program.actor, items=items, to=other) == len(items)
        assert wanted.reload().manager == other
        assert ThankYou.objects.get(kind="personal").owner == other
        verbs = set(Event.objects.values_list("verb", flat=True))
        assert {"request.assigned", "thank_you.reassigned"} <= verbs
        assert codes(alice) == ["tell"]  # what came of it is still hers to say


def test_handing_over_keeps_to_what_each_may(
    program: Program, tenant: Tenant, alice: Membership
) -> None:
    """UI-2.a, ID-2.a: to nobody who may not do it, by nobody who may not; all or none."""
    with tenant_scope(tenant):
        request_due(alice)
        program.completed("speaking")
        items = [item for item in everything(alice) if item.work.handover]
        with pytest.raises(DomainError, match="may not do this"):
            hand_over(actor=program.actor, items=items, to=program.csm)
        assert ThankYou.objects.get(kind="personal").owner == alice
        with pytest.raises(NotAllowed):
            hand_over(
                actor=Actor.member(program.csm),
                items=[item for item in items if item.work.code == "triage"],
                to=MembershipFactory(role="admin"),
            )


def test_the_form_offers_who_may_do_all_of_it(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.a: a request narrows the choice to the program; what nobody can be given stays."""
    with tenant_scope(tenant):
        MembershipFactory(role="admin", user__name="Olga Admin")
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        request_due(alice)
        program.completed("speaking")
        items = everything(alice)
    client = client_for(alice)
    url = "/t/acme/today/hand-over/"
    page = client.get(url, {"ids": [item.key for item in items]}).content.decode()
    assert "Olga Admin" in page
    assert "Cleo" not in page
    assert "they stay with you" in page
    thanks = [item.key for item in items if item.work.code == "thank"]
    page = client.get(url, {"ids": thanks}).content.decode()
    assert "Cleo" in page
    answer = client.post(url, {"ids": thanks, "to": str(program.csm.pk)}, headers=OVER_QUEUE)
    assert answer["HX-Trigger"] == "queue:stay"
    assert "Cleo has these 2 now." in answer.content.decode()


# -- long queues -----------------------------------------------------------------------------


def test_a_long_group_is_cut_and_says_so(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.a: the headline counts all, the page stays short, the rest is one click away."""
    with tenant_scope(tenant):
        for minutes in range(SHOWN + 3):
            request_due(alice, clock.now + timedelta(days=20, minutes=minutes))
    client = client_for(alice)
    page = client.get("/t/acme/").content.decode()
    assert f"{SHOWN + 3} things need you" in page
    assert "and 3 more" in page
    assert page.count('class="queue-row"') == SHOWN
    page = client.get("/t/acme/?group=later").content.decode()
    assert page.count('class="queue-row"') == SHOWN + 3
    assert "The whole queue" in page


def test_rows_cost_no_queries(program: Program, tenant: Tenant, alice: Membership) -> None:
    """UI-2.a: one statement finds what waits, one per kind of work says how it reads."""
    counts: list[int] = []
    with tenant_scope(tenant):
        alice = Membership.objects.select_related("user", "tenant").get(pk=alice.pk)
        for _more in range(2):
            for _number in range(4):
                request_due(alice)
                said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
            with CaptureQueriesContext(connection) as queries:
                groups_of(alice, everything(alice))
            counts.append(len(queries))
    # The tenant's own numbers, who is away and who answers for the program are read once.
    assert counts == [8, 4]


def test_every_kind_of_work_can_be_read(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.a: each row opens in the side panel and, without scripts, as a page."""
    with tenant_scope(tenant):
        request_due(alice)
        RequestFactory(state=RequestState.OUTREACH, manager=alice)
        said_yes(RequestFactory(state=RequestState.CONFIRMED, manager=alice))
        RequestFactory(state=RequestState.NEEDS_INFO, requester=alice, state_reason="Which site?")
        RequestFactory(state=RequestState.COMPLETED, requester=alice, completed_at=now_clock.now())
        activity = program.scheduled(hours=2)
        type(activity).objects.filter(pk=activity.pk).update(
            starts_at=now_clock.now() - timedelta(hours=2),
            ends_at=now_clock.now() - timedelta(hours=1),
        )
        program.completed("speaking")
        waiting = program.accepted(purpose="No time yet")
        type(waiting).objects.filter(pk=waiting.pk).update(
            accepted_at=now_clock.now() - timedelta(days=30)
        )
        promised_in_writing(program)
        person = AdvocateFactory(account=program.advocate.account, status=AdvocateStatus.CANDIDATE)
        nominate_advocate(
            actor=Actor.member(program.csm), advocate=person, reasons="Speaks well of us."
        )
        MomentFactory(account__owner=alice)
        ErasureRequestFactory()
        account = AccountHoldFactory(account__owner=alice).account
        AskFactory(advocate__account=account)
        ActivityFactory(advocate__account=account)
        caller = AskFactory(sender=alice).advocate
        Preference.objects.update_or_create(advocate=caller, defaults={"channel": "phone"})
        to_keep_in_touch_with(alice)
        SlotCheckFactory(requester=alice)
        FeedbackFactory(member=alice)
        LowFeedbackFactory()
        SalesThanksFactory(owner=alice)
        AskReplyFactory(ask__sender=alice)
        ApprovalFactory(approver=alice)
        GrantFactory()
        GrantFactory(owner=alice, state="approved", waits_for=[], due_on=in_days(1))
        UnderAppreciatedFactory(advocate__account__owner=alice)
        AssetFactory(owner=alice, due_at=now_clock.now())
        AssetApprovalFactory(assignee=alice)
        AssetFactory(owner=alice, collected_at=now_clock.now() - timedelta(days=90))
        PlacementFactory(owner=alice)
        RepurposingFactory(owner=alice)
        asked = AskFactory(advocate__account__owner=alice)
        Ask.objects.filter(pk=asked.pk).update(state="proposed", is_sent=False, say_of=alice)
        rows = rows_of(alice, everything(alice))
        found = {item.work.code for item in everything(alice)}
    # How full everybody is has a page of lists, and no panel.
    assert found == set(every_work()) - {"capacity", "mend", "news", "relationship", "stuck"}
    client = client_for(alice)
    for row in rows:
        assert row.panel
        panel = client.get(row.url, headers=OVER_QUEUE)
        assert panel.status_code == 200
        assert "data-panel-title" in panel.content.decode()
        assert "<html" not in panel.content.decode()
        assert "<html" in client.get(row.url).content.decode()


def test_done_from_the_panel_says_go_on(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.a: a form in the panel over a queue answers with a toast and the word to go on."""
    with tenant_scope(tenant):
        wanted = request_due(alice)
    client = client_for(alice)
    url = f"/t/acme/requests/{wanted.pk}/decline/"
    form = client.get(url, headers=OVER_QUEUE).content.decode()
    assert f'hx-get="/t/acme/requests/{wanted.pk}/"' in form  # the way back to the essentials
    answer = client.post(url, {"reason": "Nobody fits"}, headers=OVER_QUEUE)
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "queue:next")
    assert "the requester hears why" in answer.content.decode()
    plain: Any = {"HX-Request": "true", "HX-Target": "div#panel-body"}
    with tenant_scope(tenant):
        other = request_due(alice)
    answer = client.post(
        f"/t/acme/requests/{other.pk}/decline/", {"reason": "Nobody fits"}, headers=plain
    )
    assert answer["HX-Redirect"] == f"/t/acme/requests/{other.pk}/"


def test_a_nomination_is_to_be_decided_within_a_week(
    program: Program, tenant: Tenant, alice: Membership
) -> None:
    """IDN-2.a: it stands in the program's queue with that day."""
    with tenant_scope(tenant):
        person = AdvocateFactory(account=program.advocate.account, status="candidate")
        nominate_advocate(
            actor=Actor.member(program.csm), advocate=person, reasons="Tells everybody about us."
        )
        (row,) = rows_of(alice, everything(alice))
        assert row.due == now_clock.now() + timedelta(days=7)
