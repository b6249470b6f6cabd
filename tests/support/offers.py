"""What a page offers its reader to open or press, and whether the matrix allows it (ID-2)."""

import re
from collections.abc import Iterator
from html import unescape

from django.urls import Resolver404, resolve

from advocacy.tenancy.roles import Role, allowed
from tests.contracts.urls import MEMBER, PAGES

_OFFERED = re.compile(r'\b(?:href|action|formaction|hx-get|hx-post|data-url)="(/t/[^"?#]+)')


def refused_offers(page: str, role: Role) -> Iterator[str]:
    """Addresses below ``/t/`` in a page's links, buttons and forms that this role may not open."""
    for path in sorted(set(_OFFERED.findall(unescape(page)))):
        try:
            name = resolve(path).view_name
        except Resolver404:
            yield f"{path} leads nowhere"
            continue
        access = PAGES[name].access
        if access != MEMBER and not allowed(role, access):
            yield f"{path} ({name}) takes {access}"
