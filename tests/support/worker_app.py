"""A daily schedule whose runs a fault test can count."""

import uuid

from django.apps import AppConfig

SCHEDULE = "test-probe"


class WorkerProbe(AppConfig):
    """Only in the processes of ``worker_settings``."""

    name = "tests.support"
    label = "worker_probe"

    def ready(self) -> None:
        """Register the schedule; each run leaves an event."""
        from advocacy.events import bus
        from advocacy.events.services import record
        from advocacy.tenancy import sweeps
        from advocacy.tenancy.actors import Actor
        from advocacy.tenancy.models import Tenant

        # A test has no minute to wait for the first look.
        sweeps.SCHEDULE_SECONDS = 5

        def leave_event(tenant_id: uuid.UUID) -> None:
            tenant = Tenant.objects.get(pk=tenant_id)
            record("test.scheduled", tenant, actor=Actor.system(SCHEDULE))

        bus.declare({"test.scheduled": "ran"})
        sweeps.register_schedule(SCHEDULE, leave_event, hour=0, why="counted by a fault test")
