"""The settings page, one's own profile and password, the tenant's calendar."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Holiday, Membership, Tenant, User
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocacy.web import settings_cards
from tests.factories.tenancy import PASSWORD, HolidayFactory
from tests.support.rest import api_for
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
NEW = "an even longer pass phrase"


def test_cards_follow_the_role(
    alice: Membership, bob: Membership, membership: Callable[..., Membership], client_for: ClientFor
) -> None:
    """ID-2.a: a card is shown to those who may open its page."""
    pages = {
        who.role: client_for(who).get("/t/acme/settings/").content.decode()
        for who in (alice, bob, membership("admin"))
    }
    assert "/settings/audit/" in pages["program_manager"]
    assert "/settings/people/" not in pages["program_manager"]
    assert "/settings/people/" in pages["admin"]
    assert "/settings/audit/" not in pages["sales"]
    assert "/settings/profile/" in pages["sales"]


def test_cards_are_registered_once() -> None:
    """An app cannot take another's card, nor invent a group."""
    taken = settings_cards.Card("people", "Mine", "", "user", "people", "settings.view")
    with pytest.raises(ValueError, match="registered already"):
        settings_cards.register(taken)
    lost = settings_cards.Card("x", "X", "", "user", "people", "settings.view", group="nowhere")
    with pytest.raises(ValueError, match="no group"):
        settings_cards.register(lost)


@pytest.mark.usefixtures("every_language_spoken")
def test_profile(bob: Membership, client_for: ClientFor) -> None:
    """BAD-3, AUD-1.a: times and words follow the person; the event names fields, not values."""
    client = client_for(bob)
    answer = client.post(
        "/t/acme/settings/profile/",
        {"name": "Božena 🌻 בוב", "language": "de", "time_zone": "Asia/Jakarta"},
    )
    assert answer.status_code == 302
    page = client.get("/t/acme/settings/profile/")
    assert 'lang="de"' in page.content.decode()
    assert "Božena 🌻 בוב" in page.content.decode()
    with tenant_scope(bob.tenant):
        event = Event.objects.get(verb="profile.changed")
        assert Membership.objects.get(pk=bob.pk).zone.key == "Asia/Jakarta"
    assert event.payload == {"fields": ["name", "language", "time_zone"]}


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"language": "xx"}, {"time_zone": "Mars/Base"}, {"name": "n" * 101}],
    ids=str,
)
def test_a_wrong_profile_is_kept_in_the_form(
    bob: Membership, client_for: ClientFor, wrong: dict[str, str]
) -> None:
    """BAD-1.a, BAD-1.b: the field is named, what was typed stays, nothing is saved."""
    data = {"name": "Robert", "language": "", "time_zone": "", **wrong}
    answer = client_for(bob).post("/t/acme/settings/profile/", data)
    assert answer.status_code == 422
    assert User.objects.get(pk=bob.user_id).name == "Bob"
    if wrong.get("name") != "":
        assert data["name"] in answer.content.decode()


def test_a_new_password_ends_the_other_sessions(bob: Membership) -> None:
    """ID-4.a: this session goes on, every other one is over."""
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/sign-in/", {"username": bob.email, "password": PASSWORD})
    path = "/t/acme/settings/profile/password/"
    wrong = here.post(path, {"current": "guess", "password": NEW})
    assert (wrong.status_code, "not your present password" in wrong.content.decode()) == (422, True)
    weak = here.post(path, {"current": PASSWORD, "password": "short"})
    assert (weak.status_code, "at least 10" in weak.content.decode()) == (422, True)
    assert here.post(path, {"current": PASSWORD, "password": NEW}).status_code == 302
    assert here.get("/t/acme/settings/").status_code == 200
    assert there.get("/t/acme/settings/")["Location"].startswith("/sign-in/")
    assert Client().post("/sign-in/", {"username": bob.email, "password": NEW}).status_code == 302


CALENDAR = {"time_zone": "Asia/Dubai", "currency": "usd", "language": "en"}
WEEK = {"work_days": ["7", "1", "2", "3", "4"], "work_starts": "08:30", "work_ends": "16:00"}


def test_calendar(alice: Membership, client_for: ClientFor) -> None:
    """REQ-2.f, SET-1.e: work week and hours, which are settings, and the zone make the business
    clock.
    """
    client = client_for(alice)
    page = client.get("/t/acme/settings/calendar/").content.decode()
    assert "/t/acme/settings/numbers/requests/" in page
    assert "work_starts" not in page
    assert client.post("/t/acme/settings/calendar/", CALENDAR).status_code == 302
    assert api_for(alice).patch("/api/v1/settings/requests/", WEEK).status_code == 200
    tenant = Tenant.objects.get(slug="acme")
    assert (tenant.work_days, tenant.currency) == ([1, 2, 3, 4, 7], "USD")
    assert (tenant.work_starts, tenant.work_ends) == (time(8, 30), time(16))
    with tenant_scope(tenant):
        calendar = calendar_of(tenant)
        event = Event.objects.get(verb="tenant.settings_changed")
    assert calendar.is_work_day(date(2026, 3, 1))  # a Sunday
    assert not calendar.is_work_day(date(2026, 3, 6))  # a Friday
    assert "time_zone" in event.payload["fields"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"time_zone": "Mars/Base"}, "Choose one that is."),
        ({"currency": "euro"}, "at most 3 characters"),
        ({"currency": "12"}, "three-letter code"),
    ],
)
def test_a_wrong_calendar_is_refused(
    alice: Membership, client_for: ClientFor, wrong: dict[str, object], message: str
) -> None:
    """BAD-1.a: in words, at the field; the tenant stays as it was."""
    answer = client_for(alice).post("/t/acme/settings/calendar/", {**CALENDAR, **wrong})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert Tenant.objects.get(slug="acme").time_zone == "Europe/Berlin"


