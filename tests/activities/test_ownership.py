"""Whose activities a colleague moves: every move × role × account, at every way in (ID-2)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from activities.access import permit_move
from activities.activities import booking, completion, services
from activities.activities.models import Activity
from activities.loops import services as loops
from activities.loops.models import LoopDuty
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, Advocate
from reporting.queue import everything
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.support.breadth import FULL
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

Clients = Callable[[Membership | None], Client]

#: Who may do what, said by hand: role → the accounts at which they may. Everything else is refused.
ALL, OWN = frozenset({"own", "colleague's", "nobody's"}), frozenset({"own", "nobody's"})
MAY: dict[str, dict[Role, frozenset[str]]] = {
    "move": {Role.PROGRAM_MANAGER: ALL, Role.ADMIN: ALL, Role.CSM: OWN},
    "void": {Role.PROGRAM_MANAGER: ALL, Role.ADMIN: ALL},
    "log": {Role.PROGRAM_MANAGER: ALL, Role.ADMIN: ALL, Role.MARKETING: ALL, Role.CSM: OWN},
}


@dataclass(frozen=True)
class Move:
    """One move: its service, from which state, with what, and what a page and REST call it."""

    name: str
    state: str
    service: Callable[..., Any]
    said: Callable[[], dict[str, Any]]
    rule: str = "move"


def _times() -> dict[str, Any]:
    start = product_clock.now() + timedelta(days=1)
    return {"starts_at": start, "ends_at": start + timedelta(minutes=30)}


def _reason() -> dict[str, Any]:
    return {"reason": "So it is"}


MOVES = [
    Move("accept", "planned", services.accept_activity, dict),
    Move("schedule", "accepted", booking.schedule_activity, _times),
    Move(
        "complete",
        "accepted",
        completion.complete_activity,
        lambda: {"happened_at": product_clock.now()},
    ),
    Move("decline", "accepted", services.decline_activity, _reason),
    Move("cancel", "accepted", services.cancel_activity, _reason),
    Move("no-show", "scheduled", services.mark_no_show, lambda: {"by": "advocate"}),
    Move("void", "completed", completion.void_activity, _reason, "void"),
]
WHOSE = sorted(ALL)
CASES = [pytest.param(move, whose, id=f"{move.name}-{whose}") for move in MOVES for whose in WHOSE]


@dataclass
class House:
    """A program with one account of each kind, for one member."""

    program: Program
    member: Membership
    tenant: Tenant

    def advocate(self, whose: str) -> Advocate:
        """Somebody at the member's own, a colleague's or nobody's account."""
        owner = {"own": self.member, "colleague's": self.program.csm, "nobody's": None}[whose]
        account: Account = AccountFactory.create(name=f"Account of {whose}", owner=owner)
        made: Advocate = AdvocateFactory.create(account=account)
        return made

    def activity(self, whose: str, state: str) -> Activity:
        """One in a state, with the program manager in charge."""
        advocate = self.advocate(whose)
        if state == "completed":
            return self.program.completed(advocate=advocate)
        if state == "scheduled":
            return self.program.scheduled(advocate=advocate, hours=-1)
        return {"planned": self.program.planned, "accepted": self.program.accepted}[state](
            advocate=advocate
        )


@pytest.fixture
def house(
    clock: Clock, tenant: Tenant, alice: Membership, membership: Callable[..., Membership]
) -> Callable[[Role], House]:
    """``house(role)``: outside a scope, as a browser is; one program for all of a test's roles."""
    with tenant_scope(tenant):
        program = make_program(manager=alice)
    return lambda role: House(program, membership(role), tenant)


#: One of each kind; who else shares a row of the matrix is for the contracts, and for ``FULL``.
ROLES = tuple(Role) if FULL else (Role.PROGRAM_MANAGER, Role.CSM, Role.MARKETING, Role.SALES)


#: Who also goes through pages and REST: whose rights depend on the account, and who has none.
BY_HAND = (Role.CSM, Role.SALES)


def undone(roles: Iterable[Role] = ROLES) -> Iterator[Role]:
    """Each role in turn, and what it did undone."""
    for role in roles:
        with transaction.atomic():
            yield role
            transaction.set_rollback(True)


