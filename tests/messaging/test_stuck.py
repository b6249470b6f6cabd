"""What could not be done is seen by somebody, and tried again by a press (BAD-2)."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.models import Membership, StuckWork, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.queue import everything, rows_of
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import StuckWorkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def stuck(tenant: Tenant) -> StuckWork:
    """A reminder of an ask for a request nobody could be reminded of."""
    with tenant_scope(tenant):
        request = RequestFactory(number=12)
        return StuckWorkFactory.create(subject_id=request.pk, error="No <b>address</b>.")  # type: ignore[no-any-return]


def test_it_stands_on_today_and_in_the_settings(
    stuck: StuckWork,
    alice: Membership,
    tenant: Tenant,
    other_tenant: Tenant,
    client_for: ClientFor,
) -> None:
    """BAD-2, UI-2: what, about what, and why; with the one action."""
    with tenant_scope(other_tenant):
        StuckWorkFactory(error="Somebody else's")
    with tenant_scope(tenant):
        (item,) = [item for item in everything(alice) if item.work.code == "stuck"]
        (row,) = rows_of(alice, [item])
    assert row.title == "Reminder of an ask failed: REQ-0012"
    assert row.action == ("Try again", f"/t/acme/settings/stuck/{stuck.pk}/retry/", "post")
    client = client_for(alice)
    assert row.title in client.get("/t/acme/").text
    page = client.get("/t/acme/settings/stuck/").text
    for words in ("Reminder of an ask", "REQ-0012", "No &lt;b&gt;address&lt;/b&gt;.", "Try again"):
        assert words in page
    assert f'href="/t/acme/requests/{stuck.subject_id}/"' in page
    assert "Somebody else" not in page
    assert 'href="/t/acme/settings/stuck/"' in client.get("/t/acme/settings/").text


def test_it_is_tried_again_by_a_press(
    stuck: StuckWork, alice: Membership, tenant: Tenant, client_for: ClientFor
) -> None:
    """BAD-2, AUD-1: once, by somebody."""
    client = client_for(alice)
    address = f"/t/acme/settings/stuck/{stuck.pk}/retry/"
    answer = client.post(address)
    assert (answer.status_code, answer["Location"]) == (302, "/t/acme/settings/stuck/")
    with tenant_scope(tenant):
        row = stuck.reload()
        assert (row.attempts, row.failed_at) == (0, None)
        assert Event.objects.get(verb="stuck.retried").actor == alice
    assert client.post(address).status_code == 409
    assert "Nothing is stuck" in client.get("/t/acme/settings/stuck/").text


def test_sales_has_no_business_there(
    stuck: StuckWork, bob: Membership, tenant: Tenant, client_for: ClientFor
) -> None:
    """ID-2: neither the list nor the row of the queue."""
    client = client_for(bob)
    assert client.get("/t/acme/settings/stuck/").status_code == 403
    assert client.post(f"/t/acme/settings/stuck/{stuck.pk}/retry/").status_code == 403
    with tenant_scope(tenant):
        assert not [item for item in everything(bob) if item.work.code == "stuck"]
