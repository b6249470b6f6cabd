"""Workers die, connections break, Redis forgets, two beats tick: nothing lost, nothing twice."""

from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advocacy import clock
from advocacy.events.models import Event, EventSeal, PendingSeal
from advocacy.events.verification import verify_chain
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import message_id
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.models import ScheduleFiring, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.support.celery import celery, wait_for
from tests.support.mail import smtp_sink
from tests.support.redis import own_redis
from tests.support.worker_app import SCHEDULE

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 40


def queue(tenant: Tenant) -> None:
    with tenant_scope(tenant):
        for number in range(MAILS):
            queue_mail(
                kind="reminder",
                to_email="ana@example.com",
                to_name="",
                subject=f"Reminder {number}",
                text="Hello.\n",
                unique_key=f"reminder:{number}",
            )


def count(tenants: list[Tenant], what: Callable[[], int]) -> int:
    total = 0
    for tenant in tenants:
        with tenant_scope(tenant):
            total += what()
    return total


def sent() -> int:
    return OutgoingMail.objects.filter(state=MailState.SENT).count()


def end_leases() -> int:
    """What the passing of five minutes does; returns how many mails were under way."""
    return OutgoingMail.objects.filter(state=MailState.QUEUED, leased_until__isnull=False).update(
        leased_until=clock.now()
    )


def cut_connections() -> None:
    """What a restart of PostgreSQL does to the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
            " AND datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_kills_cuts_a_flushed_redis_and_two_beats_lose_and_repeat_nothing(
    tenant: Tenant, other_tenant: Tenant, settings: Settings
) -> None:
    """BAD-2, AUD-2: every mail row is sent and recorded once, every event sealed once."""
    tenants = [tenant, other_tenant]
    with (
        own_redis() as broker,
        smtp_sink(delay=0.03) as sink,
        celery(broker, smtp_port=sink.port) as processes,
    ):
        settings.CELERY_BROKER_URL = broker.broker_url
        for each in tenants:
            queue(each)  # the commits wake the worker that is about to come
        worker = processes.start_worker()
        processes.start_beat()
        processes.start_beat()
        wait_for(lambda: len(sink.messages) >= 6, what="the first mails")
        cut_connections()
        wait_for(lambda: len(sink.messages) >= 14, what="mails after the connections were cut")
        worker.kill_child()
        wait_for(lambda: len(sink.messages) >= 24, what="mails after a pool process was killed")
        worker.kill()
        broker.flush()
        under_way = count(tenants, end_leases)
        left = 2 * MAILS - count(tenants, sent)
        assert left > 0, "the worker was killed too late to prove anything"

        processes.start_worker()
        wait_for(lambda: count(tenants, sent) == 2 * MAILS, what="all mails to be sent")
        broker.flush()
        pending = PendingSeal.objects.count
        wait_for(lambda: count(tenants, pending) == 0, what="all events to be sealed")
        wait_for(lambda: count(tenants, ScheduleFiring.objects.count) == 2, what="the schedule")
    connection.close()

    expected = set()
    for each in tenants:
        with tenant_scope(each):
            mails = list(OutgoingMail.objects.all())
            expected |= {message_id(mail) for mail in mails}
            assert {mail.state for mail in mails} == {MailState.SENT}
            assert Event.objects.filter(verb="mail.sent").count() == MAILS
            assert Event.objects.filter(actor_label=SCHEDULE).count() == 1
            assert list(EventSeal.objects.values_list("seq", flat=True)) == list(
                range(1, MAILS + 2)
            )
            assert list(verify_chain()) == []
    assert set(sink.ids) == expected
    # Only a mail that was with the server at the very moment of a kill can come twice.
    assert sum(sink.ids.values()) - len(expected) <= under_way <= 2 + 1
