"""Briefings."""

import factory

from requests.models import Briefing
from tests.factories.base import TenantFactory
from tests.factories.requests import AskFactory


class BriefingFactory(TenantFactory):
    """What the requester reads."""

    class Meta:
        model = Briefing

    ask = factory.SubFactory(AskFactory)
    side = "requester"
