"""Working the queue: put things off, wake them, hand them over (UI-2)."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web import formatting as words
from advocacy.web.http import Undo, go_on, safe_next
from advocacy.web.queue import QueueRow
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage
from reporting import services
from reporting.forms import HandOverForm, PutOffForm
from reporting.queue import Item, chosen, rows_of
from reporting.selectors import colleagues_for
from reporting.snoozing import choices_for, promise_of

NAV_ITEM = "today"
#: More than anybody ticks; a longer list is somebody else's work.
_MOST = 200


class _OnItems(FormPage):
    """A question about things of the queue: ``?ids=…``, once per thing."""

    abstract = True
    nav_item = NAV_ITEM

    @cached_property
    def items(self) -> list[Item]:
        """What is meant, out of what waits for this member."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return chosen(self.membership, given.getlist("ids")[:_MOST])

    @cached_property
    def rows(self) -> list[QueueRow]:
        """The same as the queue shows it."""
        return rows_of(self.membership, self.items)

    def get_context(self) -> dict[str, Any]:
        """What is meant, in words."""
        return {
            "items": self.items,
            "rows": self.rows,
            "crumbs": [(self.get_cancel_url(), _("Today"))],
            "form_action": self.request.path,
            "back_url": "",
        }

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "today")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "today")


class PutOff(_OnItems):
    """Until when? For oneself alone; it comes back by itself."""

    permission = "today.view"
    form_class = PutOffForm
    form_template = "reporting/put_off_form.html"

    def get_title(self) -> str:
        if len(self.rows) == 1:
            return _("Put off: %(title)s") % {"title": self.rows[0].title}
        return ngettext("Put %(n)d thing off", "Put %(n)d things off", len(self.rows)) % {
            "n": len(self.rows)
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "choices": choices_for(self.membership, self.items),
            "membership": self.membership,
        }

    def get_context(self) -> dict[str, Any]:
        """The moments, and what was promised."""
        promises = [said for item in self.items if (said := promise_of(item))]
        choices = choices_for(self.membership, self.items)
        return {
            **super().get_context(),
            "choices": choices,
            # Whatever cannot wait until tomorrow cannot wait until another day.
            "own_day": any(choice.code == "tomorrow" for choice in choices),
            "may_hand_over": self.membership.can("thanks.send")
            and any(item.work.handover for item in self.items),
            "promise": promises[0] if len(self.items) == 1 and promises else "",
            "promised": len(promises),
        }

    def perform(self, form: PutOffForm) -> services.PutOff:
        return services.put_off(actor=self.actor, items=self.items, until=form.cleaned_data["at"])

    def get_success_message(self, result: services.PutOff) -> str:
        """Until when, and what stays."""
        said = ngettext(
            "Put off until %(when)s.", "%(n)d put off until %(when)s.", len(result.done)
        ) % {"n": len(result.done), "when": words.moment(result.until)}
        if not result.kept:
            return said
        return f"{said} " + ngettext(
            "%(n)d stays: it was promised earlier.",
            "%(n)d stay: they were promised earlier.",
            len(result.kept),
        ) % {"n": len(result.kept)}

    def done(self, result: services.PutOff) -> HttpResponse:
        """The panel closes; the toast takes it back."""
        undo = Undo(tenant_reverse(self.request, "today-wake"), [item.key for item in result.done])
        url = safe_next(self.request, self.get_success_url(result))
        return go_on(self.request, url, self.get_success_message(result), then="stay", undo=undo)


class Wake(ActionView):
    """Back into the queue."""

    permission = "today.view"
    nav_item = NAV_ITEM

    def perform(self) -> int:
        keys = self.request.POST.getlist("ids")[:_MOST]
        return services.wake(actor=self.actor, items=chosen(self.membership, keys))

    def get_success_url(self, result: int) -> str:
        return tenant_reverse(self.request, "today")

    def get_success_message(self, result: int) -> str:
        if not result:
            return _("It is in your queue already.")
        return ngettext("Back in your queue.", "%(n)d things are back in your queue.", result) % {
            "n": result
        }

    def done(self, result: int, message: str) -> HttpResponse:
        url = safe_next(self.request, self.get_success_url(result))
        return go_on(self.request, url, message, then="stay")


class HandOver(_OnItems):
    """Who takes it? Requests go to those who run the program, thank-yous to who may thank."""

    permission = "thanks.send"
    form_class = HandOverForm
    form_template = "reporting/hand_over_form.html"
    submit_label = gettext_lazy("Hand over")

    @cached_property
    def items(self) -> list[Item]:
        return [item for item in self.all_items if item.work.handover]

    @cached_property
    def all_items(self) -> list[Item]:
        """Whatever was ticked."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return chosen(self.membership, given.getlist("ids")[:_MOST])

    def get_title(self) -> str:
        if len(self.rows) == 1:
            return _("Hand over: %(title)s") % {"title": self.rows[0].title}
        return ngettext("Hand %(n)d thing over", "Hand %(n)d things over", len(self.rows)) % {
            "n": len(self.rows)
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        actions = {item.work.handover for item in self.items}
        return {
            **super().get_form_kwargs(),
            "colleagues": colleagues_for(self.membership, actions),
        }

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "stay": len(self.all_items) - len(self.items)}

    def perform(self, form: HandOverForm) -> tuple[int, str]:
        to = form.cleaned_data["to"]
        return services.hand_over(actor=self.actor, items=self.items, to=to), to.name

    def get_success_message(self, result: tuple[int, str]) -> str:
        count, name = result
        return ngettext("%(name)s has it now.", "%(name)s has these %(n)d now.", count) % {
            "name": name,
            "n": count,
        }

    def done(self, result: tuple[int, str]) -> HttpResponse:
        url = safe_next(self.request, self.get_success_url(result))
        return go_on(self.request, url, self.get_success_message(result), then="stay")
