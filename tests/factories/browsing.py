"""Introductions."""

import factory

from requests.models import Introduction
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory
from tests.factories.requests import RequestFactory


class IntroductionFactory(TenantFactory):
    """Somebody whom a request asks for."""

    class Meta:
        model = Introduction

    request = factory.SubFactory(RequestFactory)
    advocate = factory.SubFactory(AdvocateFactory)
    described = "Manager in IT · Healthcare"
