"""What staff do about one ask (ASK-1, VIS-1)."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import OfMove
from advocacy.web.views import AboutForm, AboutPress
from advocates.enablement.models import Audience
from advocates.enablement.pages import offer
from requests.access import permit_ask
from requests.asks import answers, disclosure, forms, saying, taking_back
from requests.asks.answers import AskAnswer
from requests.asks.lifecycle import ASK
from requests.asks.presentation import say_context, say_done
from requests.models import Ask
from requests.pages import AskMixin
from requests.scheduling.slots import slot_words


class Withdraw(OfMove, AskMixin, AboutPress):
    """Take an unanswered ask back."""

    move = ASK["withdraw"]
    service = taking_back.withdraw_ask


class Reveal(AskMixin, AboutPress):
    """Show the requester who it is, and write down that it was shown (VIS-1)."""

    permission = "requests.view"
    service = disclosure.reveal_advocate


class Say(AskMixin, AboutForm):
    """What the account's owner says before it goes out (ASK-2)."""

    permission = "asks.send"
    form_class = forms.SayForm
    service = saying.say
    submit_label = gettext_lazy("Say so")
    template_name = "requests/say.html"
    panel_template = "requests/say_panel.html"

    def get_title(self) -> str:
        return _("May %(name)s be asked?") % {"name": self.ask.advocate.name}

    def get_initial(self) -> dict[str, Any]:
        return {"kind": "go"}

    def get_form(self) -> Any:
        permit_ask(self.actor, self.ask, "go")
        ASK.require(self.ask, "go")
        return super().get_form()

    def get_context(self) -> dict[str, Any]:
        guide = offer(self.request, self.membership, Audience.CSM)
        return {**super().get_context(), **say_context(self.ask), **guide}

    def get_success_message(self, result: Ask) -> str:
        return say_done(result)


class AnswerFor(AskMixin, AboutForm):
    """Write down what the advocate said on the phone."""

    permission = "asks.answer_for"
    form_class = forms.AnswerForForm
    submit_label = gettext_lazy("Record the answer")
    success_message = gettext_lazy("Recorded.")

    def get_title(self) -> str:
        return _("What did %(name)s say?") % {"name": self.ask.advocate.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        zone = self.membership.zone
        slots = [(str(slot.pk), slot_words(slot, zone)) for slot in self.ask.slots.all()]  # type: ignore[arg-type]
        return {**super().get_form_kwargs(), "slots": slots}

    def perform(self, form: forms.AnswerForForm) -> Ask:
        data = form.cleaned_data
        answer = AskAnswer(
            kind=data["kind"],
            slots=[uuid.UUID(key) for key in data.get("slots", [])],
            time_note=data["time_note"],
            reason=data["reason"],
            later_on=data["later_on"],
            name=data["name"],
            email=data["email"],
        )
        return answers.answer_ask(actor=self.actor, ask=self.ask, answer=answer)
