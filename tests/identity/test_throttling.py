"""Who may try how often (ID-4): machines, people, and what is asked of those inside."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import auth
from django.test import Client

from advocacy.identity.proofs import CHECKS_PER_PERSON, FAILURES_PER_MACHINE
from advocacy.identity.views import second_step
from advocacy.identity.views import sign_in as sign_in_page
from advocacy.tenancy import throttling
from advocacy.tenancy.models import Attempt, Membership
from advocacy.tenancy.throttling import Limit, TooManyAttempts
from tests.factories.tenancy import PASSWORD, UserFactory
from tests.identity.test_sign_in import WRONG, sign_in, signed_in
from tests.identity.test_two_factor import NEXT, first_step, set_up, type_code
from tests.support.threads import at_once
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
PASSWORD_PAGE = "/t/acme/settings/profile/password/"
NEW = "an even longer pass phrase"


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> Limit:
    """Three failures of a machine instead of fifty."""
    limit = Limit(FAILURES_PER_MACHINE.kind, 3)
    for page in (sign_in_page, second_step):
        monkeypatch.setattr(page, "FAILURES_PER_MACHINE", limit)
    return limit


# -- the limiter --------------------------------------------------------------------------------


def test_when_to_try_again(db: None, clock: Clock) -> None:
    """ID-4: the wait ends when the oldest attempt that counts is old enough, and is said so."""
    limit = Limit("test", 2)
    assert throttling.wait_for(limit, "x") == timedelta()
    for _attempt in range(2):
        throttling.require_attempt(limit, "x")
        clock.advance(minutes=4)
    with pytest.raises(TooManyAttempts, match="Try again in 7 minutes") as caught:
        throttling.require_attempt(limit, "x")
    assert (caught.value.status, caught.value.seconds) == (429, 7 * 60)
    clock.advance(minutes=7)
    throttling.require_attempt(limit, "x")
    throttling.require_attempt(limit, "y")


def test_giving_back_uncounts_one(db: None) -> None:
    """ID-4: a success is none of the failures a limit counts."""
    limit = Limit("test", 2)
    throttling.give_back(limit, "x")
    for _attempt in range(2):
        throttling.require_attempt(limit, "x")
    throttling.give_back(limit, "x")
    assert throttling.take_attempt(limit, "x")
    assert not throttling.take_attempt(limit, "x")


@pytest.mark.django_db(transaction=True)
def test_giving_back_at_once_uncounts_each() -> None:
    """ID-4: of successes at the same moment none stays counted."""
    limit = Limit("test", 20)

    def go(_number: int) -> bool:
        taken = throttling.take_attempt(limit, "x")
        throttling.give_back(limit, "x")
        return taken

    assert at_once(12, go) == [True] * 12
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "nearest", "chain", "found"),
    [
        (0, "127.0.0.1", "6.6.6.6", "127.0.0.1"),
        (1, "127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "127.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "127.0.0.1", "203.0.113.7", "127.0.0.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (1, "127.0.0.1", "6.6.6.6,", "127.0.0.1"),
        (1, "127.0.0.1", "6.6.6.6, not an address", "127.0.0.1"),
        (1, "", "", ""),
        # A customer of a provider has all of a /64 to choose from.
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (1, "127.0.0.1", "6.6.6.6, 2001:DB8:1:2:ffff::9", "2001:db8:1:2::"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
        (0, "fe80::1%eth0", "", "fe80::"),
    ],
)
def test_the_machine(
    rf: Any, settings: Any, proxies: int, nearest: str, chain: str, found: str
) -> None:
    """ID-4: the sender cannot make up the address it is counted by."""
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": chain} if chain else {}
    assert throttling.machine(rf.get("/", headers=headers, REMOTE_ADDR=nearest)) == found


# -- signing in ---------------------------------------------------------------------------------


def test_one_password_with_many_accounts(
    alice: Membership, client: Client, three: Limit, clock: Clock
) -> None:
    """ID-4: a machine's failures count together, whoever's account it tries."""
    for number in range(3):
        assert sign_in(client, f"user{number}@example.com", WRONG).status_code == 200
    paused = sign_in(client, alice.email)
    assert (paused.status_code, paused["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes" in paused.content.decode()
    assert not signed_in(client)
    assert sign_in(Client(REMOTE_ADDR="10.9.9.9"), alice.email).status_code == 302
    clock.advance(minutes=15)
    assert sign_in(Client(), alice.email).status_code == 302


def test_only_failures_count(alice: Membership, three: Limit) -> None:
    """ID-4: neither signing in nor a form that is not filled in."""
    for _round in range(5):
        assert sign_in(Client(), alice.email).status_code == 302
        assert sign_in(Client(), alice.email, "").status_code == 200
        assert sign_in(Client(), "", WRONG).status_code == 200
    assert not Attempt.objects.filter(kind=three.kind).exists()


def test_another_address_of_the_same_network_is_the_same_machine(
    alice: Membership, three: Limit
) -> None:
    """ID-4: fresh addresses of one's own IPv6 network bring no fresh attempts."""
    for number in range(3):
        sign_in(Client(REMOTE_ADDR=f"2001:db8:1:2::{number}"), "x@example.com", WRONG)
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:2:9:9:9:9"), alice.email).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1"), alice.email).status_code == 302


