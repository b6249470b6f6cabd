"""Every page of the product on the demo tenant: the ten slowest, and what a first visit weighs.

Time is what the server takes for an answer, in this process, without a network. The floor is a page
of the same middleware that asks for nothing (``bench.urls.bare``). Weight is what a browser that
was never here loads, compressed; its floor is the page alone.
"""

import gzip
import inspect
import re
import statistics
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from advocacy import clock
from advocacy.messaging.links import create_link, secret_of
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.urls import TENANT_KWARG
from advocates.models import Advocate
from bench.place import Place
from bench.report import Line
from requests.models import Ask
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN, Declared

#: So many slowest pages are told, and so many rows are tried until a page opens for one.
TOLD, TRIED = 10, 25
#: Answers a page; the first, which fills what is kept in memory, does not count.
ANSWERS = 21
DEMO = "demo"
WEIGHED = ("today", "requests:list", "requests:detail", "advocates:list", "advocates:detail")
#: Behind a personal link: its purpose, and whose it is.
PERSONAL: dict[str, tuple[str, type[TenantModel], dict[str, str]]] = {
    "ask": ("ask", Ask, {"state": "sent"}),
    "portal-home": ("portal", Advocate, {"status": "active"}),
}

_FILES = re.compile(r"""(?:href|src)="/static/([^"?]+)""")


def run(place: Place) -> Iterator[Line]:
    """Fill in the demo, walk its pages, weigh some."""
    call_command("seed_demo", verbosity=0)
    tenant = Tenant.objects.get(slug=DEMO)
    clients = {role: _client(tenant, role) for role in Role}
    with override_settings(ROOT_URLCONF="bench.urls", BENCH_BODIES=Path("/nowhere")):
        floor = statistics.median(_times(clients[Role.ADMIN], "/bare/none/"))
    found: dict[str, list[float]] = {}
    closed = 0
    for name, declared in PAGES.items():
        if "get" not in declared.methods or declared.access in {PUBLIC, LINK, SIGNED_IN}:
            continue
        client = clients[_role(declared.access)]
        path = next((p for p in _paths(name, declared, tenant) if _opens(client, p)), None)
        if path is None:
            closed += 1
            continue
        found[name] = _times(client, path)
    yield from _slowest(found, floor, closed)
    manager = clients[Role.PROGRAM_MANAGER]
    for name in WEIGHED:
        path = next(p for p in _paths(name, PAGES[name], tenant) if _opens(manager, p))
        yield _weight(name, path, manager)
    for name in PERSONAL:
        yield _weight(name, _personal(name, tenant), Client())
    yield _weight("sign-in", reverse("sign-in"), Client())


def _slowest(found: dict[str, list[float]], floor: float, closed: int) -> Iterator[Line]:
    every = [each for times in found.values() for each in times]
    cuts = statistics.quantiles(every, n=100)
    note = f"{len(found)} pages; {closed} open for no row of the demo"
    yield Line("all pages, half of the answers within", cuts[49], floor, "ms", note)
    yield Line("all pages, 95 % of the answers within", cuts[94], floor, "ms", note)
    for name in sorted(found, key=lambda name: -statistics.median(found[name]))[:TOLD]:
        median, slow = statistics.median(found[name]), statistics.quantiles(found[name], n=20)[-1]
        yield Line(f"page {name}", median, floor, "ms", f"95 % within {slow:.0f} ms")


def _client(tenant: Tenant, role: Role) -> Client:
    with tenant_scope(tenant):
        member = Membership.objects.select_related("user").filter(role=role).first()
    client = Client(raise_request_exception=False)
    if member is not None:
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _role(access: str) -> Role:
    order = (Role.PROGRAM_MANAGER, Role.ADMIN, *Role)
    return next(role for role in order if access == MEMBER or allowed(role, access))


def _paths(name: str, declared: Declared, tenant: Tenant) -> Iterator[str]:
    models = [v for v in declared.kwargs.values() if inspect.isclass(v)]
    rows: list[Any] = [None]
    if models and issubclass(models[0], TenantModel):
        with tenant_scope(tenant):
            rows = list(models[0]._default_manager.order_by("-pk")[:TRIED])
    for row in rows:
        kwargs = {
            key: row.pk if inspect.isclass(value) else value
            for key, value in declared.kwargs.items()
        }
        if any(callable(value) for value in kwargs.values()):
            return
        try:
            yield reverse(name, kwargs={**kwargs, TENANT_KWARG: tenant.slug})
        except NoReverseMatch:
            return


def _opens(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200


def _times(client: Client, path: str) -> list[float]:
    times = []
    for _answer in range(ANSWERS):
        start = perf_counter()
        client.get(path)
        times.append((perf_counter() - start) * 1000)
    return times[1:]


def _personal(name: str, tenant: Tenant) -> str:
    """The address of a personal link, made for somebody of the demo."""
    purpose, model, which = PERSONAL[name]
    with tenant_scope(tenant):
        row = model._default_manager.filter(**which).order_by("pk")[0]
        made = create_link(
            purpose=purpose, subject_id=row.pk, expires_at=clock.now() + timedelta(days=1)
        )
        return reverse(name, kwargs={"secret": secret_of(made)})


def _weight(name: str, path: str, client: Client) -> Line:
    """What a first visit loads, in kB: the page as gzip, its files as brotli; the font where the
    page asks for it ahead, since a sheet names it for whoever does.
    """
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    page = answer.content
    alone = len(gzip.compress(page)) / 1000
    files = {*_FILES.findall(page.decode())}
    parts = {each: _file_weight(each) for each in sorted(files)}
    largest = ", ".join(
        f"{each.rpartition('/')[2]} {weight:.0f}"
        for each, weight in sorted(parts.items(), key=lambda item: -item[1])[:4]
    )
    return Line(f"first visit of {name}", alone + sum(parts.values()), alone, "kB", largest)


def _file_weight(name: str) -> float:
    found = finders.find(name)
    if not found:
        raise SystemExit(f"{name} is linked and not there")
    content = Path(str(found)).read_bytes()
    return len(content if name.endswith(".woff2") else brotli.compress(content)) / 1000
