"""The thanks desk in a browser (THX-3, THX-4, AST-3, UI-2, ID-2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from activities.loops.models import LoopDuty
from activities.loops.services import make_loop_due
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Preference
from benefits.thanks.choices import ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.news import on_mail_failed
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]
PANEL = {"HX-Request": "true", "HX-Target": "div#panel-body"}
OVER_QUEUE = {**PANEL, "X-Queue": "1"}


@pytest.fixture
def program(clock: Clock, tenant: Tenant, alice: Membership) -> Program:
    """Outside a scope, as a browser is."""
    with tenant_scope(tenant):
        return make_program(manager=alice)


def opened(
    tenant: Tenant, program: Program, code: str = "reference_call", **kw: object
) -> ThankYou:
    with tenant_scope(tenant):
        activity = program.completed(code, **kw)  # type: ignore[arg-type]
        return ThankYou.objects.get(activity=activity, kind="personal")


def letter(page: str, **changes: str) -> dict[str, str]:
    return {
        "subject": "Thank you",
        "opening": "Dear Frank,",
        "closing": "Cleo",
        "personal_line": "",
        **changes,
    }


def test_grouped_by_when_it_is_due(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """UI-2: overdue / today / this week, each with its one action."""
    opened(tenant, program, hours_ago=30)
    opened(tenant, program, hours_ago=20)
    opened(tenant, program)
    page = client_for(program.csm).get("/t/acme/thanks/").content.decode()
    assert "3 thank-yous wait, 1 is overdue" in page
    order = [page.index(f"queue-group-{key}") for key in ("overdue", "today", "week")]
    assert order == sorted(order)
    assert page.count("Review &amp; send") == 3


def test_each_sees_their_own(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """ID-2.a: an executive sees theirs; the program may see everybody's."""
    with tenant_scope(tenant):
        executive = MembershipFactory(role="executive")
        stranger = MembershipFactory(role="csm")
    thank_you = opened(tenant, program, "speaking")
    desk = "/t/acme/thanks/"
    assert "Sign a note to Frank Murphy" in client_for(executive).get(desk).content.decode()
    assert "Thank Frank Murphy" not in client_for(executive).get(desk).content.decode()
    assert "Frank Murphy" not in client_for(stranger).get(desk).content.decode()
    assert client_for(stranger).get(f"{desk}{thank_you.pk}/").status_code == 404
    managers = client_for(alice)
    assert "Sign a note" not in managers.get(desk).content.decode()
    assert "Sign a note" in managers.get(f"{desk}?who=all").content.decode()


