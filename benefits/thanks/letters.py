"""One thank-you: the letter, its preview, said in another way, taken over."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.delegation import answers_for
from advocacy.web.http import is_for
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.people.contact import how_instead
from benefits.fitting.cards import after_activity
from benefits.thanks import forms, selectors, services
from benefits.thanks.choices import ThankYouChannel, ThankYouKind, ThankYouState
from benefits.thanks.drafts import Draft, draft_of
from benefits.thanks.lifecycle import THANK_YOU
from benefits.thanks.likes import ideas_for
from benefits.thanks.models import ThankYou
from benefits.thanks.presentation import facts_in_words, title_of
from benefits.thanks.readiness import needs_personal_line

NAV_ITEM = "thanks"


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
            "ideas": ideas_for(thank_you) if thank_you.state == ThankYouState.OPEN else [],
            "page_title": title_of(thank_you),
            "send_url": self.at("detail"),
            "preview_url": self.at("preview"),
            "called_url": f"{self.at('thanked')}&channel={ThankYouChannel.CALL}",
            "wrote_url": f"{self.at('thanked')}&channel={ThankYouChannel.NOTE}",
            "prepare_url": self.at("prepare") if self._may_prepare() else "",
            "take_url": self.at("take") if self._may_take() else "",
            "activity_url": (
                tenant_reverse(self.request, "activities:detail", thank_you.activity_id)
                if self.membership.can("activities.view")
                else ""
            ),
            "desk_url": self.desk_url(),
            "crumbs": [(self.desk_url(), _("Thanks"))],
            "is_open": thank_you.state == ThankYouState.OPEN,
            "may_send": "send" in self.moves,
            "needs_line": needs_personal_line(thank_you),
            "otherwise": how_instead(thank_you.advocate, thank_you.owner or self.membership)
            if thank_you.state == ThankYouState.OPEN
            else "",
        }

    @cached_property
    def moves(self) -> set[str]:
        """What may be done with it now, as far as role and state go."""
        legal = THANK_YOU.legal(self.thank_you)
        return {move.name for move in legal if move.may and self.membership.can(move.may)}

    def _may_prepare(self) -> bool:
        """Whoever signs it just sends it."""
        return "prepare" in self.moves and self.thank_you.owner_id not in answers_for(
            self.membership
        )

    def _may_take(self) -> bool:
        return (
            "reassign" in self.moves
            and self.thank_you.owner_id != self.membership.pk
            and services.may_give_away(self.membership, self.thank_you)
        )

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The letter, as a page with what would fit beside it, or alone in the side panel."""
        if is_for(self.request, "panel-body"):
            context = self.letter_context(form)
            return render(self.request, self.panel_template, context, status=status)
        context = {**self.letter_context(form), "fitting": self._fitting()}
        return render(self.request, self.template_name, context, status=status)

    def _fitting(self) -> dict[str, Any] | None:
        """What could be given beside the thanks (BEN-9.a); nothing for an apology."""
        is_thanks = self.thank_you.kind == ThankYouKind.PERSONAL
        if not is_thanks or not self.membership.can("grants.view"):
            return None
        return after_activity(self.thank_you.activity, self.membership)

    def perform(self, form: forms.LetterForm) -> ThankYou:
        return services.send_thank_you(
            actor=self.actor, thank_you=self.thank_you, **form.cleaned_data
        )

    def get_success_message(self, result: ThankYou) -> str:
        return _("Sent to %(name)s.") % {"name": result.advocate.name}


class Prepare(Letter):
    """A colleague writes the line; the executive signs it."""

    permission = "thanks.send"
    http_method_names = ["post", "options"]

    def perform(self, form: forms.LetterForm) -> ThankYou:
        return services.prepare_note(
            actor=self.actor,
            thank_you=self.thank_you,
            personal_line=form.cleaned_data["personal_line"],
        )

    def get_success_message(self, result: ThankYou) -> str:
        return _("Kept: %(name)s signs it at one press.") % {
            "name": result.owner.name if result.owner else _("the owner")
        }


class Sign(ActionView):
    """Drafted, signed and sent at one press, in its owner's name (THX-1.c)."""

    permission = "thanks.send"
    nav_item = NAV_ITEM

    def perform(self) -> ThankYou:
        return services.send_thank_you(
            actor=self.actor,
            thank_you=selectors.get_thank_you(self.membership, self.kwargs["pk"]),
            personal_line=self.request.POST.get("personal_line") or None,
        )

    def get_success_message(self, result: ThankYou) -> str:
        return _("Signed and sent to %(name)s.") % {"name": result.advocate.name}

    def get_success_url(self, result: ThankYou) -> str:
        return tenant_reverse(self.request, "thanks:desk")


class Preview(Letter):
    """The mail as it will arrive; sends nothing."""

    permission = "thanks.view"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
    submit_label = THANK_YOU["mark_done"].label
    success_message = gettext_lazy("Marked as thanked.")

    def get_initial(self) -> dict[str, Any]:
        """Just now, in the way the button said."""
        return {"channel": self.request.GET.get("channel", ""), "at": clock.now()}

    def perform(self, form: forms.ThankedForm) -> ThankYou:
        return services.mark_thanked(
            actor=self.actor, thank_you=self.thank_you, **form.cleaned_data
        )


class Take(ActionView):
    """Take it over."""

    permission = "thanks.send"
    nav_item = NAV_ITEM
    success_message = gettext_lazy("It is yours now.")

    def perform(self) -> ThankYou:
        return services.reassign_thank_you(
            actor=self.actor,
            thank_you=selectors.get_thank_you(self.membership, self.kwargs["pk"]),
            owner=self.membership,
        )

    def get_success_url(self, result: ThankYou) -> str:
        return tenant_reverse(self.request, "thanks:detail", result.pk)
