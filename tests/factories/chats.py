"""Connections to chats."""

import factory

from reporting.chat.addresses import keep
from reporting.models import ChatConnection, ChatPost
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory

ADDRESS = "https://hooks.slack.com/services/T0/B0/abcdefgh"


class ChatConnectionFactory(TenantFactory):
    """A channel in Slack."""

    class Meta:
        model = ChatConnection

    member = factory.SubFactory(MembershipFactory)
    kind = "slack"
    name = "#references"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):  # type: ignore[no-untyped-def]
        row = super()._create(model_class, *args, **kwargs)
        keep(row, ADDRESS)
        row.save(update_fields=["sealed", "shown"])
        return row


class ChatPostFactory(TenantFactory):
    """Something that was posted."""

    class Meta:
        model = ChatPost

    connection = factory.SubFactory(ChatConnectionFactory)
    work = "moment"
    subject_id = factory.Faker("uuid4")
