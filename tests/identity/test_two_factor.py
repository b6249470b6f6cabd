"""The second step of signing in: app, recovery codes, what it ends and what it keeps out."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from advocacy.events.models import Event
from advocacy.identity import second_factor
from advocacy.identity.models import RecoveryCode, SecondFactor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import PASSWORD
from tests.identity.test_sign_in import sign_in, signed_in
from tests.support.codes import TWO_STEP, App, codes_on, set_up
from tests.support.mail import mailed_secret
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
CODE = "/sign-in/code/"
NEXT = timedelta(seconds=30)


@pytest.fixture
def here(alice: Membership, client_for: ClientFor, clock: Clock) -> Client:
    """Alice's browser."""
    return client_for(alice)


def first_step(email: str, **extra: str) -> Client:
    """A browser in which the password was right."""
    client = Client()
    assert sign_in(client, email, **extra)["Location"] == CODE
    return client


def type_code(client: Client, code: str) -> Any:
    """Submit the second step."""
    return client.post(CODE, {"code": code})


def test_a_code_after_the_password(alice: Membership, here: Client, clock: Clock) -> None:
    """ID-1.a, ID-4.a: with an app the password alone opens nothing; the app's code signs in."""
    app, _codes, _answer = set_up(here)
    clock.advance(NEXT)
    client = first_step(alice.email, next="/t/acme/settings/")
    assert client.get("/t/acme/settings/")["Location"].startswith("/sign-in/?next=")
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert client.post(f"{TWO_STEP}off/")["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session
    page = client.get(CODE)
    assert 'autocomplete="one-time-code"' in page.content.decode()
    assert 'inputmode="numeric"' in page.content.decode()
    half = client.session.session_key
    assert type_code(client, app.code())["Location"] == "/t/acme/settings/"
    assert signed_in(client)
    assert client.session.session_key != half


def test_a_code_after_the_mailed_link(alice: Membership, here: Client, clock: Clock) -> None:
    """ID-1.a: whoever reads the mail still needs the app."""
    app, _codes, _answer = set_up(here)
    clock.advance(NEXT)
    client = Client()
    answer = client.post(f"/sign-in/link/{mailed_secret(alice.email)}/")
    assert answer["Location"] == CODE
    assert not signed_in(client)
    type_code(client, app.code())
    assert signed_in(client)


def test_nothing_without_the_first_step(alice: Membership, here: Client) -> None:
    """ID-4.a: the page for the code is no way around the password."""
    app, _codes, _answer = set_up(here)
    client = Client()
    assert client.get(CODE)["Location"] == "/sign-in/"
    assert type_code(client, app.code(steps=1))["Location"] == "/sign-in/"
    assert not signed_in(client)


def test_the_first_step_does_not_wait_forever(
    alice: Membership, here: Client, clock: Clock
) -> None:
    """ID-4.a: after ten minutes, a new password or a deactivation one starts again."""
    app, _codes, _answer = set_up(here)
    client = first_step(alice.email)
    clock.advance(timedelta(minutes=10))
    assert type_code(client, app.code())["Location"] == "/sign-in/"
    client = first_step(alice.email)
    alice.user.refresh_from_db()
    alice.user.set_password("an even longer pass phrase")
    alice.user.save()
    assert type_code(client, app.code())["Location"] == "/sign-in/"
    client = Client()
    sign_in(client, alice.email, "an even longer pass phrase")
    alice.user.is_active = False
    alice.user.save()
    assert type_code(client, app.code())["Location"] == "/sign-in/"
    assert not signed_in(client)


def test_a_code_works_once(alice: Membership, here: Client, clock: Clock) -> None:
    """ID-4.a: a code that was taken, even for setting up, and any older one is refused."""
    app, _codes, _answer = set_up(here)
    client = first_step(alice.email)
    assert type_code(client, app.code()).status_code == 422
    clock.advance(NEXT)
    used = app.code()
    assert type_code(client, used).status_code == 302
    replayed = first_step(alice.email)
    again = type_code(replayed, used)
    assert again.status_code == 422
    assert "was used already" in again.content.decode()
    assert type_code(replayed, app.code(steps=-1)).status_code == 422
    assert not signed_in(replayed)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_phone_whose_clock_differs(
    alice: Membership, here: Client, clock: Clock, steps: int, taken: bool
) -> None:
    """ID-1.a: half a minute to either side is forgiven, more is not."""
    app, _codes, _answer = set_up(here)
    clock.advance(timedelta(hours=1))
    client = first_step(alice.email)
    assert type_code(client, app.code(steps=steps)).status_code == (302 if taken else 422)
    assert signed_in(client) == taken


def test_a_recovery_code_works_once(alice: Membership, here: Client) -> None:
    """ID-1.a: each of ten codes stands in for the app once, however it is typed."""
    _app, codes, answer = set_up(here)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert len(set(codes)) == 10
    client = first_step(alice.email)
    assert 'inputmode="text"' in client.get(f"{CODE}?recovery=1").content.decode()
    assert type_code(client, f" {codes[3].lower().replace('-', ' ')} ").status_code == 302
    assert signed_in(client)
    again = first_step(alice.email)
    assert type_code(again, codes[3]).status_code == 422
    assert "9 of your 10 recovery codes" in here.get(TWO_STEP).content.decode()
    assert type_code(again, codes[4]).status_code == 302


def test_codes_are_shown_once_and_stored_hashed(alice: Membership, here: Client) -> None:
    """ID-1.a: neither recovery codes nor the app's secret can be read from the tables."""
    app, codes, _answer = set_up(here)
    assert codes_on(here.get(TWO_STEP)) == []
    assert here.get(f"{TWO_STEP}confirm/").status_code == 302
    stored = str([list(RecoveryCode.objects.values()), list(SecondFactor.objects.values())])
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    assert app.key.hex() not in stored
    assert str(app.key) not in stored


def test_five_wrong_codes_pause_the_second_step(
    alice: Membership, here: Client, clock: Clock
) -> None:
    """ID-4.a: after five wrong codes even a right one waits, in every browser."""
    app, codes, _answer = set_up(here)
    clock.advance(NEXT)
    client = first_step(alice.email)
    for _attempt in range(5):
        assert type_code(client, "000000").status_code == 422
    other = first_step(alice.email)
    for code in (app.code(), codes[0]):
        answer = type_code(other, code)
        assert answer.status_code == 429
        assert "Try again in 15 minutes" in answer.content.decode()
    assert not signed_in(other)
    clock.advance(timedelta(minutes=15))
    assert type_code(first_step(alice.email), app.code()).status_code == 302


def test_wrong_codes_inside_count_too(alice: Membership, here: Client, clock: Clock) -> None:
    """ID-4.a: a stolen session cannot try codes or passwords at will."""
    app, _codes, _answer = set_up(here)
    clock.advance(NEXT)
    for number in range(5):
        data = {"password": "wrong" if number % 2 else PASSWORD, "code": "000000"}
        assert here.post(f"{TWO_STEP}off/", data).status_code == 422
    right = {"password": PASSWORD, "code": app.code()}
    assert here.post(f"{TWO_STEP}off/", right).status_code == 429
    assert SecondFactor.objects.exists()


def test_setting_up(alice: Membership, here: Client) -> None:
    """ID-1.a: nothing counts before the first code; QR code and text say the same secret."""
    assert "It is off" in here.get(TWO_STEP).content.decode()
    assert here.get(f"{TWO_STEP}confirm/")["Location"] == TWO_STEP
    assert here.post(f"{TWO_STEP}start/")["Location"] == f"{TWO_STEP}confirm/"
    page = here.get(f"{TWO_STEP}confirm/")
    text = page.content.decode()
    [drawing] = re.findall(r"<svg[^>]*>(?:(?!<svg).)*?qrline.*?</svg>", text, re.S)
    assert "style" not in drawing
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", text)
    assert secret is not None
    address = f"otpauth://totp/Advocacy:{alice.email}?secret={secret[1].replace(' ', '')}"
    assert address in text
    assert "no-store" in page["Cache-Control"]
    assert here.post(f"{TWO_STEP}confirm/", {"code": "000000"}).status_code == 422
    assert sign_in(Client(), alice.email)["Location"] == "/"
    answer = here.post(f"{TWO_STEP}confirm/", {"code": App(secret[1]).code()})
    assert len(codes_on(answer)) == 10
    assert "It is on" in here.get(TWO_STEP).content.decode()
    assert here.post(f"{TWO_STEP}start/").status_code == 409


def test_starting_again_makes_a_new_secret(alice: Membership, here: Client) -> None:
    """ID-1.a: a secret somebody looked at and left is worth nothing once another is made."""
    here.post(f"{TWO_STEP}start/")
    old = App(second_factor.secret_text(SecondFactor.objects.get()))
    here.post(f"{TWO_STEP}start/")
    assert here.post(f"{TWO_STEP}confirm/", {"code": old.code()}).status_code == 422


def test_new_recovery_codes(alice: Membership, here: Client, clock: Clock) -> None:
    """ID-1.a: new ones take the password and a code, and end the old ones."""
    app, old, _answer = set_up(here)
    clock.advance(NEXT)
    wrong = here.post(f"{TWO_STEP}codes/", {"password": "wrong", "code": app.code()})
    assert (wrong.status_code, codes_on(wrong)) == (422, [])
    answer = here.post(f"{TWO_STEP}codes/", {"password": PASSWORD, "code": app.code()})
    new = codes_on(answer)
    assert len(new) == 10
    client = first_step(alice.email)
    assert type_code(client, old[0]).status_code == 422
    assert type_code(client, new[0]).status_code == 302


def test_turning_it_off(alice: Membership, here: Client, clock: Clock, tenant: Tenant) -> None:
    """ID-1.a: off takes the password and a code; then the password is enough."""
    app, codes, _answer = set_up(here)
    clock.advance(NEXT)
    for data in ({"password": "wrong", "code": app.code()}, {"password": PASSWORD, "code": "1"}):
        assert here.post(f"{TWO_STEP}off/", data).status_code == 422
    done = here.post(f"{TWO_STEP}off/", {"password": PASSWORD, "code": codes[0]})
    assert done["Location"] == TWO_STEP
    client = Client()
    assert sign_in(client, alice.email)["Location"] == "/"
    assert signed_in(client)
    assert not RecoveryCode.objects.exists()
    with tenant_scope(tenant):
        verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"second_factor.turned_on", "second_factor.turned_off"} <= verbs


