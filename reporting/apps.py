"""The reporting app: reads everything, writes nobody else's rows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.web import navigation


class ReportingConfig(AppConfig):
    """Today, news and the metrics."""

    name = "reporting"

    def ready(self) -> None:
        """Put Today and the bell into the navigation, with what waits, and listen for news."""
        from advocacy.events import presentation
        from advocacy.records.resource import declare_verbs, register
        from advocacy.search.palette import Deed, register_deeds
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_schedule
        from advocacy.tenant_settings import families
        from advocacy.web.queue import register_work
        from advocates.panels import Panel
        from advocates.panels import register as register_panel
        from reporting.capacity.services import look_nightly
        from reporting.capacity.work import WORK as CAPACITY_WORK
        from reporting.chat import registration as chat
        from reporting.cost_budgets.resource import COST_BUDGETS
        from reporting.costs.resource import COSTS
        from reporting.goals.resource import GOALS
        from reporting.models import CapacityCheck
        from reporting.news.selectors import unread_count
        from reporting.news.services import drop_old_news, listen
        from reporting.queue import WORK, waiting_count
        from reporting.rates.resource import RATES
        from reporting.report.services import WORK as REPORT
        from reporting.report.services import send_reports
        from reporting.settings import MEASUREMENT
        from reporting.sheet.cards import sheet_card

        families.register(MEASUREMENT)
        register(COSTS)
        register(COST_BUDGETS)
        register(GOALS)
        register(RATES)
        declare_verbs(
            None,
            {
                "capacity_check.made": (_("counted how full everybody is"), "gauge", "neutral"),
                "capacity_check.noted": (_("noted how full everybody is"), "check", "neutral"),
                "report.subscribed": (_("asked for the report by mail"), "mail", "neutral"),
                "report.unsubscribed": (_("ended the report by mail"), "mail-off", "neutral"),
            },
        )
        presentation.name_subjects("reporting.capacitycheck", presentation.own_names(CapacityCheck))
        register_work(*WORK, CAPACITY_WORK)
        register_deeds(
            Deed(_("How full everybody is"), "gauge", "capacity", "metrics.view"),
            Deed(_("What the numbers mean"), "list-check", "metrics", "impact.view"),
            Deed(_("Executive report"), "report", "report", "report.view"),
            Deed(_("What if? Your own past"), "test-pipe", "simulator", "simulations.view"),
        )
        register_panel(
            Panel(
                "account",
                "sheet",
                _("For a business review"),
                "reporting/sheet/card.html",
                sheet_card,
                "account_sheets.view",
                order=90,
            )
        )
        listen()
        chat.register()
        stuck.name_work(REPORT, _("Executive report by mail"))
        register_schedule("drop-news", drop_old_news, hour=3, why="news older than 90 days goes")
        register_schedule(
            "capacity",
            look_nightly,
            hour=4,
            why="how full everybody is stands there in the morning (CAP-6)",
        )
        register_schedule(
            "mail-report",
            send_reports,
            hour=7,
            why="the report of a month or quarter that is over is mailed (REP-1)",
        )
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
        navigation.register(
            navigation.NavItem("impact", _("Impact"), "chart-bar", "impact", "impact.view")
        )
        navigation.register(
            navigation.NavItem(
                "setup",
                _("Set-up guide"),
                "list-check",
                "setup",
                "settings.rules",
                where="menu",
            )
        )
        navigation.register(
            navigation.NavItem(
                "news",
                _("News"),
                "bell",
                "news",
                "today.view",
                badge=lambda request: unread_count(request.membership),  # type: ignore[attr-defined]
                where="bar",
            )
        )
