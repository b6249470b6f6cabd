"""Today: what waits for whom, in which order, and the number on the navigation (UI-2)."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy import clock as time
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.queue import QueueRow
from advocates.joining.volunteering import volunteer
from reporting.queue import everything, groups_of, kinds_of, rows_of, waiting_count
from requests.requests.choices import RequestState
from requests.requests.selectors import count_needing, needing
from tests.conftest import BACKEND
from tests.factories.advocates import AdvocateFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.program import make_program, said_yes


def rows_for(member: Membership) -> list[QueueRow]:
    """The member's whole queue."""
    return rows_of(member, everything(member))


def test_everything_that_waits_is_counted(db: Any, scope: Any) -> None:
    """UI-2.a: the number on the navigation is the number of rows, and takes one statement beside
    the holidays, by which business days are counted.
    """
    program = make_program(manager=MembershipFactory(role="program_manager"))
    manager = program.manager
    RequestFactory(state=RequestState.SUBMITTED, manager=manager, submitted_at=time.now())
    RequestFactory(state=RequestState.OUTREACH, manager=manager, submitted_at=time.now())
    agreed = RequestFactory(state=RequestState.CONFIRMED, manager=manager, submitted_at=time.now())
    said_yes(agreed)
    program.completed(hours_ago=30)
    for member in (manager, program.csm):
        rows = rows_for(member)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert waiting_count(member).number == len(rows)
        assert len(queries) == 2
    titles = [row.title for row in rows_for(manager)]
    for title in ("Find ", "Ask the next ", "Ask for new times "):
        assert any(each.startswith(title) for each in titles), titles
    assert any(row.title.startswith("Thank ") for row in rows_for(program.csm))


def test_navigation_list_and_queue_count_the_same_requests(db: Any, scope: Any) -> None:
    """UI-2.a, REQ-2.e: "Needs you", its number, and what of requests waits on Today."""
    manager = MembershipFactory(role="program_manager")
    sales = MembershipFactory(role="sales")
    for state in RequestState:
        made = RequestFactory(
            state=state,
            manager=manager,
            requester=sales,
            submitted_at=time.now(),
            completed_at=time.now(),
        )
        if state == RequestState.CONFIRMED:
            said_yes(made)
    RequestFactory(state=RequestState.CONFIRMED, manager=manager, meeting_format="written")
    filled = RequestFactory(state=RequestState.OUTREACH, manager=manager)
    AskFactory(request=filled, state="accepted")
    for member, states in (
        (manager, {"submitted", "in_review", "outreach", "confirmed"}),
        (sales, {"needs_info", "confirmed", "completed"}),
    ):
        needed = needing(member)
        assert {row.state for row in needed} == states
        waiting = {item.pk for item in everything(member) if item.work.kind == "requests"}
        assert waiting == {row.pk for row in needed}
        assert count_needing(member).number == len(waiting)


def test_a_question_is_due_on_the_day_it_is_asked(scope: Any, clock: Any) -> None:
    """UI-2.a, REQ-2.b: whenever the request is needed; late in the day there is still an hour."""
    sales = MembershipFactory(role="sales")
    RequestFactory(
        state=RequestState.NEEDS_INFO,
        requester=sales,
        paused_at=time.now(),
        needed_by=time.now().date() + timedelta(days=30),
    )
    (item,) = everything(sales)
    assert time.now() < item.due < time.now() + timedelta(hours=24)
    assert [group.key for group in groups_of(sales, [item])] == ["today"]


def test_a_request_with_enough_people_in_play_waits_for_nobody(db: Any, scope: Any) -> None:
    """UI-2.a, ASK-1.d: the next is proposed only when too few may still say yes."""
    manager = MembershipFactory(role="program_manager")
    request = RequestFactory(state=RequestState.OUTREACH, manager=manager)
    ask = AskFactory(request=request, state="sent")
    assert rows_for(manager) == []
    type(ask).objects.filter(pk=ask.pk).update(state="declined")
    (row,) = rows_for(manager)
    assert ask.advocate.name in row.title


def test_the_queue_is_grouped_by_the_readers_day(db: Any, scope: Any) -> None:
    """UI-2.a: overdue first, and only the first row carries the primary button."""
    manager = MembershipFactory(role="program_manager")
    late = time.now() - timedelta(hours=2)
    soon = time.now() + timedelta(days=30)
    for due in (soon, late):
        RequestFactory(
            state=RequestState.SUBMITTED,
            manager=manager,
            submitted_at=time.now(),
            answer_due_at=due,
        )
    items = everything(manager)
    groups = groups_of(manager, items)
    assert [group.key for group in groups] == ["overdue", "later"]
    assert kinds_of(items) == {"requests": 2}
    assert [row.primary for group in groups for row in group.rows] == [True, False]


def test_each_role_opens_a_page_with_a_next_step(db: Any) -> None:
    """UI-2.a: Today answers every role; sales sees neither tiers nor others' work."""
    tenant = TenantsFactory(slug="acme")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory(role="program_manager"))
        RequestFactory(state=RequestState.SUBMITTED, manager=program.manager)
        sales = MembershipFactory(role="sales")
        members = [program.manager, sales, MembershipFactory(role="executive")]
    pages = {}
    for member in members:
        client = Client()
        client.force_login(member.user, backend=BACKEND)
        answer = client.get("/t/acme/")
        assert answer.status_code == 200
        pages[member.role] = answer.content.decode()
    assert "1 thing needs you" in pages["program_manager"]
    assert "Nothing needs you right now" in pages["sales"]
    assert "Platinum" in pages["program_manager"]
    assert "Platinum" not in pages["sales"]


def test_an_offer_of_help_waits_for_who_decides(db: Any, scope: Any) -> None:
    """UI-2.a, IDN-2.d: it says that nobody proposed them but themselves."""
    program = make_program(manager=MembershipFactory(role="program_manager"))
    person = AdvocateFactory(account=program.advocate.account, status="candidate")
    volunteer(advocate=person, reasons="I like it.", kinds=[])
    (row,) = rows_for(program.manager)
    assert person.name in row.title
    assert "offered to help" in row.why
    assert waiting_count(program.manager).number == 1
    assert rows_for(program.csm) == []


def test_the_numbers_of_the_navigation_come_after_the_page(
    tenant: Any, alice: Membership, client_for: Any
) -> None:
    """UI-2.a: the page asks for them; the answer fills each place, also when nothing waits
    there.
    """
    client = client_for(alice)
    with tenant_scope(tenant):
        RequestFactory(state=RequestState.SUBMITTED, manager=alice, submitted_at=time.now())
        waiting = waiting_count(alice).number
    assert waiting
    page = client.get("/t/acme/settings/").content.decode()
    assert 'hx-get="/t/acme/counts/"' in page
    assert "nav-count-slot" in page
    assert f"</span>{waiting}</span>" not in page
    counts = client.get("/t/acme/counts/", headers={"HX-Request": "true"}).content.decode()
    assert f"</span>{waiting}</span>" in counts.split('hx-target="#count-requests"')[0]
    assert 'id="count-today"' in counts
    assert 'id="count-requests"' in counts
