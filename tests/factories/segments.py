"""Segments."""

import factory

from advocates.models import SavedSegment
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class SavedSegmentFactory(TenantFactory):
    """Everybody known who is active, for everybody."""

    class Meta:
        model = SavedSegment

    name = factory.Sequence(lambda n: f"Segment {n}")
    of = "everybody"
    query = "status=active"
    shared = True
    owner = factory.SubFactory(MembershipFactory)
