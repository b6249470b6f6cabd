"""Events and what the sealer keeps about them."""

import factory

from advocacy import clock
from advocacy.events.models import Chain, Event, EventSeal, EventSubject, PendingSeal
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
    """A place in the sequence."""

    class Meta:
        model = EventSeal

    event = factory.SubFactory(EventFactory)
    seq = factory.Sequence(lambda n: 1_000_000 + n)
    digest = "0" * 64


class ChainFactory(TenantFactory):
    """The head of a tenant's sequence."""

    class Meta:
        model = Chain
