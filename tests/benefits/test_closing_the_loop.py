"""Who waits for a time, and who has not heard what came out of what they did (AST-3)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from activities.activities.booking import schedule_activity
from activities.activities.completion import note_out
from activities.activities.models import Activity
from activities.activities.unscheduled import tell_waiting
from activities.assets.models import Asset
from activities.assets.services import publish_asset, retire_asset, update_asset
from activities.loops.models import LoopDuty
from activities.loops.services import close_loop, make_loop_due, take_news_back
from activities.settings import CONTENT
from advocacy import clock as product_clock
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.undo import undo_latest
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.models import Account, Consent
from advocates.people.privacy import erase_advocate
from benefits.thanks.drafts import loop_draft_of
from reporting.queue import everything, rows_of
from tests.factories.advocates import ConsentFactory
from tests.factories.assets import AssetFactory
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[..., Client]


@pytest.fixture
def program(clock: Clock, alice: Membership, scope: Tenant) -> Program:
    return make_program(manager=alice)


def today(member: Membership, work: str) -> list[str]:
    """What of one kind waits for somebody."""
    items = [item for item in everything(member) if item.work.code == work]
    return [row.title for row in rows_of(member, items)]


def ready(program: Program, **values: Any) -> Asset:
    """A piece everybody said yes to, with the leave for it."""
    for use in ("quote", "video"):
        if not Consent.objects.filter(advocate=program.advocate, use=use).exists():
            day = product_clock.today(program.manager.tenant.zone)
            ConsentFactory(advocate=program.advocate, use=use, given_on=day)
    asset: Asset = AssetFactory.create(advocate=program.advocate, approved=True, **values)
    return asset


def test_business_days_backwards() -> None:
    """AST-3.b: what began at that moment has lasted so long now, and nothing later has."""
    calendar = BusinessCalendar(zone=ZoneInfo("Europe/Berlin"))
    for end in (
        datetime(2026, 3, 9, 11, tzinfo=calendar.zone),
        datetime(2026, 3, 8, 11, tzinfo=calendar.zone),
        datetime(2026, 3, 9, 20, tzinfo=calendar.zone),
        datetime(2026, 3, 9, 6, tzinfo=calendar.zone),
    ):
        since = calendar.days_before(end, 5)
        assert calendar.add_days(since, 5) <= end
        assert calendar.add_days(since + timedelta(minutes=1), 5) > end or not calendar.is_open(end)
        assert calendar.add_days(since + timedelta(days=1), 5) > end


def test_a_yes_without_a_time_is_flagged(
    program: Program, client_for: Clients, membership: Any, clock: Clock
) -> None:
    """AST-3.b: five business days after the yes it is on the Today of whoever finds the time, in
    the list over REST and on its page, with a message drafted, until a time is booked; what needs
    no time never is, and how long is the tenant's.
    """
    activity = program.accepted()
    program.accepted("testimonial")
    api = api_for(program.manager)
    clock.advance(days=6)
    assert today(program.manager, "unscheduled") == []
    clock.advance(days=1, hours=1)
    name = program.advocate.name
    assert today(program.manager, "unscheduled") == [
        f"No time yet for the reference call of {name}"
    ]
    listed = api.get("activities/?is_unscheduled=true").json()["results"]
    assert [row["id"] for row in listed] == [str(activity.pk)]
    change_settings(actor=program.actor, family=CONTENT, values={"unscheduled_business_days": 10})
    assert today(program.manager, "unscheduled") == []
    change_settings(actor=program.actor, family=CONTENT, values={"unscheduled_business_days": 5})
    client = client_for(program.manager)
    here = f"/t/acme/activities/{activity.pk}/"
    assert f"{here}tell-waiting/" in client.get(here).content.decode()
    draft = client.get(f"{here}tell-waiting/").context["form"].initial
    assert program.advocate.first_name in draft["message"]
    assert client.post(f"{here}tell-waiting/", {**draft, "message": " "}).status_code == 422
    sent = client.post(f"{here}tell-waiting/", draft)
    assert sent.status_code == 302
    mail = OutgoingMail.objects.get(kind="still-a-time")
    assert (mail.to_email, "not forgotten" in mail.text) == (program.advocate.email, True)
    undo_latest(actor=program.actor, subject_id=activity.pk)
    assert mail.reload().state == "cancelled"
    assert today(program.manager, "unscheduled"), "it stays until there is a time"
    assert client_for(membership("sales")).get(f"{here}tell-waiting/").status_code in (403, 404)
    with pytest.raises(NotAllowed):
        tell_waiting(
            actor=Actor.member(membership("csm")), activity=activity, subject="A", message="B"
        )
    assert api.post(f"activities/{activity.pk}/tell-waiting/").status_code == 200
    starts = product_clock.now() + timedelta(days=1)
    schedule_activity(
        actor=program.actor,
        activity=activity.reload(),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
    )
    assert today(program.manager, "unscheduled") == []
    assert api.get("activities/?is_unscheduled=true").json()["results"] == []
    assert api.post(f"activities/{activity.pk}/tell-waiting/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_writes(tenant: Tenant, alice: Membership, clock: Clock) -> None:
    """AST-3.b: one letter a day says that they are not forgotten; the second press is told so."""
    with tenant_scope(tenant):
        activity = make_program(manager=alice).accepted()
    clock.advance(days=9)
    start, outcomes = threading.Barrier(3), []

    def press() -> None:
        try:
            start.wait()
            with tenant_scope(tenant):
                mine = Activity.objects.get(pk=activity.pk)
                tell_waiting(actor=Actor.member(alice), activity=mine, subject="A", message="B")
            outcomes.append("written")
        except Conflict as conflict:
            outcomes.append(conflict.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told_today", "told_today", "written"]
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind="still-a-time").count() == 1
        clock.advance(days=1)
        again = Activity.objects.get(pk=activity.pk)
        tell_waiting(actor=Actor.member(alice), activity=again, subject="A", message="B")
        assert OutgoingMail.objects.filter(kind="still-a-time").count() == 2


def test_it_is_drafted_in_their_language(program: Program, clock: Clock) -> None:
    """AST-3.b, AST-3.d: both letters are there in the advocate's language."""
    Account.objects.filter(pk=program.advocate.account_id).update(language="de")
    program.advocate.account.language = "de"
    waiting, review = program.accepted(), program.completed("review")
    clock.advance(days=9)
    api = api_for(program.manager)
    assert api.post(f"activities/{waiting.pk}/tell-waiting/").status_code == 200
    assert "noch keinen Termin" in OutgoingMail.objects.get(kind="still-a-time").text
    duty = LoopDuty.objects.get(activity=review)
    assert "online" in api.get(f"loops/{duty.pk}/").json()["message"]


