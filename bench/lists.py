"""Lists: 50 of all advocates over the REST interface, and the browser's page of the same.

Over HTTP, against gunicorn on loopback, with a real token or session through the whole stack.
The floor of each is a bare view of the same server that answers the same bytes. What keeping
tenants apart costs is the statement behind a page, whose floor is the same statement without
policies.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.db import connections, transaction
from django.test import Client

from advocacy.rest.json_rows import row_json
from advocacy.rest.pagination import PAGE_SIZE, Cursor
from advocacy.rest.services import create_token
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from advocates.people.api import AdvocateSerializer
from advocates.people.selectors import rest_advocates
from bench.clients import Call, Round, drive, fetch
from bench.place import Place, Server, a_server
from bench.report import Line

API = "/api/v1/advocates/"
_FAR = 2000
#: How often a statement is run before the clock is looked at.
_TURNS = 20


def run(place: Place) -> Iterator[Line]:
    """Measure each list against its floor, round by round in turn."""
    token = _token(place)
    session = _session(place)
    with a_server() as server:
        first = json.loads(_get(server, API, token))
        far = _far_page(place, first["next"])
        page = f"/t/{place.tenant.slug}/advocates/"
        lists = {
            "API: 50 advocates": (API, token),
            f"API: page {far.number:,}, by cursor": (far.path, token),
            "API: active and gold": (f"{API}?status=active&tier=gold", token),
            "API: search for “lima”": (f"{API}?search=lima", token),
            "page: 50 advocates in the program": (page, session),
            "page: searched for “lima”": (f"{page}?q=lima", session),
        }
        for what, (path, headers) in lists.items():
            yield _measure(place, server, what, path, headers)
    yield _isolation(place)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    path: str


def _far_page(place: Place, following: str) -> _Page:
    """Page 2,000, or the last full one of a small tenant. Its cursor is written here: walking there
    would take as long as everything else.
    """
    with tenant_scope(place.tenant):
        rows = Advocate.objects.order_by("last_name", "id").values_list("last_name", "pk")
        number = max(2, min(_FAR, rows.count() // PAGE_SIZE))
        before = (number - 1) * PAGE_SIZE - 1
        name, pk = rows[before]
    cursor = Cursor("last_name", name, str(pk), backwards=False).encode()
    return _Page(number, f"{urlsplit(following).path}?{urlencode({'cursor': cursor})}")


def _isolation(place: Place) -> Line:
    """The statement of the first page as the application's role, and as the owner while the tables
    have no policies, which is undone.
    """
    viewer = place.staff[Role.PROGRAM_MANAGER]
    with tenant_scope(place.tenant):
        rows = rest_advocates().prefetch_related(None).order_by("last_name", "id")
        row = row_json(AdvocateSerializer, viewer)
        page = rows.values_list("last_name", "pk", row)[: PAGE_SIZE + 1]
        sql, params = page.query.sql_with_params()
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, TenantModel) and f'"{model._meta.db_table}"' in sql
    )

    def seconds(alias: str) -> float:
        with connections[alias].cursor() as cursor:
            start = perf_counter()
            for _turn in range(_TURNS):
                cursor.execute(sql, params)
                cursor.fetchall()
            return (perf_counter() - start) / _TURNS

    def kept_apart() -> float:
        with tenant_scope(place.tenant):
            return seconds("default")

    def open_to_all() -> float:
        with transaction.atomic(using="owner"):
            with connections["owner"].cursor() as cursor:
                cursor.execute("SET LOCAL join_collapse_limit = 1")
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            found = seconds("owner")
            transaction.set_rollback(True, using="owner")
        return found

    pairs = [(kept_apart(), open_to_all()) for _round in range(2 * place.sizes.rounds)]
    value, floor = (min(each) * 1000 for each in zip(*pairs, strict=True))
    note = f"{(value / floor - 1) * 100:+.0f} % for policies on {len(tables)} tables"
    return Line("isolation: the statement of 50 advocates", value, floor, "ms", note)


def _token(place: Place) -> Mapping[str, str]:
    owner = place.staff[Role.PROGRAM_MANAGER]
    with tenant_scope(place.tenant):
        _row, secret = create_token(
            actor=Actor.system("bench"),
            name="Benchmark",
            owner=owner,
            scopes=["advocates:read"],
            days=1,
        )
    return {"Authorization": f"Bearer {secret}"}


def _session(place: Place) -> Mapping[str, str]:
    client = Client()
    client.force_login(
        place.staff[Role.PROGRAM_MANAGER].user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


def _get(server: Server, path: str, headers: Mapping[str, str]) -> bytes:
    status, body = fetch(server.port, Call("GET", path, headers))
    if status != 200:
        raise SystemExit(f"{path} answered {status}: {body[:300]!r}")
    return body


def _measure(
    place: Place, server: Server, what: str, path: str, headers: Mapping[str, str]
) -> Line:
    body = _get(server, path, headers)
    name = f"floor-{len(list(server.bodies.iterdir()))}"
    (server.bodies / name).write_bytes(body)
    bare = f"/bare/{name}/"
    _get(server, bare, {})
    product = [
        (_round(place, server, path, headers), _round(place, server, bare, {}))
        for _number in range(place.sizes.rounds)
    ]
    rate = max(real.rate for real, _floor in product)
    floor = max(least.rate for _real, least in product)
    latency = min(real.latency for real, _floor in product) * 1000
    note = f"{len(body) / 1024:.0f} kB; {latency:.0f} ms each with {place.sizes.clients} clients"
    return Line(what, rate, floor, "/s", note)


def _round(place: Place, server: Server, path: str, headers: Mapping[str, str]) -> Round:
    # A page takes several times as long as an answer of the interface.
    count = place.sizes.requests if path.startswith(API) else place.sizes.requests // 4
    calls = [Call("GET", path, headers)] * max(count, place.sizes.clients)
    found = drive(server.port, calls, place.sizes.clients)
    if set(found.statuses) != {200}:
        raise SystemExit(f"{path} answered {dict(found.statuses)}")
    return found
