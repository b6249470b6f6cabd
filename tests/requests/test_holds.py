"""An account is put on hold: what was asked and booked there (ACC-2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.models import Activity
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import current_tenant_id, tenant_scope
from advocates.accounts.holds import hold_account
from advocates.accounts.services import update_account
from advocates.models import Account
from imports.uploads import Upload
from imports.working import run_import
from reporting.queue import everything, rows_of
from requests.asks.choices import AskState
from requests.asks.sweeping import sweep_asks
from requests.models import Ask
from tests.factories.advocates import AccountFactory, AccountIdentifierFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import MakeRequest, Send, accept, open_units
from tests.support.policy import change_policy
from tests.support.rest import api_for
from tests.support.time import Clock

SYSTEM = Actor.system("test")


@pytest.fixture
def cleo(program: Tenant) -> Membership:
    """The account's owner."""
    made: Membership = MembershipFactory(role="csm", user__name="Cleo")
    return made


@pytest.fixture
def account(cleo: Membership) -> Account:
    made: Account = AccountFactory(name="Quantum", owner=cleo, health=85)
    return made


@pytest.fixture
def asked(make_request: MakeRequest, send: Send, account: Account) -> Callable[..., Ask]:
    """An ask of somebody there; ``arrived`` once its mail has gone out."""

    def go(*, arrived: bool = True) -> Ask:
        (ask,) = send(make_request(), ReadyFactory(account=account, first_name="Ana"))
        if arrived:
            OutgoingMail.objects.filter(subject_id=ask.pk).update(state="sent")
        return ask

    return go


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def by_hand(account: Account) -> None:
    hold_account(actor=SYSTEM, account=account, reason="Escalation")


def by_health(account: Account) -> None:
    update_account(actor=SYSTEM, account=account, health=59)


def by_file(account: Account) -> None:
    AccountIdentifierFactory(account=account, source="crm", external_id="A-1")
    body = "External_Id__c,Name,Type,Health Score\nA-1,Quantum,Customer,41\n"
    run_import(
        current_tenant_id(),
        actor=SYSTEM,
        files=[Upload("accounts.csv", body.encode())],
        source="crm",
    )
    assert account.reload().health == 41


HOLDS = pytest.mark.parametrize("hold", [by_hand, by_health, by_file])


@HOLDS
def test_unsent_asks_stop(
    hold: Callable[[Account], None],
    asked: Callable[..., Ask],
    account: Account,
    alice: Membership,
) -> None:
    """ACC-2.b, ACC-2.d: taken back with the unit, nobody there hears a word, the manager does."""
    ask = asked(arrived=False)
    hold(account)
    assert ask.reload().state == AskState.CANCELLED
    assert open_units(ask.advocate) == 0
    assert OutgoingMail.objects.get(kind="ask").state == "cancelled"
    assert not mails("ask_cancelled")
    assert mails("account_held") == [alice.email]
    assert ask.request.reload().check_at is not None


@HOLDS
def test_an_ask_that_waits_is_a_question_to_the_owner(
    hold: Callable[[Account], None],
    asked: Callable[..., Ask],
    account: Account,
    cleo: Membership,
    clock: Clock,
) -> None:
    """ACC-2.c, ACC-2.d: it stays; by mail and on Today the owner is asked; nobody is reminded."""
    ask = asked()
    hold(account)
    assert ask.reload().state == AskState.SENT
    assert mails("account_held") == [cleo.email]
    assert Event.objects.filter(verb="ask.questioned", subject_id=ask.pk).count() == 1
    titles = [row.title for row in rows_of(cleo, everything(cleo))]
    assert "Quantum is on hold: does the ask to" in titles[0]
    assert ask.remind_at is not None
    clock.set(ask.remind_at + timedelta(minutes=1))
    sweep_asks(current_tenant_id())
    assert not mails("ask_reminder")


