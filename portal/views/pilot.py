"""Three questions about the pilot, on a personal link and a phone (PIL-1, ID-3)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.errors import DomainError
from advocates.language import language_of
from advocates.pilot.lifecycle import VoiceState
from advocates.pilot.models import LONGEST, PilotVoice
from advocates.pilot.services import PARTS, PURPOSE, answer_pilot


class PilotPage(LinkPage):
    """What worked, what did not, what to change. Looking at it changes nothing."""

    voice: PilotVoice

    purposes = (PURPOSE,)
    gone_template = "portal/invitation_gone.html"

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = (
            PilotVoice.objects.select_related("advocate__account", "member__user", "asked_by__user")
            .filter(pk=link.subject_id)
            .first()
        )
        if found is None:
            raise LinkGone("unknown")
        self.voice = found
        if found.advocate is not None:
            return language_of(found.advocate), None
        return found.member.user.language if found.member else "", None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions, with what was answered already; or thanks."""
        return self._show({name: getattr(self.voice, name) for name in PARTS})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answer; what is wrong is said and what was typed stays."""
        typed = {name: request.POST.get(name, "") for name in PARTS}
        try:
            answer_pilot(voice=self.voice, **typed)
        except DomainError as error:
            self.voice.reload()
            return self._show(typed, status=error.status, problem=error)
        return HttpResponseRedirect(f"{request.path}?thanks=1")

    def _show(
        self, typed: dict[str, str], *, status: int = 200, problem: DomainError | None = None
    ) -> HttpResponse:
        voice = self.voice
        state = str(voice.state)
        asked = [
            (name, voice._meta.get_field(name).verbose_name, typed[name])  # type: ignore[union-attr]
            for name in PARTS
        ]
        context = {
            "brand": self.tenant.name,
            "first_name": self._given(),
            "sender": voice.asked_by.name if voice.asked_by else self.tenant.name,
            "questions": asked,
            "longest": LONGEST,
            "problem": problem.message if problem else "",
            "is_over": state == VoiceState.DECIDED,
            "thanks": state == VoiceState.ANSWERED and "thanks" in self.request.GET,
        }
        return render(self.request, "portal/pilot.html", context, status=status)

    def _given(self) -> str:
        person = self.voice.advocate
        return (person.first_name or person.name) if person else self.voice.name