def test_whoever_has_left_leaves_it_to_the_program(
    program: Program, membership: Any, clock: Clock
) -> None:
    """AST-3.b, AST-3.d: what nobody who works here could see to is on the program owner's Today."""
    gone = membership("program_manager")
    program.accepted(owner=gone)
    review = program.completed("review")
    LoopDuty.objects.filter(activity=review).update(owner=gone)
    clock.advance(days=9)
    owner = program.manager
    assert (len(today(owner, "unscheduled")), len(today(owner, "tell"))) == (0, 0)
    Membership.objects.filter(pk=gone.pk).update(is_active=False)
    assert (len(today(owner, "unscheduled")), len(today(owner, "tell"))) == (1, 1)


def test_a_publication_is_told(program: Program, client_for: Clients, clock: Clock) -> None:
    """AST-3.d: within 14 days of it, also of a piece that came of no activity, with the letter
    drafted and sent at one press from Today or over REST, and gone once told.
    """
    asset = ready(program, title="Two hours less")
    publish_asset(actor=program.actor, asset=asset, published_url="https://example.com/q")
    duty = LoopDuty.objects.get(asset=asset)
    assert duty.due_at == clock.now + timedelta(days=14)
    csm, wanted = program.csm, f"Tell {program.advocate.name} what came of “Two hours less”"
    assert today(csm, "tell") == [wanted]
    assert today(program.manager, "tell") == []
    client, api = client_for(csm), api_for(csm)
    assert "is to hear that it is out" in client.get(f"/t/acme/assets/{asset.pk}/").content.decode()
    assert wanted in client.get("/t/acme/thanks/").content.decode()
    shown = api.get(f"loops/{duty.pk}/").json()
    assert (shown["advocate"], shown["came_out"]) == (str(program.advocate.pk), "published")
    assert "https://example.com/q" in shown["message"]
    assert api.get("loops/?is_late=true").json()["results"] == []
    clock.advance(days=15)
    assert [row["id"] for row in api.get("loops/?is_late=true").json()["results"]] == [str(duty.pk)]
    draft = client.get(f"/t/acme/thanks/tell/{duty.pk}/").context["form"].initial
    assert client.post(f"/t/acme/thanks/tell/{duty.pk}/", draft).status_code == 302
    assert today(csm, "tell") == []
    undo_latest(actor=Actor.member(csm), subject_id=duty.pk)
    assert today(csm, "tell") == [wanted]
    assert not OutgoingMail.objects.filter(state="queued", kind="what-came-of-it").exists()
    assert api.post(f"loops/{duty.pk}/tell/", {"message": "It is out."}).status_code in (200, 204)
    mail = OutgoingMail.objects.get(state="queued", kind="what-came-of-it")
    assert (mail.to_email, mail.text) == (program.advocate.email, "It is out.\n")
    assert today(csm, "tell") == []


