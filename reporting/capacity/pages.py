"""How full everybody is, in the browser (CAP-6)."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, DetailPage
from reporting.capacity import services, words
from reporting.capacity.measuring import figures_in
from reporting.capacity.selectors import newest_check, shown_to, warnings_for, week_before
from reporting.capacity.warnings import sentence_of
from reporting.models import CapacityCheck


class Capacity(DetailPage):
    """Advocates, managers, teams and money beside what they can carry; as of the night."""

    permission: ClassVar[str] = "metrics.view"
    nav_item: ClassVar[str] = "today"
    template_name = "reporting/capacity/capacity.html"
    object: CapacityCheck | None

    def get_object(self) -> CapacityCheck | None:
        return newest_check()

    def get_title(self) -> str:
        if self.object is None:
            return _("Nobody has looked yet")
        count = len(warnings_for(self.membership, self.object))
        if not count:
            return _("Everybody can carry what they have")
        return ngettext(
            "%(n)d thing about the load on people", "%(n)d things about the load on people", count
        ) % {"n": count}

    def get_context(self) -> dict[str, Any]:
        check, member = self.object, self.membership
        runs = member.can("requests.triage")
        context: dict[str, Any] = {"eyebrow": _("How full everybody is"), "check": check}
        context["look_url"] = tenant_reverse(self.request, "capacity-look") if runs else ""
        if check is None:
            return context
        before = week_before(check)
        figures = shown_to(member, figures_in(check.figures))
        then = figures_in(before.figures) if before is not None else None
        warned = warnings_for(member, check)
        return context | {
            "note_url": tenant_reverse(self.request, "capacity-note", check.pk)
            if runs and check.calls
            else "",
            "warnings": [sentence_of(code, figures) for code in warned],
            "advocates": words.advocates_of(figures, then, member, warned),
            "managers": words.managers_of(figures, then, member),
            "teams": words.teams_of(figures, then, member, warned),
            "funds": words.funds_of(figures, then, member, warned),
            "budgets_url": tenant_reverse(self.request, "budgets:new")
            if figures.funds is None and member.can("budgets.edit")
            else "",
            "has_before": before is not None,
            "numbers_url": tenant_reverse(self.request, "settings-family", family="measurement")
            if member.can("settings.rules")
            else "",
        }


class _Press(ActionView):
    """Back to the page."""

    abstract = True
    permission: ClassVar[str] = "requests.triage"

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "capacity")


class LookNow(_Press):
    """Do not wait for the night."""

    success_message = gettext_lazy("Counted anew.")

    def perform(self) -> CapacityCheck:
        return services.look_now(actor=self.actor)


class Note(_Press):
    """Take it off Today."""

    success_message = gettext_lazy("Noted. You hear again when something is new, or in a week.")

    @cached_property
    def row(self) -> CapacityCheck:
        """The result in the address."""
        found = CapacityCheck.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def perform(self) -> CapacityCheck:
        return services.note_check(actor=self.actor, check=self.row)
