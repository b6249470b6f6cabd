"""No answer of any address names an advocate to whom VIS-1 withholds them.

An advocate who is never disclosed has unmistakable names and numbers, and stands in every state an
ask can be in; each has another call booked, at an unmistakable minute, for somebody else's deal.
Every address is asked for by every role that may not open advocates, with input that would do
something and input that cannot be, as a page, as htmx, as REST; what comes back, what it leads to
and what is mailed because of it must bear none of the marks.
"""

import inspect
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse

from activities.activities.models import Activity
from advocacy import clock as product_clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.planning import analyze_small_tables
from advocacy.tenancy.roles import MATRIX, Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.urls import TENANT_KWARG
from advocates.models import Advocate
from requests.models import Ask, AskSlot, Request
from tests.contracts import samples
from tests.contracts.endpoints import ENDPOINTS, a_request, an_ask
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import (
    AccountFactory,
    ActivityTypeFactory,
    AdvocateFactory,
    ParticipationFactory,
)
from tests.factories.requests import AskFactory, AskSlotFactory, RequestFactory
from tests.support.breadth import FULL
from tests.support.openapi import description
from tests.support.rest import api_for
from tests.support.time import Clock
from tests.support.urls import addresses

FIRST, LAST, COMPANY, RIVAL = "Zenobia", "Quillfeather", "Umbermoor Forge", "Zarquonix"
EMAIL, PHONE = "zq@umbermoor.example", "+99 5550 7316"
SAID = f"{FIRST} {LAST} of {COMPANY} says so"
#: The minute at which the other call begins; nothing else here happens at it.
MINUTE = 37
MARKS = re.compile(
    "|".join([FIRST, LAST, COMPANY, RIVAL, re.escape(EMAIL), re.escape(PHONE), rf"\d:{MINUTE}\b"]),
    re.I,
)
BLIND = [role for role in Role if not allowed(role, "advocates.view")]

#: Where the other call of the same advocate is met.
MEETING = {"requests:pick", "requests:schedule", "api:requests-pick-slot", "api:asks-schedule"}

#: What may become of an ask: its state, its activity's, its request's.
STORIES = {
    "proposed": ("proposed", "", "outreach"),
    "kept back": ("not_asked", "", "outreach"),
    "sent": ("sent", "", "outreach"),
    "answered": ("accepted", "accepted", "confirmed"),
    "booked": ("accepted", "scheduled", "scheduled"),
    "over": ("accepted", "scheduled past", "scheduled"),
    "done": ("accepted", "completed", "completed"),
    "closed": ("accepted", "completed", "closed"),
    "missed": ("cancelled", "no_show", "outreach"),
    "voided": ("cancelled", "voided", "outreach"),
    "half": ("accepted", "accepted", "outreach"),
    "declined": ("declined", "", "outreach"),
    "later": ("later", "", "in_review"),
    "passed on": ("someone_else", "", "needs_info"),
    "expired": ("expired", "", "unfilled"),
    "drafted": ("cancelled", "", "draft"),
}

#: How htmx asks for a panel, and the stories that are looked at that way as well.
PANEL = {"HX-Request": "true", "HX-Target": "panel-body"}
IN_PANEL = {"sent", "answered", "booked", "done", "half"}


@dataclass(frozen=True)
class Story:
    """One of them."""

    request: Request
    ask: Ask
    slot: AskSlot
    activity: Activity
    advocate: Advocate

    def of(self, model: type[TenantModel]) -> TenantModel | None:
        """The row of a kind that belongs to this story."""
        mine = (self.request, self.ask, self.slot, self.activity, self.advocate)
        return next((row for row in (*mine, self.advocate.account) if type(row) is model), None)


def busy() -> datetime:
    """When the other call begins."""
    return product_clock.now().replace(hour=12, minute=MINUTE, second=0) + timedelta(days=2)


