"""Thanks from sales (THX-5): through the program, asking for nothing, held back by one press."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from activities.activities.completion import complete_activity, void_activity
from activities.activities.models import Activity
from advocacy import clock as product_clock
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.sending import TenantOutbox, build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from benefits.models import SalesThanks, ThankYou
from benefits.sales_thanks.asking_nothing import why_not
from benefits.sales_thanks.services import MAIL, NOTICE, hold_thanks, write_thanks
from reporting.queue import everything
from tests.factories.requests import AskFactory, ReadyFactory, RequestFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
WORDS = "You gave us an hour, and them the courage."


@pytest.fixture
def call(program: Program, bob: Membership, clock: Clock) -> Activity:
    """A call Bob asked for that took place; the advocate stays sealed."""
    advocate = ReadyFactory(
        first_name="Ana", last_name="Lima", disclosure="never", account=program.advocate.account
    )
    activity = program.accepted(advocate=advocate)
    request = RequestFactory(
        requester=bob, manager=program.manager, activity_type=activity.activity_type,
        state="confirmed", is_confidential=True, prospect="Isdom",
    )  # fmt: skip
    AskFactory(
        request=request, advocate=advocate, participation=activity.participation,
        activity=activity, state="accepted",
    )  # fmt: skip
    clock.advance(hours=1)
    done = complete_activity(
        actor=program.actor, activity=activity, happened_at=product_clock.now()
    )
    return done.reload()


def codes(member: Membership) -> set[str]:
    return {item.work.code for item in everything(member)}


REFUSED = {
    "See https://x.example/page": "“https://x.example/page”",
    "See www.northwind.example now": "“www.northwind.example”",
    "Write to me: bob@acme.example.": "“bob@acme.example”",
    "Our site acme.com has it": "“acme.com”",
    "Files at share.acme.tech/doc": "“share.acme.tech/doc”",
    "Our offer: acme.shop, today": "“acme.shop”",
    "ｗｗｗ．acme．example": "“www.acme.example”",
    "Look at acme。com": "“acme.com”",
    "Call +49 30 1234 5678 any time": "“+49 30 1234 5678”",
}


def test_it_asks_for_nothing() -> None:
    """THX-5.b: links, addresses and numbers are refused with which; plain words are not."""
    for words, named in REFUSED.items():
        assert named in why_not(words), words
    for words in (
        WORDS,
        "In 2026 you saved 40 hours, 3.5 a week. Thanks!",
        "Danke. Das half sehr.It was great.",
    ):
        assert not why_not(words), words
    assert "“plan.pdf”" in why_not(WORDS, ["plan.pdf"])


def test_sales_writes_through_the_program(
    call: Activity, program: Program, bob: Membership, clock: Clock, scope: Tenant,
    client_for: Callable[..., Client], membership: Callable[..., Membership],
) -> None:  # fmt: skip
    """THX-5.a, THX-5.b: from the request's page, without a name; it waits so many working hours and
    then goes from the system's address, with answers to whoever owns the thanks.
    """
    seller, slug = client_for(bob), scope.slug
    page = seller.get(f"/t/{slug}/requests/{call.asks.get().request_id}/").content.decode()
    assert f"/sales-thanks/new/?activity={call.pk}" in page
    address = f"/t/{slug}/sales-thanks/new/"
    form = seller.get(f"{address}?activity={call.pk}").content.decode()
    assert "Lima" not in form
    body = {"activity": str(call.pk), "message": WORDS}
    file = SimpleUploadedFile("plan.pdf", b"x")
    for wrong, named in (
        ({**body, "message": "See acme.com"}, "“acme.com”"),
        ({**body, "message": "Isdom signed!"}, "leave out the name"),
        ({**body, "anything": file}, "“plan.pdf”"),
    ):
        refused = seller.post(address, wrong)
        assert refused.status_code == 422
        assert named in refused.content.decode()
    assert not SalesThanks.objects.exists()
    told = seller.post(address, body)
    assert told.status_code == 302
    thanks = SalesThanks.objects.get()
    shown = seller.get(told["Location"]).content.decode()
    assert WORDS in shown
    assert "Lima" not in shown
    owner = ThankYou.objects.get(activity=call).owner
    assert thanks.owner == owner == program.csm
    assert "sales_thanks" in codes(program.csm)
    (notice,) = OutgoingMail.objects.filter(kind=NOTICE)
    assert (notice.to_email, "Ana Lima" in notice.subject) == (program.csm.email, True)
    mail = OutgoingMail.objects.get(kind=MAIL)
    assert mail.due_at == thanks.sends_at >= product_clock.now() + timedelta(hours=4)
    message = build_message(mail)
    assert bob.email not in f"{message.message()}"
    assert message.reply_to == [program.csm.email]
    assert "Bob" in message.from_email
    with pytest.raises(Conflict):
        write_thanks(actor=Actor.member(bob), activity=call, message=WORDS)
    with pytest.raises(NotAllowed):
        write_thanks(actor=Actor.member(membership("sales")), activity=call, message=WORDS)
    clock.set(thanks.sends_at)
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent")
    TenantOutbox(scope.pk).on_sent(mail)
    assert thanks.reload().state == "sent"
    with pytest.raises(Conflict):
        hold_thanks(actor=Actor.member(program.csm), thanks=thanks)
    page = client_for(program.csm).get(f"/t/{slug}/activities/{call.pk}/").content.decode()
    assert "Thanks from sales" in page


def test_the_owner_holds_it_back(
    call: Activity, program: Program, bob: Membership, clock: Clock, scope: Tenant,
    client_for: Callable[..., Client], membership: Callable[..., Membership],
) -> None:  # fmt: skip
    """THX-5.c: by one press, and the sender hears of it; let go after all it goes at once; who has
    no part in it may neither. Taken back, or recorded in error, it goes to nobody.
    """
    api = api_for(bob)
    made = api.post("sales-thanks/", {"activity": str(call.pk), "message": WORDS})
    assert made.status_code == 201, made.content
    wrong = {"activity": str(call.pk), "message": WORDS, "attachments": ["plan.pdf"]}
    assert "attachments" in api.post("sales-thanks/", wrong).content.decode()
    thanks = SalesThanks.objects.get()
    path = f"/t/{scope.slug}/sales-thanks/{thanks.pk}"
    csm = client_for(program.csm)
    assert client_for(membership("csm")).post(f"{path}/hold/").status_code in (403, 404)
    assert api.post(f"sales-thanks/{thanks.pk}/hold/").status_code == 403
    assert f"{path}/hold/" in csm.get(f"{path}/").content.decode()
    assert csm.post(f"{path}/hold/").status_code == 302
    assert not OutgoingMail.objects.filter(kind=MAIL, state="queued").exists()
    told = OutgoingMail.objects.get(kind=NOTICE, to_email=bob.email)
    assert "Cleo has held back" in told.text
    assert "Lima" not in told.text + told.subject
    assert csm.post(f"{path}/hold/").status_code == 409
    assert csm.post(f"{path}/let-go/").status_code == 302
    (mail,) = OutgoingMail.objects.filter(kind=MAIL, state="queued")
    assert mail.due_at <= product_clock.now()
    assert api.post(f"sales-thanks/{thanks.pk}/take-back/").json()["state"] == "taken_back"
    assert not OutgoingMail.objects.filter(kind=MAIL, state="queued").exists()
    again = write_thanks(actor=Actor.member(bob), activity=call, message=WORDS)
    void_activity(actor=program.actor, activity=call, reason="Wrong call")
    assert again.reload().state == "taken_back"
    assert not OutgoingMail.objects.filter(kind=MAIL, state="queued").exists()
