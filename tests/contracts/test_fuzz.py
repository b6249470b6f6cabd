"""Whatever stands in an address, a form or a body: never a 500, and nothing half-saved (BAD-1).

Every address × every parameter, field and part of the path it reads × values nobody should send.
The names come from the product itself (``tests/support/fuzz.py``), so a new page needs no line
here. Each request carries another value in each place; the places whose reader took theirs carry it
once more beside otherwise good values, because only then does it come further in.

A third of the addresses stands for all, since what reads a value reads it everywhere; ``FULL``
takes them all and makes more requests of each. ``FUZZ=all`` sends every value to every place, by
itself and everywhere at once, which takes long.
"""

import html
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from advocacy.rest.problems import CONTENT_TYPE
from advocacy.settings import env
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.contracts.endpoints import ENDPOINTS
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN
from tests.factories.tenancy import MembershipFactory
from tests.support import fuzz
from tests.support.breadth import FULL, share
from tests.support.database import fingerprint
from tests.support.rest import Api, api_for
from tests.support.urls import address_of, addresses

ALL = env.text("FUZZ", "") == "all"
ROUTES = {address.name: address.route for address in addresses()}
#: Roles by how much they see: a page for one's own things opens for whoever sees everything.
ORDER = (Role.ADMIN, Role.PROGRAM_MANAGER, *Role)
FORM = "application/x-www-form-urlencoded"
#: Read by one function for all pages (tests/web/test_next.py).
COMMON = {"next", "csrfmiddlewaretoken", "None"}
TEXTS = {**fuzz.TEXTS, **fuzz.BYTES}
#: One address of so many.
OF = 4
#: Requests to an address with many names, and with few.
LEAST, MOST = (2, 4) if FULL else (1, 2)
#: How often what was taken is sent again beside good values, and values for a parameter of REST.
TURNS, EACH = (3, 5) if FULL else (1, 2)
#: Where requests are counted, wherever they lead.
COUNTED = {"people_attempt", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog"}


def trials(names: Iterable[str], values: Mapping[str, Any]) -> Any:
    """What is wrong in words, and the values by name."""
    if ALL:
        return fuzz.one_by_one(names, values)
    return fuzz.rounds(names, values, least=LEAST, most=MOST)


@pytest.fixture
def home(small: Tenant) -> Tenant:
    """A tenant with something in every table."""
    return small


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    """No limit stands between a value and its reader; the counting of sign-ins is on."""
    settings.API_REQUESTS_PER_MINUTE = 10_000_000
    settings.AXES_ENABLED = True


@dataclass
class Trial:
    """Asks one address again and again, and keeps what went wrong."""

    where: str
    tenant: Tenant
    send: Callable[..., Any]
    wrong: list[str] = field(default_factory=list)
    refused: bool = False
    _raised: BaseException | None = None

    def ask(self, what: str, *args: Any, **kwargs: Any) -> Any:
        """One request; what it changes is undone unless it was refused, which changes nothing."""
        self._raised = None
        with transaction.atomic():
            answer = self.send(*args, **kwargs)
            if answer.status_code < 400:
                transaction.set_rollback(True)
            else:
                self.refused = True
        if answer.status_code >= 500:
            why = f"{type(self._raised).__name__}: {str(self._raised)[:150]}"
            self.wrong.append(f"{self.where}, {what}: {answer.status_code} {why}")
        return answer

    def note(self, sender: Any, **kwargs: Any) -> None:
        """Keep the exception behind a 500."""
        self._raised = sys.exc_info()[1]

    def fail(self, what: str) -> None:
        """Keep something else that is wrong."""
        self.wrong.append(f"{self.where}, {what}")


@pytest.fixture
def trial(
    home: Tenant, db: None, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[str, Callable[..., Any]], Trial]]:
    """``trial("GET people", send)``; checks at the end that nothing broke and nothing changed."""
    made: list[Trial] = []
    before: dict[str, str] = {}

    def make(where: str, send: Callable[..., Any]) -> Trial:
        if not before:
            before.update(fingerprint(home))
        one = Trial(where, home, send)
        got_request_exception.connect(one.note, weak=False, dispatch_uid=str(id(one)))
        made.append(one)
        return one

    with caplog.at_level(logging.ERROR):
        yield make
    for one in made:
        got_request_exception.disconnect(dispatch_uid=str(id(one)))
    wrong = [line for one in made for line in one.wrong]
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
    logged = [f"{record.name}: {record.getMessage()[:200]}" for record in caplog.records]
    assert not logged, "\n".join(logged)
    if any(one.refused for one in made):
        after = fingerprint(home)
        changed = [t for t, rows in after.items() if before[t] != rows and t not in COUNTED]
        assert not changed, f"a refused request changed {changed}"