def tell(name: str, requester: Membership, manager: Membership) -> Story:
    """Make one story happen."""
    asked, went, wanted = STORIES[name]
    account = AccountFactory.create(name=COMPANY, domain="", disclosure="never")
    advocate = AdvocateFactory.create(
        account=account,
        first_name=FIRST,
        last_name=LAST,
        email=EMAIL,
        phone=PHONE,
        disclosure="never",
        notes=SAID,
        interests=SAID,
    )
    kind = ActivityTypeFactory.create(needs_comfort=["private_call"])
    request = RequestFactory.create(
        requester=requester,
        manager=manager,
        state=wanted,
        activity_type=kind,
        needed_count=2 if name == "half" else 1,
        paused_at=product_clock.now() if wanted == "needs_info" else None,
    )
    unit = ParticipationFactory.create(advocate=advocate, activity_type=kind)
    # Another call, for somebody else's deal, at which the times offered here cannot be.
    other = ActivityFactory.create(
        advocate=advocate,
        activity_type=ActivityTypeFactory.create(),
        participation__origin="volunteered",
        participation__units=0,
        state="scheduled",
        purpose=RIVAL,
        starts_at=busy(),
        ends_at=busy() + timedelta(minutes=30),
        owner=manager,
    )
    activity = other
    if went:
        begins = product_clock.now() + timedelta(days=5 if went != "scheduled past" else -1)
        times = {"starts_at": begins, "ends_at": begins + timedelta(minutes=30)}
        done = {"happened_at": product_clock.now(), "completed_at": product_clock.now()}
        state = went.split()[0]
        activity = ActivityFactory.create(
            advocate=advocate,
            activity_type=kind,
            participation=unit,
            state=state,
            purpose=request.prospect,
            owner=manager,
            end_reason=SAID,
            advocate_comment=SAID,
            **(times if state == "scheduled" else {}),
            **(done if state in ("completed", "voided") else {}),
        )
    ask = AskFactory.create(
        request=request,
        is_sent=asked not in ("proposed", "not_asked"),
        say_of=manager,
        say_note=SAID if asked == "not_asked" else "",
        advocate=advocate,
        participation=unit,
        sender=manager,
        state=asked,
        activity=activity if went else None,
        subject=SAID,
        message=SAID,
        override_reason=SAID,
        decline_reason=SAID,
        time_note=SAID,
        suggested_name=SAID,
        suggested_email=EMAIL,
    )
    begins = busy() - timedelta(minutes=17)
    slot = AskSlotFactory.create(
        ask=ask, starts_at=begins, ends_at=begins + timedelta(minutes=30), offered=True
    )
    return Story(request, ask, slot, activity, advocate)


def typed(story: Story) -> dict[str, Any]:
    """What any form of the product may be sent: plausible, and in conflict with the other call."""
    start = story.slot.starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    local = start.strftime("%Y-%m-%dT%H:%M")
    return {
        "starts_at": local,
        "ends_at": (start + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M"),
        "minutes": "30",
        "location": "https://meet.example",
        "reason": "Because",
        "question": "Which one?",
        "answer": "This one",
        "note": "As told",
        "kind": "accept",
        "slots": [str(story.slot.pk)],
        "advocate": [str(story.advocate.pk)],
        "advocates": [str(story.advocate.pk)],
        "account": str(story.advocate.account_id),
        "ids": [str(story.request.pk), str(story.advocate.pk)],
        "outcome": "won",
        "needed_by": "2026-03-20",
        "activity_type": str(story.request.activity_type_id),
        "manager": str(story.request.manager_id),
        "owner": str(story.request.manager_id),
        "happened_at": local,
        "by": "advocate",
        "channel": "call",
        "at": local,
        "email": "somebody@example.com",
        "name": "Somebody",
    }


def sent(story: Story) -> dict[str, Any]:
    """The same for the interface."""
    start = story.slot.starts_at
    return {
        **typed(story),
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=30)).isoformat(),
        "happened_at": start.isoformat(),
        "at": start.isoformat(),
        "minutes": 30,
        "advocate": str(story.advocate.pk),
        "slot": str(story.slot.pk),
        "activity_type": story.request.activity_type.code,
        "closed_on": "2026-03-02",
        "asks": [{"advocate": str(story.advocate.pk)}],
    }


def _bare(path: str) -> str:
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", path).strip("/")


@cache
def bodies() -> dict[tuple[str, str], set[str]]:
    """The fields each operation takes, by address and method, from the interface's description."""
    described = description()
    found = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = body.get("schema", {}).get("$ref", "").rpartition("/")[2]
            properties = described["components"]["schemas"].get(name, {}).get("properties", {})
            found[_bare(path), method] = {
                key for key, value in properties.items() if not value.get("readOnly")
            }
    return found