def test_holidays(alice: Membership, client_for: ClientFor, clock: Clock) -> None:
    """REQ-2.f: a holiday stops the business clock; the same day twice is refused in words."""
    client = client_for(alice)
    day = clock.now.date() + timedelta(days=1)
    new = "/t/acme/settings/calendar/holidays/new/"
    assert client.post(new, {"day": day, "name": "Nyepi"}).status_code == 302
    again = client.post(new, {"day": day, "name": "Again"})
    assert again.status_code == 422
    page = client.get("/t/acme/settings/calendar/").content.decode()
    assert "Nyepi" in page
    with tenant_scope(alice.tenant):
        holiday = Holiday.objects.get()
        assert not calendar_of(alice.tenant).is_work_day(day)
    client.post(f"/t/acme/settings/calendar/holidays/{holiday.pk}/remove/")
    assert (
        client.post(f"/t/acme/settings/calendar/holidays/{holiday.pk}/remove/").status_code == 404
    )
    with tenant_scope(alice.tenant):
        assert calendar_of(alice.tenant).is_work_day(day)
        verbs = set(Event.objects.values_list("verb", flat=True))
    assert verbs == {"holiday.added", "holiday.removed"}


def test_holidays_over_rest(
    alice: Membership, bob: Membership, charlie: Membership, clock: Clock
) -> None:
    """SET-1.j, REQ-2.f: listed, added and removed; with the checks and the rights of the page."""
    api, here = api_for(alice), "/api/v1/settings/holidays/"
    day = clock.now.date() + timedelta(days=1)
    added = api.post(here, {"day": day.isoformat(), "name": "Nyepi"})
    assert added.status_code == 201
    again = api.post(here, {"day": day.isoformat(), "name": "Again"})
    assert (again.status_code, list(again.json()["errors"])) == (422, ["day"])
    for wrong, field in (
        ({"day": "soon", "name": "x"}, "day"),
        ({"day": "2026-05-01"}, "name"),
        ({"day": "2026-05-01", "name": "x" * 101}, "name"),
    ):
        refused = api.post(here, wrong)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [field])
    assert api.get(here).json() == [
        {"id": added.json()["id"], "day": day.isoformat(), "name": "Nyepi"}
    ]
    with tenant_scope(alice.tenant):
        assert not calendar_of(alice.tenant).is_work_day(day)
    one = f"{here}{added.json()['id']}/"
    assert api_for(bob).delete(one).status_code == 403
    assert api_for(charlie).delete(one).status_code == 404
    assert api.delete(one).status_code == 204
    assert api.delete(one).status_code == 404
    with tenant_scope(alice.tenant):
        assert calendar_of(alice.tenant).is_work_day(day)


def test_two_tenants_keep_their_own_holidays(
    alice: Membership, charlie: Membership, client_for: ClientFor
) -> None:
    """TEN-1, TEN-3.a: the same day may be a holiday in both."""
    with tenant_scope(charlie.tenant):
        theirs = HolidayFactory()
    client = client_for(alice)
    answer = client.post(
        "/t/acme/settings/calendar/holidays/new/", {"day": theirs.day, "name": "Ours"}
    )
    assert answer.status_code == 302


def test_create_tenant(db: None, client: Client) -> None:
    """ID-1: a company with its first admin, who can sign in; twice is refused."""
    arguments = {
        "name": "Northwind",
        "slug": "northwind",
        "admin_email": "Nora@Example.com",
        "admin_name": "Nora",
        "password": PASSWORD,
    }
    call_command("create_tenant", **arguments, stdout=StringIO())
    client.post("/sign-in/", {"username": "nora@example.com", "password": PASSWORD})
    assert client.get("/t/northwind/settings/people/").status_code == 200
    with tenant_scope(Tenant.objects.get(slug="northwind")):
        assert Membership.objects.get().role == Role.ADMIN
        assert Event.objects.filter(verb="tenant.created").exists()
    with pytest.raises(CommandError, match="is taken"):
        call_command("create_tenant", **arguments)
    with pytest.raises(CommandError, match="lower-case letters"):
        call_command("create_tenant", **{**arguments, "slug": "North Wind"})
    # The same person may run another company.
    call_command("create_tenant", **{**arguments, "slug": "southwind"}, stdout=StringIO())
    assert User.objects.count() == 1
