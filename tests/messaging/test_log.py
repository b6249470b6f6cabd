"""Settings → Mail log (AUD-1, ID-3)."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy import clock
from advocacy.events.models import Event
from advocacy.messaging import links
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.messaging import OutgoingMailFactory

pytestmark = pytest.mark.django_db

links.register_purpose("test-ask", "ask/")

ClientFor = Callable[[Membership | None], Client]


def make(tenant: Tenant, **changes: object) -> OutgoingMail:
    with tenant_scope(tenant):
        return OutgoingMailFactory.create(**changes)  # type: ignore[no-any-return]


def test_log_says_what_became_of_each_mail(
    tenant: Tenant, alice: Membership, other_tenant: Tenant, client_for: ClientFor
) -> None:
    """AUD-1, TEN-1.a: the tenant's mails, their state and the last problem."""
    make(tenant, subject="Waiting one")
    make(tenant, subject="Broken one", state=MailState.FAILED, error="550 no such user")
    make(other_tenant, subject="Somebody else's")
    page = client_for(alice).get("/t/acme/settings/mail/").content.decode()
    for words in ("Waiting one", "Broken one", "550 no such user", "Queued", "Failed"):
        assert words in page
    assert "Somebody else" not in page
    assert "State: any" in page
    assert "-----" not in page
    # The one that failed, and the button for ticked rows.
    assert page.count("Send again") == 2
    failed = client_for(alice).get("/t/acme/settings/mail/?state=failed").content.decode()
    assert "Broken one" in failed
    assert "Waiting one" not in failed


def test_log_is_found_in_the_settings(alice: Membership, client_for: ClientFor) -> None:
    """UI-1: a card of the settings page leads there."""
    assert (
        'href="/t/acme/settings/mail/"'
        in client_for(alice).get("/t/acme/settings/").content.decode()
    )


def test_no_working_link_is_shown(tenant: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """ID-3.b: only the recipient ever sees a link."""
    with tenant_scope(tenant):
        link = links.create_link(
            purpose="test-ask",
            subject_id=uuid.uuid4(),
            expires_at=clock.now() + timedelta(days=1),
        )
        secret = links.secret_of(link)
    body = [{"text": "Answer: "}, {"link": ""}, {"text": "\n{link} <script>"}]
    mail = make(tenant, link=link, body=body)
    page = client_for(alice).get(f"/t/acme/settings/mail/{mail.pk}/").content.decode()
    assert 'Answer: <span class="badge">personal link</span>' in page
    assert "\n{link} &lt;script&gt;" in page, "words that look like a place are words"
    assert secret not in page


def test_failed_mail_is_sent_again_by_a_press(
    tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """AUD-1.a: retried by somebody; a mail that is out is not sent twice."""
    mail = make(tenant, state=MailState.FAILED, attempts=8, error="down")
    client = client_for(alice)
    answer = client.post(f"/t/acme/settings/mail/{mail.pk}/retry/")
    assert (answer.status_code, answer["Location"]) == (302, f"/t/acme/settings/mail/{mail.pk}/")
    with tenant_scope(tenant):
        again = mail.reload()
        assert (again.state, again.attempts, again.error) == (MailState.QUEUED, 0, "")
        assert Event.objects.get(verb="mail.retried").actor == alice
    assert client.post(f"/t/acme/settings/mail/{mail.pk}/retry/").status_code == 409


def test_sales_has_no_business_in_the_log(
    tenant: Tenant, bob: Membership, client_for: ClientFor
) -> None:
    """ID-2.a: wrong role, 403, and nothing changes."""
    mail = make(tenant, state=MailState.FAILED)
    client = client_for(bob)
    assert client.get("/t/acme/settings/mail/").status_code == 403
    assert client.get(f"/t/acme/settings/mail/{mail.pk}/").status_code == 403
    assert client.post(f"/t/acme/settings/mail/{mail.pk}/retry/").status_code == 403
    with tenant_scope(tenant):
        assert mail.reload().state == MailState.FAILED