def allowed(rule: str, role: Role, whose: str) -> bool:
    return whose in MAY[rule].get(role, frozenset())


@pytest.mark.parametrize(("move", "whose"), CASES)
def test_a_move_at_every_way_in(
    house: Callable[[Role], House], client_for: Clients, move: Move, whose: str
) -> None:
    """ID-2: service, page and REST agree, the button with them, and what is refused is not done.

    A role that may do it nowhere is asked for at pages and REST at its own account alone; that
    addresses refuse roles for any row is for the contracts.
    """
    for role in undone():
        _every_way_in(house(role), role, move, whose, client_for)


def _every_way_in(home: House, role: Role, move: Move, whose: str, client_for: Clients) -> None:
    may = allowed(move.rule, role, whose)
    with tenant_scope(home.tenant):
        activity = home.activity(whose, move.state)
    pk, said = activity.pk, move.said()

    def moved() -> bool:
        with tenant_scope(home.tenant):
            stored = Activity.objects.get(pk=pk)
        return (stored.state, stored.starts_at) != (activity.state, activity.starts_at)

    with tenant_scope(home.tenant), transaction.atomic():
        fresh = Activity.objects.get(pk=pk)
        if may:
            move.service(actor=Actor.member(home.member), activity=fresh, **said)
        else:
            with pytest.raises(NotAllowed):
                move.service(actor=Actor.member(home.member), activity=fresh, **said)
        assert moved() == may
        transaction.set_rollback(True)

    if (role not in MAY[move.rule] and whose != "own") or not (FULL or role in BY_HAND):
        return
    page = f"/t/acme/activities/{pk}/"
    client = client_for(home.member)
    shown = client.get(page)
    assert (f"{page}{move.name}/" in shown.content.decode()) == may
    if move.name != "accept":
        assert client.get(f"{page}{move.name}/").status_code == (200 if may else 403)
    with transaction.atomic():
        typed = {name: _typed(value) for name, value in said.items()}
        assert client.post(f"{page}{move.name}/", typed).status_code == (302 if may else 403)
        assert moved() == may
        transaction.set_rollback(True)

    with transaction.atomic():
        body = {name: _json(value) for name, value in said.items()}
        answer = api_for(home.member).post(f"activities/{pk}/{move.name}/", body)
        assert answer.status_code == (200 if may else 403), answer.content
        if not may:
            assert answer.json()["code"] == "not_allowed"
        assert moved() == may
        transaction.set_rollback(True)