class Sweep:
    """One blind colleague and the stories of their requests."""

    def __init__(
        self, member: Membership, stories: dict[str, Story], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.member, self.stories = member, stories
        self.routes = {address.name: address.route for address in addresses()}
        self.leaks: list[str] = []
        self.seen: set[tuple[str, str, int]] = set()
        self._monkeypatch = monkeypatch

    def may(self, access: str) -> bool:
        """Whether the role gets beyond the door."""
        return access == MEMBER or (access in MATRIX and allowed(self.member.role, access))

    def shut(self, name: str, access: str) -> bool:
        """Whether the door is shut here as it is at many others; a tenth stands for them all."""
        return not (FULL or self.may(access)) and bool(zlib.crc32(name.encode()) % 10)

    def at(self, name: str, kwargs: dict[str, Any], story: Story, *, page: bool) -> str:
        """The address about this story's rows."""

        def row(model: type[TenantModel]) -> TenantModel:
            return story.of(model) or real(model)

        real, found = samples.sample, dict[str, Any]()
        with tenant_scope(self.member.tenant_id), self._monkeypatch.context() as patch:
            for module in ("samples", "endpoints"):
                patch.setattr(f"tests.contracts.{module}.sample", row)
            for key, value in kwargs.items():
                if value is a_request:
                    found[key] = story.request.pk
                elif value is an_ask:
                    found[key] = story.ask.pk
                elif inspect.isclass(value) and issubclass(value, TenantModel):
                    found[key] = row(value).pk
                else:
                    found[key] = value() if callable(value) else value
        if page:
            found[TENANT_KWARG] = self.member.tenant.slug
        return reverse(name, kwargs=found)

    def look(self, where: str, answer: Any) -> None:
        """Note what an answer betrays, what it leads to, and what was mailed because of it."""
        heads = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
        steps = " ".join(str(step) for step in getattr(answer, "redirect_chain", []))
        with tenant_scope(self.member.tenant_id):
            mails = OutgoingMail.objects.filter(to_email=self.member.email)
            told = " ".join(f"{mail.subject} {mail.text} {mail.calendar}" for mail in mails)
        for what, text in (
            ("body", answer.content.decode()),
            ("headers", heads + steps),
            ("mail", told),
        ):
            for mark in MARKS.finditer(text):
                near = text[max(0, mark.start() - 80) : mark.end() + 40]
                self.leaks.append(f"{where} → {answer.status_code}, {what}: …{near}…")

    def stories_for(
        self, name: str, access: str, kwargs: dict[str, Any]
    ) -> Iterator[tuple[str, Story]]:
        """All where the role gets beyond the door to a row of theirs, else one. Of addresses that
        cannot meet another's call two, by their names, stand for all of them.
        """
        theirs = {Request, Ask, AskSlot, a_request, an_ask} & set(kwargs.values())
        names = list(self.stories) if theirs and self.may(access) else ["answered"]
        if not (FULL or name in MEETING):
            first = zlib.crc32(name.encode())
            names = [names[(first + step) % len(names)] for step in range(min(2, len(names)))]
        return ((name, self.stories[name]) for name in names)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=BLIND)
def sweep(
    request: pytest.FixtureRequest,
    clock: Clock,
    tenant: Tenant,
    alice: Membership,
    membership: Callable[..., Membership],
    monkeypatch: pytest.MonkeyPatch,
) -> Sweep:
    """A colleague of each role to whom advocates are closed, with requests of their own."""
    member = membership(request.param, user__name="Bo")
    with tenant_scope(tenant):
        stories = {name: tell(name, member, alice) for name in STORIES}
    analyze_small_tables()
    return Sweep(member, stories, monkeypatch)


