"""The set-up guide in the browser (ACT-3, PIL-1)."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, DetailPage, FormPage
from advocates.models import ActivityType, ProgramPolicy
from advocates.pilot import services as pilot
from advocates.program.catalogue.maturity import next_types, not_running, running_types
from advocates.program.catalogue.services import update_activity_type
from advocates.responsibilities.selectors import program
from reporting.guide.months import facts_of, months_of
from reporting.guide.steps import had_reference, steps_for
from reporting.overview import nothing_for

_WORDS = {1: gettext_lazy("foundation"), 2: gettext_lazy("pilot"), 3: gettext_lazy("growth")}


class Guide(DetailPage):
    """What to do next, how far the three months are, which types could come next."""

    permission = "settings.rules"
    nav_item = "setup"
    template_name = "reporting/guide/guide.html"

    def get_object(self) -> Any:
        return program()

    def get_title(self) -> str:
        left = sum(not step.done for step in self.steps)
        if left and had_reference():
            text = ngettext(
                "%(count)d step of the foundation is open",
                "%(count)d steps of the foundation are open",
                left,
            )
            return text % {"count": left}
        if left:
            text = ngettext(
                "%(count)d step to your first reference call",
                "%(count)d steps to your first reference call",
                left,
            )
            return text % {"count": left}
        return _("The foundation stands")

    @cached_property
    def steps(self) -> Any:
        """The seven."""
        return steps_for(self.membership)

    def get_context(self) -> dict[str, Any]:
        kinds, running = list(ActivityType.objects.all()), running_types()
        facts = facts_of(kinds, running)
        months, now = months_of(facts), self.object.month
        current = next((step for step in self.steps if not step.done and step.url), None)
        policy = ProgramPolicy.objects.first() or ProgramPolicy()
        return {
            "page_subtitle": _("Month %(month)d of 3, %(what)s. %(safe)s")
            % {
                "month": now,
                "what": _WORDS[now],
                "safe": _("Nothing is sent to a customer before you say so."),
            },
            "steps": self.steps,
            "current": current,
            "done": sum(step.done for step in self.steps),
            "months": months,
            "month": now,
            "goes_on": now + 1 if now < pilot.GROWTH else 0,
            "month_done": months[now - 1].done,
            "pilot": facts.pilot,
            "proposed": next_types(kinds, running),
            "not_running": not_running(kinds, running),
            "policy": policy,
            "nothing": nothing_for(self.membership),
        }


class ChooseTypes(ActionView):
    """What may be asked for is right as it is."""

    permission = "settings.rules"
    success_message = gettext_lazy("Noted. You can change it at any time.")

    def perform(self) -> None:
        pilot.choose_types(actor=self.actor)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "setup")


class SwitchOn(ActionView):
    """Say yes to a type that the guide proposes (ACT-3.e)."""

    permission = "settings.rules"

    def perform(self) -> ActivityType:
        kind = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if kind is None:
            raise Http404
        return update_activity_type(actor=self.actor, activity_type=kind, is_on=True)

    def get_success_message(self, result: ActivityType) -> str:
        return _("%(type)s can be asked for from now on.") % {"type": result.name}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "setup")


class GoOnForm(forms.Form):
    """One tick, asked for only where something speaks against it."""

    anyway = forms.BooleanField(label=gettext_lazy("Go on all the same"), required=False)

    def __init__(self, *args: Any, warning: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warning:
            del self.fields["anyway"]
        else:
            self.fields["anyway"].help_text = warning


class GoOn(FormPage):
    """Begin the next month; the third with a warning while decisions are open (PIL-1.b)."""

    permission = "settings.rules"
    nav_item = "setup"
    form_class = GoOnForm
    submit_label = gettext_lazy("Go on")
    success_message = gettext_lazy("The next month begins.")
    form_template: ClassVar[str] = "generic/form_body.html"

    @cached_property
    def month(self) -> int:
        """The one that begins."""
        return int(program().month + 1)

    def get_title(self) -> str:
        if self.month > pilot.GROWTH:
            raise Http404
        return _("Begin the pilot?") if self.month == pilot.PILOT else _("Begin the third month?")

    def get_form_kwargs(self) -> dict[str, Any]:
        warning = pilot.open_decisions() if self.month == pilot.GROWTH else ""
        return {**super().get_form_kwargs(), "warning": warning}

    def get_context(self) -> dict[str, Any]:
        text = (
            _("First calls and testimonials with the people you have won.")
            if self.month == pilot.PILOT
            else _("More people, and the next kinds of activity.")
        )
        crumbs = [(tenant_reverse(self.request, "setup"), _("Set-up guide"))]
        return {"crumbs": crumbs, "page_subtitle": text}

    def perform(self, form: GoOnForm) -> Any:
        anyway = bool(form.cleaned_data.get("anyway"))
        return pilot.go_on(actor=self.actor, month=self.month, anyway=anyway)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "setup")

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)
