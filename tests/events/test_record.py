"""Events are written with their change (AUD-1)."""

from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from advocacy.events import bus
from advocacy.events.models import Event, EventSubject, PendingSeal
from advocacy.events.selectors import timeline
from advocacy.events.services import RecordedOutsideTransaction, record, record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import HolidayFactory

bus.declare({"test.happened": "did something", "test.heard": "was heard"})


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Subscriptions made by the test end with it."""
    monkeypatch.setattr(bus, "_subscriptions", {k: list(v) for k, v in bus._subscriptions.items()})
    bus._subscriptions.setdefault("test.happened", [])


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused(tenant: Tenant, alice: Membership) -> None:
    """AUD-1.a: in the same transaction, or not at all."""
    with pytest.raises(RecordedOutsideTransaction):
        record("test.happened", alice, actor=Actor.member(alice))
    with pytest.raises(RecordedOutsideTransaction):
        record_many("test.happened", [(alice, {}, [])], actor=Actor.member(alice))


@pytest.mark.django_db
def test_undeclared_verb_is_refused(scope: Tenant, alice: Membership) -> None:
    """AUD-1.a: every verb is known, so that every event can be shown and subscribed to."""
    with pytest.raises(LookupError):
        record("test.unheard_of", alice, actor=Actor.member(alice))


@pytest.mark.django_db
def test_event_says_who_did_what_to_what(scope: Tenant, alice: Membership, bob: Membership) -> None:
    """AUD-1.a: time, actor, verb, subject, payload; on the timeline of each record it is about."""
    event = record(
        "test.happened", bob, actor=Actor.member(alice), payload={"before": 1}, about=[alice, bob]
    )
    stored = Event.objects.get()
    assert (stored.actor, stored.verb, stored.payload) == (alice, "test.happened", {"before": 1})
    assert (stored.subject_type, stored.subject_id) == ("tenancy.membership", bob.pk)
    assert list(timeline(alice)) == list(timeline(bob)) == [event]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [Event, EventSubject])
def test_events_cannot_be_changed(
    scope: Tenant, alice: Membership, change: str, model: type[models.Model]
) -> None:
    """AUD-1.c: neither updated nor deleted by the application role."""
    record("test.happened", alice, actor=Actor.member(alice))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows = model._default_manager.all()
        rows.update(subject_id=alice.pk) if change == "update" else rows.delete()
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_subscribers_run_in_order_inside_the_transaction(
    tenant: Tenant, alice: Membership, listening: None
) -> None:
    """AUD-1.a: what an event causes is committed with it, in the declared order."""
    heard: list[str] = []

    def note(word: str) -> Any:
        def handler(event: Event, subject: models.Model, actor: Actor) -> None:
            heard.append(word)
            assert (subject, actor.membership) == (alice, alice)
            HolidayFactory(name=word)

        return handler

    bus.subscribe("test.happened", note("second"), order=20, why="test")
    bus.subscribe("test.happened", note("first"), order=10, why="test")
    with tenant_scope(tenant):
        record("test.happened", alice, actor=Actor.member(alice))
    assert heard == ["first", "second"]
    with tenant_scope(tenant):
        assert Holiday.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_failing_subscriber_undoes_the_change(
    tenant: Tenant, alice: Membership, listening: None
) -> None:
    """AUD-1.a: never an event without what it causes, nor the other way round."""

    def fail(event: Event, subject: models.Model, actor: Actor) -> None:
        raise ValueError("no")

    bus.subscribe("test.happened", fail, order=1, why="test")
    with pytest.raises(ValueError, match="no"), tenant_scope(tenant):
        HolidayFactory()
        record("test.happened", alice, actor=Actor.member(alice))
    with tenant_scope(tenant):
        assert not Event.objects.exists()
        assert not PendingSeal.objects.exists()
        assert not Holiday.objects.exists()
