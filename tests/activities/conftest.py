"""A program in which things happen."""

import pytest

from advocacy.tenancy.models import Membership, Tenant
from tests.support.program import Program, make_program
from tests.support.time import Clock


@pytest.fixture
def program(clock: Clock, alice: Membership, scope: Tenant) -> Program:
    """Alice's program, in an open scope."""
    return make_program(manager=alice)
