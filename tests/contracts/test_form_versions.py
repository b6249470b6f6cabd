"""No form overwrites what it did not show: every page that shows what is saved, in two tabs."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.records.resource import registered
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.form_versions import TAKE, VERSION
from advocacy.web.views import ListPage
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN
from tests.factories.tenancy import MembershipFactory
from tests.support.breadth import share
from tests.support.forms import Fields, controls_of, others, sent
from tests.support.urls import address_of, addresses

#: Pages with a form that show nothing that is saved: something new, or one step that is taken once
#: (its service compares the state). Any other page with a form must say ``edits``.
NOTHING_SAVED = {
    "profile-password", "second-factor-confirm", "second-factor-codes", "second-factor-off", "join",
    "holiday-add", "people-invite", "token-new", "import",
    "advocates:new", "advocates:enrol", "advocates:retire",
    "advocates:outcome-new", "advocates:write", "advocates:consent-new",
    "accounts:identifier-new", "activities:offer",
    "accounts:new", "accounts:hold", "accounts:revenue-new",
    "accounts:merge", "accounts:merge-with",
    "advocates:erase", "advocates:merge", "advocates:merge-with",
    "nominations:cultivate", "nominations:invite", "nominations:invite-preview",
    "nominations:qualify", "nominations:set-back", "nominations:decline", "activities:log",
    "pool:offer", "pool:invite", "portal-pool", "portal-overview",
    "requests:new", "requests:reopen", "requests:ask-for-info", "requests:give-info",
    "requests:decline", "requests:cancel", "requests:close", "requests:draft",
    "requests:answer-for", "requests:say", "ask-say", "ask", "today-snooze", "today-hand-over",
    "thanks:detail", "thanks:thanked", "thanks:tell", "portal-volunteer", "portal-invitation",
    "requests:allocation",  # compares the plan itself, by its fingerprint
    "request-answer", "approval", "booking", "pilot-voices:ask", "setup-go-on", "portal-pilot",
    "portal-own-page", "portal-exchange", "opportunities:lift-gate",
    "happened", "feedback", "work-link", "portal-points", "points:reverse",
    "entitlements:usual", "portal-wall",
    # Each is about one version, and refused for another.
    "asset", "asset-approval", "assets:tell-standing", "activities:tell-waiting",
    # A part says where it begins, and is refused anywhere else.
    "asset-file-upload", "link-file-upload",
    "share",  # only tells that it was seen
    "rates:import",
} | {
    f"{resource.name}:{name}"
    for resource in registered()
    for name in ("new", *(move.name.replace("_", "-") for move in resource.moves))
} - {"activities:schedule"}  # fmt: skip
VIEWS = {address.name: getattr(address.callback, "view_class", None) for address in addresses()}
FORMS = {
    name
    for name, declared in PAGES.items()
    if {"get", "post"} <= set(declared.methods)
    and declared.access not in {PUBLIC, SIGNED_IN}
    # What a list takes is which rows are ticked.
    and not issubclass(VIEWS[name] or object, ListPage)
}
EDITS = sorted(FORMS - NOTHING_SAVED)
#: The portal's page is written by hand.
BY_HAND = {"portal-preferences"}
#: A sample has nothing to edit: tests/requests/test_scheduling.py, tests/imports/.
ELSEWHERE = {"requests:schedule", "import-run"}
#: With one field only: there is nothing to merge. A segment's other one takes it out of sight.
ONE_FIELD = {"people-role", "requests:assign", "requests:time-zone", "segments:edit"}


class Tab:
    """A page as it was when somebody opened it, and what they post from it."""

    def __init__(self, client: Client, path: str, page: str | None = None) -> None:
        self.client, self.path = client, path
        answer = client.get(path) if page is None else None
        self.page = answer.text if answer else page or ""
        self.controls = controls_of(self.page, VERSION)
        assert self.controls, f"{path} has no form that says what it showed"

    def save(self, **changes: list[str]) -> tuple[int, str]:
        """Post it with some fields changed; the status and the page that came back."""
        answer = self.client.post(self.path, {**sent(self.controls), **changes})
        return answer.status_code, answer.text

    def now(self) -> Fields:
        """What the page shows if opened now."""
        fields = sent(Tab(self.client, self.path).controls)
        del fields[VERSION], fields["csrfmiddlewaretoken"]
        return fields


def changeable(tab: Tab, values: int, but: str = "") -> tuple[str, list[list[str]]]:
    """A field that takes so many other values by itself; the last of them is saved then."""
    easy = ("text", "textarea", "number", "date")
    controls = sorted(tab.controls.items(), key=lambda item: item[1].kind not in easy)
    for name, control in controls:
        taken = []
        for value in list(others(control))[:8] if name != but else []:
            if tab.save(**{name: value})[0] == 302:
                tab = Tab(tab.client, tab.path)
                if sent(tab.controls).get(name) == value:
                    taken.append(value)
            if len(taken) == values:
                return name, taken
    pytest.fail(f"{tab.path}: no field takes {values} other values")


@pytest.fixture
def opened(
    name: str, db: None, small: Tenant, client_for: Callable[[Membership | None], Client]
) -> tuple[Client, str]:
    """Somebody who may, and the address."""
    tenant = small
    with tenant_scope(tenant):
        MembershipFactory.create_batch(3, role=Role.PROGRAM_MANAGER)
    access = PAGES[name].access
    if access == LINK:
        return client_for(None), address_of(name, PAGES[name], tenant, in_tenant=False)
    order = (Role.ADMIN, Role.PROGRAM_MANAGER, *Role)
    role = next(r for r in order if access == MEMBER or allowed(r, access))
    with tenant_scope(tenant):
        client = client_for(MembershipFactory(role=role))
    return client, address_of(name, PAGES[name], tenant, in_tenant=True)


def test_every_form_is_one_or_the_other() -> None:
    """A page with a form says ``edits``, or stands above because it shows nothing saved."""
    assert NOTHING_SAVED - {f"{r.name}:new" for r in registered()} <= set(PAGES)
    said = {name for name in FORMS if getattr(VIEWS[name], "edits", False)}
    assert set(EDITS) == (said - NOTHING_SAVED) | BY_HAND


@pytest.mark.parametrize("name", share(name for name in EDITS if name not in ELSEWHERE))
def test_two_tabs(name: str, opened: tuple[Client, str]) -> None:
    """BAD-1: different fields are both kept; the same one is asked for, with both beside each
    other, and saved when it is sent again; twice the same is once.
    """
    client, path = opened
    field, (theirs, mine, now) = changeable(Tab(client, path), 3)
    if name not in ONE_FIELD:
        one, two = Tab(client, path), Tab(client, path)
        assert one.save(**{field: mine})[0] == 302
        other, [elsewhere] = changeable(Tab(client, path), 1, but=field)
        assert Tab(client, path).save(**{other: one.controls[other].values})[0] == 302
        assert two.save(**{other: elsewhere})[0] == 302
        assert (one.now()[field], one.now()[other]) == (mine, elsewhere)
        assert Tab(client, path).save(**{field: now})[0] == 302

    one, two = Tab(client, path), Tab(client, path)
    assert one.save(**{field: theirs})[0] == 302
    saved = one.now()
    assert two.save()[0] == 302
    assert one.now() == saved, "who changes nothing takes nothing back"
    status, page = two.save(**{field: mine})
    assert status == 409
    assert one.now() == saved, "nothing is half-saved"
    again = Tab(client, path, page)
    assert again.controls[field].values == mine, "what was typed is kept"
    assert again.controls[TAKE].options == [field]
    sides = re.findall(r"<dd>(.*?)</dd>", page.split('class="collision"')[1])[:2]
    if again.controls[field].kind in {"text", "textarea", "number"}:
        assert [[html.unescape(side)] for side in sides] == [theirs, mine]
    assert len(set(sides)) == 2, "both are shown beside each other"
    assert again.save(**{TAKE: [field]})[0] == 302
    assert one.now()[field] == theirs
    assert again.save(**{field: mine})[0] == 302, "both were shown, so it is saved knowingly"
    assert again.save(**{field: mine})[0] == 302, "pressed twice"
    assert one.now() == {**saved, field: mine}
