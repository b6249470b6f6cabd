"""An advocate in a program, and a browser without any sign-in."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.messaging.links import create_link, link_url
from advocacy.tenancy.models import Membership, Tenant
from tests.support.program import Program, make_program
from tests.support.time import Clock


@pytest.fixture
def program(scope: Tenant, clock: Clock, alice: Membership) -> Program:
    return make_program(manager=alice, email="frank@quantum.example")


@pytest.fixture
def browser(client_for: Callable[[Membership | None], Client]) -> Client:
    return client_for(None)


@pytest.fixture
def home(program: Program) -> str:
    """The path of the advocate's own page."""
    return path_for(program)


def path_for(program: Program, page: str = "home") -> str:
    link = create_link(
        purpose="portal",
        subject_id=program.advocate.pk,
        expires_at=product_clock.now() + timedelta(days=90),
    )
    return urlsplit(link_url(link)).path.replace("/home/", f"/{page}/")