def browser(client_for: Callable[[Membership | None], Client], home: Tenant, access: str) -> Client:
    """A browser of the first role that may, or of nobody."""
    if access in {PUBLIC, LINK}:
        return client_for(None)
    role = next(r for r in ORDER if access in {MEMBER, SIGNED_IN} or allowed(r, access))
    with tenant_scope(home):
        return client_for(MembershipFactory(role=role))


def path_of(name: str, home: Tenant) -> str:
    """Where a declared page stands."""
    declared = PAGES[name]
    in_tenant = declared.access not in {PUBLIC, LINK, SIGNED_IN}
    return address_of(name, declared, home, in_tenant=in_tenant)


READ = [name for name, declared in PAGES.items() if "get" in declared.methods and name != "healthz"]
WRITTEN = [name for name, declared in PAGES.items() if "post" in declared.methods]


@pytest.mark.parametrize("name", share(READ, OF))
def test_queries_of_pages(name: str, trial: Any, home: Tenant, client_for: Any) -> None:
    """BAD-1: filters, order, columns, page and whatever else a page reads from its address."""
    path, client = path_of(name, home), browser(client_for, home, PAGES[name].access)
    one = trial(f"GET {name}", lambda query: client.get(f"{path}?{query}"))
    known = _names_read(one)
    for what, values in trials(known, TEXTS):
        one.ask(what, fuzz.pairs(values))
    if known:
        one.ask("all twice, in brackets", _twice(known))


def _names_read(one: Trial) -> set[str]:
    """What an address asks its query for."""
    with fuzz.listening() as heard:
        one.ask("nothing", "")
        if ALL:
            one.ask("something", fuzz.pairs(dict.fromkeys(heard, "1")))
    return {name for name in heard if name and not name.isdigit()} - COMMON


def _twice(names: Iterable[str], good: Mapping[str, Any] | None = None) -> str:
    """Each name with two values, and as PHP would send a list and a map."""
    return fuzz.pairs(
        {
            **(good or {}),
            **{name: ["a", "1"] for name in names},
            **{f"{name}[]": ["1"] for name in names},
            **{f"{name}[a][b]": ["1"] for name in names},
        }
    )


@pytest.mark.parametrize("name", share(WRITTEN, OF))
def test_forms(name: str, trial: Any, home: Tenant, client_for: Any) -> None:
    """BAD-1: every field of every form; what is refused is the form again, with what was typed."""
    path, client = path_of(name, home), browser(client_for, home, PAGES[name].access)

    def send(body: str) -> Any:
        # As htmx does, which gets the form without the house around it.
        return client.post(path, body, content_type=FORM, headers={"HX-Request": "true"})

    one = trial(f"POST {name}", send)
    good: dict[str, list[str]] = {}
    if "get" in PAGES[name].methods:
        shown = client.get(path)
        good = fuzz.controls(shown.content.decode()) if shown.status_code == 200 else {}
    with fuzz.listening() as heard:
        one.ask("what the page shows", fuzz.pairs(good))
        if heard and not good:
            one.ask("something", fuzz.pairs(dict.fromkeys(heard, "1")))
    known = {each for each in {*heard, *good} if each} - COMMON
    for what, values in trials(known, TEXTS):
        answer = one.ask(what, fuzz.pairs({**good, **values}))
        taken = set(values) - _form_errors(one, what, answer, values)
        # A service says no to one field after the other.
        for _turn in range(TURNS):
            left = {name: values[name] for name in taken}
            if not left or len(left) == len(values):
                break
            answer = one.ask(f"{what}; of these {sorted(left)}", fuzz.pairs({**good, **left}))
            named = _form_errors(one, what, answer, left) & taken
            taken -= named
            if not named:
                break
    if known:
        one.ask("all twice, in brackets", _twice(known, good))


