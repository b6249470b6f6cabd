"""What a personal link weighs on a phone, compressed (UI-1)."""

import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from advocacy.tenancy.models import Tenant
from tests.contracts.urls import LINK, PAGES
from tests.support.urls import address_of

pytestmark = pytest.mark.django_db

#: kB over the wire of page, style sheet and scripts.
LIMIT = 30
#: Pages behind a link, and where such a link is had.
LIGHT = [
    name
    for name, declared in PAGES.items()
    if "get" in declared.methods
    and declared.axed
    and (declared.access == LINK or name == "portal-sign-in")
]
_FILE = re.compile(r'<(?:script[^>]*? src|link rel="stylesheet" href)="/?static/([^"]+)"')


def weight(data: bytes) -> float:
    """In kB, as brotli sends it."""
    return len(brotli.compress(data)) / 1000


@pytest.mark.parametrize("name", LIGHT)
def test_a_personal_link_is_light(
    name: str, tenant: Tenant, client_for: Callable[..., Client]
) -> None:
    """UI-1.a: under 30 kB, in the reader's own font, with neither htmx nor Alpine."""
    path = address_of(name, PAGES[name], tenant, in_tenant=False)
    answer = client_for(None).get(path, follow=True)
    assert answer.status_code == 200
    files = _FILE.findall(answer.text)
    assert "css/personal.css" in files
    assert not [file for file in files if file.startswith("vendor/")]
    found = {file: weight(Path(str(finders.find(file))).read_bytes()) for file in files}
    whole = weight(answer.content) + sum(found.values())
    assert whole < LIMIT, f"{name} weighs {whole:.1f} kB: {found}"
    assert "static/vendor" not in answer.text


def test_a_personal_link_asks_for_no_font() -> None:
    """UI-1.a: the last word on the font is the reader's own."""
    sheet = Path(str(finders.find("css/personal.css"))).read_text()
    assert "Inter" not in re.findall(r"--font:([^;}]+)", sheet)[-1]
