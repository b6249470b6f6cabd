"""The letter into the program: written, read beforehand, sent, taken back (ENR-1)."""

from datetime import timedelta
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.records.pages import OfMove
from advocacy.tenant_settings.reading import current
from advocacy.web.http import is_for
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import ActionView
from advocates.joining import invitations
from advocates.joining.enrolment import skips_cultivation
from advocates.joining.forms import InviteForm
from advocates.joining.invitation_mails import letter_of, usual_words
from advocates.joining.lifecycle import INVITATION
from advocates.joining.numbers import Recruiting
from advocates.joining.pages.steps import AboutPerson
from advocates.joining.senders import senders_for
from advocates.language import language_of
from advocates.languages import language_name
from advocates.models import ProgramInvitation
from advocates.people.lifecycle import ENROLMENT
from advocates.workload.selectors import slow_down


class Invite(OfMove, AboutPerson):
    """A letter from a person, into the program, read before it is sent (ENR-1.c, d)."""

    move = ENROLMENT["invite"]
    form_template = "advocates/nominations/invite_body.html"
    submit_label = gettext_lazy("Send the invitation")
    subtitle = gettext_lazy(
        "They read that they were selected, what is involved, and answer on a link of their own."
    )

    def get_title(self) -> str:
        return _("Invite %(name)s into the program") % {"name": self.person.name}

    def get_initial(self) -> dict[str, Any]:
        """The usual words, in the language the letter speaks."""
        usual = usual_words(self.person)
        return {"personal_line": usual.why, "asked": usual.asked, "gives": usual.gives}

    def get_form(self) -> Any:
        return InviteForm(
            senders=senders_for(self.person, self.membership),
            needs_reason=skips_cultivation(self.person),
            **self.get_form_kwargs(),
        )

    def get_context(self) -> dict[str, Any]:
        """Where it is read beforehand, and in which language it speaks."""
        url = tenant_reverse(self.request, "nominations:invite-preview", self.person.pk)
        language = _("The letter speaks %(language)s, to %(email)s.") % {
            "language": language_name(language_of(self.person)),
            "email": self.person.email or "–",
        }
        return {"preview_url": url, "language_line": language, "slow_down": slow_down()}

    def perform(self, form: Any) -> ProgramInvitation:
        values = dict(form.cleaned_data)
        sender = form.senders[values.pop("sender")]
        return invitations.invite_advocate(
            actor=self.actor, advocate=self.person, sender=sender, **values
        )

    def get_success_message(self, result: Any) -> str:
        return _("The invitation is on its way to %(name)s.") % {"name": result.advocate.name}


class InvitePreview(Invite):
    """The mail as it arrives; sends nothing."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        form.is_valid()
        sender = form.senders.get(str(form["sender"].value())) or self.membership
        expires_at = clock.now() + timedelta(days=current(Recruiting).invitation_days)
        mail = letter_of(self.person, sender, form.written(), expires_at)
        context = {
            "letter_subject": mail.subject,
            "letter_text": str(mail.text),
            "letter_from": sender.name,
            "why_missing": not form.written().why.strip(),
        }
        if is_for(request, "letter-preview"):
            return render(request, "advocates/nominations/invite_preview.html", context)
        return self.show_beside(form, context)

    def show_beside(self, form: Any, letter: dict[str, Any]) -> HttpResponse:
        """Without scripts: the form as it was typed, the letter below it."""
        context = {
            **self.get_context(),
            **letter,
            "form": form,
            "form_id": self.form_id,
            "form_action": tenant_reverse(self.request, "nominations:invite", self.person.pk),
            "form_template": self.form_template,
            "page_title": self.get_title(),
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            "next": self.request.POST.get("next", ""),
            "shows_letter": True,
        }
        return render(self.request, self.template_name, context)


class _InvitationPress(ActionView):
    """One press about the open invitation of a person."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.invite"

    def find(self) -> ProgramInvitation:
        """The open one."""
        found = (
            ProgramInvitation.objects.select_related(
                "advocate__account", "advocate__tenant", "sender__user", "tenant"
            )
            .filter(advocate=self.kwargs["pk"])
            .order_by("-sent_at", "-id")
            .first()
        )
        if found is None:
            raise Http404
        return found

    def get_success_url(self, result: Any) -> str:
        return quiet_reverse(self.request, "advocates:detail", self.kwargs["pk"]) or tenant_reverse(
            self.request, "nominations:list"
        )


class ResendInvitation(_InvitationPress):
    """A fresh link."""

    success_message = gettext_lazy("Sent again; the link before does not work any more.")

    def perform(self) -> ProgramInvitation:
        return invitations.resend_program_invitation(actor=self.actor, invitation=self.find())


class WithdrawInvitation(OfMove, _InvitationPress):
    """Taken back before it was answered."""

    move = INVITATION["withdraw"]

    def perform(self) -> ProgramInvitation:
        return invitations.withdraw_program_invitation(actor=self.actor, invitation=self.find())