def _form_errors(one: Trial, what: str, answer: Any, sent: Mapping[str, Any]) -> set[str]:
    """The fields a refused form names; it must say something, and keep what was typed (BAD-1)."""
    form = answer.context.get("form") if answer.context is not None else None
    errors = getattr(form, "errors", None)
    if answer.status_code != 422 or not isinstance(errors, dict):
        return set()
    if not errors and not answer.context.get("problem"):
        one.fail(f"{what}: 422 without a message")
    shown = html.unescape(answer.content.decode())
    for name in errors:
        typed = sent.get(form.add_prefix(name))
        kind = form[name].widget_type if name in form.fields else ""
        if kind in {"text", "textarea", "email"} and isinstance(typed, str):
            if f'name="{form.add_prefix(name)}"' in shown and typed.strip() not in shown:
                one.fail(f"{what}: what was typed in {name} is gone")
    return {form.add_prefix(str(name)) for name in errors}


def endpoint_path(name: str, home: Tenant) -> str:
    """Where a declared endpoint stands."""
    return address_of(name, ENDPOINTS[name], home, in_tenant=False)  # type: ignore[arg-type]


def program(home: Tenant, action: str) -> Api:
    """A program that may."""
    role = next(role for role in ORDER if allowed(role, action))
    with tenant_scope(home):
        return api_for(MembershipFactory(role=role))


def refused_properly(one: Trial, what: str, answer: Any) -> None:
    """A refusal is a problem document with a sentence."""
    if 400 <= answer.status_code < 500:
        if answer["Content-Type"] != CONTENT_TYPE or not answer.json().get("detail"):
            one.fail(f"{what}: {answer.status_code} without a problem document")


#: Looking one row up goes through the same filters as a list of them.
LISTS = [n for n, e in ENDPOINTS.items() if "get" in e.methods and (ALL or "-detail" not in n)]


@pytest.mark.parametrize("name", share(LISTS, OF))
def test_queries_of_endpoints(name: str, trial: Any, home: Tenant) -> None:
    """BAD-1, API-1: every parameter by itself, since one that is wrong hides the others."""
    path = endpoint_path(name, home)
    api = program(home, ENDPOINTS[name].methods["get"])
    one = trial(f"GET {name}", lambda query: api.get(f"{path}?{query}"))
    known = sorted(_names_read(one))
    for place, each in enumerate(known):
        labels = list(TEXTS)
        # A few each, not the same ones: what one filter makes of a value, others of its kind do.
        mine = labels if ALL else [labels[(place + EACH * n) % len(labels)] for n in range(EACH)]
        for label in mine:
            what = f"{label} in {each}"
            refused_properly(one, what, one.ask(what, fuzz.pairs({each: TEXTS[label]})))
    one.ask("all in brackets", fuzz.pairs({f"{each}[a][]": ["1", "2"] for each in known}))
    one.ask("all twice", fuzz.pairs({each: ["a", "1"] for each in known}))


