"""Personal links (ID-3)."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advocacy import clock
from advocacy.messaging import links
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.keys import secret_digest, secret_for, tenant_in
from advocacy.tenancy.lookups import tenant_of
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

links.register_purpose("test-ask", "ask/")
links.register_purpose("test-join", "join/")


def make(**changes: object) -> PersonalLink:
    values: dict[str, object] = {
        "purpose": "test-ask",
        "subject_id": uuid.uuid4(),
        "expires_at": clock.now() + timedelta(days=1),
        **changes,
    }
    return links.create_link(**values)  # type: ignore[arg-type]


def test_secret_opens_its_link_and_stands_in_no_column(scope: Tenant) -> None:
    """ID-3.b: unguessable and stored hashed."""
    link = make()
    secret = links.secret_of(link)
    assert links.resolve_link(secret, purposes=["test-ask"]) == link
    assert len(secret) == 65
    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM messaging_personallink l")
        assert secret not in cursor.fetchone()[0]


def test_a_link_from_before_secrets_said_their_tenant_works(scope: Tenant) -> None:
    """ID-3.a: a new one ends with it, and is looked for there only (TEN-3.b)."""
    new, old = make(), make()
    assert tenant_in(links.secret_of(new)) == scope.pk
    secret = secret_for(links._SALT, str(old.pk))
    old.digest = secret_digest(secret)
    old.save(update_fields=["digest"])
    assert links.secret_of(old) == secret
    assert links.resolve_link(secret, purposes=["test-ask"]) == old
    assert tenant_in(secret) is None
    assert tenant_of("link", secret_digest(secret), None) == scope.pk
    for each in (scope.pk, uuid.uuid4()):
        found = tenant_of("link", new.digest, each)
        assert found == (scope.pk if each == scope.pk else None)


@pytest.mark.parametrize("odd", ["x" * 65, "é" * 65, "-" * 200, ""])
def test_what_ends_with_no_tenant_is_no_error(odd: str) -> None:
    """BAD-1: anything may stand in an address."""
    assert tenant_in(odd) is None or isinstance(tenant_in(odd), uuid.UUID)


def test_address_names_the_page_of_the_purpose(scope: Tenant, settings: Settings) -> None:
    """ID-3.a: one purpose, one page."""
    settings.PUBLIC_URL = "https://advocacy.example"
    link = make()
    assert links.link_url(link) == f"https://advocacy.example/p/{links.secret_of(link)}/ask/"
    assert links.link_url(link, "times/").endswith("/ask/times/")


def test_link_is_unknown_for_another_purpose(scope: Tenant) -> None:
    """ID-3.a: single-purpose."""
    secret = links.secret_of(make())
    with pytest.raises(links.LinkGone) as gone:
        links.resolve_link(secret, purposes=["test-join"])
    assert (gone.value.reason, gone.value.status) == ("unknown", 404)


def test_expired_link_is_gone(scope: Tenant) -> None:
    """ID-3.a: expiring."""
    secret = links.secret_of(make(expires_at=clock.now()))
    with pytest.raises(links.LinkGone) as gone:
        links.resolve_link(secret, purposes=["test-ask"])
    assert (gone.value.reason, gone.value.status) == ("expired", 410)


def test_revoking_ends_the_links_of_one_purpose(scope: Tenant) -> None:
    """ID-3.b: revocable."""
    ask = make()
    join = make(subject_id=ask.subject_id, purpose="test-join")
    assert links.revoke_links(subject_id=ask.subject_id, purpose="test-ask") == 1
    with pytest.raises(links.LinkGone, match="no longer"):
        links.resolve_link(links.secret_of(ask), purposes=["test-ask"])
    assert links.resolve_link(links.secret_of(join), purposes=["test-join"]) == join
    assert links.revoke_links(subject_id=ask.subject_id) == 1


def test_key_rotation_keeps_links_working(scope: Tenant, settings: Settings) -> None:
    """ID-3: a link from before a change of key works as long as the old key is a fallback."""
    link = make()
    secret = links.secret_of(link)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    assert links.secret_of(link) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(links.UnreadableLink):
        links.secret_of(link)
    assert links.resolve_link(secret, purposes=["test-ask"]) == link


def test_other_tenant_cannot_resolve_the_link(tenant: Tenant, other_tenant: Tenant) -> None:
    """TEN-1.a: a secret opens nothing in another tenant's scope."""
    with tenant_scope(tenant):
        secret = links.secret_of(make())
    with tenant_scope(other_tenant), pytest.raises(links.LinkGone):
        links.resolve_link(secret, purposes=["test-ask"])


def test_purposes_are_registered_once_and_only_then_used(scope: Tenant) -> None:
    """ID-3: a link always leads to a page that exists."""
    with pytest.raises(LookupError):
        make(purpose="nowhere")
    with pytest.raises(ValueError, match="already"):
        links.register_purpose("test-ask", "other/")
    with pytest.raises(ValueError, match="slash"):
        links.register_purpose("test-new", "/ask")
