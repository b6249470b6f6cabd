"""Lists: 50 of all advocates over the REST interface, and the browser's page of the same.

Over HTTP, against gunicorn on loopback, with a real token or session through the whole stack.
The floor of each is a bare view of the same server that answers the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.test import Client

from advocacy.rest.services import create_token
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from bench.clients import Call, Round, drive, fetch
from bench.place import Place, Server, a_server
from bench.report import Line

API = "/api/v1/advocates/"


def run(place: Place) -> Iterator[Line]:
    """Measure each list against its floor, round by round in turn."""
    token = _token(place)
    session = _session(place)
    with a_server() as server:
        first = json.loads(_get(server, API, token))
        second = urlsplit(first["next"])
        page = f"/t/{place.tenant.slug}/advocates/"
        lists = {
            "API: 50 advocates": (API, token),
            "API: the second page, by cursor": (f"{second.path}?{second.query}", token),
            "API: active and gold": (f"{API}?status=active&tier=gold", token),
            "API: search for “lima”": (f"{API}?search=lima", token),
            "page: 50 advocates in the program": (page, session),
            "page: searched for “lima”": (f"{page}?q=lima", session),
        }
        for what, (path, headers) in lists.items():
            yield _measure(place, server, what, path, headers)


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
