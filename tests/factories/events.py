"""Events and what the sealer keeps about them."""

from typing import Any

import factory
from django.db import connection

from advocacy import clock
from advocacy.events.models import Chain, Event, EventSeal, EventSubject, PendingSeal
from advocacy.events.services import seal
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.ids import uuid7
from tests.factories.base import TenantFactory


class EventFactory(TenantFactory):
    """A bare event, without subjects; tests of services let ``record`` write theirs."""

    class Meta:
        model = Event

    actor_kind = "system"
    actor_label = "test"
    verb = "test.happened"
    subject_type = "tenancy.membership"
    subject_id = factory.LazyFunction(uuid7)


class EventSubjectFactory(TenantFactory):
    """A record on whose timeline an event appears."""

    class Meta:
        model = EventSubject

    event = factory.SubFactory(EventFactory)
    subject_type = "tenancy.membership"
    subject_id = factory.LazyFunction(uuid7)
    at = factory.LazyFunction(clock.now)


class PendingSealFactory(TenantFactory):
    """An event that waits to be sealed."""

    class Meta:
        model = PendingSeal

    event = factory.SubFactory(EventFactory)


class EventSealFactory(TenantFactory):
    """The next place in the sequence; whatever else waits is sealed as well."""

    class Meta:
        model = EventSeal

    event = factory.SubFactory(EventFactory)

    @classmethod
    def _create(cls, model_class: type[TenantModel], *args: Any, **kwargs: Any) -> TenantModel:
        PendingSealFactory.create(event=kwargs["event"])
        seal()
        return EventSeal.objects.get(event=kwargs["event"])


class ChainFactory(TenantFactory):
    """The head of a tenant's sequence, which the owner's function makes."""

    class Meta:
        model = Chain

    @classmethod
    def _create(cls, model_class: type[TenantModel], *args: Any, **kwargs: Any) -> TenantModel:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lock_chain()")
        return Chain.objects.get()
