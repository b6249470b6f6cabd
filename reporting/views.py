"""Today: the queue first, then few numbers (UI-2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.web.views import MemberView
from reporting.presentation import headline, numbers_for, program_picture
from reporting.queue import groups_for

KINDS = {"requests": _("Requests"), "thanks": _("Thanks"), "people": _("Nominations")}


class Today(MemberView):
    """The role's home: what is overdue, due today and this week; then numbers with targets."""

    permission = "today.view"
    place = "today"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the queue; ``?kind=`` narrows it."""
        kind = request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        groups, counts = groups_for(self.membership, kind=kind)
        total = counts.total()
        late = sum(len(group.rows) for group in groups if group.key == "overdue")
        now = clock.now().astimezone(self.membership.zone)
        context: dict[str, Any] = {
            "headline": headline(total, late),
            "eyebrow": date_format(now, "l, j F", use_l10n=False),
            "groups": groups,
            "total": total,
            "segments": self._segments(kind, counts, total),
            "numbers": numbers_for(self.membership),
            "picture": program_picture(self.membership),
            "may_log": self.membership.can("activities.log"),
            "may_submit": self.membership.can("requests.submit"),
        }
        return render(request, "reporting/today.html", context)

    @staticmethod
    def _segments(kind: str, counts: dict[str, int], total: int) -> list[dict[str, Any]]:
        """The choice between everything and one kind; hidden while there is only one kind."""
        if len(counts) < 2 and not kind:
            return []
        items = [{"url": "?", "label": _("All"), "count": total, "active": not kind}]
        items += [
            {
                "url": f"?kind={key}",
                "label": label,
                "count": counts.get(key, 0),
                "active": key == kind,
            }
            for key, label in KINDS.items()
        ]
        return items