def test_it_is_told_once_more_where_the_loop_was_closed(program: Program) -> None:
    """AST-3.d: a publication is news to who was told of the deal before; while the activity's own
    duty is open, that one tells it; what leaves the library again is told to nobody.
    """
    activity = program.completed("testimonial")
    first = LoopDuty.objects.get(activity=activity)
    asset = ready(program, activity=activity, title="Two hours less")
    publish_asset(actor=program.actor, asset=asset)
    assert (first.reload().came_out, LoopDuty.objects.count()) == ("published", 1)
    assert first.due_at is not None
    retire_asset(actor=program.actor, asset=asset, reason="Old")
    assert (first.reload().due_at, first.came_out) == (None, "")
    close_loop(actor=program.actor, duty=first, note="They bought")
    later = ready(program, activity=activity, kind="video", url="https://example.com/v")
    publish_asset(actor=program.actor, asset=later)
    assert len(today(program.csm, "tell")) == 1
    retire_asset(actor=program.actor, asset=later.reload(), reason="Old")
    assert today(program.csm, "tell") == []


def test_it_is_no_news_any_more(program: Program) -> None:
    """AST-3.d: what a piece told is taken back once it is written anew; where another piece of the
    activity is out, that one is the news. Nothing leads to what is retired.
    """
    activity = program.completed("testimonial")
    duty = LoopDuty.objects.get(activity=activity)
    first = ready(program, activity=activity, title="Two hours less")
    publish_asset(actor=program.actor, asset=first, published_url="https://example.com/q")
    second = ready(program, activity=activity, kind="video", url="https://example.com/v", title="V")
    publish_asset(actor=program.actor, asset=second)
    assert activity.reload().content_url == "https://example.com/q"
    retire_asset(actor=program.actor, asset=first.reload(), reason="Old")
    assert (duty.reload().came_out, "V" in duty.news) == ("published", True)
    assert activity.reload().content_url == "https://example.com/v"
    update_asset(actor=program.actor, asset=second.reload(), body="Other words, and more of them.")
    assert (duty.reload().due_at, duty.news, duty.came_out) == (None, "", "")
    retire_asset(actor=program.actor, asset=second.reload(), reason="Old")
    assert activity.reload().content_url == ""


def test_news_in_another_language(program: Program) -> None:
    """AST-3.d: whoever retires a piece need not speak as who published it."""
    activity = program.completed("testimonial")
    asset = ready(program, activity=activity)
    publish_asset(actor=program.actor, asset=asset)
    duty = LoopDuty.objects.get(activity=activity)
    LoopDuty.objects.filter(pk=duty.pk).update(news=f"Veröffentlicht: „{asset.title}“")
    retire_asset(actor=program.actor, asset=asset.reload(), reason="Old")
    duty.reload()
    assert (duty.due_at, duty.news, duty.came_out) == (None, "", "")


def test_a_deal_leaves_what_came_out_alone(program: Program, clock: Clock) -> None:
    """AST-3.d: a deal's end makes it due, and going on takes back no release; a review that nobody
    said anything of hears of the deal and stays posted.
    """
    beta, review = program.completed("beta_test", hours_ago=48), program.completed("review")
    day = product_clock.now().date()
    note_out(actor=program.actor, activity=beta, out_on=day)
    duties = [LoopDuty.objects.get(activity=each) for each in (beta, review)]
    ids = [beta.pk, review.pk]
    soon = clock.now + timedelta(days=3)
    for news in ("The deal was lost.", "The deal was won."):
        make_loop_due(actor=program.actor, activity_ids=ids, due_at=soon, news=news)
    assert [(each.reload().came_out, each.news, each.due_at) for each in duties] == [
        ("released", "Released", soon),
        ("posted", "The deal was won.", soon),
    ]
    assert take_news_back(actor=program.actor, activity_ids=ids) == 1
    assert [(each.reload().came_out, each.news) for each in duties] == [
        ("released", "Released"),
        ("posted", ""),
    ]


