"""The allocation of all open requests, to be looked at and sent (MAT-4)."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenancy.errors import Conflict
from advocacy.web.http import go_on
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import DetailPage
from requests.allocation.plan import Line, Plan, Priority, make_plan
from requests.allocation.services import send_plan
from requests.asks.presentation import sent_words
from requests.matching.matches import Match
from requests.pages import NAV_ITEM
from requests.requests.presentation import title_of

PRIORITIES: dict[Priority, str | Promise] = {
    Priority.RUSH: gettext_lazy("Rush"),
    Priority.LATE: gettext_lazy("Promise overdue"),
    Priority.NEARLY_LATE: gettext_lazy("Promise nearly due"),
    Priority.USUAL: "",
}


class Allocation(DetailPage):
    """GET proposes who is asked for what, POST asks them as it was proposed."""

    permission = "requests.triage"
    nav_item = NAV_ITEM
    template_name = "requests/allocation.html"
    title = gettext_lazy("Who is asked for what")
    object: Plan
    #: Why a plan that was to be sent was not.
    refusal: ClassVar[str] = ""

    def get_object(self) -> Plan:
        return make_plan()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the plan that was shown; where it is another one by now, show that."""
        given = request.POST.get("fingerprint", "")
        try:
            sent = send_plan(actor=self.actor, fingerprint=given)
        except Conflict as error:
            self.refusal = error.message  # type: ignore[misc]
            response = self.get(request)
            response.status_code = error.status
            return response
        return go_on(request, tenant_reverse(request, "requests:list"), sent_words(sent))

    def get_context(self) -> dict[str, Any]:
        plan = self.object
        return {
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "page_subtitle": _(
                "Every open request at once, and each advocate asked for one thing at most."
            ),
            "refusal": self.refusal,
            "headline": _headline(plan),
            "gain": _gain(plan),
            "rows": [self._row(line) for line in plan.lines],
            "held": [
                (title_of(row), tenant_reverse(self.request, "requests:detail", row.pk))
                for row in plan.held
            ],
            "send_url": self.request.path,
        }

    def _row(self, line: Line) -> dict[str, Any]:
        chosen = {each.advocate.pk for each in line.chosen}
        return {
            "title": title_of(line.request),
            "reference": line.request.reference,
            "url": tenant_reverse(self.request, "requests:detail", line.request.pk),
            "needed_by": line.request.needed_by,
            "priority": PRIORITIES[line.priority],
            "people": [self._person(line, each) for each in line.chosen],
            "instead": [
                each.advocate.name for each in line.first_come if each.advocate.pk not in chosen
            ],
            "missing": line.missing,
        }

    def _person(self, line: Line, found: Match) -> dict[str, Any]:
        fits = [chip.text for chip in found.short_chips if chip.verdict == "fit"]
        return {
            "name": found.advocate.name,
            "company": found.account.name,
            "fit": found.score,
            "why": ", ".join(fits),
            "url": quiet_reverse(
                self.request, "requests:match", line.request.pk, found.advocate.pk
            ),
        }


def _headline(plan: Plan) -> str:
    """How much of what is open the plan fills."""
    return ngettext(
        "%(filled)d of %(places)d open place gets an ask.",
        "%(filled)d of %(places)d open places get an ask.",
        plan.places,
    ) % {"filled": plan.gets.filled, "places": plan.places}


def _gain(plan: Plan) -> list[str]:
    """What is better than first come, first served; nothing where nothing is."""
    ours, theirs = plan.gets, plan.first_come
    said = []
    if more := ours.filled - theirs.filled:
        said.append(
            ngettext("%(n)d more place gets an ask", "%(n)d more places get an ask", abs(more))
            % {"n": more}
            if more > 0
            else ngettext(
                "%(n)d place fewer, so that more urgent ones are filled",
                "%(n)d places fewer, so that more urgent ones are filled",
                -more,
            )
            % {"n": -more}
        )
    if (more := ours.urgent - theirs.urgent) > 0:
        said.append(
            ngettext("%(n)d more of the urgent ones", "%(n)d more of the urgent ones", more)
            % {"n": more}
        )
    if ours.filled == theirs.filled and ours.fit != theirs.fit:
        points = {"before": theirs.average, "now": ours.average, "sum": ours.fit - theirs.fit}
        said.append(
            _("%(sum)+d points of fit in all (%(now)s on average, not %(before)s)") % points
        )
    return said