def test_worse_health_does_not_ask_again(asked: Callable[..., Ask], account: Account) -> None:
    """ACC-2.d: below the limit once, and on the way up, there is nothing new to ask."""
    asked()
    for health in (59, 40, 55, 80):
        update_account(actor=SYSTEM, account=account, health=health)
    assert len(mails("account_held")) == 1


def test_a_hold_that_begins_later_stops_nothing_yet(
    asked: Callable[..., Ask], account: Account, clock: Clock
) -> None:
    """ACC-2.c: but the owner is asked already."""
    ask = asked(arrived=False)
    begins = clock.now.date() + timedelta(days=30)
    hold_account(actor=SYSTEM, account=account, reason="Renewal", starts_on=begins)
    assert ask.reload().state == AskState.SENT
    assert len(mails("account_held")) == 1


def test_what_was_said_yes_to_is_a_question_to_the_owner(
    asked: Callable[..., Ask],
    account: Account,
    cleo: Membership,
    alice: Membership,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """ACC-2.c: by mail, on Today and on its page; nothing is called off over anybody's head."""
    activity = accept(asked()).activity
    assert activity is not None
    page = f"/t/acme/activities/{activity.pk}/"
    assert "Does this still take place?" not in client_for(cleo).get(page).text
    answer = api_for(alice).post(f"accounts/{account.pk}/hold/", {"reason": "Merger"})
    assert answer.status_code == 200
    assert mails("account_held") == [cleo.email]
    assert Activity.objects.get().state == "accepted"
    titles = [row.title for row in rows_of(cleo, everything(cleo))]
    assert any("still take place" in title for title in titles)
    assert "Quantum is on hold: Merger" in client_for(cleo).get(page).text


def test_one_mail_for_all_that_waits_there(
    asked: Callable[..., Ask], account: Account, cleo: Membership, alice: Membership
) -> None:
    """ACC-2.c: bookings and asks in one letter to the owner, however many; what did not go out is
    the manager's.
    """
    change_policy(account_open=9, account_units_per_year=9)
    booked, waits, other = accept(asked()), asked(), asked()
    unsent = asked(arrived=False)
    hold_account(actor=SYSTEM, account=account, reason="Escalation")
    assert sorted(mails("account_held")) == sorted([cleo.email, alice.email])
    letter = OutgoingMail.objects.get(kind="account_held", to_email=cleo.email)
    assert letter.subject == "Quantum is on hold: does this still stand?"
    for ask in (waits, other):
        assert f"{ask.advocate.name}: Reference call for Isdom ({ask.request})" in letter.text
    assert booked.activity is not None and "Said yes, and still to come" in letter.text
    assert unsent.request.reference not in letter.text
    told = OutgoingMail.objects.get(kind="account_held", to_email=alice.email)
    assert told.subject == "Quantum is on hold: what you asked did not go out"
    assert unsent.request.reference in told.text and waits.request.reference not in told.text
    assert not mails("activity-in-question")


def test_who_holds_it_is_not_written_to(
    asked: Callable[..., Ask], account: Account, cleo: Membership
) -> None:
    """ACC-2.c: no mail about one's own press; Today says it."""
    asked()
    hold_account(actor=Actor.member(cleo), account=account, reason="Escalation")
    assert not mails("account_held")
    assert len(rows_of(cleo, everything(cleo))) == 1


def test_the_owner_withdraws_what_does_not_stand(
    asked: Callable[..., Ask],
    account: Account,
    cleo: Membership,
    tenant: Tenant,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """ACC-2.c: in the browser, at the address Today leads to; then nothing waits any more."""
    ask = asked()
    hold_account(actor=Actor.member(cleo), account=account, reason="Escalation")
    (row,) = rows_of(cleo, everything(cleo))
    page = client_for(cleo).get(row.url)
    assert "Withdraw" in page.text
    api_for(cleo).post(f"asks/{ask.pk}/withdraw/")
    with tenant_scope(tenant):
        assert ask.reload().state == AskState.CANCELLED
        assert not rows_of(cleo, everything(cleo))
