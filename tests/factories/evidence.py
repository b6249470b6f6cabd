"""Passages, and requests that content answered."""

import factory

from activities.evidence.models import Passage, PassageTerm
from advocacy.tenancy.ids import uuid7
from requests.models import ContentAnswer
from tests.factories.assets import AssetFactory
from tests.factories.base import TenantFactory
from tests.factories.requests import RequestFactory


class PassageFactory(TenantFactory):
    """A passage of nothing that is there."""

    class Meta:
        model = Passage

    kind = "outcome"
    object_id = factory.LazyFunction(uuid7)
    position = 0
    language = "en"
    text = "Picking takes forty minutes."


class PassageTermFactory(TenantFactory):
    """A word it is found by."""

    class Meta:
        model = PassageTerm

    passage = factory.SubFactory(PassageFactory)
    term = factory.Sequence(lambda n: f"term{n}")
    weight = 1.0


class ContentAnswerFactory(TenantFactory):
    """A piece answered a request."""

    class Meta:
        model = ContentAnswer

    request = factory.SubFactory(RequestFactory, state="closed")
    asset = factory.SubFactory(AssetFactory, published=True)
    saved = 1
