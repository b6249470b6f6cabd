"""Nobody is over-asked, through the very service the pages call (CAP-1)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from advocacy import clock
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate, Capacity, Participation
from advocates.program.ledger.choices import UnitState
from advocates.program.ledger.services import CapacityRefused
from requests.asks.answers import AlreadyAnswered, AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.factories.advocates import catalogued, open_wide
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, UNITS = 64, 6
_CONNECTIONS = threading.BoundedSemaphore(40)


def at_once(count: int, tenant: Tenant, work) -> list[object]:  # type: ignore[no-untyped-def]
    """Run ``work(n)`` in so many threads that start together; what each returned or raised."""
    gate = threading.Barrier(count)
    found: list[object] = [None] * count

    def run(n: int) -> None:
        gate.wait()
        try:
            # The server takes 100 connections at most, and not all of them are ours.
            with _CONNECTIONS, tenant_scope(tenant):
                found[n] = work(n)
        except Exception as error:
            found[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return found


def test_sixty_four_asks_at_once_succeed_six_times() -> None:
    """CAP-1.d: 64 requests want the one advocate with 6 units left; exactly 6 asks go out.

    Pacing is opened by the admin, and the type has no frequency of its own. Whoever is refused
    hears why, and leaves no ask, no link, no mail and no unit behind.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        open_wide(account_units_per_year=1000, account_open=1000)
        kind = catalogued("product_feedback", units=1, per_year=None, gap_days=None, is_on=True)
        sender = MembershipFactory()
        advocate = ReadyFactory()
        assert Capacity.objects.get(advocate=advocate).allowance == UNITS
        requests = [
            RequestFactory(activity_type=kind, requester=sender, prospect=f"Prospect {n}")
            for n in range(THREADS)
        ]

    def ask(n: int) -> object:
        draft = AskDraft(advocate, "A question", "Would you?", override_reason="Agreed by phone.")
        return send_asks(actor=Actor.member(sender), request=requests[n], drafts=[draft])

    found = at_once(THREADS, tenant, ask)

    sent = [result for result in found if isinstance(result, list)]
    refused = [result for result in found if isinstance(result, CapacityRefused)]
    assert len(sent) == UNITS, [r for r in found if not isinstance(r, list | CapacityRefused)]
    assert len(refused) == THREADS - UNITS
    assert {error.code for error in refused} == {"capacity_yearly"}
    assert all(advocate.name in error.message for error in refused)
    with tenant_scope(tenant):
        open_units = Participation.objects.filter(advocate=advocate, state=UnitState.OPEN)
        assert open_units.count() == UNITS
        assert Ask.objects.count() == UNITS
        assert PersonalLink.objects.filter(purpose="ask").count() == UNITS
        assert OutgoingMail.objects.filter(kind="ask").count() == UNITS
        states = list(Request.objects.values_list("state", flat=True))
        assert states.count(RequestState.OUTREACH) == UNITS
        assert states.count(RequestState.SUBMITTED) == THREADS - UNITS


def test_a_limit_that_warns_is_passed_by_nobody_without_a_reason() -> None:
    """CAP-5.b: six ask six people of one account at once where one may be open; who comes second
    is warned, and without a reason nothing goes out.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        open_wide(account_open=1)
        kind = catalogued("product_feedback", units=1, per_year=None, gap_days=None, is_on=True)
        sender, first = MembershipFactory(), ReadyFactory()
        people = [first, *(ReadyFactory(account=first.account) for _ in range(5))]
        requests = [
            RequestFactory(activity_type=kind, requester=sender, prospect=f"Prospect {n}")
            for n in range(6)
        ]

    def ask(n: int) -> object:
        draft = AskDraft(people[n], "A question", "Would you?")
        return send_asks(actor=Actor.member(sender), request=requests[n], drafts=[draft])

    found = at_once(6, tenant, ask)

    codes = [getattr(result, "code", "sent") for result in found]
    assert sorted(codes) == ["needs_reason"] * 5 + ["sent"], found
    with tenant_scope(tenant):
        assert Ask.objects.count() == 1
        draft = AskDraft(people[codes.index("needs_reason")], "A question", "Would you?", (), "Why")
        (sent,) = send_asks(
            actor=Actor.member(sender),
            request=requests[codes.index("needs_reason")],
            drafts=[draft],
        )
        assert (sent.override_reason, sent.participation.override_reason) == ("Why", "Why")


def test_everybody_says_yes_at_the_same_moment() -> None:
    """ASK-3.a: four yeses at once for one needed; one counts, three are released, units return."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        open_wide()
        sender = MembershipFactory()
        people: list[Advocate] = [ReadyFactory() for _ in range(4)]
        request = RequestFactory(
            activity_type=catalogued("reference_call"), requester=sender, needed_count=3
        )
        drafts = [AskDraft(each, "A question", "Would you?") for each in people]
        asks = send_asks(actor=Actor.member(sender), request=request, drafts=drafts)
        Request.objects.filter(pk=request.pk).update(needed_count=1)

    def say_yes(n: int) -> object:
        ask = Ask.objects.select_related("advocate__account", "request").get(pk=asks[n].pk)
        return answer_ask(
            actor=Actor.advocate(ask.advocate_id),
            ask=ask,
            answer=AskAnswer("accept", time_note="Any time"),
        )

    found = at_once(4, tenant, say_yes)

    assert sum(isinstance(result, Ask) for result in found) == 1
    late = [result for result in found if isinstance(result, AlreadyAnswered)]
    assert [error.state for error in late] == [AskState.FILLED] * 3
    with tenant_scope(tenant):
        assert Request.objects.get().state == RequestState.CONFIRMED
        assert Participation.objects.filter(state=UnitState.OPEN).count() == 1


def test_one_ask_answered_twice_at_the_same_moment() -> None:
    """ASK-1: yes and no race; the first counts, the second is told so."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        sender, advocate = MembershipFactory(), ReadyFactory()
        request = RequestFactory(activity_type=catalogued("reference_call"), requester=sender)
        draft = AskDraft(advocate, "A question", "Would you?")
        (sent,) = send_asks(actor=Actor.member(sender), request=request, drafts=[draft])
    answers = [AskAnswer("accept", time_note="Any time"), AskAnswer("decline")] * 4

    def answer(n: int) -> object:
        ask = Ask.objects.select_related("advocate__account", "request").get(pk=sent.pk)
        return answer_ask(actor=Actor.advocate(advocate.pk), ask=ask, answer=answers[n])

    found = at_once(len(answers), tenant, answer)

    assert sum(isinstance(result, Ask) for result in found) == 1
    assert sum(isinstance(result, AlreadyAnswered) for result in found) == len(answers) - 1


def test_numbers_are_dense_when_many_submit_at_once() -> None:
    """REQ-1: no gap and no number twice."""
    from requests.requests.details import RequestDetails
    from requests.requests.services import create_request

    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        kind, sales = catalogued("reference_call"), MembershipFactory(role="sales")
    details = RequestDetails(
        activity_type=kind, needed_by=clock.now().date() + timedelta(days=20), prospect="Isdom"
    )
    at_once(12, tenant, lambda n: create_request(actor=Actor.member(sales), details=details).number)
    with tenant_scope(tenant):
        numbers = sorted(Request.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 13))