def test_the_personal_line_is_asked_for_and_nothing_is_lost(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """THX-3.b, BAD-1.a, BAD-1.b: 422 at the field, with everything typed kept."""
    thank_you = opened(tenant, program)
    client = client_for(program.csm)
    url = f"/t/acme/thanks/{thank_you.pk}/"
    page = client.get(url).content.decode()
    assert "Thank you for the reference call with Isdom" in page
    answer = client.post(url, letter(page, opening="Salut Frank!"))
    assert answer.status_code == 422
    assert "Add a line of your own" in answer.content.decode()
    assert "Salut Frank!" in answer.content.decode()
    with tenant_scope(tenant):
        assert thank_you.reload().state == ThankYouState.OPEN


def test_preview_sends_nothing(program: Program, tenant: Tenant, client_for: Clients) -> None:
    """THX-3, MSG-1: what is shown is what will arrive."""
    thank_you = opened(tenant, program)
    answer = client_for(program.csm).post(
        f"/t/acme/thanks/{thank_you.pk}/preview/", letter("", personal_line="Bravo & merci")
    )
    assert answer.status_code == 200
    assert "Bravo &amp; merci" in answer.content.decode()
    with tenant_scope(tenant):
        assert thank_you.reload().state == ThankYouState.OPEN
        assert not OutgoingMail.objects.filter(kind="thank-you").exists()


def test_after_sending_the_queue_is_drawn_anew(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2: a toast and the word to go on; the desk then draws its queue and headline alone."""
    first = opened(tenant, program, hours_ago=30)
    second = opened(tenant, program, "testimonial")
    client = client_for(program.csm)
    answer = client.post(
        f"/t/acme/thanks/{first.pk}/", letter("", personal_line="Merci"), headers=OVER_QUEUE
    )
    assert answer.status_code == 200
    assert (answer["HX-Trigger"], answer["HX-Reswap"]) == ("queue:next", "none")
    assert "Sent to Frank Murphy" in answer.content.decode()
    headers = {"HX-Request": "true", "HX-Target": "div#desk-queue"}
    page = client.get("/t/acme/thanks/?who=mine", headers=headers).content.decode()
    assert "1 thank-you waits" in page
    assert f"row-thank-{second.pk}" in page
    assert f"row-thank-{first.pk}" not in page
    assert "<html" not in page


def test_elsewhere_the_panel_leads_to_the_next_letter(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2: a panel that stands over no queue moves on, at the end to the desk."""
    first = opened(tenant, program, hours_ago=30)
    second = opened(tenant, program, "testimonial")
    client = client_for(program.csm)
    sent = client.post(
        f"/t/acme/thanks/{first.pk}/", letter("", personal_line="Merci"), headers=PANEL
    )
    assert sent["HX-Redirect"] == f"/t/acme/thanks/{second.pk}/?who=mine"
    last = client.post(f"/t/acme/thanks/{second.pk}/", letter(""), headers=PANEL)
    assert (last.status_code, last["HX-Redirect"]) == (204, "/t/acme/thanks/?who=mine")


def test_without_scripts_the_next_page_opens(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-1: the same, page by page."""
    first = opened(tenant, program, hours_ago=30)
    second = opened(tenant, program)
    answer = client_for(program.csm).post(
        f"/t/acme/thanks/{first.pk}/", letter("", personal_line="Merci")
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"/t/acme/thanks/{second.pk}/?who=mine"


@pytest.mark.parametrize("channel", ["call", "note"])
def test_said_another_way(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock, channel: str
) -> None:
    """THX-3.c: by call or handwritten note, with its date."""
    thank_you = opened(tenant, program, hours_ago=30)
    client = client_for(program.csm)
    url = f"/t/acme/thanks/{thank_you.pk}/thanked/?channel={channel}"
    assert client.get(url).status_code == 200
    client.post(url, {"channel": channel, "at": "2026-03-02T10:30", "note": "He laughed"})
    with tenant_scope(tenant):
        thank_you.reload()
    assert (thank_you.channel, thank_you.done_at) == (channel, clock.now - timedelta(minutes=30))
    assert "He laughed" in client.get(f"/t/acme/thanks/{thank_you.pk}/").content.decode()


def test_taken_over(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """THX-1: the manager takes a CSM's over with one press."""
    thank_you = opened(tenant, program)
    client = client_for(alice)
    assert "take" in client.get(f"/t/acme/thanks/{thank_you.pk}/").content.decode()
    client.post(f"/t/acme/thanks/{thank_you.pk}/take/")
    with tenant_scope(tenant):
        assert thank_you.reload().owner == alice


def test_the_rate_stands_beside_the_queue(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """THX-4.a: with what it is made of, target and period."""
    opened(tenant, program)
    clock.advance(days=2)
    page = client_for(program.csm).get("/t/acme/thanks/").content.decode()
    assert "0 %" in page
    assert "0 of 1 · target 95 % · 30 days" in page


def test_tell_them_what_came_of_it(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """AST-3.c: on the desk once there is something to tell, gone once it is told."""
    thank_you = opened(tenant, program, owner=program.csm)
    client = client_for(program.csm)
    desk = "/t/acme/thanks/"
    assert "what came of the" not in client.get(desk).content.decode()
    with tenant_scope(tenant):
        make_loop_due(
            actor=program.actor,
            activity_ids=[thank_you.activity_id],
            due_at=clock.now + timedelta(days=3),
            news="Isdom bought",
        )
        duty = LoopDuty.objects.get()
    page = client.get(desk).content.decode()
    assert "Tell Frank Murphy what came of the reference call" in page
    assert "Isdom bought" in client.get(f"{desk}tell/{duty.pk}/").content.decode()
    assert client.post(f"{desk}tell/{duty.pk}/", {"note": ""}).status_code == 422
    told = {"note": "Told him on the phone", "told": "1"}
    assert client.post(f"{desk}tell/{duty.pk}/", {**told, "note": "\u200b"}).status_code == 422
    client.post(f"{desk}tell/{duty.pk}/", told)
    assert "what came of the" not in client.get(desk).content.decode()


def test_the_letter_that_tells_goes_out_at_one_press(
    program: Program, tenant: Tenant, client_for: Clients, clock: Clock
) -> None:
    """AST-3.c, THX-3.a: it is written already, can be changed, and closes the loop; what comes back
    was told to nobody. Who wants no mail gets none.
    """
    thank_you = opened(tenant, program, owner=program.csm)
    client = client_for(program.csm)
    with tenant_scope(tenant):
        make_loop_due(
            actor=program.actor,
            activity_ids=[thank_you.activity_id],
            due_at=clock.now + timedelta(days=3),
            news="Isdom bought",
        )
        duty = LoopDuty.objects.get()
    address = f"/t/acme/thanks/tell/{duty.pk}/"
    shown = client.get(address).context["form"].initial
    assert "Isdom bought" in shown["message"] and shown["message"].startswith("Dear Frank")
    empty = client.post(address, {**shown, "message": "\u200b"})
    assert empty.status_code == 422 and shown["subject"] in empty.content.decode()
    sent = client.post(
        address,
        {**shown, "message": shown["message"] + " See you in Lyon."},
        headers={"HX-Request": "true", "X-Queue": "1"},
    )
    assert sent["HX-Trigger"] == "queue:next"
    with tenant_scope(tenant):
        mail = OutgoingMail.objects.get(kind="what-came-of-it")
        assert mail.text.strip().endswith("See you in Lyon.")
        assert (mail.to_email, mail.sender) == (program.advocate.email, program.csm)
        assert "See you in Lyon." in duty.reload().note
        on_mail_failed(Event(), mail, program.actor)
        assert duty.reload().closed_at is None
        Preference.objects.update_or_create(
            advocate=program.advocate, defaults={"channel": "phone"}
        )
    page = client.get(address).content.decode()
    assert "wants to be called" in page and 'name="message"' not in page
    assert client.post(address, shown).status_code == 422
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="what-came-of-it").count() == 1


def test_what_they_like_stands_beside_the_letter(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """ADV-2.e, BEN-4: ideas from what they like to get back; no gift where their company allows
    none, and none at all after what is never rewarded.
    """
    client = client_for(program.csm)
    thanks = opened(tenant, program)
    url = f"/t/acme/thanks/{thanks.pk}/"
    assert client.get(url).context["ideas"] == []
    with tenant_scope(tenant):
        Preference.objects.update_or_create(
            advocate=program.advocate, defaults={"appreciation": ["gifts", "access"]}
        )
        program.advocate.account.gifts_allowed = False
        program.advocate.account.save()
    page = client.get(url)
    access, gifts = page.context["ideas"]
    assert access.startswith("Access: ")
    assert gifts == "Gifts, but their company allows none."
    assert gifts in page.content.decode()
    with tenant_scope(tenant):
        kind = program.type("reference_call")
        kind.rewards = "never"
        kind.save()
    assert client.get(url).context["ideas"] == []
