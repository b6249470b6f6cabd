"""Mails and personal links."""

from datetime import timedelta

import factory

from advocacy import clock
from advocacy.messaging.models import MailTemplate, OutgoingMail, PersonalLink, UndoWindow
from advocacy.tenancy.ids import uuid7
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class PersonalLinkFactory(TenantFactory):
    """A link row; its digest belongs to no known secret unless given."""

    class Meta:
        model = PersonalLink

    purpose = "test"
    subject_id = factory.LazyFunction(uuid7)
    digest = factory.LazyFunction(lambda: uuid7().hex * 2)
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))


class OutgoingMailFactory(TenantFactory):
    """A queued mail."""

    class Meta:
        model = OutgoingMail

    to_email = "someone@example.com"
    kind = "test"
    subject = "Hello"
    body = factory.LazyFunction(lambda: [{"text": "Hello there."}])
    unique_key = factory.Sequence(lambda n: f"test:{n}")


class UndoWindowFactory(TenantFactory):
    """A press that sent something."""

    class Meta:
        model = UndoWindow

    key = "thank_you.send"
    member = factory.SubFactory(MembershipFactory)
    subject_type = "benefits.thankyou"
    subject_id = factory.LazyFunction(uuid7)
    journal = factory.LazyFunction(
        lambda: {
            "steps": [],
            "kept": {},
            "stands": "",
            "about": [["benefits.thankyou", str(uuid7())]],
        }
    )
    until = factory.LazyFunction(lambda: clock.now() + timedelta(seconds=10))


class MailTemplateFactory(TenantFactory):
    """A tenant's own text of a thank-you; fifteen of them, then the first ones again."""

    class Meta:
        model = MailTemplate
        django_get_or_create = ("kind", "language")

    class Params:
        #: By the tenant's own count, so that a tenant's first is of one kind always.
        at = factory.LazyFunction(lambda: MailTemplate.objects.count())

    kind = factory.LazyAttribute(lambda o: f"thanks-{('moderate', 'low', 'high')[o.at // 5 % 3]}")
    language = factory.LazyAttribute(lambda o: ("en", "de", "id", "ms", "pt-br")[o.at % 5])
    subject = "Thanks, {first name}"
    text = "Dear {first name},\n\nThanks for {what they did}. [It took {how long}.]\n\n{company}"
