"""The advocates' room."""

from django.apps import AppConfig


class AdvocatesConfig(AppConfig):
    """Accounts, advocates, the catalogue, the ledger and tiers."""

    name = "advocates"

    def ready(self) -> None:
        """Make the room's verbs, imports and nightly work known; set a new tenant's program up."""
        from advocacy.events import bus
        from advocacy.messaging.links import register_purpose
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocates import shown
        from advocates.imports import accounts, contacts, kinds, working
        from advocates.services import imports
        from advocates.services.invitations import PURPOSE, settle_answered
        from advocates.services.nominations import settle_overtaken
        from advocates.services.program import set_up_new_tenant
        from advocates.services.tiers import recalculate_nightly
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
                settle_overtaken,
                order=10,
                why="somebody moved on by hand leaves no open nomination behind",
            )
            bus.subscribe(
                verb,
                settle_answered,
                order=11,
                why="an answer given to a colleague closes the invitation",
            )
        register_purpose(PURPOSE, "invitation/")
        register_sweep(
            imports.SWEEP,
            "tenants_with_due_imports",
            working.work_on_imports,
            own_transactions=True,
            why="imports are checked and done, a batch at a time (IMP-1)",
        )
        register_schedule(
            "import-leftovers",
            imports.remove_leftovers,
            hour=2,
            why="uploads nobody imports, and rows that did not get in, are kept for a while only",
        )
        kinds.register(accounts.KIND)
        kinds.register(contacts.KIND)
        shown.register()