@pytest.mark.parametrize(
    ("name", "method"),
    share([(n, m) for n, e in ENDPOINTS.items() for m in e.methods if m != "get"], OF),
)
def test_bodies_of_endpoints(name: str, method: str, trial: Any, home: Tenant) -> None:
    """BAD-1, API-1: every field of every body × wrong types and values; bodies that are none."""
    path = endpoint_path(name, home)
    api = program(home, ENDPOINTS[name].methods[method])
    one = trial(f"{method.upper()} {name}", lambda body: api.ask(method, path, body))
    with fuzz.reading_bodies() as fields:
        one.ask("{}", {})
    # One parser reads them all.
    for label, body in fuzz.BODIES.items() if ALL or method != "post" or "list" in name else ():
        refused_properly(one, label, one.ask(label, body))
    with tenant_scope(home):
        good = {each: fuzz.plausible(fields[each]) for each in fields}
    one.ask("good values", good)
    for what, values in trials(fields, fuzz.JSON):
        taken = set(values) - _named(one, what, one.ask(what, {**good, **values}))
        for _turn in range(TURNS):
            left = {each: values[each] for each in taken}
            if not left or len(left) == len(values):
                break
            answer = one.ask(f"{what}; of these {sorted(left)}", {**good, **left})
            named = _named(one, what, answer) & taken
            taken -= named
            if not named:
                break


def _named(one: Trial, what: str, answer: Any) -> set[str]:
    """The fields a refusal names."""
    refused_properly(one, what, answer)
    errors = answer.json().get("errors", {}) if answer.status_code in {409, 422} else {}
    return {each.partition(".")[0] for each in errors}


PARTS: dict[str, bytes] = {
    "NUL": b"a\x00b",
    "5,000": b"x" * 5000,
    "no UTF-8": b"\xff\xfe",
    "markup": b"<b>'\"%s\\",
    "emoji": "😀\u202e".encode(),
    **(
        {
            "300": b"x" * 300,
            "surrogate": b"\xed\xa0\x80",
            "UUID in braces": b"{00000000-0000-0000-0000-000000000000}",
            "nobody": b"00000000-0000-0000-0000-000000000000",
            "digits": b"9" * 40,
            "dots": b"..%2f..",
        }
        if ALL
        else {}
    ),
}


def _has_own_parts(name: str) -> bool:
    """Whether a part of the path is text, and not only the tenant's, which one page stands for."""
    kinds = fuzz.path_parts(ROUTES[name])
    return any(kind != "uuid" and (part != "tenant" or name == "today") for kind, part in kinds)


@pytest.mark.parametrize(
    "name", [name for name in (*PAGES, *ENDPOINTS) if ALL or _has_own_parts(name)]
)
def test_parts_of_paths(name: str, trial: Any, home: Tenant, client_for: Any) -> None:
    """BAD-1: an address made up by hand is not there, or is refused."""
    parts = fuzz.path_parts(ROUTES[name])
    if name in PAGES:
        path, methods = path_of(name, home), PAGES[name].methods
        client = browser(client_for, home, PAGES[name].access)
        send = lambda method, where: client.generic(method.upper(), where)  # noqa: E731
    else:
        path, methods = endpoint_path(name, home), tuple(ENDPOINTS[name].methods)
        api = program(home, ENDPOINTS[name].methods[methods[0]])
        send = lambda method, where: api.ask(method, where, {})  # noqa: E731
    one = trial(f"path of {name}", send)
    for kind, part in parts:
        if not ALL and (kind == "uuid" or (part == "tenant" and name != "today")):
            continue  # nothing but a UUID comes through to the page
        for label, value in PARTS.items():
            where = _with_part(ROUTES[name], path, part, quote(value, safe=""))
            for method in methods:
                one.ask(f"{label} as {part} by {method}", method, where)


def _with_part(route: str, path: str, part: str, value: str) -> str:
    """A path with one part of its route replaced."""
    pattern, position = "", 0
    for found in re.finditer(r"<(?:(\w+):)?(\w+)>", route):
        pattern += re.escape(route[position : found.start()])
        pattern += f"(?P<{found[2]}>{'.+' if found[1] == 'path' else '[^/]+'})"
        position = found.end()
    match = re.fullmatch("/" + pattern + re.escape(route[position:]), path)
    assert match, (route, path)
    return path[: match.start(part)] + value + path[match.end(part) :]
