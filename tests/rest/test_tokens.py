"""API tokens: made once, stored hashed, ended at once (API-3)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from advocacy.events.models import Event
from advocacy.identity.services.members import deactivate_member
from advocacy.rest import limits, services
from advocacy.rest.models import ApiToken
from advocacy.rest.scopes import known_scopes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.support.redis import own_redis
from tests.support.rest import Api, api_for, secret_for
from tests.support.time import Clock


@pytest.fixture
def admin(membership: Callable[..., Membership]) -> Membership:
    """An admin of ``tenant``."""
    return membership("admin")


def only_token(tenant: Tenant) -> ApiToken:
    """The one token there is."""
    with tenant_scope(tenant):
        return ApiToken.objects.get()


def test_made_on_the_page_and_shown_once(
    admin: Membership, tenant: Tenant, client_for: Callable[[Membership], Client]
) -> None:
    """API-3.a: the page shows the secret right after making it and never again; no table
    holds it.
    """
    browser = client_for(admin)
    form = {"name": "CRM", "owner": admin.pk, "scopes": ["accounts:read"], "days": 30}
    answer = browser.post("/t/acme/settings/tokens/new/", form)
    found = re.search(rb"adv_[A-Za-z0-9_-]{65}", answer.content)
    assert answer.status_code == 200 and found
    assert answer["Cache-Control"] == "no-store"
    secret = found[0].decode()
    token = only_token(tenant)
    assert token.digest != secret and len(token.digest) == 64
    assert token.prefix == secret[:8]
    page = browser.get("/t/acme/settings/tokens/")
    assert secret.encode() not in page.content
    assert token.prefix.encode() in page.content
    assert Api(secret).get("accounts/").status_code == 200
    assert Api(secret).get("tiers/").status_code == 403
    with tenant_scope(tenant):
        event = Event.objects.get(verb="token.created")
    assert event.payload["scopes"] == ["accounts:read"]
    assert secret[8:] not in str(event.payload)


def test_wrong_forms_name_the_field(
    admin: Membership, client_for: Callable[[Membership], Client]
) -> None:
    """API-3.a, BAD-1.a: nothing is made from a form that is wrong."""
    browser = client_for(admin)
    answer = browser.post("/t/acme/settings/tokens/new/", {"name": "CRM", "days": "0"})
    assert answer.status_code == 422
    for field in (b"id_owner_error", b"id_days_error"):
        assert field in answer.content


def test_a_new_token_may_nothing_until_somebody_says_so(
    admin: Membership, tenant: Tenant, client_for: Callable[[Membership], Client]
) -> None:
    """API-3.a: nothing is ticked, 90 days are suggested; a row for every resource, named in every
    box; without a tick a sentence says what to do, and nothing is made.
    """
    browser = client_for(admin)
    page = browser.get("/t/acme/settings/tokens/new/").text
    assert page.count('name="scopes"') == len(known_scopes())
    assert " checked" not in page.split('id="id_scopes"')[1].split("</table>")[0]
    assert re.search(r'name="days" value="90"', page)
    assert "Thank-yous: change" in page
    form = {"name": "CRM", "owner": admin.pk, "days": 90}
    answer = browser.post("/t/acme/settings/tokens/new/", form)
    assert answer.status_code == 422
    assert "Tick at least one thing that the token may do." in answer.text
    with tenant_scope(tenant):
        assert not ApiToken.objects.exists()


def test_revoked_on_the_page_ends_at_once(
    admin: Membership, tenant: Tenant, client_for: Callable[[Membership], Client]
) -> None:
    """API-3.a: the very next request is refused; a second revocation is a conflict."""
    api = api_for(admin)
    assert api.get("accounts/").status_code == 200
    path = f"/t/acme/settings/tokens/{only_token(tenant).pk}/revoke/"
    assert client_for(admin).post(path).status_code == 302
    answer = api.get("accounts/")
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
    assert client_for(admin).post(path).status_code == 409


def test_expires(admin: Membership, clock: Clock) -> None:
    """API-3.a: from its last moment on it is unknown."""
    api = api_for(admin)
    clock.advance(timedelta(days=30, seconds=-1))
    assert api.get("accounts/").status_code == 200
    clock.advance(timedelta(seconds=1))
    assert api.get("accounts/").status_code == 401


def test_ends_with_its_owner(
    admin: Membership, membership: Callable[..., Membership], tenant: Tenant
) -> None:
    """API-3.a, ID-1.b: deactivating a colleague ends their tokens with the next request."""
    leaver = membership("program_manager")
    api = api_for(leaver)
    assert api.get("accounts/").status_code == 200
    with tenant_scope(tenant):
        deactivate_member(actor=Actor.member(admin), member=leaver)
    assert api.get("accounts/").status_code == 401


def test_last_use_is_kept_to_the_minute(admin: Membership, tenant: Tenant, clock: Clock) -> None:
    """API-3.a: reading keeps it too, refused requests as well, and not more than once a minute."""
    api = Api(secret_for(admin, last_used_at=None))
    start = clock.now
    assert api.get("accounts/").status_code == 200
    assert only_token(tenant).last_used_at == start
    clock.advance(timedelta(seconds=59))
    api.get("accounts/")
    assert only_token(tenant).last_used_at == start
    clock.advance(timedelta(seconds=2))
    assert api.post("accounts/", {}).status_code == 422
    assert only_token(tenant).last_used_at == clock.now


def test_only_an_admin_makes_tokens(alice: Membership, tenant: Tenant) -> None:
    """API-3.a, ID-2.a: a token acts as anybody, so a program manager makes none."""
    with tenant_scope(tenant), pytest.raises(NotAllowed):
        services.create_token(
            actor=Actor.member(alice), name="x", owner=alice, scopes=["all:read"], days=1
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["accounts:delete"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 3651}, "days"),
    ],
)
def test_impossible_tokens(
    admin: Membership, tenant: Tenant, values: dict[str, Any], field: str
) -> None:
    """API-3.a, BAD-1.a: refused at the field."""
    given = {"name": "x", "owner": admin, "scopes": ["all:read"], "days": 1, **values}
    with tenant_scope(tenant), pytest.raises(DomainError) as refused:
        services.create_token(actor=Actor.member(admin), **given)
    assert list(refused.value.fields) == [field]


def test_the_command_prints_a_working_token(
    admin: Membership, bob: Membership, capsys: pytest.CaptureFixture[str]
) -> None:
    """API-3.a: ``manage.py create_token --tenant acme --role admin``."""
    call_command("create_token", tenant="acme", role="admin")
    secret = capsys.readouterr().out.strip()
    assert Api(secret).get("events/").status_code == 200
    call_command("create_token", tenant="acme", email=bob.email, scopes="opportunities:read")
    api = Api(capsys.readouterr().out.strip())
    assert api.get("opportunities/").status_code == 200
    assert api.get("accounts/").status_code == 403
    for wrong in (
        {"tenant": "nobody", "role": "admin"},
        {"tenant": "acme"},
        {"tenant": "acme", "role": "executive"},
        {"tenant": "acme", "role": "admin", "scopes": "everything"},
    ):
        with pytest.raises(CommandError):
            call_command("create_token", **wrong)


def test_who_acts_is_the_token_with_its_owners_rights(
    membership: Callable[..., Membership], tenant: Tenant
) -> None:
    """API-3.a, ID-2.a: a CSM's token changes own accounts and nobody else's; events name the
    token.
    """
    owner, colleague = membership("csm"), membership("csm")
    api = api_for(owner)
    mine = api.post("accounts/", {"name": "Mine", "owner": str(owner.pk)}).json()
    assert api.patch(f"accounts/{mine['id']}/", {"industry": "Retail"}).status_code == 200
    with tenant_scope(tenant):
        event = Event.objects.get(verb="account.updated")
        token = ApiToken.objects.get()
    assert (event.actor_kind, event.actor_id, event.actor_ref) == ("token", owner.pk, token.pk)
    theirs = api.patch(f"accounts/{mine['id']}/", {"owner": str(colleague.pk)})
    assert theirs.status_code == 200
    refused = api.patch(f"accounts/{mine['id']}/", {"industry": "Steel"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_rate_limit(admin: Membership, clock: Clock, settings: Any) -> None:
    """API-3.b: so many requests a minute for each token, with headers, then 429 until the next."""
    settings.API_REQUESTS_PER_MINUTE = 2
    clock.set(clock.now.replace(second=15, microsecond=0))
    api, other = api_for(admin), api_for(admin)
    first = api.get("accounts/")
    assert [first[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == [
        "2",
        "1",
        "45",
    ]
    assert api.get("accounts/").status_code == 200
    refused = api.get("accounts/")
    assert (refused.status_code, refused["Retry-After"]) == (429, "45")
    assert refused.json()["code"] == "rate_limited"
    assert other.get("accounts/").status_code == 200
    clock.advance(timedelta(seconds=45))
    assert api.get("accounts/").status_code == 200


def test_nobody_is_refused_because_redis_is_down(
    admin: Membership, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """API-3, BAD-2: without a counter every request is answered, and none waits for long."""
    with own_redis() as server:
        settings.REDIS_URL = server.url
        settings.API_REQUESTS_PER_MINUTE = 1
        api = api_for(admin)
        assert api.get("accounts/").status_code == 200
        assert api.get("accounts/").status_code == 429
    monkeypatch.setattr(limits, "_rest_until", 0.0)
    for _turn in range(3):
        answer = api.get("accounts/")
        assert answer.status_code == 200
        assert "RateLimit-Limit" not in answer
    assert limits._rest_until > 0