def test_turning_it_on_ends_other_sessions(
    alice: Membership, here: Client, client_for: ClientFor
) -> None:
    """ID-4.a: whoever else is in is out; this browser goes on."""
    elsewhere = client_for(alice)
    assert signed_in(elsewhere)
    set_up(here)
    assert not signed_in(elsewhere)
    assert signed_in(here)


def test_a_new_password_ends_other_sessions(
    alice: Membership, here: Client, client_for: ClientFor
) -> None:
    """ID-4.a: changing the password keeps this browser only."""
    elsewhere = client_for(alice)
    data = {"current": PASSWORD, "password": "an even longer pass phrase"}
    assert here.post("/t/acme/settings/profile/password/", data).status_code == 302
    assert not signed_in(elsewhere)
    assert signed_in(here)


def test_a_deactivated_account_is_out_at_once(alice: Membership, here: Client) -> None:
    """ID-4: an open session of a deactivated person opens nothing."""
    assert signed_in(here)
    alice.user.is_active = False
    alice.user.save()
    assert not signed_in(here)
    assert here.get("/t/acme/settings/")["Location"].startswith("/sign-in/")


def test_a_deactivated_member_is_out_at_once(
    alice: Membership, membership: Callable[..., Membership], client_for: ClientFor
) -> None:
    """ID-1.b, ID-4: deactivating a member closes the tenant to sessions that are open."""
    admin, member = client_for(membership("admin")), client_for(alice)
    assert member.get("/t/acme/settings/").status_code == 200
    answer = admin.post(f"/t/acme/settings/people/{alice.pk}/deactivate/")
    assert answer.status_code == 302
    assert member.get("/t/acme/settings/").status_code == 404


