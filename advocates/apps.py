"""The advocates app."""

from django.apps import AppConfig


class AdvocatesConfig(AppConfig):
    """Accounts, advocates, the catalogue, the ledger and tiers."""

    name = "advocates"

    def ready(self) -> None:
        """Make verbs, pages and nightly work known; set a new tenant's program up."""
        from advocacy.events import bus
        from advocacy.messaging.links import register_purpose
        from advocacy.records.resource import register
        from advocacy.tenancy.sweeps import register_schedule
        from advocacy.web.queue import register_work
        from advocates import registration
        from advocates.joining.invitations import PURPOSE, close_answered
        from advocates.joining.services import close_overtaken
        from advocates.joining.work import WORK
        from advocates.moments.resource import MOMENTS
        from advocates.program.services import set_up_new_tenant
        from advocates.program.tiers.services import recalculate_nightly
        from advocates.signals.resource import SIGNALS
        from advocates.verbs import VERBS

        bus.declare(VERBS)
        bus.subscribe(
            "tenant.created",
            set_up_new_tenant,
            order=10,
            why="a new tenant starts with a policy, a catalogue and tiers",
        )
        register_schedule(
            "tiers",
            recalculate_nightly,
            hour=1,
            why="who fell short or got a seat overnight stands where they belong (TIER-3)",
        )
        for verb in ("advocate.enrolled", "advocate.advanced"):
            bus.subscribe(
                verb,
                close_overtaken,
                order=10,
                why="somebody moved on by hand leaves no open nomination behind",
            )
            bus.subscribe(
                verb,
                close_answered,
                order=11,
                why="an answer given to a colleague closes the invitation",
            )
        register_purpose(PURPOSE, "invitation/")
        registration.register()
        register_work(*WORK)
        register(SIGNALS)
        register(MOMENTS)
