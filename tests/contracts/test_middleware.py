"""The request: whose page, one transaction, one scope, and what is kept of it."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from advocacy.tenancy.keys import secret_digest
from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.scope import in_scope, tenant_scope
from tests.contracts.probe_urls import ANSWERS
from tests.factories.messaging import PersonalLinkFactory
from tests.factories.tenancy import HolidayFactory, MembershipFactory

pytestmark = pytest.mark.urls("tests.contracts.probe_urls")

KEPT = {"ok", "moved", "kept"}
SECRET = "s" * 43

ClientFor = Callable[[Membership | None], Client]


def written(tenant: Tenant) -> bool:
    """Whether a probe's write is still there."""
    with tenant_scope(tenant):
        return Holiday.objects.exists()


@pytest.mark.parametrize("path", ["t/{slug}/", "t/{slug}/no-such-page/", "t/{slug}/ok/"])
def test_strangers_learn_nothing(
    alice: Membership, charlie: Membership, client_for: ClientFor, path: str
) -> None:
    """TEN-5.b: an unknown tenant and somebody else's answer the same 404."""
    client = client_for(charlie)
    answers = [client.get(f"/{path.format(slug=slug)}") for slug in ("acme", "nobody")]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [re.sub(rb"\b[A-Za-z0-9]{64}\b", b"token", answer.content) for answer in answers]
    assert bodies[0] == bodies[1]
    assert answers[0].headers.items() == answers[1].headers.items()
    assert client.post("/t/acme/ok/").status_code == 404
    assert not written(alice.tenant)


def test_former_members_are_strangers(alice: Membership, client_for: ClientFor) -> None:
    """ID-1.b, TEN-5.b: a deactivated membership ends at the next request."""
    client = client_for(alice)
    assert client.get("/t/acme/").status_code == 200
    with tenant_scope(alice.tenant):
        Membership.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get("/t/acme/").status_code == 404


@pytest.mark.parametrize("slug", ["acme", "nobody"])
def test_nobody_is_sent_to_sign_in(alice: Membership, client_for: ClientFor, slug: str) -> None:
    """TEN-5.b: whether or not the tenant exists."""
    answer = client_for(None).get(f"/t/{slug}/ok/?a=1&b=2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next=/t/{slug}/ok/%3Fa%3D1%26b%3D2"
    page = f"/t/{slug}/ok/?a=1"
    seen = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    fragment = client_for(None).get(f"/t/{slug}/", headers=seen)
    assert (fragment.status_code, fragment["HX-Redirect"]) == (
        401,
        f"/sign-in/?next=/t/{slug}/ok/%3Fa%3D1",
    )
    # Where a form was sent to is no page to come back to, the page it stood on is.
    for referer, back in ((f"http://testserver{page}", page), ("https://evil/x", "/t/acme/ok/")):
        sent = client_for(None).post("/t/acme/ok/", headers={"Referer": referer})
        assert sent["Location"] == f"/sign-in/?next={quote(back)}"


def test_two_tenants_in_two_tabs(
    alice: Membership, other_tenant: Tenant, client_for: ClientFor
) -> None:
    """TEN-5.a: one session, two addresses, each with its own rows."""
    with tenant_scope(other_tenant):
        MembershipFactory(user=alice.user, role="sales")
        HolidayFactory(name="Theirs")
    with tenant_scope(alice.tenant):
        HolidayFactory(name="Ours")
    client = client_for(alice)
    for _turn in range(2):
        for slug, name in (("acme", "Ours"), ("umbrella", "Theirs")):
            assert client.get(f"/t/{slug}/").json() == {
                "tenant": slug,
                "member": "Alice",
                "in_scope": True,
                "holidays": [name],
            }
    assert not in_scope()


def test_pages_outside_a_tenant_have_no_scope(alice: Membership, client_for: ClientFor) -> None:
    """TEN-1: the sign-in page belongs to nobody."""
    answer = client_for(alice).get("/")
    assert answer.json() == {"tenant": None, "member": "", "in_scope": False, "holidays": []}


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_changes_nothing(alice: Membership, client_for: ClientFor, method: str) -> None:
    """ID-3.c: a view that writes on GET is refused by PostgreSQL, whatever it answers."""
    assert getattr(client_for(alice), method)("/t/acme/ok/").status_code == 500
    assert not written(alice.tenant)


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_kept(alice: Membership, client_for: ClientFor, answer: str) -> None:
    """BAD-1.a: a refusal or a failure keeps nothing, unless the response says so."""
    client_for(alice).post(f"/t/acme/{answer}/")
    assert written(alice.tenant) == (answer in KEPT)


def test_personal_links_name_their_tenant(tenant: Tenant, client_for: ClientFor) -> None:
    """ID-3.a, ID-3.b: the secret alone opens the tenant, for nobody in particular, and leaks
    nowhere.
    """
    with tenant_scope(tenant):
        PersonalLinkFactory(digest=secret_digest(SECRET))
        HolidayFactory(name="Ours")
    answer = client_for(None).get(f"/p/{SECRET}/")
    assert answer.json() == {
        "tenant": "acme",
        "member": "",
        "in_scope": True,
        "holidays": ["Ours"],
    }
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert client_for(None).get(f"/p/{SECRET[:-1]}x/").status_code == 404


def test_mail_scanners_change_nothing(tenant: Tenant, client_for: ClientFor) -> None:
    """ID-3.c: GET on a personal link writes nothing; POST does."""
    with tenant_scope(tenant):
        PersonalLinkFactory(digest=secret_digest(SECRET))
    assert client_for(None).get(f"/p/{SECRET}/ok/").status_code == 500
    assert not written(tenant)
    assert client_for(None).post(f"/p/{SECRET}/broken/").status_code == 500
    assert not written(tenant)
    assert client_for(None).post(f"/p/{SECRET}/ok/").status_code == 200
    assert written(tenant)
