"""Texts for colleagues."""

import factory

from advocacy import clock
from advocates.models import Material, MaterialReading, MaterialVersion
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class MaterialFactory(TenantFactory):
    """A text for sales."""

    class Meta:
        model = Material

    audience = "sales"
    title = "Briefing a prospect"
    body = "## Tell them\n\n- who it is\n- **what** it is"


class MaterialVersionFactory(TenantFactory):
    """What it said before."""

    class Meta:
        model = MaterialVersion

    material = factory.SubFactory(MaterialFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = "Briefing"
    body = "Tell them."
    created_at = factory.LazyFunction(clock.now)


class MaterialReadingFactory(TenantFactory):
    """Somebody has read it."""

    class Meta:
        model = MaterialReading

    material = factory.SubFactory(MaterialFactory)
    member = factory.SubFactory(MembershipFactory)
    version = 1
