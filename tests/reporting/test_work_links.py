"""What one decision finishes is finished from the mail (MSG-5.a)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from advocacy.messaging.links import link_url, secret_of
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.messaging.sending import build_message
from advocacy.messaging.work_links.making import work_link
from advocacy.messaging.work_links.presses import every_purpose
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining.choices import NominationState
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.reminders import fire_due_reminders
from benefits.thanks.services import prepare_note
from reporting.chat import sending, services
from reporting.models import ChatConnection
from tests.factories.activities import DutyFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory, NominationFactory, in_days
from tests.factories.moments import MomentFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(clock: Clock, alice: Membership, tenant: Tenant) -> Program:
    """A Tuesday morning."""
    clock.set(datetime(2026, 1, 6, 10, tzinfo=UTC))
    with tenant_scope(tenant):
        made = make_program(manager=alice)
        made.advocate.email = "frank@example.com"
        made.advocate.save()
        return made


def page_of(member: Membership, work: str, row: Any) -> str:
    """The address in a mail, without its host."""
    with tenant_scope(member.tenant):
        link = work_link(work, row.pk, member)
        assert link is not None
        return f"/p/{secret_of(link)}/work/"


def press(address: str, move: str, **values: str) -> Any:
    return Client().post(address, {"move": move, **values})


def test_a_moment_is_done_or_dismissed(program: Program, tenant: Tenant) -> None:
    """MSG-5.a, BAD-1.b: looking changes nothing, a reason is asked for, and kept where it is too
    long; once it is done there is nothing to do, however often one presses.
    """
    with tenant_scope(tenant):
        account = AccountFactory(name="Isdom", owner=program.csm)
        done, gone = (MomentFactory(account=account, happened_on=in_days(-2)) for _n in range(2))
    address = page_of(program.csm, "moment", done)
    page = Client().get(address)
    assert page.status_code == 200
    assert "Isdom" in page.content.decode() and "Somebody was asked" in page.content.decode()
    with tenant_scope(tenant):
        assert done.reload().state == "open"
    answer = press(address, "use")
    assert answer.status_code == 302
    assert "Good. The moment is done." in Client().get(answer["Location"]).content.decode()
    assert press(address, "use").status_code == 409
    with tenant_scope(tenant):
        assert (done.reload().state, done.decided_by) == ("done", program.csm)
    other = page_of(program.csm, "moment", gone)
    assert press(other, "dismiss").status_code == 422
    long = press(other, "dismiss", **{"dismiss-reason": "x" * 1999 + " kept"})
    assert long.status_code == 422 and "kept" in long.content.decode()
    assert press(other, "celebrate").status_code == 409
    assert press(other, "dismiss", **{"dismiss-reason": "They are busy."}).status_code == 302
    with tenant_scope(tenant):
        assert (gone.reload().state, gone.reason) == ("dismissed", "They are busy.")


def test_a_nomination_is_accepted_or_returned(program: Program, tenant: Tenant) -> None:
    """MSG-5.a, IDN-2: with what one has to know; a criterion that is not met takes its reason."""
    with tenant_scope(tenant):
        nominations = [
            NominationFactory(advocate=AdvocateFactory(status="nominated"), reasons="She maps.")
            for _n in range(2)
        ]
    first, second = (page_of(program.manager, "decide", each) for each in nominations)
    page = Client().get(first).content.decode()
    assert "She maps." in page and "Not met, or not known" in page
    refused = press(first, "accept")
    assert refused.status_code == 422 and "why the person qualifies" in refused.content.decode()
    assert press(first, "accept", **{"accept-override_reason": "We know her."}).status_code == 302
    assert press(second, "return", **{"return-reason": "Next year."}).status_code == 302
    with tenant_scope(tenant):
        states = [each.reload().state for each in nominations]
        assert states == [NominationState.ACCEPTED, NominationState.RETURNED]
        assert nominations[0].decided_by == program.manager


def test_a_duty_is_ticked_off(program: Program, tenant: Tenant) -> None:
    """MSG-5.a, RSP-1; a link is its member's: who left, and who has it no more, opens nothing."""
    with tenant_scope(tenant):
        duty = DutyFactory(owner=program.csm, activity=program.accepted(), step="produce")
        colleague = MembershipFactory(role="csm")
    address, theirs = page_of(program.csm, "duty", duty), page_of(colleague, "duty", duty)
    assert "nothing to do" in Client().get(theirs).content.decode()
    assert press(theirs, "finish").status_code == 409
    assert press(address, "finish").status_code == 302
    with tenant_scope(tenant):
        assert (duty.reload().state, duty.done_by) == ("done", program.csm)
        Membership.objects.filter(pk=program.csm.pk).update(is_active=False)
    assert Client().get(address).status_code == 410


