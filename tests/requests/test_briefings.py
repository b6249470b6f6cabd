"""Briefings before a call (FUL-2)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from activities.activities.services import cancel_activity
from activities.duties.models import Duty
from advocacy.messaging.links import secret_of
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Outcome
from reporting.queue import everything, rows_of
from requests.briefings.contents import sheet_of
from requests.briefings.models import Briefing
from requests.briefings.resource import BRIEFINGS
from requests.briefings.sending import sweep_briefings
from requests.briefings.services import confirm_briefing, update_briefing
from requests.mails import link_of
from requests.models import Ask
from requests.scheduling.services import pick_slot
from tests.factories.advocates import AccountFactory
from tests.factories.briefings import BriefingFactory
from tests.factories.requests import ReadyFactory
from tests.kit.resource import ResourceCase
from tests.requests.calls import FIRST, HALF, JANE, MakeRequest, confirm
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


class TestBriefings(ResourceCase):
    """FUL-2.a: read and written otherwise in the browser and over REST."""

    resource, factory = BRIEFINGS, BriefingFactory
    viewers = editors = "program_manager admin sales csm marketing"
    changed: ClassVar[dict[str, Any]] = {"note": "They are in the middle of a migration."}
    wrong: ClassVar[dict[str, Any]] = {"note": "x" * 1001}


@pytest.fixture
def ask(make_request: MakeRequest, alice: Membership, membership: Any) -> Ask:
    """Ana at Quantum said yes to Isdom's call; her account is Cleo's."""
    cleo = membership("csm", user__name="Cleo")
    ana = ReadyFactory(
        first_name="Ana",
        last_name="Lima",
        job_title="Head of IT",
        time_zone="Europe/Lisbon",
        account=AccountFactory(name="Quantum Textiles", industry="Textiles", owner=cleo),
    )
    for metric, may in (("Reporting time", True), ("Staff", False)):
        Outcome.objects.create(
            advocate=ana, metric=metric, before="3 days", after="1 hour", may_be_quoted=may
        )
    return confirm(
        make_request,
        alice,
        advocate=ana,
        industry="Textiles",
        questions="- How long did it take?\n- Who did it?",
        contacts=JANE,
    )


def sides(ask: Ask) -> tuple[Briefing, Briefing]:
    """The advocate's and the requester's."""
    found = {row.side: row for row in Briefing.objects.filter(ask=ask)}
    return found["advocate"], found["requester"]


def told(briefing: Briefing) -> dict[str, str]:
    """What it says: code of a part → all of it."""
    return {section.code: section.as_text for section in sheet_of(briefing).sections}


def book(ask: Ask, bob: Membership) -> Ask:
    """At the first of the times."""
    slot = ask.slots.order_by("starts_at")[0]
    pick_slot(actor=Actor.member(bob), request=ask.request, slot=slot, location="https://m.example")
    return ask.reload()


def test_a_yes_makes_one_for_each_side(ask: Ask, bob: Membership) -> None:
    """FUL-2.a, ADV-3.b: who, why matched, the prospect's questions, talking points from outcomes,
    logistics on each reader's clock, dos and don'ts; of outcomes others hear what may be told.
    """
    advocate, requester = (told(row) for row in sides(ask))
    assert "Jane Roe" in advocate["who"]
    assert "Isdom" in advocate["who"]
    assert "you know the industry" in advocate["why"]
    assert advocate["questions"].splitlines()[1:] == [
        "- How long did it take?",
        "- Who did it?",
    ]
    assert "Reporting time: 3 days → 1 hour" in advocate["points"]
    assert "Staff" in advocate["points"]
    assert "Staff" not in requester["points"]
    assert "same industry" in requester["why"]
    assert "not booked yet" in advocate["logistics"]
    assert {"dos", "donts"} <= set(advocate) & set(requester)
    book(ask, bob)
    advocate, requester = (told(row) for row in sides(ask))
    assert "09:00–09:30 (Lisbon time)" in advocate["logistics"]
    assert "https://m.example" in requester["logistics"]
    assert "30 minutes" in requester["logistics"]
    assert "Recorded: no" in requester["logistics"]


def test_it_names_whom_its_reader_may_know(
    make_request: MakeRequest, alice: Membership, bob: Membership
) -> None:
    """FUL-2.a, VIS-1: neither the advocate to who may not know them, nor a confidential prospect;
    nor does anybody write the name in.
    """
    hidden = ReadyFactory(
        first_name="Ana",
        last_name="Lima",
        account=AccountFactory(name="Quantum Textiles", disclosure="never"),
    )
    ask = confirm(make_request, alice, advocate=hidden, is_confidential=True, contacts=JANE)
    ours, theirs = sides(ask)
    for text in told(theirs).values():
        assert "Lima" not in text
        assert "Quantum" not in text
    assert "Tell the prospect the name" in told(theirs)["donts"]
    for text in told(ours).values():
        assert "Isdom" not in text
        assert "Jane" not in text
    with pytest.raises(DomainError) as refused:
        update_briefing(actor=Actor.member(alice), briefing=theirs, note="Ask Lima about it")
    assert set(refused.value.fields) == {"note"}


def test_what_somebody_writes_is_kept(
    ask: Ask, alice: Membership, bob: Membership, membership: Any
) -> None:
    """FUL-2.a: edits are kept; a text as it was made, or emptied, follows what is known. Who runs
    it writes the advocate's, who asked for it the other.
    """
    ours, theirs = sides(ask)
    update_briefing(actor=Actor.member(alice), briefing=ours, points="Say why you moved", why="")
    update_briefing(
        actor=Actor.member(bob),
        briefing=theirs,
        questions="How long did it take?\nWho did it?",
    )
    assert theirs.questions == ""
    assert told(ours)["points"] == "What you could tell\n- Say why you moved"
    assert "you know the industry" in told(ours)["why"]
    assert (ours.edited_by, theirs.edited_by) == (alice, None)
    update_briefing(actor=Actor.member(alice), briefing=ours, points="")
    assert "Reporting time" in told(ours)["points"]
    for actor, row in ((bob, ours), (membership("csm"), ours), (membership("csm"), theirs)):
        with pytest.raises(NotAllowed):
            update_briefing(actor=Actor.member(actor), briefing=row, note="x")


def test_the_owner_of_the_account_prepares_the_advocate(
    ask: Ask, bob: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """FUL-2.b: the CSM sees the advocate's from their Today, and says that they are prepared; who
    asked does not read it.
    """
    book(ask, bob)
    ours, _theirs = sides(ask)
    clock.set(FIRST - timedelta(days=2))
    cleo = ask.advocate.account.owner
    slug, client = bob.tenant.slug, client_for(cleo)
    (row,) = rows_of(cleo, [item for item in everything(cleo) if item.work.code == "duty"])
    assert row.title == "Prepare the advocate: Ana Lima"
    page = reverse("briefings:detail", args=(slug, ours.pk))
    assert page in client.get(row.url).content.decode()
    shown = client.get(page).content.decode()
    assert "Why you" in shown
    press = reverse("briefings:confirm", args=(slug, ours.pk))
    assert press in shown
    assert client.post(press).status_code == 302
    duty = Duty.objects.get(activity=ask.activity, step="prepare")
    assert (duty.state, duty.done_by) == ("done", cleo)
    assert press not in client.get(page).content.decode()
    assert client_for(bob).get(page).status_code == 404


def test_the_requester_says_that_the_prospect_is_briefed(
    ask: Ask, bob: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """FUL-2.c: one press on the request, due on Today the day before, and over REST; once, and not
    when the call has begun. Whoever the matrix says it is may too.
    """
    book(ask, bob)
    _ours, theirs = sides(ask)
    clock.set(FIRST - timedelta(days=1))
    (row,) = rows_of(bob, [item for item in everything(bob) if item.work.code == "duty"])
    assert row.title == "Brief the prospect"
    slug, client = bob.tenant.slug, client_for(bob)
    assert (
        reverse("briefings:detail", args=(slug, theirs.pk)) in client.get(row.url).content.decode()
    )
    press = reverse("briefings:confirm", args=(slug, theirs.pk))
    home = reverse("requests:detail", args=(slug, ask.request.pk))
    assert press in client.get(home).content.decode()
    api = api_for(bob)
    sheet = api.get(f"briefings/{theirs.pk}/sheet/").json()
    assert sheet["sections"][0]["code"] == "who"
    assert api.post(f"briefings/{theirs.pk}/confirm/").status_code == 200
    assert api.post(f"briefings/{theirs.pk}/confirm/").status_code == 409
    page = client.get(home).content.decode()
    assert press not in page
    assert "Briefed one side before the call" in page
    duty = Duty.objects.get(activity=ask.activity, step="brief")
    assert duty.done_by == bob
    Duty.objects.filter(pk=duty.pk).update(state="open", done_at=None, done_by=None)
    clock.set(FIRST + HALF)
    with pytest.raises(Conflict) as late:
        confirm_briefing(actor=Actor.member(bob), briefing=theirs)
    assert late.value.code == "too_late"


def test_both_get_theirs_by_mail_before_the_call(
    ask: Ask, bob: Membership, tenant: Tenant, clock: Clock, client: Client
) -> None:
    """FUL-2.a: once, a business day before, as it stands then; the advocate's leads to a page that
    needs no sign-in and weighs little. Nothing goes out for what was called off.
    """
    book(ask, bob)
    ours, _theirs = sides(ask)
    assert tenant.pk not in tenants_due("tenants_with_due_briefings")
    update_briefing(
        actor=Actor.member(ask.request.manager),  # type: ignore[arg-type]
        briefing=ours,
        note="They are nice people.",
    )
    clock.set(FIRST - timedelta(days=1) + timedelta(minutes=1))
    assert tenant.pk in tenants_due("tenants_with_due_briefings")
    for _again in range(2):
        sweep_briefings(tenant.pk)
    mails = {
        mail.to_email: mail
        for mail in OutgoingMail.objects.filter(kind__in=["briefing", "request_briefing_requester"])
    }
    assert set(mails) == {ask.advocate.email, bob.email}
    text = "".join(str(part) for part in mails[ask.advocate.email].body)
    for words in ("They are nice people.", "How long did it take?", "Lisbon time"):
        assert words in text
    link = link_of(ask)
    assert link is not None
    page = client.get(f"/p/{secret_of(link)}/ask/briefing/")
    assert page.status_code == 200
    assert len(page.content) < 30_000
    shown = page.content.decode()
    assert "Before your call, Ana" in shown
    assert "They are nice people." in shown
    assert 'href="briefing/"' in client.get(f"/p/{secret_of(link)}/ask/").content.decode()
    cancel_activity(
        actor=Actor.member(ask.request.manager),  # type: ignore[arg-type]
        activity=ask.activity,  # type: ignore[arg-type]
        reason="Ill",
    )
    assert client.get(f"/p/{secret_of(link)}/ask/briefing/").status_code == 302
    assert not Briefing.objects.filter(send_at__isnull=False).exists()
