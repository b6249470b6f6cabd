"""Asking one advocate as fast as it goes, over HTTP through the real endpoint (CAP-1).

Each ask belongs to a request of its own and is sent by one of several clients at once: taken from
the ledger, mailed, told. The floor is the bare insert into the ledger by as many threads, guard
included, since no take goes past it. With six units left exactly six asks may succeed, whatever
the concurrency, and nothing may answer 500.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg2
from django.db import connections

from advocacy import clock
from advocacy.rest.services import create_token
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.accounts.services import create_account
from advocates.joining.enrolment import enrol_advocate
from advocates.models import ActivityType, Advocate, Capacity, Participation, ProgramPolicy
from advocates.people.choices import Comfort, ReferenceFrequency
from advocates.people.preferences import save_preferences
from advocates.people.services import create_advocate
from advocates.program.ledger.choices import UnitState
from advocates.program.settings import CAPACITY
from bench.clients import Call, drive, together
from bench.place import Place, a_server
from bench.report import Line
from requests.models import Request
from requests.requests.details import RequestDetails
from requests.requests.services import create_request, submit_request

ROOM = 6
#: The most that the settings take.
PLENTY = 10_000
#: Nothing but the yearly allowance stands in the way.
_WIDE = {
    "asks_per_year": PLENTY,
    "asks_per_90_days": PLENTY,
    "asked_per_year": PLENTY,
    "days_between_asks": 0,
    "cooling_days": 0,
    "account_units_per_year": PLENTY,
    "account_open": PLENTY,
}

_INSERT = """
INSERT INTO advocates_participation
       (id, tenant_id, advocate_id, account_id, activity_type_id, origin, state, units, effort,
        counts_for_tier, is_reference, detail, taken_at, release_reason, void_reason)
VALUES (%(id)s, %(tenant)s, %(advocate)s, %(account)s, %(kind)s, 'asked', 'open', 1, 'moderate',
        true, true, '', clock(), '', '')
"""


def run(place: Place) -> Iterator[Line]:
    """Ask somebody with plenty of room, and somebody with six units left."""
    sizes = place.sizes
    with tenant_scope(place.tenant):
        program = Actor.member(place.staff[Role.ADMIN])
        policy = ProgramPolicy.objects.get()
        before = {name: getattr(policy, name) for name in _WIDE}
        change_settings(actor=program, family=CAPACITY, values=_WIDE)
        people = [_person(program, name, room) for name, room in _ROOMS.items()]
        asked = [_requests(place, sizes.asks) for _person_number in people[:2]]
        secret = create_token(
            actor=Actor.system("bench"),
            name="Benchmark",
            owner=place.staff[Role.PROGRAM_MANAGER],
            scopes=["asks:write"],
            days=1,
        )[1]
    floor = sizes.asks / _bare(place, people[2])
    with a_server() as server:
        for advocate, requests, room in zip(people, asked, (PLENTY, ROOM), strict=False):
            found = drive(
                server.port,
                [_call(request, advocate, secret) for request in requests],
                sizes.clients,
            )
            expected = min(room, sizes.asks)
            _check(place, advocate, found.statuses, expected)
            yield Line(
                f"asks at one advocate, {'plenty of' if room == PLENTY else room} units left",
                found.rate,
                floor,
                "/s",
                f"{sizes.asks} asks by {sizes.clients} clients: {expected} sent,"
                f" {sizes.asks - expected} refused, no error",
            )
    with tenant_scope(place.tenant):
        change_settings(actor=program, family=CAPACITY, values=before)


_ROOMS = {"Plenty": PLENTY, "Six": ROOM, "Floor": PLENTY}


def _person(program: Actor, name: str, room: int) -> Advocate:
    """Somebody nobody has asked yet, with so many units to give."""
    account = create_account(
        actor=program,
        name=f"Benchmark {name}",
        lifecycle="customer",
        health=95,
        advocacy_allowed=True,
    )
    advocate = create_advocate(
        actor=program, account=account, last_name=name, email=f"{name.lower()}@bench.example"
    )
    enrol_advocate(actor=program, advocate=advocate, reason="Benchmark")
    save_preferences(
        actor=program,
        advocate=advocate,
        comforts=[Comfort.PRIVATE_CALL],
        reference_frequency=ReferenceFrequency.NONE,
    )
    # What a policy would give everybody is given to one.
    Capacity.objects.filter(advocate=advocate).update(allowance=room)
    return advocate


def _requests(place: Place, count: int) -> list[Request]:
    sales = Actor.member(place.staff[Role.SALES])
    details = RequestDetails(
        activity_type=ActivityType.objects.get(code="reference_call"),
        needed_by=clock.now().date() + timedelta(days=25),
        prospect="Benchmark",
    )
    return [
        submit_request(actor=sales, request=create_request(actor=sales, details=details))
        for _number in range(count)
    ]


def _call(request: Request, advocate: Advocate, secret: str) -> Call:
    draft = {
        "advocate": str(advocate.pk),
        "subject": "Half an hour?",
        "message": "Would you talk to them?",
        "slots": [],
        "override_reason": "Agreed by phone",
    }
    return Call(
        "POST",
        f"/api/v1/requests/{request.pk}/asks/",
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        json.dumps({"asks": [draft]}).encode(),
    )


def _check(place: Place, advocate: Advocate, statuses: dict[int, int], expected: int) -> None:
    """Exactly as many as there was room for; in the answers and in the ledger."""
    with tenant_scope(place.tenant):
        taken = Participation.objects.filter(advocate=advocate, state=UnitState.OPEN).count()
    if statuses.get(201, 0) != expected or taken != expected:
        raise SystemExit(f"{expected} asks should have been sent, {taken} were: {statuses}")
    if any(status >= 500 for status in statuses):
        raise SystemExit(f"an ask answered with an error of the server: {statuses}")


def _bare(place: Place, advocate: Advocate) -> float:
    """Seconds for as many bare inserts by as many threads, each in a transaction of its own."""
    with tenant_scope(place.tenant):
        kind = ActivityType.objects.get(code="reference_call").pk
    row = {
        "tenant": str(place.tenant.pk),
        "advocate": str(advocate.pk),
        "account": str(advocate.account_id),
        "kind": str(kind),
    }
    sizes = place.sizes
    parameters = {
        name: value
        for name, value in connections["default"].get_connection_params().items()
        if name != "cursor_factory"
    }

    def inserts(count: int, tenant: uuid.UUID) -> None:
        connection = psycopg2.connect(**parameters)
        for _number in range(count):
            with connection, connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL app.tenant_id = '{tenant}'")
                cursor.execute(_INSERT, {**row, "id": str(uuid7())})
        connection.close()

    shares = [len(range(sizes.asks)[n :: sizes.clients]) for n in range(sizes.clients)]
    works: list[Callable[[], None]] = [
        lambda share=share: inserts(share, place.tenant.pk) for share in shares
    ]
    return together(works)
