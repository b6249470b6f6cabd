"""The import of what a CRM exports, above the apps whose records it brings (IMP-1)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Uploads, checks and imports, done by workers."""

    name = "imports"

    def ready(self) -> None:
        """Make its verbs, kinds, jobs and page known."""
        from advocacy.events import bus, presentation
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocacy.web import settings_cards, status_styles
        from advocacy.web.status_styles import StatusStyle
        from imports import registry, services, working
        from imports.kinds import accounts, contacts, moments, opportunities

        bus.declare(
            {
                "import.uploaded": _("uploaded files to import"),
                "import.read": _("had uploaded files read"),
                "import.reread": _("had a file read in another encoding"),
                "import.refused": _("uploaded files that cannot be read"),
                "import.check_started": _("had an import checked"),
                "import.checked": _("checked an import"),
                "import.reopened": _("went back to the columns of an import"),
                "import.started": _("started an import from the CRM"),
                "import.finished": _("imported from the CRM"),
                "import.cancelled": _("stopped an import"),
                "import.failed": _("could not finish an import"),
                "import.retried": _("went on with an import"),
                "import.discarded": _("threw an upload away"),
            }
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
        for kind in (accounts.KIND, contacts.KIND, opportunities.KIND, moments.KIND):
            registry.register(kind)
        status_styles.register(
            {
                "uploaded": StatusStyle("warning", "columns"),
                "checked": StatusStyle("info", "list-check"),
                "refused": StatusStyle("danger", "file-alert"),
            }
        )
        presentation.declare_verb_styles(
            {
                "import.": ("file-import", "neutral"),
                "import.finished": ("file-import", "success"),
                "import.failed": ("file-alert", "danger"),
                "import.refused": ("file-alert", "danger"),
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
