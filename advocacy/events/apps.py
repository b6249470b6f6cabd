"""The event log."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The append-only log every state change writes to."""

    name = "advocacy.events"
    label = "events"

    def ready(self) -> None:
        """Give events their places soon after they are committed, and say how far (AUD-2)."""
        from advocacy.events.anchors import SCHEDULE, log_anchor
        from advocacy.events.services import SWEEP, seal_all
        from advocacy.tenancy.sweeps import register_schedule, register_sweep

        register_sweep(
            SWEEP,
            "tenants_with_unsealed_events",
            seal_all,
            own_transactions=True,
            why="events get their places in the tenant's sequence",
        )
        register_schedule(
            SCHEDULE,
            log_anchor,
            hour=0,
            why="a signed line in the log says how far the tenant's sequence has come",
        )