def over_pages(sweep: Sweep, client_for: Callable[..., Any], names: list[str]) -> None:
    """Ask for pages as a browser does, with and without scripts."""
    client = client_for(sweep.member)
    for name in names:
        declared, access = PAGES[name], PAGES[name].access
        if sweep.shut(name, access):
            continue
        for told, story in sweep.stories_for(name, declared.access, declared.kwargs):
            for method in declared.methods:
                for scripts in ({}, PANEL) if told in IN_PANEL and sweep.may(access) else ({},):
                    with undone():
                        path = sweep.at(name, declared.kwargs, story, page=True)
                        where = f"{name} {method} {told} {'htmx' if scripts else 'page'}"
                        ask = getattr(client, method)
                        data = typed(story) if method == "post" else {}
                        answer = ask(path, data, headers=scripts, follow=not scripts)
                        assert answer.status_code < 500, where
                        sweep.seen.add((name, method, answer.status_code))
                        sweep.look(where, answer)


STAFF = [name for name in PAGES if PAGES[name].access not in {PUBLIC, LINK, SIGNED_IN}]


def over_interface(sweep: Sweep, names: list[str]) -> None:
    """Ask the REST interface."""
    taken = bodies()
    api = api_for(sweep.member)
    for name in names:
        declared = ENDPOINTS[name]
        for method, access in declared.methods.items():
            if sweep.shut(name, access):
                continue
            for told, story in sweep.stories_for(name, access, declared.kwargs):
                with undone():
                    path = sweep.at(name, declared.kwargs, story, page=False)
                    fields = taken[_bare(sweep.routes[name]), method]
                    said = {k: v for k, v in sent(story).items() if k in fields}
                    answer = api.ask(method, path, None if method == "get" else said)
                    where = f"{name} {method} {told}"
                    assert answer.status_code < 500, where
                    sweep.seen.add((name, method, answer.status_code))
                    sweep.look(where, answer)


def test_nothing_names_them(sweep: Sweep, client_for: Callable[..., Any]) -> None:
    """VIS-1: neither pages, fragments and toasts, nor redirects, nor mail, nor rows and problems of
    the interface.
    """
    over_pages(sweep, client_for, STAFF)
    over_interface(sweep, list(ENDPOINTS))
    assert not sweep.leaks, "\n".join(sweep.leaks[:20])
    if sweep.member.role == Role.SALES:
        # They could act at all, and met the other call.
        assert {
            ("requests:schedule", "post", 409),
            ("requests:pick", "post", 409),
            ("requests:detail", "get", 200),
            ("api:asks-schedule", "post", 409),
            ("api:requests-pick-slot", "post", 409),
            ("api:asks-list", "get", 200),
        } <= sweep.seen


@pytest.mark.parametrize("sweep", [Role.SALES], indirect=True)
def test_the_sweep_would_notice(
    sweep: Sweep, client_for: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal as it once was, with name and time, is found wherever it is read."""
    monkeypatch.setattr("activities.activities.diary.knows", lambda actor, advocate: True)
    monkeypatch.setattr("activities.activities.diary.called", lambda actor, advocate: advocate.name)
    over_pages(sweep, client_for, ["requests:pick"])
    over_interface(sweep, ["api:asks-schedule", "api:requests-pick-slot"])
    for name in ("requests:pick", "api:asks-schedule", "api:requests-pick-slot"):
        assert any(leak.startswith(name) and LAST in leak for leak in sweep.leaks), name
    assert any(f":{MINUTE}" in leak for leak in sweep.leaks)


def test_what_is_open_to_the_blind_is_known() -> None:
    """VIS-1: services that name advocates check an action first; these actions must name nobody.

    Who opens another action to a role that may not open advocates looks at its messages first.
    """
    open_to = {action for action, roles in MATRIX.items() if any(role in roles for role in BLIND)}
    assert open_to == {
        "today.view",
        "absences.view",
        "absences.edit",
        "duties.view",
        "duties.edit",
        "enablement.view",
        "playbooks.view",
        "profile.edit",
        "opportunities.view",
        "impact.view",
        "goals.view",
        "references.browse",
        "requests.view",
        "requests.submit",
        "assets.view",
        "asset_approvals.view",
        "asset_approvals.decide",
        "approvals.view",
        "approvals.decide",
        "settings.view",
        # What it says of a piece that left the library has no title (requests/shares).
        "shares.view",
        "shares.edit",
        "slot_checks.view",
        "slot_checks.answer",
        "feedback.view",
        "feedback.give",
        "sales_thanks.view",
        "sales_thanks.write",
    }
