"""Declared numbers: read, changed as a whole, put back, previewed; page and REST (SET-1)."""

from collections.abc import Callable
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.families import Family, family_of, registered
from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.services import change_settings, put_back
from benefits.settings import APPRECIATION
from benefits.thanks.settings import Thanking
from tests.support.rest import api_for

SYSTEM = Actor.system("tests")
FAMILIES = [family.key for family in registered()]


def family(key: str) -> Family:
    found = family_of(key)
    assert found is not None
    return found


def page(key: str) -> str:
    return f"/t/acme/settings/numbers/{key}/"


def test_only_what_differs_is_kept(scope: Tenant) -> None:
    """SET-1.n: a change counts at once, is an event with before and after, and leaves no default
    in the table.
    """
    assert current(Thanking).due_hours == 24
    change_settings(actor=SYSTEM, family=APPRECIATION, values={"due_hours": 48, "import_days": 7})
    assert current(Thanking).due_hours == 48
    assert FamilySettings.objects.get(family="appreciation").values == {"due_hours": 48}
    told = Event.objects.get(verb="settings.changed")
    assert told.payload == {
        "family": "appreciation",
        "before": {"due_hours": 24},
        "after": {"due_hours": 48},
    }
    put_back(actor=SYSTEM, family=APPRECIATION, keys=["due_hours"])
    assert current(Thanking).due_hours == 24
    assert FamilySettings.objects.get(family="appreciation").values == {}
    change_settings(actor=SYSTEM, family=APPRECIATION, values={"due_hours": 24})
    assert Event.objects.filter(verb="settings.changed").count() == 2


def test_tenants_have_their_own(tenant: Tenant, other_tenant: Tenant) -> None:
    with tenant_scope(tenant):
        change_settings(actor=SYSTEM, family=APPRECIATION, values={"due_hours": 48})
    with tenant_scope(other_tenant):
        assert current(Thanking).due_hours == 24
        with tenant_scope(tenant):
            assert current(Thanking).due_hours == 48
        assert current(Thanking).due_hours == 24


def test_an_undone_change_is_not_remembered(scope: Tenant) -> None:
    with pytest.raises(RuntimeError), tenant_scope(scope):
        change_settings(actor=SYSTEM, family=APPRECIATION, values={"due_hours": 48})
        raise RuntimeError
    assert current(Thanking).due_hours == 24


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"due_hours": 0}, "due_hours", "1 to 336"),
        ({"due_hours": "soon"}, "due_hours", "whole number"),
        ({"due_hours": True}, "due_hours", "whole number"),
        ({"due_hours": None}, "due_hours", "Enter a value"),
        ({"high_effort_owner": "nobody"}, "high_effort_owner", "program_manager"),
        ({"automatic_types": ["survey", "dance"]}, "automatic_types", "testimonial"),
        ({"first_reminder_hours": 24}, "first_reminder_hours", "24 hours"),
        ({"due_hours": 12}, "first_reminder_hours", "12 hours"),
        ({"second_reminder_hours": 12}, "second_reminder_hours", "12 hours"),
        ({"tea": 1}, "tea", "no such setting"),
    ],
)
def test_refused_as_a_whole(scope: Tenant, values: dict[str, Any], key: str, words: str) -> None:
    """SET-1.l: range, kind and order, with field, problem and what is accepted."""
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=APPRECIATION, values={"on_time_percent": 90, **values})
    assert words in refused.value.fields[key]
    assert current(Thanking) == Thanking()


def test_who_may(scope: Tenant, bob: Membership, alice: Membership) -> None:
    """SET-1.j: program manager and admin."""
    change_settings(actor=Actor.member(alice), family=APPRECIATION, values={"due_hours": 48})
    for actor in (Actor.member(bob), Actor.advocate(bob.pk)):
        with pytest.raises(NotAllowed):
            change_settings(actor=actor, family=APPRECIATION, values={"due_hours": 36})


@pytest.mark.parametrize("key", FAMILIES)
def test_every_default_is_accepted(scope: Tenant, key: str) -> None:
    """SET-1.k: a new tenant has the defaults, which pass their own check."""
    found = family(key)
    usual = {name: setting.usual for name, setting in found.settings.items()}
    assert found.load() == usual
    for name, setting in found.settings.items():
        assert setting.problem(setting.usual) == "", name
    assert found.check(usual) == {}


@pytest.mark.parametrize("key", FAMILIES)
def test_the_page_shows_every_value(alice: Membership, client_for: Any, key: str) -> None:
    """SET-1.k: value, unit and default of each setting."""
    text = client_for(alice).get(page(key)).content.decode()
    for name, setting in family(key).settings.items():
        assert f'name="{name}"' in text
        assert setting.words(setting.usual).replace("'", "&#x27;") in text


def test_a_page_saves_refuses_and_puts_back(
    alice: Membership, client_for: Any, tenant: Tenant
) -> None:
    """SET-1.k, SET-1.l: in the browser; what was typed is kept."""
    browser = client_for(alice)
    with tenant_scope(tenant):
        typed = APPRECIATION.load()
    typed |= {"due_hours": "9999", "import_days": "3"}
    answer = browser.post(page("appreciation"), typed)
    assert answer.status_code == 422
    assert 'value="9999"' in answer.content.decode()
    assert "1 to 336" in answer.content.decode()
    typed["due_hours"] = "30"
    assert browser.post(page("appreciation"), typed).status_code == 302
    with tenant_scope(tenant):
        assert (current(Thanking).due_hours, current(Thanking).import_days) == (30, 3)
    overview = browser.get("/t/acme/settings/numbers/").content.decode()
    assert "Thanked within: 30 hours instead of 24 hours" in overview
    assert browser.post(page("appreciation"), {"put_back": "due_hours"}).status_code == 302
    with tenant_scope(tenant):
        assert (current(Thanking).due_hours, current(Thanking).import_days) == (24, 3)
    assert browser.post(page("appreciation"), {"put_back": "*"}).status_code == 302
    with tenant_scope(tenant):
        assert current(Thanking) == Thanking()
    assert browser.post(page("appreciation"), {"put_back": "tea"}).status_code == 422


def test_over_rest(tenant: Tenant, membership: Callable[..., Membership]) -> None:
    """SET-1.j: one resource per family, with the same checks."""
    api = api_for(membership(Role.PROGRAM_MANAGER))
    here = "/api/v1/settings/appreciation/"
    assert api.get(here).json()["due_hours"] == 24
    assert api.patch(here, {"due_hours": 36}).json()["due_hours"] == 36
    refused = api.patch(here, {"second_reminder_hours": 20})
    assert refused.status_code == 422
    assert "12 hours" in refused.json()["errors"]["second_reminder_hours"][0]
    assert api.patch(here, {"due_hours": 1000}).status_code == 422
    assert api.patch(here, {"tea": 1}).status_code == 422
    everything = api.get("/api/v1/settings/").json()
    row = next(each for each in everything if each["family"] == "appreciation")
    one = next(each for each in row["settings"] if each["key"] == "due_hours")
    assert (one["value"], one["default"], one["unit"]) == (36, 24, "hours")
    assert api.post(f"{here}put-back/", {"keys": ["due_hours"]}).json()["due_hours"] == 24
    assert api.post(f"{here}put-back/", {"keys": ["tea"]}).status_code == 422