def test_a_small_thank_you_goes_from_the_reminder(
    program: Program, tenant: Tenant, clock: Clock
) -> None:
    """MSG-5.a, THX-3.b: read and sent on the link in the reminder, with a line or without; one
    that takes a line of one's own is opened instead, and a note that was prepared is signed.
    """
    with tenant_scope(tenant):
        small = ThankYou.objects.get(activity=program.completed("review"))
        assert small.effort == "low"
        large = ThankYou.objects.get(activity=program.completed("reference_call"))
        clock.advance(hours=13)
        fire_due_reminders()
        assert small.owner is not None
        mail = OutgoingMail.objects.get(
            subject_id=small.pk, kind="thank-you-reminder", to_email=small.owner.email
        )
        message = build_message(mail)
        link = PersonalLink.objects.get(subject_id=small.pk)
        assert not PersonalLink.objects.filter(subject_id=large.pk).exists()
        url = link_url(link)
    for text in (message.body, message.alternatives[0][0]):
        assert url in text
    address = url[url.index("/p/") :]
    page = Client().get(address).content.decode()
    assert "Thank you for your review" in page
    sent = press(address, "send", **{"send-personal_line": "It made us blush."})
    assert sent.status_code == 302
    with tenant_scope(tenant):
        assert (small.reload().state, small.done_by) == (ThankYouState.DONE, small.owner)
        assert "It made us blush." in small.message
        assert large.owner is not None
    opened = Client().get(page_of(large.owner, "thank", large)).content.decode()
    assert "takes more than a press" in opened
    assert press(page_of(large.owner, "thank", large), "send").status_code == 409


def test_a_prepared_note_is_signed_on_the_link(program: Program, tenant: Tenant) -> None:
    """MSG-5.a, THX-1.c: in the executive's name, with the line that was prepared."""
    with tenant_scope(tenant):
        ruth = MembershipFactory(role="executive", user__name="Ruth")
        activity = program.completed("speaking")
        note = ThankYou.objects.get(activity=activity, kind=ThankYouKind.EXECUTIVE)
        prepare_note(actor=program.actor, thank_you=note, personal_line="Your map hangs here.")
    address = page_of(ruth, "thank", note)
    assert "Your map hangs here." in Client().get(address).content.decode()
    typed = {"send-personal_line": "Your map hangs here."}
    assert press(address, "send", **typed).status_code == 302
    with tenant_scope(tenant):
        assert (note.reload().state, note.done_by) == ("done", ruth)


def test_today_comes_by_mail_with_its_links(
    program: Program, tenant: Tenant, clock: Clock, client_for: Callable[..., Client]
) -> None:
    """MSG-5.a: switched on in the browser or over REST; what newly waits, once, in text and HTML,
    each with its own link; at most every few hours; nothing once it was ended.
    """
    made = client_for(program.csm).post("/t/acme/chats/new/", {"kind": "mail", "name": ""})
    assert made.status_code == 302, made.content.decode()
    assert api_for(program.csm).post("chats/", {"kind": "mail"}).status_code == 409
    with tenant_scope(tenant):
        account = AccountFactory(name="Isdom & <Sons>", owner=program.csm)
        moments = [MomentFactory(account=account, happened_on=in_days(-2)) for _n in range(2)]
    sending.post_today(tenant.pk)
    sending.post_today(tenant.pk)
    with tenant_scope(tenant):
        (mail,) = OutgoingMail.objects.filter(kind="today")
        message = build_message(mail)
        urls = [link_url(link) for link in PersonalLink.objects.filter(purpose="work-moment")]
        assert mail.to_email == program.csm.email
        assert mail.subject == "2 things newly wait on your Today"
    html = message.alternatives[0][0]
    assert len(urls) == len(set(urls)) == 2
    for url in urls:
        assert message.body.count(url) == 1 and html.count(f'href="{url}"') == 1
    assert "Isdom & <Sons>" in message.body and "Isdom &amp; &lt;Sons&gt;" in html
    address = urls[0][urls[0].index("/p/") :]
    assert press(address, "use").status_code == 302
    with tenant_scope(tenant):
        assert sorted(row.reload().state for row in moments) == ["done", "open"]
        MomentFactory(account=account, kind="usage")
    clock.advance(minutes=30)
    sending.post_today(tenant.pk)
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="today").count() == 1
    clock.advance(hours=4)
    sending.post_today(tenant.pk)
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="today").count() == 2
        actor = Actor.member(program.csm)
        connection = ChatConnection.objects.get()
        services.disconnect_chat(actor=actor, connection=connection)
        MomentFactory(account=account, kind="renewal")
    clock.advance(hours=5)
    sending.post_today(tenant.pk)
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="today").count() == 2


def test_every_item_that_one_decision_finishes_is_declared() -> None:
    """MSG-5.a: nominations, duties, moments and thank-yous; the others have pages of their own."""
    assert set(every_purpose()) == {"work-decide", "work-duty", "work-moment", "work-thank"}
