"""A walk through the declared pages in a real browser: light and dark, wide and on a phone (UI-1).

Each page is examined in one of them, and in all with ``FULL`` (``make test-all``). With
``--screenshots`` pytest also keeps a picture of each page in ``screenshots/`` to look at.
"""

import faulthandler
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import TimeoutError as Waited

from advocacy.embedded import paths
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from tests.conftest import BACKEND
from tests.contracts.urls import LINK, MEMBER, PAGES, PUBLIC, SIGNED_IN
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.breadth import FULL, share
from tests.support.browser import chromium
from tests.support.fill import fill
from tests.support.urls import address_of, addresses

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
AXED = [name for name, declared in PAGES.items() if declared.axed and "get" in declared.methods]
#: Pages made by one template of the kit differ in their words and fields only; so many of each
#: stand for all.
KIT = {"generic/form.html": 6, "generic/list.html": 2, "records/detail.html": 1}


def walked() -> list[str]:
    """The pages to look at: of those of one template of the kit some, by their names; with ``FULL``
    all.
    """
    views = {address.name: getattr(address.callback, "view_class", None) for address in addresses()}
    left = dict(KIT)
    found = []
    for name in sorted(AXED, key=lambda name: zlib.crc32(name.encode())):
        template = str(getattr(views[name], "template_name", ""))
        left[template] = left.get(template, len(AXED)) - 1
        if FULL or left[template] >= 0:
            found.append(name)
    return found


def cookie_of(tenant: Tenant, role: str, url: str) -> dict[str, str]:
    """A signed-in session of a role."""
    with tenant_scope(tenant):
        member = MembershipFactory(role=role, user__name=f"Ada {Role(role).label}")
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def role_for(access: str) -> str | None:
    """Who looks at a page: the program manager where possible; nobody for open pages."""
    if access in {PUBLIC, LINK}:
        return None
    order = (Role.PROGRAM_MANAGER, Role.ADMIN, *Role)
    return next(r for r in order if access in {MEMBER, SIGNED_IN} or allowed(r, access))


def views_of(name: str) -> list[tuple[str, str]]:
    """Size and theme in which a page is examined: one each, by its name; with ``FULL`` all."""
    views = [("wide", "light"), ("wide", "dark"), ("phone", "light")]
    return views if FULL else [views[zlib.crc32(name.encode()) % len(views)]]


def look(page: Any, name: str, keep: bool) -> Iterator[str]:
    """What is wrong with an open page.

    Contrast takes axe three times as long as everything else, and it is the components' and the
    tokens', of which each stands on many pages and all on the style guide: half of the pages.
    """
    views = views_of(name)
    without = [] if share([name], of=2) else ["color-contrast"]
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in [theme for of_size, theme in views if of_size == size]:
            page.evaluate(
                "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
            )
            # In a second theme only the colours can differ.
            rules = ["color-contrast"] if theme == "dark" and len(views) > 1 else []
            for found in axe.violations(page, rules=rules, without=without):
                yield f"{name}, {size}, {theme}: {found}"
            if keep:
                picture = paths.ROOT / "screenshots" / f"{name}-{size}-{theme}.png"
                page.screenshot(path=picture, full_page=True)
        if _too_wide(page):
            yield f"{name}, {size}: wider than the screen"


def _too_wide(page: Any) -> bool:
    """Whether a page stays wider than the screen; a chart takes a moment to follow a new size.

    Asked again and again from here: the content policy lets no script of a test's wait in the page.
    """
    for _try in range(20):
        if not page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            return False
        page.wait_for_timeout(100)
    return True


def walk(live_server: Any, names: Sequence[str], *, keep: bool) -> list[str]:
    """Open pages in a real browser: axe finds nothing, nothing is wider than the screen, the
    content policy holds. What does not hold, line by line; ``keep`` also keeps pictures.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    fill(tenant, 3 if FULL else 1)
    # One tab a role: opening another costs more than many a page.
    tabs: dict[str | None, Any] = {}
    errors: list[str] = []
    trouble: list[str] = []
    with chromium() as browser:
        for name in names:
            declared = PAGES[name]
            role = role_for(declared.access)
            if role not in tabs:
                context = browser.new_context()
                if role:
                    context.add_cookies([cookie_of(tenant, role, live_server.url)])
                tabs[role] = context.new_page()
                tabs[role].on("console", partial(_keep_error, errors))
                tabs[role].on("pageerror", partial(_keep, errors))
            in_tenant = declared.access not in {PUBLIC, LINK, SIGNED_IN}
            path = address_of(name, declared, tenant, in_tenant=in_tenant)
            page = tabs[role]
            answer = _open(page, live_server.url + path)
            if answer.status != 200:
                trouble.append(f"{name}: answered {answer.status}")
            trouble += look(page, name, keep)
            trouble += [f"{name}: {error}" for error in errors]
            errors.clear()
    return trouble


def _open(page: Any, url: str) -> Any:
    """The answer of a page. A browser whose connection was lost on a busy machine waits for ever:
    it tries once more, and says what every thread was at, should it be the product that hangs.
    """
    try:
        return page.goto(url)
    except Waited:
        faulthandler.dump_traceback(2)
        return page.goto(url)


def _keep_error(errors: list[str], said: Any) -> None:
    if said.type == "error":
        errors.append(said.text)


def _keep(errors: list[str], error: Any) -> None:
    errors.append(str(error))
