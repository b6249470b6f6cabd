"""The thanks desk: what is to be said, and telling what came of it; letters are in ``letters``."""

from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocacy.web.http import is_for
from advocacy.web.queue import grouped
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage, MemberView
from advocates.people.contact import how_instead
from benefits.thanks import forms, selectors
from benefits.thanks.drafts import loop_draft_of
from benefits.thanks.models import ThankYou
from benefits.thanks.news import send_news
from benefits.thanks.presentation import headline, tell_rows, thank_rows
from benefits.thanks.settings import Thanking

NAV_ITEM = "thanks"
#: More than anybody clears in a day; the rest follows as these go.
DESK_ROWS = 200
DESK_TELLS = 50


class Desk(MemberView):
    """Overdue, today, this week; what came of it; what was done lately."""

    permission = "thanks.view"
    nav_item = NAV_ITEM

    @cached_property
    def mine(self) -> bool:
        """Only one's own, unless the address says otherwise."""
        return self.request.GET.get("who") != "all"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The desk; its queue alone after something was said from the side panel."""
        if is_for(request, "desk-queue"):
            return render(request, "benefits/queue_anew.html", self.queue_context())
        numbers = current(Thanking)
        # Whole days of the tenant's, as the metric of the same name counts them (MET-6.a).
        first = clock.today(self.tenant.zone) - timedelta(days=numbers.on_time_days - 1)
        rate = selectors.on_time(since=datetime.combine(first, time(), tzinfo=self.tenant.zone))
        context = {
            **self.queue_context(),
            "done": selectors.done_lately(self.membership, mine=self.mine),
            "rate": rate,
            "rate_text": f"{rate.share:.0%}".replace("%", " %") if rate.share is not None else "–",
            "rate_tone": _tone(rate.share, numbers.on_time_percent / 100),
            "target": f"{numbers.on_time_percent} %",
            "days": numbers.on_time_days,
        }
        return render(request, "benefits/desk.html", context)

    def queue_context(self) -> dict[str, Any]:
        """The queue and its headline."""
        waiting = selectors.open_thank_yous(self.membership, mine=self.mine)[:DESK_ROWS]
        rows = thank_rows(
            waiting,
            mine=self.mine,
            address=lambda it: self._url("detail", it),
            sign=lambda it: self._url("sign", it),
        )
        overdue = sum(row.due < clock.now() for row in rows)
        duties = list(selectors.visible_duties(self.membership)[:DESK_TELLS])
        return {
            "headline": headline(overdue, len(rows), mine=self.mine),
            "groups": grouped(rows, self.membership.zone),
            "tells": tell_rows(duties, address=lambda it: self._url("tell", it)),
            "segments": self._segments(),
            "queue_url": self.request.get_full_path(),
        }

    def _url(self, name: str, row: ThankYou | LoopDuty) -> str:
        who = "mine" if self.mine else "all"
        return f"{tenant_reverse(self.request, f'thanks:{name}', row.pk)}?who={who}"

    def _segments(self) -> list[dict[str, Any]]:
        choices = [("mine", _("Mine")), ("all", _("All"))]
        return [
            {"url": f"?who={key}", "label": label, "active": (key == "mine") == self.mine}
            for key, label in choices
        ]


def _tone(share: float | None, target: float) -> str:
    if share is None:
        return ""
    return "success" if share >= target else "danger" if share < target - 0.15 else "warning"


class Tell(FormPage):
    """Tell an advocate what came of it, and say so (AST-3)."""

    permission = "thanks.send"
    nav_item = NAV_ITEM
    form_class = forms.TellForm
    template_name = "benefits/tell.html"
    panel_template = "benefits/tell_panel.html"
    form_template = "benefits/tell_form.html"
    submit_label = gettext_lazy("Send")

    @cached_property
    def duty(self) -> LoopDuty:
        """The duty in the address."""
        return selectors.get_duty(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Tell %(name)s what came of it") % {"name": self.duty.advocate.name}

    def get_context(self) -> dict[str, Any]:
        return {
            "duty": self.duty,
            "otherwise": self._otherwise(),
            "noted": self._is_noted,
            "crumbs": [(tenant_reverse(self.request, "thanks:desk"), _("Thanks"))],
        }

    def perform(self, form: forms.TellForm) -> LoopDuty:
        """Send the letter, or keep what was said otherwise."""
        said = form.cleaned_data
        if self._is_noted:
            return close_loop(actor=self.actor, duty=self.duty, note=said["note"])
        return send_news(
            actor=self.actor, duty=self.duty, subject=said["subject"], message=said["message"]
        )

    @property
    def _is_noted(self) -> bool:
        """Whether somebody told them already, and only says so."""
        return self.request.method == "POST" and "told" in self.request.POST

    def get_initial(self) -> dict[str, Any]:
        draft = loop_draft_of(self.duty, sender=self.membership)
        return {"subject": draft.subject, "message": draft.letter("").strip()}

    def _otherwise(self) -> str:
        """Why no letter goes to them; nothing where one may."""
        advocate = self.duty.advocate
        if found := how_instead(advocate, self.membership):
            return found
        if advocate.email:
            return ""
        return _("There is no e-mail address for %(name)s.") % {"name": advocate.name}

    def get_success_message(self, result: LoopDuty) -> str:
        words = {"name": result.advocate.name}
        if self._is_noted:
            return _("Good: %(name)s knows what came of it.") % words
        return _("On its way: %(name)s hears what came of it.") % words

    def get_success_url(self, result: LoopDuty) -> str:
        return tenant_reverse(self.request, "thanks:desk")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "thanks:desk")