def test_a_newer_key(alice: Membership, here: Client, clock: Clock, settings: Any) -> None:
    """ID-1.a: the server's key may change: apps go on, and are resealed when they are used."""
    app, codes, _answer = set_up(here)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5
    settings.SECRET_KEY_FALLBACKS = [old]
    clock.advance(NEXT)
    assert type_code(first_step(alice.email), app.code()).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    clock.advance(NEXT)
    assert type_code(first_step(alice.email), app.code()).status_code == 302
    settings.SECRET_KEY = "yet another key " * 5
    clock.advance(NEXT)
    client = first_step(alice.email)
    assert type_code(client, app.code()).status_code == 422
    assert type_code(client, codes[0]).status_code == 302


def test_a_secret_counts_in_its_own_row_only(
    alice: Membership, bob: Membership, client_for: ClientFor, clock: Clock
) -> None:
    """ID-4: who can write into the table makes no way into somebody else's account."""
    app, _codes, _answer = set_up(client_for(alice))
    set_up(client_for(bob))
    own = SecondFactor.objects.get(user=alice.user)
    assert app.key.hex() not in own.sealed
    SecondFactor.objects.filter(user=bob.user).update(sealed=own.sealed)
    clock.advance(NEXT)
    assert type_code(first_step(bob.email), app.code()).status_code == 422
    assert type_code(first_step(alice.email), app.code()).status_code == 302


def test_an_operator_lets_somebody_in(alice: Membership, here: Client, capsys: Any) -> None:
    """ID-1.a: who lost phone and codes gets in with one step, after the operator's command."""
    set_up(here)
    call_command("reset_second_factor", "Alice@example.com")
    assert "signs in with one step" in capsys.readouterr().out
    assert not signed_in(here)
    assert sign_in(Client(), alice.email)["Location"] == "/"
    for email in (alice.email, "nobody@example.com"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email)


@pytest.mark.django_db(transaction=True)
def test_the_same_code_twice_at_once(
    alice: Membership, client_for: ClientFor, clock: Clock
) -> None:
    """ID-4.a: of several who send one code at the same moment one gets in."""
    app, codes, _answer = set_up(client_for(alice))
    clock.advance(NEXT)
    taken: dict[str, list[bool]] = {"app": [], "recovery": []}
    barrier = threading.Barrier(4)

    def go(kind: str, code: str) -> None:
        barrier.wait()
        taken[kind].append(second_factor.check_second_step(user=alice.user, code=code))
        connection.close()

    pairs = [("app", app.code())] * 2 + [("recovery", codes[0])] * 2
    threads = [threading.Thread(target=go, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken["app"]) == sorted(taken["recovery"]) == [False, True]
