"""Answers to asks that came by mail."""

import factory

from requests.models import AskReply
from tests.factories.base import TenantFactory
from tests.factories.requests import AskFactory


class AskReplyFactory(TenantFactory):
    """A few words."""

    class Meta:
        model = AskReply

    ask = factory.SubFactory(AskFactory)
    text = "Happy to, next week."
