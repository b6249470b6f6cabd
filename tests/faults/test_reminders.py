"""Reminders of thank-yous while workers die and Redis forgets (THX-2, BAD-2)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import message_id
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.wakeups import wake
from benefits.thanks.models import ThankYou, ThankYouReminder
from benefits.thanks.reminders import MAIL, SWEEP
from tests.factories.tenancy import MembershipFactory
from tests.support.celery import celery, wait_for
from tests.support.database import owner_connection
from tests.support.mail import smtp_sink
from tests.support.program import Program, make_program
from tests.support.redis import own_redis
from tests.support.time import Clock

# tests/faults/test_worker.py kills workers for every change.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.full]

#: Thank-yous of each of the two tenants.
EACH = 15

_SLOW = """
CREATE FUNCTION test_slow_mail() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$;
CREATE TRIGGER test_slow_mail BEFORE INSERT ON messaging_outgoingmail
FOR EACH ROW EXECUTE FUNCTION test_slow_mail();
"""
_NO_LONGER_SLOW = "DROP FUNCTION IF EXISTS test_slow_mail() CASCADE"


@contextmanager
def slow_outbox() -> Iterator[None]:
    """A sweep takes long enough to be killed in its middle."""
    with owner_connection() as owner, owner.cursor() as cursor:
        cursor.execute(_SLOW)
    try:
        yield
    finally:
        with owner_connection() as owner, owner.cursor() as cursor:
            cursor.execute(_NO_LONGER_SLOW)


def give(program: Program) -> None:
    """Thirty hours ago; every reminder of every thank-you is due by now."""
    for _ in range(EACH):
        program.completed(owner=program.manager)


def count(tenants: list[Tenant], **filters: object) -> int:
    total = 0
    for tenant in tenants:
        with tenant_scope(tenant):
            total += ThankYouReminder.objects.filter(**filters).count()
    return total


def unsent(tenants: list[Tenant]) -> int:
    total = 0
    for tenant in tenants:
        with tenant_scope(tenant):
            total += OutgoingMail.objects.exclude(state=MailState.SENT).count()
    return total


def test_a_killed_sweep_a_flushed_redis_and_two_beats_lose_and_repeat_no_reminder(
    tenant: Tenant, other_tenant: Tenant, alice: Membership, clock: Clock, settings: Settings
) -> None:
    """THX-2.c, BAD-2.a: every reminder fires once and every reader gets each mail exactly once."""
    tenants = [tenant, other_tenant]
    clock.restore()
    now = clock.now
    clock.set(now - timedelta(hours=30))
    programs = []
    for each, manager in ((tenant, alice), (other_tenant, None)):
        with tenant_scope(each):
            programs.append(make_program(manager=manager or MembershipFactory()))
            give(programs[-1])
    clock.restore()
    expected_rows = count(tenants)
    assert expected_rows == 2 * EACH * 3

    with (
        own_redis() as broker,
        smtp_sink() as sink,
        celery(broker, smtp_port=sink.port) as processes,
    ):
        settings.CELERY_BROKER_URL = broker.broker_url
        with slow_outbox():
            for each in tenants:
                with tenant_scope(each):
                    wake(SWEEP, each.pk)
            # One process: it takes one tenant after the other, and sends nothing meanwhile.
            worker = processes.start_worker(concurrency=1)
            wait_for(
                lambda: count(tenants, fired_at__isnull=False), what="the first tenant's sweep"
            )
            worker.kill()  # in the middle of the second tenant's
            processes.start_beat()
            processes.start_beat()
        assert count(tenants, fired_at__isnull=False) == EACH * 3, "killed at the wrong moment"
        assert not sink.messages
        broker.flush()

        processes.start_worker()
        wait_for(lambda: count(tenants, fired_at=None) == 0, what="all reminders to fire")
        wait_for(lambda: unsent(tenants) == 0, what="all mails to be sent")
    connection.close()

    arrived: Counter[str] = Counter()
    for program, each in zip(programs, tenants, strict=True):
        with tenant_scope(each):
            keys = set()
            for thank_you in ThankYou.objects.all():
                # Owner and manager get one each: of several at once the newest.
                keys.add(f"reminder:{thank_you.pk}:20h:{program.csm.pk}")
                keys.add(f"reminder:{thank_you.pk}:24h:{program.manager.pk}")
            mails = list(OutgoingMail.objects.filter(kind=MAIL))
            assert {mail.unique_key for mail in mails} == keys
            assert len(mails) == len(keys)
            arrived.update({message_id(mail): 1 for mail in mails})
            assert ThankYouReminder.objects.filter(was_late=True).count() == EACH * 3
            assert Event.objects.filter(verb="thank_you.reminded").count() == EACH * 3
    assert sink.ids == arrived