def _typed(value: Any) -> Any:
    """As a browser sends it; everybody here works in the tenant's zone."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M")


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("whose", WHOSE)
def test_logging_at_every_way_in(
    house: Callable[[Role], House], client_for: Clients, whose: str
) -> None:
    """ID-2, CAP-8: capacity never refuses a fact, but whose account it is does."""
    for role in undone():
        _log_every_way(house(role), role, whose, client_for)


def _log_every_way(home: House, role: Role, whose: str, client_for: Clients) -> None:
    may = allowed("log", role, whose)
    with tenant_scope(home.tenant):
        advocate, kind = home.advocate(whose), home.program.type("speaking")
    happened = product_clock.now() - timedelta(hours=3)

    def logged() -> bool:
        with tenant_scope(home.tenant):
            return Activity.objects.filter(advocate=advocate).exists()

    with tenant_scope(home.tenant), transaction.atomic():
        with suppress(NotAllowed):
            completion.log_activity(
                actor=Actor.member(home.member),
                advocate=advocate,
                activity_type=kind,
                happened_at=happened,
            )
        assert logged() == may
        transaction.set_rollback(True)

    client = client_for(home.member)
    searched = {"_find": "advocate", "advocate-words": advocate.last_name}
    found = client.post("/t/acme/activities/log/", searched, headers={"HX-Request": "true"})
    assert (str(advocate.pk) in found.content.decode()) == may
    prefilled = client.get(f"/t/acme/activities/log/?advocate={advocate.pk}")
    assert (advocate.name in prefilled.content.decode()) == may
    typed = {
        "advocate": str(advocate.pk),
        "activity_type": str(kind.pk),
        "happened_at": _typed(happened),
    }
    with transaction.atomic():
        answer = client.post("/t/acme/activities/log/", typed)
        assert answer.status_code == (302 if may else 403)
        assert logged() == may
        transaction.set_rollback(True)

    body = {
        "advocate": str(advocate.pk),
        "activity_type": kind.code,
        "happened_at": happened.isoformat(),
    }
    answer = api_for(home.member).post("activities/", body)
    assert answer.status_code == (201 if may else 403), answer.content
    assert logged() == may


@pytest.mark.parametrize("move", [m for m in MOVES if m.rule == "move"], ids=lambda m: m.name)
def test_who_is_in_charge_goes_on(house: Callable[[Role], House], move: Move) -> None:
    """ID-2, ACT-4: also after the account went to a colleague; Today and the mails ask them."""
    home = house(Role.CSM)
    with tenant_scope(home.tenant):
        activity = home.activity("colleague's", move.state)
        Activity.objects.filter(pk=activity.pk).update(owner=home.member)
        fresh = Activity.objects.get(pk=activity.pk)
        move.service(actor=Actor.member(home.member), activity=fresh, **move.said())


@pytest.mark.parametrize("whose", WHOSE)
def test_today_offers_nothing_that_is_refused(house: Callable[[Role], House], whose: str) -> None:
    """UI-2, ACT-4: a row on Today leads to something this member may do; the owner has it."""
    for role in undone():
        home = house(role)
        with tenant_scope(home.tenant):
            activity = home.activity(whose, "scheduled")
            offered = [item for item in everything(home.member) if item.work.code == "happened"]
            for item in offered:
                row = Activity.objects.get(pk=item.pk)
                assert permit_move(home.member, "activities.complete", row)
            program = role in (Role.PROGRAM_MANAGER, Role.ADMIN)
            theirs = program or (role, whose) == (Role.CSM, "own")
            assert [item.pk for item in offered] == [activity.pk] * theirs


@pytest.mark.parametrize("whose", WHOSE)
def test_telling_what_came_of_it(
    house: Callable[[Role], House], client_for: Clients, whose: str
) -> None:
    """AST-3, ID-2: whose duty it is, the account's owner, the program; by service and by page."""
    for role in undone():
        _tell(house(role), role, whose, client_for)


def _tell(home: House, role: Role, whose: str, client_for: Clients) -> None:
    program = role in (Role.PROGRAM_MANAGER, Role.ADMIN)
    thanks = program or role in (Role.CSM, Role.EXECUTIVE)
    may = program or (thanks and whose == "own")
    with tenant_scope(home.tenant):
        activity = home.activity(whose, "completed")
        duty = LoopDuty.objects.get(activity=activity)
        LoopDuty.objects.filter(pk=duty.pk).update(due_at=product_clock.now(), news="They bought")
        with transaction.atomic():
            with suppress(NotAllowed):
                loops.close_loop(
                    actor=Actor.member(home.member), duty=duty.reload(), note="Told them"
                )
            assert bool(LoopDuty.objects.get(pk=duty.pk).closed_at) == may
            transaction.set_rollback(True)
    said = {"note": "Told them", "told": "1"}
    answer = client_for(home.member).post(f"/t/acme/thanks/tell/{duty.pk}/", said)
    assert answer.status_code == (302 if may else 404 if thanks else 403)


def test_an_advocate_moves_nothing_by_themselves(house: Callable[[Role], House]) -> None:
    """ID-3: what a personal link allows goes through the app that knows the link."""
    home = house(Role.CSM)
    with tenant_scope(home.tenant):
        for move in MOVES:
            activity = home.activity("own", move.state)
            with pytest.raises(NotAllowed):
                move.service(
                    actor=Actor.advocate(activity.advocate_id), activity=activity, **move.said()
                )


def test_the_program_itself_moves_everything(house: Callable[[Role], House]) -> None:
    """ID-2: jobs and subscribers are nobody's colleague."""
    home = house(Role.CSM)
    with tenant_scope(home.tenant):
        for move in MOVES:
            activity = home.activity("colleague's", move.state)
            move.service(actor=Actor.system("tests"), activity=activity, **move.said())
            assert Activity.objects.get(pk=activity.pk).state != move.state
