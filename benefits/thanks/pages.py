"""The thanks desk: what is to be said, said from the side panel, one after the other."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.web.http import is_for
from advocacy.web.queue import grouped
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage, MemberView
from benefits.thanks import forms, selectors, services
from benefits.thanks.choices import ThankYouChannel, ThankYouState
from benefits.thanks.drafts import Draft, draft_of, loop_draft_of
from benefits.thanks.models import ThankYou
from benefits.thanks.presentation import facts_in_words, headline, tell_rows, thank_rows, title_of
from benefits.thanks.services import needs_personal_line

NAV_ITEM = "thanks"
TARGET = 0.95
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
        since = clock.now() - timedelta(days=selectors.ON_TIME_DAYS)
        rate = selectors.on_time(since=since)
        context = {
            **self.queue_context(),
            "done": selectors.done_lately(self.membership, mine=self.mine),
            "rate": rate,
            "rate_text": f"{rate.share:.0%}".replace("%", " %") if rate.share is not None else "–",
            "rate_tone": _tone(rate.share),
            "target": f"{TARGET:.0%}".replace("%", " %"),
            "days": selectors.ON_TIME_DAYS,
        }
        return render(request, "benefits/desk.html", context)

    def queue_context(self) -> dict[str, Any]:
        """The queue and its headline."""
        waiting = selectors.open_thank_yous(self.membership, mine=self.mine)[:DESK_ROWS]
        rows = thank_rows(waiting, mine=self.mine, address=lambda it: self._url("detail", it))
        overdue = sum(row.due < clock.now() for row in rows)
        duties = list(selectors.visible_duties(self.membership)[:DESK_TELLS])
        return {
            "headline": headline(overdue, len(rows)),
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


def _tone(share: float | None) -> str:
    if share is None:
        return ""
    return "success" if share >= TARGET else "danger" if share < TARGET - 0.15 else "warning"


class _OnOne(FormPage):
    """A form about one thank-you this member may see."""

    abstract = True
    nav_item = NAV_ITEM

    @cached_property
    def thank_you(self) -> ThankYou:
        """The thank-you in the address."""
        return selectors.get_thank_you(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        """What to do, for whom."""
        return title_of(self.thank_you)

    @property
    def mine(self) -> bool:
        """Which queue it was opened from."""
        return self.request.GET.get("who") != "all"

    def at(self, name: str, thank_you: ThankYou | None = None) -> str:
        """A page about a thank-you, in the same queue."""
        url = tenant_reverse(self.request, f"thanks:{name}", (thank_you or self.thank_you).pk)
        return f"{url}?who={'mine' if self.mine else 'all'}"

    def desk_url(self) -> str:
        """The queue it was opened from."""
        url = tenant_reverse(self.request, "thanks:desk")
        return f"{url}?who={'mine' if self.mine else 'all'}"

    def get_success_url(self, result: ThankYou) -> str:
        """On with the next one, else back to the desk."""
        following = selectors.next_open(self.membership, after=result, mine=self.mine)
        return self.at("detail", following) if following else self.desk_url()

    def get_cancel_url(self) -> str:
        """Back to the letter."""
        return self.at("detail")


class Letter(_OnOne):
    """The letter: read, add a line, send."""

    permission = "thanks.view"
    form_class = forms.LetterForm
    template_name = "benefits/letter.html"
    panel_template = "benefits/letter_panel.html"

    @cached_property
    def draft(self) -> Draft:
        """The letter as the product would write it."""
        return draft_of(self.thank_you)

    def get_form(self) -> forms.LetterForm:
        """The draft, or what was typed."""
        if self.request.method == "POST":
            return forms.LetterForm(self.request.POST)
        draft = self.draft
        return forms.LetterForm(
            initial={
                "subject": draft.subject,
                "opening": draft.opening,
                "closing": draft.closing,
                "personal_line": self.thank_you.personal_line,
            }
        )

    def letter_context(self, form: forms.LetterForm) -> dict[str, Any]:
        """Everything the letter's templates show."""
        thank_you = self.thank_you
        return {
            "form": form,
            "thank_you": thank_you,
            "facts": " · ".join(facts_in_words(thank_you)),
            "page_title": title_of(thank_you),
            "send_url": self.at("detail"),
            "preview_url": self.at("preview"),
            "called_url": f"{self.at('thanked')}&channel={ThankYouChannel.CALL}",
            "wrote_url": f"{self.at('thanked')}&channel={ThankYouChannel.NOTE}",
            "take_url": self.at("take") if self._may_take() else "",
            "activity_url": (
                tenant_reverse(self.request, "activities:detail", thank_you.activity_id)
                if self.membership.can("activities.view")
                else ""
            ),
            "desk_url": self.desk_url(),
            "crumbs": [(self.desk_url(), _("Thanks"))],
            "is_open": thank_you.state == ThankYouState.OPEN,
            "may_send": self.membership.can("thanks.send"),
            "needs_line": needs_personal_line(thank_you),
        }

    def _may_take(self) -> bool:
        return (
            self.thank_you.state == ThankYouState.OPEN
            and self.thank_you.owner_id != self.membership.pk
            and self.membership.can("thanks.send")
        )

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The letter, as a page or in the side panel."""
        in_panel = is_for(self.request, "panel-body")
        return render(
            self.request,
            self.panel_template if in_panel else self.template_name,
            self.letter_context(form),
            status=status,
        )

    def perform(self, form: forms.LetterForm) -> ThankYou:
        """Send it."""
        return services.send_thank_you(
            actor=self.actor, thank_you=self.thank_you, **form.cleaned_data
        )

    def get_success_message(self, result: ThankYou) -> str:
        """To whom it goes."""
        return _("On its way to %(name)s.") % {"name": result.advocate.name}


class Preview(Letter):
    """The mail as it will arrive; sends nothing."""

    permission = "thanks.view"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The text beside its headers."""
        form = self.get_form()
        valid = form.is_valid()
        given = {name: str(form[name].value() or "") for name in form.fields}
        letter = Draft(given["subject"], given["opening"], given["closing"], self.draft.language)
        context = {
            **self.letter_context(form),
            "letter_subject": letter.subject,
            "letter_text": letter.letter(given["personal_line"]),
            "line_missing": needs_personal_line(self.thank_you)
            and not given["personal_line"].strip(),
            "valid": valid,
        }
        whole = not is_for(request, "letter-preview")
        return render(
            request, "benefits/preview_page.html" if whole else "benefits/preview.html", context
        )


