"""Terms of the search."""

import factory

from advocacy.search.models import SearchTerm
from advocacy.tenancy.ids import uuid7
from tests.factories.base import TenantFactory


class SearchTermFactory(TenantFactory):
    """A word by which nothing real is found."""

    class Meta:
        model = SearchTerm

    kind = "test"
    object_id = factory.LazyFunction(uuid7)
    term = factory.Sequence(lambda n: f"term{n}")