def test_the_limit_of_a_machine_is_sensible() -> None:
    """ID-4: fifty failures a quarter of an hour."""
    assert (FAILURES_PER_MACHINE.most, FAILURES_PER_MACHINE.within) == (50, timedelta(minutes=15))


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_not_more_than_one_after_the_other(
    three: Limit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID-4: of twelve guesses at the same moment three reach a password."""
    reached: list[str] = []
    real = auth.authenticate

    def counting(request: Any = None, **credentials: Any) -> Any:
        reached.append(credentials["username"])
        return real(request, **credentials)

    monkeypatch.setattr("django.contrib.auth.forms.authenticate", counting)
    UserFactory(email="n0@example.com")

    def post(number: int) -> int:
        return sign_in(Client(), f"n{number}@example.com", WRONG).status_code

    assert at_once(12, post) == [200] * 3 + [429] * 9
    assert len(reached) == 3


def test_wrong_codes_count_with_the_machine(
    alice: Membership, client_for: ClientFor, three: Limit, clock: Clock
) -> None:
    """ID-4: whoever has many passwords does not get five codes with each."""
    app, _codes, _answer = set_up(client_for(alice))
    clock.advance(NEXT)
    machine = first_step(alice.email)
    for _guess in range(3):
        assert type_code(machine, "000000").status_code == 422
    refused = type_code(machine, app.code())
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert not signed_in(machine)
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    sign_in(elsewhere, alice.email)
    assert type_code(elsewhere, app.code()).status_code == 302


# -- inside -------------------------------------------------------------------------------------


def change(client: Client, current: str, new: str = NEW) -> int:
    return client.post(PASSWORD_PAGE, {"current": current, "password": new}).status_code


def test_wrong_present_passwords_count(
    alice: Membership, client_for: ClientFor, clock: Clock
) -> None:
    """ID-4: who finds a browser signed in cannot guess the password by changing it."""
    here = client_for(alice)
    assert [change(here, WRONG) for _guess in range(5)] == [422] * 5
    refused = here.post(PASSWORD_PAGE, {"current": PASSWORD, "password": NEW})
    assert refused.status_code == 429
    assert "Try again in 15 minutes" in refused.content.decode()
    clock.advance(minutes=15)
    assert change(here, PASSWORD) == 302
    assert sign_in(Client(), alice.email, NEW).status_code == 302


def test_a_right_present_password_is_no_failure(alice: Membership, client_for: ClientFor) -> None:
    """ID-4: nor does it forgive the failures before it, or codes could be guessed for ever."""
    here = client_for(alice)
    assert [change(here, PASSWORD, "short") for _try in range(7)] == [422] * 7
    assert not Attempt.objects.filter(kind=CHECKS_PER_PERSON.kind).exists()
    assert [change(here, WRONG) for _guess in range(4)] == [422] * 4
    assert change(here, PASSWORD, "short") == 422
    assert [change(here, WRONG), change(here, WRONG)] == [422, 429]


@pytest.mark.django_db(transaction=True)
def test_present_passwords_at_once(alice: Membership, client_for: ClientFor) -> None:
    """ID-4: twelve at the same moment are five."""
    clients = [client_for(alice) for _client in range(12)]
    assert at_once(12, lambda n: change(clients[n], WRONG)) == [422] * 5 + [429] * 7
