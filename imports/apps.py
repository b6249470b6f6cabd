"""The import of what a CRM exports, above the apps whose records it brings (IMP-1)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Uploads, checks and imports, done by workers."""

    name = "imports"

    def ready(self) -> None:
        """Make its verbs, kinds, jobs and page known."""
        from advocacy.records.held import register_keeper
        from advocacy.records.resource import declare_verbs
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocacy.web import settings_cards, status_styles
        from advocacy.web.status_styles import StatusStyle
        from imports import registry, services, working
        from imports.held import KEEPER
        from imports.kinds import (
            accounts,
            activities,
            consents,
            contacts,
            moments,
            opportunities,
        )
        from imports.lifecycle import IMPORT

        declare_verbs(
            IMPORT,
            {
                "import.uploaded": (_("uploaded files to import"), "file-import", "neutral"),
                "import.discarded": (_("threw an upload away"), "trash", "neutral"),
            },
        )
        register_sweep(
            services.SWEEP,
            "tenants_with_due_imports",
            working.work_on_imports,
            own_transactions=True,
            why="imports are checked and done, a batch at a time (IMP-1)",
        )
        register_schedule(
            "import-leftovers",
            services.remove_leftovers,
            hour=2,
            why="uploads nobody imports, and rows that did not get in, are kept for a while only",
        )
        for kind in (
            accounts.KIND,
            contacts.KIND,
            opportunities.KIND,
            moments.KIND,
            consents.KIND,
            activities.KIND,
        ):
            registry.register(kind)
        register_keeper(KEEPER)
        status_styles.register(
            {
                "uploaded": StatusStyle("warning", "columns"),
                "checked": StatusStyle("info", "list-check"),
                "refused": StatusStyle("danger", "file-alert"),
            }
        )
        settings_cards.register(
            settings_cards.Card(
                "import",
                _("Import your CRM"),
                _("Accounts, contacts, deals and moments from Salesforce or HubSpot files."),
                "file-import",
                "import",
                "imports.run",
                settings_cards.COMPANY,
            )
        )
