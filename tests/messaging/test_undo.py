"""What was sent is taken back while its mails wait (issue 11, BAD-2)."""

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail, UndoWindow
from advocacy.messaging.numbers import MESSAGING
from advocacy.messaging.outbox import LEASE
from advocacy.messaging.sending import TenantOutbox, send_due_mail
from advocacy.messaging.undo import undo_latest, undo_press
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from advocacy.tenant_settings.services import change_settings
from advocates.joining.services import nominate_advocate
from benefits.thanks.choices import ThankYouState
from benefits.thanks.models import ThankYou, ThankYouReminder
from benefits.thanks.services import send_thank_you
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.mail import TellingBackend
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)

ClientFor = Callable[[Membership | None], Client]


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


def sent(program: Program, tenant: Tenant) -> tuple[ThankYou, UndoWindow]:
    """A thank-you that was sent a moment ago."""
    with tenant_scope(tenant):
        thank_you = ThankYou.objects.get(activity=program.completed("reference_call"))
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
        return thank_you.reload(), UndoWindow.objects.get(subject_id=thank_you.pk)


def undo(tenant: Tenant, actor: Actor, window: UndoWindow) -> UndoWindow:
    with tenant_scope(tenant):
        return undo_press(actor=actor, window_id=window.pk)


def mails(tenant: Tenant, thank_you: ThankYou) -> list[OutgoingMail]:
    with tenant_scope(tenant):
        return list(OutgoingMail.objects.filter(kind="thank-you", subject_id=thank_you.pk))


def test_what_was_sent_waits_ten_seconds(program: Program, tenant: Tenant, clock: Clock) -> None:
    """A mail of a press leaves when it can no longer be taken back, not before."""
    thank_you, window = sent(program, tenant)
    assert thank_you.state == ThankYouState.DONE
    assert send_due_mail(tenant.pk) == 0
    clock.advance(seconds=11)  # the time is over, whether or not a worker was there
    with pytest.raises(Conflict, match="on its way"):
        undo(tenant, program.actor, window)
    assert send_due_mail(tenant.pk) == 1
    with pytest.raises(Conflict, match="on its way"):
        undo(tenant, program.actor, window)


def test_taken_back_it_never_was(program: Program, tenant: Tenant, clock: Clock) -> None:
    """State, reminders and the line typed are as before; the log and the timeline tell it."""
    thank_you, window = sent(program, tenant)
    undo(tenant, program.actor, window)
    with tenant_scope(tenant):
        thank_you.reload()
        assert (thank_you.state, thank_you.done_at, thank_you.channel) == ("open", None, "")
        assert thank_you.personal_line == "Thanks, Frank"
        assert ThankYouReminder.objects.filter(thank_you=thank_you, cancelled_at=None).exists()
        told = Event.objects.get(verb="thank_you.send_undone")
        assert told.subjects.filter(subject_id=thank_you.advocate_id).exists()
    clock.advance(minutes=1)
    send_due_mail(tenant.pk)
    assert TellingBackend.sent == []
    with pytest.raises(Conflict, match="already"):
        undo(tenant, program.actor, window)


def test_it_can_be_sent_after_all(program: Program, tenant: Tenant, clock: Clock) -> None:
    """Taking back is no end: the same thing goes out once, with the second press."""
    thank_you, window = sent(program, tenant)
    undo(tenant, program.actor, window)
    with tenant_scope(tenant):
        send_thank_you(actor=program.actor, thank_you=thank_you.reload(), personal_line="Better")
    clock.advance(seconds=10)
    assert send_due_mail(tenant.pk) == 1
    assert "Better" in TellingBackend.sent[0].body


def test_only_whoever_pressed_takes_it_back(
    program: Program, tenant: Tenant, charlie: Membership
) -> None:
    """ID-2, TEN-1.a: not a colleague, not another company."""
    thank_you, window = sent(program, tenant)
    with tenant_scope(tenant):
        colleague = MembershipFactory(role="admin")
    with pytest.raises(NotAllowed):
        undo(tenant, Actor.member(colleague), window)
    with pytest.raises(Conflict):
        undo(charlie.tenant, Actor.member(charlie), window)
    assert mails(tenant, thank_you)[0].state == MailState.QUEUED


def test_nothing_is_taken_back_that_went_on(program: Program, tenant: Tenant) -> None:
    """All or nothing: the mail stays where the row has another state by now."""
    thank_you, window = sent(program, tenant)
    with tenant_scope(tenant):
        ThankYou.objects.filter(pk=thank_you.pk).update(state=ThankYouState.VOIDED, done_at=None)
    with pytest.raises(Conflict, match="gone on"):
        undo(tenant, program.actor, window)
    assert mails(tenant, thank_you)[0].state == MailState.QUEUED
    with tenant_scope(tenant):
        assert not Event.objects.filter(verb="thank_you.send_undone").exists()


def test_a_killed_sender_counts_as_sent(program: Program, tenant: Tenant, clock: Clock) -> None:
    """BAD-2.a: a process took the mail and died: it may have left, so it is not taken back, and
    goes out when the lease is over.
    """
    thank_you, window = sent(program, tenant)
    clock.advance(seconds=10)
    assert TenantOutbox(tenant.pk).claim() is not None
    with pytest.raises(Conflict, match="on its way"):
        undo(tenant, program.actor, window)
    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert send_due_mail(tenant.pk) == 1
    with tenant_scope(tenant):
        assert thank_you.reload().state == ThankYouState.DONE


