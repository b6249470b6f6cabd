"""Every URL × every role × other-tenant member × anonymous has a declared outcome (ID-2)."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import MATRIX, Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.endpoints import ENDPOINTS
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN, Declared
from tests.support.breadth import representatives, some_roles
from tests.support.buttons import primary_buttons
from tests.support.database import fingerprint
from tests.support.offers import refused_offers
from tests.support.urls import Address, address_of, addresses

ClientFor = Callable[[Membership | None], Client]
ADDRESSES = list(addresses())
BY_NAME: dict[str, Address] = {}
for _address in ADDRESSES:
    BY_NAME.setdefault(_address.name, _address)
DECLARED = [name for name in PAGES if name in BY_NAME]
STAFF = [name for name in DECLARED if PAGES[name].access in {MEMBER, *MATRIX}]
ABOUT_ROWS = [name for name in STAFF if any(map(callable, PAGES[name].kwargs.values()))]
LINKS = [name for name in DECLARED if PAGES[name].access == LINK]
ALL_ROLES = representatives((name, PAGES[name].access) for name in STAFF)
#: Presses that change something and tell nothing: no app counts before its first code.
SILENT = {"second-factor-start"}
#: The style guide has every button.
SHOWS_ALL = {"styleguide"}
OPEN = [name for name in DECLARED if PAGES[name].access in {PUBLIC, SIGNED_IN}]


def test_every_address_is_declared() -> None:
    """ID-2.b: an address nobody declared fails here; so does a line without an address."""
    unnamed = [address.route for address in ADDRESSES if not address.name]
    assert not unnamed, f"give these patterns a name: {unnamed}"
    declared = set(PAGES) | set(ENDPOINTS)
    missing = sorted({address.name for address in ADDRESSES} - declared)
    assert not missing, "add to PAGES in tests/contracts/urls.py:\n" + "\n".join(
        f'    "{name}": page("{BY_NAME[name].permission or "public"}"),  # {BY_NAME[name].route}'
        for name in missing
    )
    stale = sorted(declared - set(BY_NAME))
    assert not stale, f"PAGES in tests/contracts/urls.py names no address: {stale}"


def test_views_and_declarations_agree() -> None:
    """ID-2.a, ID-2.b: the permission a view checks is the one that was promised."""
    wrong = [said for name in DECLARED for said in _disagreements(name)]
    assert not wrong, "\n".join(wrong)


def _disagreements(name: str) -> Iterator[str]:
    declared, address = PAGES[name], BY_NAME[name]
    outside = declared.access in {PUBLIC, LINK, SIGNED_IN}
    if not outside and declared.access != MEMBER and declared.access not in MATRIX:
        yield f"{name}: {declared.access!r} stands in no matrix"
    if address.permission != (None if outside else declared.access):
        yield (
            f"{name}: tests/contracts/urls.py says {declared.access!r}, "
            f"the view says {address.permission!r}"
        )
    if address.in_tenant == outside:
        yield f"{name}: /t/ is for members"
    if outside and address.route.startswith(("p/", "s/")) != (declared.access == LINK):
        yield f"{name}: /p/ is for personal links, /s/ for those to what was shared"


def ask(client: Client, method: str, path: str) -> Any:
    """One request without data."""
    return getattr(client, method)(path)


def events(tenant: Tenant) -> int:
    """How many events the tenant's log holds."""
    with tenant_scope(tenant):
        return Event.objects.count()


def may(role: Role, name: str) -> bool:
    """Whether a role is promised a page."""
    return PAGES[name].access == MEMBER or allowed(role, PAGES[name].access)


def roles_at(name: str) -> tuple[list[Role], list[Role]]:
    """One role that may and one that may not; where an action first stands all that may not, so
    that every refusal of the matrix is proved.
    """
    some = some_roles(name, lambda role: may(role, name))
    refused = [role for role in Role if name in ALL_ROLES or role in some]
    return [r for r in some if may(r, name)], [r for r in refused if not may(r, name)]


@pytest.mark.parametrize("name", STAFF)
def test_roles(
    name: str, tenant: Tenant, membership: Callable[..., Membership], client_for: ClientFor
) -> None:
    """ID-2.a, ID-2.b, AUD-1.a: a role gets the page or 403, and what is refused changes nothing;
    a page offers its reader nothing that is refused and one primary button (UI-1), and what a
    press changes is an event.
    """
    declared = PAGES[name]
    path = address_of(name, declared, tenant, in_tenant=True)
    welcome, refused = roles_at(name)
    clients = {role: client_for(membership(role)) for role in (*welcome, *refused)}
    before, told = fingerprint(tenant), events(tenant)
    for role in refused:
        for method in declared.methods:
            status = ask(clients[role], method, path).status_code
            assert status == 403, f"{name}: {method.upper()} as {role} answered {status}"
    if refused:
        assert fingerprint(tenant) == before, f"{name}: a refusal changed something"
    for role in welcome:
        for method in declared.methods:
            # Undone afterwards, so that the next one finds the same row in the same state.
            with transaction.atomic():
                answer = ask(clients[role], method, path)
                where = f"{name}: {method.upper()} as {role} answered {answer.status_code}"
                _answers(declared, method, answer.status_code, where)
                if method == "get":
                    if not answer.streaming:
                        wrong = list(refused_offers(answer.content.decode(errors="replace"), role))
                        assert not wrong, f"{where} and offers {wrong}"
                        primary = primary_buttons(answer.content.decode(errors="replace"))
                        assert len(primary) < 2 or name in SHOWS_ALL, f"{where}: {primary}"
                    assert fingerprint(tenant) == before, f"{where} and changed something"
                elif name not in SILENT:
                    assert events(tenant) > told or fingerprint(tenant) == before, where
                transaction.set_rollback(True)


