"""Drafting and sending asks (ASK-1, FUL-1)."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.languages import spoken_languages
from advocacy.messaging.selectors import taken_back
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import go_on, is_for, key_of, over_queue
from advocacy.web.undoing import PRESS
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from advocates.language import language_of as wanted_language
from requests.access import may_ask
from requests.approvals.services import waiting_words
from requests.asks import drafting, forms, services
from requests.asks.drafting import AskDraft
from requests.asks.owners_say import says_before
from requests.asks.presentation import answer_by_words, say_before_words, sent_words
from requests.matching.matches import Match
from requests.matching.ranking import assess
from requests.matching.rows import rows_for
from requests.pages import RequestMixin
from requests.requests.whereabouts import prospect_zone
from requests.scheduling.slots import (
    Slot,
    duration_of,
    slot_words,
    time_elsewhere,
    zone_words,
)

#: So many drafts fit into one panel.
_MOST = 6


class DraftAsks(RequestMixin, MemberView):
    """The drafts for whoever was chosen, to be read and edited before they go out.

    ``?advocate=…`` once per person. GET writes the drafts, POST sends what the form says. With
    ``?press=…``, letters that were taken back, GET shows these as they were typed.
    """

    permission = "asks.send"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The drafts."""
        letters = self._letters()
        found = self._found(list(letters) or request.GET.getlist("advocate"))
        pairs = []
        for each in found:
            if letter := letters.get(str(each.advocate.pk)):
                slots = [self._choice(slot, each) for slot in self._parsed(letter["slots"])]
                letter["slots"] = [value for value, _words in slots]
                pairs.append((each, self._form(each, slots, initial=letter)))
                continue
            draft = drafting.draft_ask(
                self.row,
                each.advocate,
                sender=self.membership,
                found=each,
                language=request.GET.get("language", ""),
            )
            slots = [self._choice(slot, each) for slot in draft.slots]
            initial = {
                "subject": draft.subject,
                "message": draft.message,
                "language": draft.language,
                "slots": [value for value, _words in slots],
            }
            pairs.append((each, self._form(each, slots, initial=initial)))
        return self._show(pairs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them, all or none; with errors the same drafts again, as typed."""
        found = self._found(request.POST.getlist("advocate"))
        pairs = []
        for each in found:
            prefix = str(each.advocate.pk)
            posted = [
                *request.POST.getlist(f"{prefix}-slots"),
                *request.POST.getlist(f"{prefix}-offered"),
            ]
            slots = [self._choice(slot, each) for slot in self._parsed(posted)]
            pairs.append((each, self._form(each, slots, data=request.POST)))
        # Every form is checked, so that all errors show at once.
        if sum(form.is_valid() for _each, form in pairs) < len(pairs):
            return self._show(pairs, status=422)
        try:
            sent = services.send_asks(
                actor=self.actor,
                request=self.row,
                drafts=[self._draft(each, form) for each, form in pairs],
            )
        except DomainError as error:
            return self._refused(pairs, error)
        return go_on(request, self.home(), sent_words(sent))

    def _letters(self) -> dict[str, dict[str, Any]]:
        """Letters of this request that one took back, by whom they were for."""
        press = key_of(self.request.GET.get(PRESS, ""))
        kept = taken_back(self.membership, press) if press else {}
        return {letter["advocate"]: letter for letter in kept.get("letters", ())}

    def _found(self, keys: Sequence[str]) -> list[Match]:
        ids = [pk for key in keys[:_MOST] if (pk := key_of(key))]
        found = assess(self.row, list(dict.fromkeys(ids)))
        chosen = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
        if not chosen:
            raise Http404
        for each in chosen:
            if not may_ask(self.membership, each.advocate):
                raise Http404
        return chosen

    def _form(self, each: Match, slots: list[tuple[str, str]], **kwargs: Any) -> forms.DraftForm:
        return forms.DraftForm(
            prefix=str(each.advocate.pk),
            slots=slots,
            meets=self.row.people_meet,
            warned=bool(each.warnings),
            zone=zone_words(each.advocate.zone),
            **kwargs,
        )

    def _choice(self, slot: Slot, each: Match) -> tuple[str, str]:
        """A time where the advocate is, and on the other clocks it has to suit."""
        zone, words = each.advocate.zone, [slot_words(slot, each.advocate.zone)]
        for text, other in (
            (_("%(time)s for you"), self.membership.zone),
            (_("%(time)s for the prospect"), prospect_zone(self.row)),
        ):
            if there := time_elsewhere(slot, zone, other):
                words.append(text % {"time": there})
        return slot.starts_at.isoformat(), " · ".join(words)

    def _language(self, each: Match, form: forms.DraftForm) -> dict[str, Any]:
        """What the sender is told of the letter's language, and those it can be drafted in."""
        letter = form["language"].value() or ""
        theirs = wanted_language(each.advocate)
        others = [(code, name) for code, name in spoken_languages() if code != letter]
        address = tenant_reverse(self.request, "requests:draft", self.row.pk)
        text = ""
        if letter and letter != theirs:
            text = _("%(name)s reads %(theirs)s; this letter is in %(letter)s.") % {
                "name": each.advocate.name,
                "theirs": _named(theirs),
                "letter": _named(letter),
            }
        elif letter and letter != get_language():
            text = _("This letter is in %(letter)s, the language of %(name)s.") % {
                "name": each.advocate.name,
                "letter": _named(letter),
            }
        anew = []
        for code, name in others:
            query = urlencode({"advocate": str(each.advocate.pk), "language": code})
            anew.append((f"{address}?{query}", name, code))
        return {"text": text, "anew": anew}

    def _parsed(self, values: Sequence[str]) -> list[Slot]:
        """The times a form holds; what is no time is nobody's choice."""
        lasting = duration_of(self.row.activity_type)
        starts = {}
        for value in values:
            moment = parse_datetime(value) if len(value) < 40 else None
            if moment is not None and timezone.is_aware(moment):
                starts[moment] = Slot(moment, moment + lasting)
        return [starts[moment] for moment in sorted(starts)]

    def _draft(self, each: Match, form: forms.DraftForm) -> AskDraft:
        data = form.cleaned_data
        slots = self._parsed(data.get("slots", []))
        own = data.get("own_time")
        if own is not None:
            # The browser's picker knows no zone: what was typed is the advocate's time.
            start = timezone.make_naive(own).replace(tzinfo=each.advocate.zone)
            slots.append(Slot(start, start + duration_of(self.row.activity_type)))
        return AskDraft(
            each.advocate,
            data["subject"],
            data["message"],
            tuple(slots),
            data.get("override_reason", ""),
            data["language"],
        )

    def _refused(
        self, pairs: list[tuple[Match, forms.DraftForm]], error: DomainError
    ) -> HttpResponse:
        """The refusal above the drafts, or at its field where there is only one."""
        alone = pairs[0][1] if len(pairs) == 1 else None
        general = error.message
        if alone is not None:
            for name, text in error.fields.items():
                if name in alone.fields:
                    alone.add_error(name, text)
                    general = ""
        return self._show(pairs, status=error.status, refusal=general)

    def _show(
        self,
        pairs: list[tuple[Match, forms.DraftForm]],
        *,
        status: int = 200,
        refusal: str = "",
    ) -> HttpResponse:
        rows = rows_for(self.membership, [each for each, _form in pairs])
        people = [each.advocate for each, _form in pairs]
        answer_by = answer_by_words(self.row, people)
        calendar, now = calendar_of(self.tenant), clock.now()
        says = says_before(self.membership, self.row, people, calendar, now)
        panel, count = is_for(self.request, "panel-body"), len(pairs)
        context = {
            "page_title": _("Ask %(name)s") % {"name": pairs[0][0].advocate.name}
            if count == 1
            else _("Ask %(count)d advocates") % {"count": count},
            **self.get_context(),
            "drafts": [
                (
                    row,
                    form,
                    [v for v, _text in _choices(form)],
                    say_before_words(says.get(each.advocate.pk), answer_by[each.advocate.pk]),
                    self._language(each, form),
                )
                for row, (each, form) in zip(rows, pairs, strict=True)
            ],
            "presets": forms.OVERRIDES,
            "missing": drafting.missing_parts(self.row),
            "may_strategy": self.membership.can("settings.rules"),
            "no_strategy": drafting.first_without_strategy(),
            "refusal": refusal or (waiting_words(self.row) if self.row.approval_since else ""),
            "blocked": any(not each.can_be_asked for each, _form in pairs),
            "send_url": tenant_reverse(self.request, "requests:draft", self.row.pk),
            "home_url": self.home(),
            "back_url": self.home() if over_queue(self.request) else "",
            "count": count,
            "panel": panel,
        }
        template = "requests/draft_panel.html" if panel else "requests/draft.html"
        return render(self.request, template, context, status=status)


def _named(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


def _choices(form: forms.DraftForm) -> list[tuple[str, str]]:
    field = form.fields.get("slots")
    return list(field.choices) if field is not None else []  # type: ignore[attr-defined]