class Thanked(_OnOne):
    """Said in a call or a note by hand."""

    permission = "thanks.send"
    form_class = forms.ThankedForm
    form_template = "benefits/thanked_form.html"
    submit_label = gettext_lazy("Mark as thanked")
    success_message = gettext_lazy("Marked as thanked.")

    def get_initial(self) -> dict[str, Any]:
        """Just now, in the way the button said."""
        return {"channel": self.request.GET.get("channel", ""), "at": clock.now()}

    def perform(self, form: forms.ThankedForm) -> ThankYou:
        """Mark it."""
        return services.mark_thanked(
            actor=self.actor, thank_you=self.thank_you, **form.cleaned_data
        )


class Take(ActionView):
    """Take it over."""

    permission = "thanks.send"
    nav_item = NAV_ITEM
    success_message = gettext_lazy("It is yours now.")

    def perform(self) -> ThankYou:
        """Make the member its owner."""
        return services.reassign_thank_you(
            actor=self.actor,
            thank_you=selectors.get_thank_you(self.membership, self.kwargs["pk"]),
            owner=self.membership,
        )

    def get_success_url(self, result: ThankYou) -> str:
        """Back to the letter."""
        return tenant_reverse(self.request, "thanks:detail", result.pk)


class Tell(FormPage):
    """Tell an advocate what came of it, and say so (AST-3)."""

    permission = "thanks.send"
    nav_item = NAV_ITEM
    form_class = forms.TellForm
    template_name = "benefits/tell.html"
    panel_template = "benefits/tell_panel.html"
    form_template = "benefits/tell_form.html"
    submit_label = gettext_lazy("They know now")
    success_message = gettext_lazy("Good: they know what came of it.")

    @cached_property
    def duty(self) -> LoopDuty:
        """The duty in the address."""
        return selectors.get_duty(self.membership, self.kwargs["pk"])

    def get_title(self) -> str:
        """Whom to tell."""
        return _("Tell %(name)s what came of it") % {"name": self.duty.activity.advocate.name}

    def get_context(self) -> dict[str, Any]:
        """The news and a message to start from."""
        return {
            "duty": self.duty,
            "draft": loop_draft_of(self.duty, sender=self.membership),
            "crumbs": [(tenant_reverse(self.request, "thanks:desk"), _("Thanks"))],
        }

    def perform(self, form: forms.TellForm) -> LoopDuty:
        """Close the loop."""
        return close_loop(actor=self.actor, duty=self.duty, note=form.cleaned_data["note"])

    def get_success_url(self, result: LoopDuty) -> str:
        """Back to the desk."""
        return tenant_reverse(self.request, "thanks:desk")

    def get_cancel_url(self) -> str:
        """Back to the desk."""
        return tenant_reverse(self.request, "thanks:desk")
