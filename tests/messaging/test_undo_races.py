"""Pressed, taken back, sent and erased at the same moment, on real threads (issue 11, BAD-2)."""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail, UndoWindow
from advocacy.messaging.sending import send_due_mail
from advocacy.messaging.undo import undo_press
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from advocates.people.privacy import erase_advocate
from advocates.people.writing import write_to_person
from advocates.program.ledger.choices import UnitState
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.asks.taking_back import withdraw_ask
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.mail import TellingBackend
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[None]:
    """A mail server that takes everything."""
    settings.EMAIL_BACKEND = "tests.support.mail.TellingBackend"
    TellingBackend.sent = []
    TellingBackend.answer = lambda _message: None
    yield
    TellingBackend.sent = []


@pytest.fixture
def program(clock: Clock, alice: Membership, tenant: Tenant) -> Program:
    with tenant_scope(tenant):
        return make_program(manager=alice)


def scoped(tenant: Tenant, work: Callable[[], object]) -> object:
    """In a transaction of its own."""
    with tenant_scope(tenant):
        return work()


def together(*works: Callable[[], object]) -> list[bool]:
    """All of them at once; which were not refused. Any other error, such as two that wait for each
    other, fails.
    """
    start, done = threading.Barrier(len(works)), dict.fromkeys(range(len(works)), False)
    broken: list[BaseException] = []

    def run(number: int) -> None:
        start.wait()
        try:
            works[number]()
            done[number] = True
        except (Conflict, DomainError):
            pass
        except BaseException as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in done]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return list(done.values())


def request_of(program: Program) -> Request:
    sales = MembershipFactory(role="sales")
    made: Request = RequestFactory(
        requester=sales, manager=program.manager, state=RequestState.IN_REVIEW
    )
    return Request.objects.select_related("requester__user", "tenant", "activity_type").get(
        pk=made.pk
    )


def asked(program: Program) -> Ask:
    """An ask that has arrived, at somebody nobody asked before."""
    person = ReadyFactory.create()
    draft = AskDraft(person, "A question", "Would you?", (), "I know them well")
    (ask,) = send_asks(actor=program.actor, request=request_of(program), drafts=[draft])
    UndoWindow.objects.all().delete()
    OutgoingMail.objects.all().update(state=MailState.SENT)
    return ask


def undo(program: Program, window: UndoWindow) -> None:
    undo_press(actor=program.actor, window_id=window.pk)


def test_exactly_one_of_told_and_taken_back(program: Program, tenant: Tenant, clock: Clock) -> None:
    """CAP-1.b, BAD-2: of a withdrawal either the advocate reads, and the unit is free; or they
    never do, the ask waits as before, and the unit is theirs. Never both, never neither.
    """
    for _round in range(6):
        with tenant_scope(tenant):
            ask = asked(program)
            withdraw_ask(actor=program.actor, ask=ask.reload())
            window = UndoWindow.objects.get(subject_id=ask.pk)
        clock.advance(seconds=10)
        TellingBackend.sent = []
        send, take_back = partial(send_due_mail, tenant.pk), partial(undo, program, window)
        inside = partial(scoped, tenant, take_back)
        undone = sum(together(send, inside, send, inside)[1::2])
        with tenant_scope(tenant):
            ask = Ask.objects.select_related("participation").get(pk=ask.pk)
        assert undone + len(TellingBackend.sent) == 1
        back = (AskState.SENT, UnitState.OPEN)
        gone = (AskState.CANCELLED, UnitState.RELEASED)
        assert (ask.state, ask.participation.state) == (back if undone else gone)


def test_taking_back_and_erasing_never_wait_for_each_other(
    program: Program, tenant: Tenant, clock: Clock
) -> None:
    """GDPR-1.b, BAD-2: capacity before anything of the person, in both; whoever is second finds it
    done, and in the end nothing of them is asked.
    """
    for _round in range(6):
        with tenant_scope(tenant):
            ask = asked(program)
            withdraw_ask(actor=program.actor, ask=ask.reload())
            window = UndoWindow.objects.get(subject_id=ask.pk)
            person = Advocate.objects.select_related("account").get(pk=ask.advocate_id)
        erase = partial(
            erase_advocate,
            actor=program.actor,
            advocate=person,
            name=person.name,
            reason="Asked for it",
        )
        take_back = partial(undo, program, window)
        _undone, erased = together(*(partial(scoped, tenant, it) for it in (take_back, erase)))
        assert erased
        with tenant_scope(tenant):
            ask = Ask.objects.select_related("participation", "advocate").get(pk=ask.pk)
            assert ask.advocate.erased_at is not None
            assert (ask.state, ask.participation.state) == (
                AskState.CANCELLED,
                UnitState.RELEASED,
            )
            waiting = OutgoingMail.objects.filter(subject_id=ask.pk, state=MailState.QUEUED)
            assert not waiting.exists()


def test_the_same_letter_pressed_at_once_is_sent_once(
    program: Program, tenant: Tenant, clock: Clock
) -> None:
    """MSG-1, ASK-1: in a colleague's own words, and an ask: one mail, one line of what happened."""
    with tenant_scope(tenant):
        request, person = request_of(program), ReadyFactory.create()
    draft = AskDraft(person, "A question", "Would you?", (), "I know them well")
    ask = partial(send_asks, actor=program.actor, request=request, drafts=[draft])
    write = partial(
        write_to_person, actor=program.actor, advocate=person, subject="Thanks", text="Dear you,"
    )
    assert sum(together(*[partial(scoped, tenant, ask)] * 4)) == 1
    together(*[partial(scoped, tenant, write)] * 4)
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="ask").count() == 1
        assert Event.objects.filter(verb="ask.sent").count() == 1
        assert OutgoingMail.objects.filter(kind="personal").count() == 1
        assert Event.objects.filter(verb="advocate.written_to").count() == 1
