"""What comes back of a mail whose reader is forgotten."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.incoming import take_mail
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import message_id
from advocacy.messaging.returns import return_mail
from advocacy.messaging.sending import TenantOutbox
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.messaging import OutgoingMailFactory

pytestmark = pytest.mark.django_db

REPORT = """\
From: mailer-daemon@mx.example.com
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; frank@example.com
Action: failed
Diagnostic-Code: smtp; 550 <frank@example.com>: no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {id}

--b--
"""


@pytest.mark.parametrize(("kind", "address"), [("erasure-done", "frank@example.com"), ("ask", "")])
@pytest.mark.parametrize("by_hand", [False, True])
def test_what_comes_back_brings_nobody_back(
    tenant: Tenant,
    alice: Membership,
    client_for: Callable[..., Client],
    kind: str,
    address: str,
    by_hand: bool,
) -> None:
    """GDPR-1.b: that the last mail to somebody came back, or an older one after their data was
    erased, is noted; who it went to is not, and it is not offered to be sent again.
    """
    with tenant_scope(tenant):
        mail = OutgoingMailFactory.create(kind=kind, to_email=address, state=MailState.SENT)
        TenantOutbox(tenant.pk).on_sent(mail)
    here = f"/t/acme/settings/mail/{mail.pk}/"
    client = client_for(alice)
    if by_hand:
        assert client.post(f"{here}returned/").status_code == 302
    else:
        assert take_mail(REPORT.format(id=message_id(mail)).encode())
    with tenant_scope(tenant):
        row = OutgoingMail.objects.get(pk=mail.pk)
        assert (row.state, row.to_email, row.error) == (MailState.CANCELLED, "", "")
        verbs = list(Event.objects.filter(subject_id=mail.pk).values_list("verb", flat=True))
        assert sorted(verbs) == ["mail.returned", "mail.sent"]
        with pytest.raises(Conflict):
            return_mail(actor=Actor.member(alice), mail=row)
    page = client.get(here).content.decode()
    assert "Send again" not in page and "frank@example.com" not in page
