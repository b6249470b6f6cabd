"""The reporting app: reads everything, writes nobody else's rows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.web import navigation


class ReportingConfig(AppConfig):
    """Today and the metrics."""

    name = "reporting"

    def ready(self) -> None:
        """Put Today into the navigation, with what waits."""
        from advocacy.tenant_settings import families
        from advocacy.web.queue import register_work
        from reporting.queue import WORK, waiting_count
        from reporting.settings import MEASUREMENT

        families.register(MEASUREMENT)
        register_work(*WORK)
        navigation.register(
            navigation.NavItem(
                "today",
                _("Today"),
                "inbox",
                "today",
                "today.view",
                badge=lambda request: waiting_count(request.membership),  # type: ignore[attr-defined]
            )
        )