def _answers(declared: Declared, method: str, status: int, where: str) -> None:
    assert status < 500, where
    if not declared.narrowed:
        assert status not in {403, 404, 405, 410}, where
        if method == "get":
            assert status in {200, 302}, where


def test_strangers(
    tenant: Tenant,
    other_tenant: Tenant,
    membership: Callable[..., Membership],
    client_for: ClientFor,
) -> None:
    """ID-2.b, TEN-5.b: an admin of another tenant gets 404, nobody is sent to sign in."""
    stranger = client_for(membership(Role.ADMIN, tenant=other_tenant))
    anonymous = client_for(None)
    paths = {name: address_of(name, PAGES[name], tenant, in_tenant=True) for name in STAFF}
    before = fingerprint(tenant), fingerprint(other_tenant)
    wrong = []
    for name, path in paths.items():
        for method in PAGES[name].methods:
            seen = ask(stranger, method, path).status_code
            sent = ask(anonymous, method, path)
            to_sign_in = sent.status_code == 302 and sent["Location"].startswith("/sign-in/")
            if seen != 404 or not to_sign_in:
                wrong.append(f"{name}: {method} {seen} for a stranger, {sent} for nobody")
    assert not wrong, "\n".join(wrong)
    assert (fingerprint(tenant), fingerprint(other_tenant)) == before


def test_foreign_rows(
    tenant: Tenant,
    other_tenant: Tenant,
    membership: Callable[..., Membership],
    client_for: ClientFor,
) -> None:
    """TEN-1.a: another tenant's row under one's own address is not there."""
    paths = {
        name: address_of(name, PAGES[name], other_tenant, in_tenant=True).replace(
            f"/t/{other_tenant.slug}/", f"/t/{tenant.slug}/", 1
        )
        for name in ABOUT_ROWS
    }
    clients = {role: client_for(membership(role)) for role in Role}
    before = fingerprint(other_tenant)
    wrong = []
    for name, path in paths.items():
        access = PAGES[name].access
        role = next(r for r in (Role.ADMIN, *Role) if access == MEMBER or allowed(r, access))
        for method in PAGES[name].methods:
            status = ask(clients[role], method, path).status_code
            if status != 404:
                wrong.append(f"{name}: {method} as {role} answered {status}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint(other_tenant) == before


@pytest.mark.parametrize("name", LINKS)
def test_personal_links(name: str, tenant: Tenant, client_for: ClientFor) -> None:
    """ID-3.b, ID-3.c: the secret opens the page, a wrong one does not, and GET changes nothing."""
    declared = PAGES[name]
    path = address_of(name, declared, tenant, in_tenant=False)
    secret = path.split("/")[2]
    wrong = path.replace(secret, secrets.token_urlsafe(32))
    anonymous = client_for(None)
    before = fingerprint(tenant)
    if "get" in declared.methods:
        assert ask(anonymous, "get", path).status_code in {200, 302}
    for method in declared.methods:
        assert ask(anonymous, method, wrong).status_code == 404
    assert fingerprint(tenant) == before
    if "post" in declared.methods:
        assert ask(anonymous, "post", path).status_code < 500


@pytest.mark.parametrize("name", OPEN)
def test_open_addresses(
    name: str, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ID-2.b: pages outside a tenant answer anybody, or anybody with an account."""
    declared = PAGES[name]
    path = address_of(name, declared, tenant, in_tenant=False)
    for member in (alice, None):
        client = client_for(member)
        for method in declared.methods:
            answer = ask(client, method, path)
            if member is None and declared.access == SIGNED_IN:
                assert answer.status_code == 302
                assert answer["Location"].startswith("/sign-in/")
            else:
                status = answer.status_code
                assert status in declared.may_answer or status < 500, f"{name}: {status}"
                assert status not in {403, 405}, f"{name}: {status}"


def test_a_denied_write_would_be_noticed(tenant: Tenant, alice: Membership) -> None:
    """The fingerprint sees a changed value as well as a new row."""
    before = fingerprint(tenant)
    with tenant_scope(tenant):
        Membership.objects.filter(pk=alice.pk).update(role=Role.ADMIN)
    assert fingerprint(tenant) != before
