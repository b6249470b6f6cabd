"""The page behind an owner's mail: three answers, without signing in (ASK-2, ID-3)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.markdown import rendered
from advocacy.web.urls import quiet_reverse
from advocates.enablement.models import Audience
from advocates.enablement.selectors import offered
from requests.asks.choices import AskState
from requests.asks.forms import SayForm
from requests.asks.lifecycle import SAYS
from requests.asks.presentation import say_context, say_done
from requests.asks.saying import say
from requests.asks.selectors import ask_behind
from requests.mails import SAY_PURPOSE
from requests.models import Ask
from requests.requests.presentation import title_of


class SayPage(LinkPage):
    """Who would be asked for what, and three answers."""

    purposes = (SAY_PURPOSE,)

    ask: Ask
    member: Membership

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = ask_behind(link.subject_id)
        if found is None or found.say_of is None or not found.say_of.is_active:
            raise LinkGone("revoked")
        self.ask, self.member = found, found.say_of
        return self.member.user.language, self.member.zone

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, or what became of it."""
        return self._show(SayForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the answer as their own; what is wrong is said, what was typed kept."""
        form = SayForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            say(actor=Actor.member(self.member), ask=self.ask, **form.cleaned_data)
        except DomainError as error:
            self.ask.refresh_from_db()
            for name, text in (error.fields or {"": error.message}).items():
                form.add_error(name if name in form.fields else None, text)
            return self._show(form, status=error.status)
        return HttpResponseRedirect(request.path)

    def _show(self, form: SayForm, status: int = 200) -> HttpResponse:
        chosen = form["kind"].value() or self.request.GET.get("say", "")
        page = quiet_reverse(None, "requests:detail", self.tenant.slug, self.ask.request_id)
        context = {
            **say_context(self.ask),
            "form": form,
            "say": chosen if chosen in SAYS else "",
            "title": title_of(self.ask.request),
            "is_open": self.ask.state == AskState.PROPOSED,
            "became": self._became(),
            "earliest": clock.today(self.tenant.zone),
            "page_url": page,
            "texts": [
                (text.title, rendered(text.body)) for text in offered(self.member, Audience.CSM)
            ],
        }
        return self.show_page("requests/portal/say.html", status=status, **context)

    def _became(self) -> str:
        """What was said, or why there is nothing to say any more."""
        ask = self.ask
        if ask.said_by is not None or ask.state == AskState.NOT_ASKED:
            return say_done(ask) if ask.said_by is not None else _("It was not asked after all.")
        if ask.is_sent:
            return _("%(name)s was asked: nobody said otherwise in time.") % {
                "name": ask.advocate.name
            }
        return _("This is not needed any more; nobody was asked.")