def test_what_was_out_before_is_told(program: Program) -> None:
    """AST-3.d: a piece that is out no longer leaves the release it was news beside."""
    beta = program.completed("beta_test", hours_ago=48)
    note_out(actor=program.actor, activity=beta, out_on=product_clock.now().date())
    duty = LoopDuty.objects.get(activity=beta)
    before = (duty.came_out, duty.news, duty.due_at)
    asset = ready(program, activity=beta)
    publish_asset(actor=program.actor, asset=asset)
    assert duty.reload().came_out == "published"
    retire_asset(actor=program.actor, asset=asset.reload(), reason="Old")
    assert (duty.reload().came_out, duty.news, duty.due_at) == before


def test_told_once_of_what_is_out(program: Program, clock: Clock) -> None:
    """AST-3.d: said again it corrects the day, and who was told of it stays told."""
    beta = program.completed("beta_test", hours_ago=90)
    day = product_clock.now().date()
    note_out(actor=program.actor, activity=beta, out_on=day)
    duty = LoopDuty.objects.get(activity=beta)
    due_at = duty.due_at
    assert due_at is not None
    close_loop(actor=program.actor, duty=duty, note="It is released")
    note_out(actor=program.actor, activity=beta.reload(), out_on=day - timedelta(days=1))
    assert duty.reload().closed_by == program.manager
    assert (duty.note, duty.due_at) == ("It is released", due_at - timedelta(days=1))
    assert today(program.manager, "tell") == []


def test_a_release_a_post_a_recording(
    program: Program, client_for: Clients, membership: Any, clock: Clock
) -> None:
    """AST-3.d: a manager says since when it is out; who did it hears so within 14 days of that day,
    also where they were told something before. A day ahead, or before it, is refused at its field.
    """
    beta = program.completed("beta_test", hours_ago=48)
    duty = LoopDuty.objects.get(activity=beta)
    assert (duty.due_at, today(program.manager, "tell")) == (None, [])
    close_loop(actor=program.actor, duty=duty, note="Thank you")
    clock.advance(days=30)
    client, day = client_for(program.manager), product_clock.now().date()
    here = f"/t/acme/activities/{beta.pk}/come-out/"
    assert here in client.get(f"/t/acme/activities/{beta.pk}/").content.decode()
    for wrong in (day + timedelta(days=1), day - timedelta(days=90)):
        assert client.post(here, {"out_on": str(wrong)}).status_code == 422
    said = {"out_on": str(day - timedelta(days=2)), "content_url": "https://example.com/new"}
    assert client.post(here, said).status_code == 302
    duty.reload()
    assert (duty.came_out, duty.closed_at) == ("released", None)
    assert duty.due_at is not None
    assert duty.due_at.astimezone(program.manager.tenant.zone).date() == day + timedelta(days=12)
    letter = loop_draft_of(duty, sender=program.manager).letter("")
    assert "released now" in letter and "https://example.com/new" in letter
    assert len(today(program.manager, "tell")) == 1
    assert "Out since" in client.get(f"/t/acme/activities/{beta.pk}/").content.decode()
    api = api_for(program.manager)
    talk = program.completed("speaking")
    told = api.post(f"activities/{talk.pk}/come-out/", {"out_on": str(day)})
    assert (told.status_code, told.json()["out_on"]) == (200, str(day))
    assert LoopDuty.objects.get(activity=talk).came_out == "recorded"
    assert LoopDuty.objects.get(activity=program.completed("review")).came_out == "posted"
    call = program.completed("reference_call")
    with pytest.raises(Conflict):
        note_out(actor=program.actor, activity=call, out_on=day)
    with pytest.raises(DomainError):
        note_out(actor=program.actor, activity=beta.reload(), out_on=day, content_url="no link")
    assert api_for(membership("sales")).post(
        f"activities/{beta.pk}/come-out/", {"out_on": str(day)}
    ).status_code in (403, 404)


def test_nothing_is_owed_to_who_is_erased(program: Program) -> None:
    """GDPR-1.b: the duty of a piece is closed with their data, as an activity's is."""
    asset = ready(program)
    publish_asset(actor=program.actor, asset=asset)
    erase_advocate(
        actor=program.actor,
        advocate=program.advocate,
        reason="They asked for it",
        name=program.advocate.name,
    )
    duty = LoopDuty.objects.get(asset=asset)
    assert (duty.closed_at is not None, duty.news) == (True, "")