def taken_back(tenant: Tenant, actor: Actor, window: UndoWindow) -> bool:
    try:
        undo(tenant, actor, window)
    except Conflict:
        return False
    return True


def sends_only(tenant: Tenant) -> bool:
    send_due_mail(tenant.pk)
    return False


def race(*works: Callable[[], bool]) -> int:
    """All of them at once; how many say yes."""
    start, yes = threading.Barrier(len(works)), []

    def run(work: Callable[[], bool]) -> None:
        start.wait()
        try:
            yes.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(yes) == len(works)
    return sum(yes)


def test_exactly_one_of_sent_and_undone(program: Program, tenant: Tenant, clock: Clock) -> None:
    """Senders and hasty fingers at the same moment, many times: never both, never neither."""
    for _round in range(8):
        thank_you, window = sent(program, tenant)
        clock.advance(seconds=10)
        TellingBackend.sent = []
        undone = race(
            partial(sends_only, tenant),
            partial(taken_back, tenant, program.actor, window),
            partial(sends_only, tenant),
            partial(taken_back, tenant, program.actor, window),
        )
        with tenant_scope(tenant):
            thank_you.reload()
        assert undone + len(TellingBackend.sent) == 1
        assert (thank_you.state == ThankYouState.OPEN) is bool(undone)


def test_a_tenant_may_do_without(program: Program, tenant: Tenant) -> None:
    """SET-1: 0 seconds, and a mail leaves at once and stands."""
    with tenant_scope(tenant):
        admin = MembershipFactory(role="admin")
        change_settings(actor=Actor.member(admin), family=MESSAGING, values={"undo_seconds": 0})
        thank_you = ThankYou.objects.get(activity=program.completed("reference_call"))
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
        assert not UndoWindow.objects.exists()
        with pytest.raises(Conflict, match="nothing"):
            undo_latest(actor=program.actor, subject_id=thank_you.pk)
    assert send_due_mail(tenant.pk) == 1


def test_what_the_program_does_by_itself_is_not_held(program: Program, tenant: Tenant) -> None:
    """No colleague's slip, no wait."""
    with tenant_scope(tenant):
        program.completed("survey")
        assert not UndoWindow.objects.exists()


def test_old_presses_are_forgotten(program: Program, tenant: Tenant, clock: Clock) -> None:
    """GDPR-1: what a press quoted does not stay in the table."""
    sent(program, tenant)
    clock.advance(hours=20)
    assert run_sweep("presses-over", tenant.pk) == 0
    with tenant_scope(tenant):
        assert not UndoWindow.objects.exists()


def test_the_toast_takes_it_back(
    program: Program, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """UI-1: a button with the seconds that are left, which works without script; then the form it
    was sent from, with all that was typed.
    """
    with tenant_scope(tenant):
        thank_you = ThankYou.objects.get(activity=program.completed("reference_call"))
    browser, page = client_for(alice), f"/t/acme/thanks/{thank_you.pk}/"
    typed = {"subject": "Thank you", "opening": "Dear Frank,", "closing": "Alice"}
    browser.post(page, {**typed, "personal_line": "You were great"})
    shown = browser.get("/t/acme/thanks/").content.decode()
    assert 'method="post" action="/t/acme/undo/"' in shown
    toast = shown.split("data-undo>")[1].split("</form>")[0]
    assert 'data-seconds="10"' in toast
    key = toast.split('name="ids" value="')[1].split('"')[0]
    answer = browser.post("/t/acme/undo/", {"ids": key})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}?press={key}")
    again = browser.get(answer["Location"]).content.decode()
    assert "Nothing was sent" in again
    assert "You were great" in again and "Dear Frank," in again
    late = browser.post("/t/acme/undo/", {"ids": key})
    assert late.status_code == 409
    assert "taken back already" in late.content.decode()


def test_the_interface_takes_it_back(program: Program, tenant: Tenant, alice: Membership) -> None:
    """API-2: where the browser has a button, there is an action."""
    with tenant_scope(tenant):
        thank_you = ThankYou.objects.get(activity=program.completed("reference_call"))
        api = api_for(alice)
    address = f"/api/v1/thank-yous/{thank_you.pk}"
    assert api.post(f"{address}/send/", {"personal_line": "Thanks"}).json()["state"] == "done"
    assert api.post(f"{address}/undo/").json()["state"] == "open"
    assert api.post(f"{address}/undo/").status_code == 409


def test_several_are_taken_back_at_once(
    program: Program, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """UI-1.e: what a list's button sent to several goes back with one press."""
    with tenant_scope(tenant):
        colleague = Actor.member(MembershipFactory(role="program_manager"))
        rows = [
            nominate_advocate(
                actor=colleague, advocate=AdvocateFactory(status="candidate"), reasons="Good"
            )
            for _person in range(2)
        ]
    browser, ids = client_for(alice), [str(row.pk) for row in rows]
    said = {"list": "nominations:to-decide", "ids": ids, "answered": "1", "reason": "Not yet"}
    answer = browser.post("/t/acme/nominations/several/return/", said)
    assert answer.status_code == 302
    toast = browser.get("/t/acme/nominations/").content.decode().split("data-undo>")[1]
    keys = re.findall(r'name="ids" value="([^"]+)"', toast.split("</form>")[0])
    assert len(keys) == 2
    assert browser.post("/t/acme/undo/", {"ids": keys}).status_code == 302
    with tenant_scope(tenant):
        assert {row.reload().state for row in rows} == {"submitted"}
    assert send_due_mail(tenant.pk) == 0
