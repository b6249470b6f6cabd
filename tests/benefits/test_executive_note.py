"""An executive's note: prepared by a colleague, signed and sent at one press (THX-1.c, THX-3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.sending import TenantOutbox, build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.services import mark_thanked, prepare_note, send_thank_you
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

LINE = "Your map of the stations hangs in my office."


@pytest.fixture
def ruth(program: Program) -> Membership:
    """Who signs."""
    made: Membership = MembershipFactory(role="executive", user__name="Ruth")
    return made


@pytest.fixture
def note(program: Program, ruth: Membership) -> ThankYou:
    """What she owes."""
    activity = program.completed("speaking", minutes=40)
    return ThankYou.objects.get(activity=activity, kind=ThankYouKind.EXECUTIVE)


def test_prepared_signed_and_sent_at_one_press(
    program: Program,
    note: ThankYou,
    ruth: Membership,
    tenant: Tenant,
    client_for: Callable[..., Client],
) -> None:
    """THX-1.c, THX-3.b, THX-3.c: a colleague writes the line and sends nothing; on her Today one
    press sends it in her name. Without a line there is no note.
    """
    with tenant_scope(tenant):
        note.advocate.email = "frank@example.com"
        note.advocate.save()
    manager, her = client_for(program.manager), client_for(ruth)
    address = f"/t/acme/thanks/{note.pk}/"
    page = manager.get(address).content.decode()
    assert "Keep it for Ruth to sign" in page
    assert "My colleagues told me about your talk" in page
    assert "Keep it for" not in her.get(address).content.decode()
    today = her.get("/t/acme/").content.decode()
    assert "Sign a note to Frank Murphy" in today and f"{address}sign/" not in today
    assert her.post(f"{address}sign/").status_code == 422
    typed = {"subject": "A note", "opening": "Dear Frank,", "closing": "Ruth"}
    empty = manager.post(f"{address}prepare/", {**typed, "personal_line": " "})
    assert empty.status_code == 422 and "A note" in empty.content.decode()
    assert manager.post(f"{address}prepare/", {**typed, "personal_line": LINE}).status_code == 302
    assert LINE in her.get("/t/acme/").content.decode()
    assert f'action="{address}sign/"' in her.get("/t/acme/").content.decode()
    assert her.post(f"{address}sign/").status_code == 302
    with tenant_scope(tenant):
        found = note.reload()
        assert (found.state, found.done_by, found.channel) == ("done", ruth, "email")
        mail = OutgoingMail.objects.get(subject_id=note.pk, kind="thank-you")
        message = build_message(mail)
    assert message.from_email.startswith("Ruth <")
    for text in (message.body, message.alternatives[0][0]):
        assert LINE in text and "Ruth" in text and "40 minutes" in text
    assert her.post(f"{address}sign/").status_code == 409


def test_a_note_that_came_back_is_owed_again(
    program: Program, note: ThankYou, ruth: Membership, tenant: Tenant, clock: Clock
) -> None:
    """THX-2.e: with the line that was written; nobody signs it blindly a second time."""
    note.advocate.email = "frank@example.com"
    note.advocate.save()
    prepare_note(actor=program.actor, thank_you=note, personal_line=LINE)
    clock.advance(hours=1)
    send_thank_you(actor=Actor.member(ruth), thank_you=note)
    mail = OutgoingMail.objects.get(subject_id=note.pk, kind="thank-you")
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    TenantOutbox(tenant.pk).on_failed(mail, OSError("550"))
    found = note.reload()
    assert (found.state, found.owner, found.personal_line) == (ThankYouState.OPEN, ruth, LINE)
    assert OutgoingMail.objects.filter(kind="thank-you-bounced", to_email=ruth.email).exists()
    rows = api_for(ruth).get(f"thank-yous/{note.pk}/").json()
    assert rows["reopened_at"] is not None


@pytest.mark.parametrize("channel", ["call", "note"])
def test_said_on_the_phone_or_written_by_hand(
    program: Program, note: ThankYou, ruth: Membership, clock: Clock, channel: str
) -> None:
    """THX-3.c: an executive's word counts however it was said."""
    clock.advance(days=1)
    mark_thanked(
        actor=Actor.member(ruth),
        thank_you=note,
        channel=channel,
        at=note.happened_at + timedelta(hours=3),
        note="On heavy paper.",
    )
    assert (note.reload().channel, note.done_by) == (channel, ruth)


def test_what_cannot_be_prepared(program: Program, note: ThankYou, ruth: Membership) -> None:
    """BAD-1.a, ID-2: a line too long, a thank-you that is no note, somebody else's, one sent."""
    with pytest.raises(DomainError) as refused:
        prepare_note(actor=program.actor, thank_you=note, personal_line="x" * 2001)
    assert "personal_line" in refused.value.fields
    personal = ThankYou.objects.get(activity=note.activity, kind=ThankYouKind.PERSONAL)
    with pytest.raises(Conflict):
        prepare_note(actor=program.actor, thank_you=personal, personal_line=LINE)
    stranger = MembershipFactory(role="csm")
    with pytest.raises(NotAllowed):
        prepare_note(actor=Actor.member(stranger), thank_you=note, personal_line=LINE)
    api = api_for(program.manager)
    assert api.post(f"thank-yous/{note.pk}/prepare/", {}).status_code == 422
    kept = api.post(f"thank-yous/{note.pk}/prepare/", {"personal_line": LINE})
    assert (kept.status_code, kept.json()["personal_line"]) == (200, LINE)
