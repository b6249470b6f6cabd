"""Drafting and sending asks, and what staff do about one (ASK-1, FUL-1, VIS-1)."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.activities.models import Activity
from advocacy.records.pages import OfMove
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import go_on, is_for, key_of, over_queue
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import AboutForm, AboutPress, MemberView
from requests.access import may_ask
from requests.asks import answers, disclosure, drafting, forms, selectors, services
from requests.asks.answers import AskAnswer
from requests.asks.drafting import AskDraft
from requests.asks.lifecycle import ASK
from requests.asks.presentation import answer_by_words
from requests.matching.matches import Match
from requests.matching.ranking import assess
from requests.matching.rows import rows_for
from requests.models import Ask
from requests.pages import AskMixin, RequestMixin
from requests.scheduling import services as scheduling
from requests.scheduling.slots import Slot, duration_of, slot_words, zone_words

#: So many drafts fit into one panel.
_MOST = 6


class DraftAsks(RequestMixin, MemberView):
    """The drafts for whoever was chosen, to be read and edited before they go out.

    ``?advocate=…`` once per person. GET writes the drafts, POST sends what the form says.
    """

    permission = "asks.send"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The drafts."""
        found = self._found(request.GET.getlist("advocate"))
        pairs = []
        for each in found:
            draft = drafting.draft_ask(self.row, each.advocate, sender=self.membership, found=each)
            slots = [self._choice(slot, each) for slot in draft.slots]
            initial = {
                "subject": draft.subject,
                "message": draft.message,
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
            services.send_asks(
                actor=self.actor,
                request=self.row,
                drafts=[self._draft(each, form) for each, form in pairs],
            )
        except DomainError as error:
            return self._refused(pairs, error)
        count = len(pairs)
        text = ngettext("Sent to %(name)s.", "%(count)d asks are sent.", count)
        said = {"count": count, "name": pairs[0][0].advocate.name}
        return go_on(request, self.home(), text % said)

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
        return slot.starts_at.isoformat(), slot_words(slot, each.advocate.zone)

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
        answer_by = answer_by_words(self.row, [each.advocate for each, _form in pairs])
        panel, count = is_for(self.request, "panel-body"), len(pairs)
        context = {
            "page_title": _("Ask %(name)s") % {"name": pairs[0][0].advocate.name}
            if count == 1
            else _("Ask %(count)d advocates") % {"count": count},
            **self.get_context(),
            "drafts": [
                (row, form, [v for v, _text in _choices(form)], answer_by[each.advocate.pk])
                for row, (each, form) in zip(rows, pairs, strict=True)
            ],
            "presets": forms.OVERRIDES,
            "missing": drafting.missing_parts(self.row),
            "refusal": refusal,
            "blocked": any(not each.can_be_asked for each, _form in pairs),
            "send_url": tenant_reverse(self.request, "requests:draft", self.row.pk),
            "home_url": self.home(),
            "back_url": self.home() if over_queue(self.request) else "",
            "count": count,
            "panel": panel,
        }
        template = "requests/draft_panel.html" if panel else "requests/draft.html"
        return render(self.request, template, context, status=status)


def _choices(form: forms.DraftForm) -> list[tuple[str, str]]:
    field = form.fields.get("slots")
    return list(field.choices) if field is not None else []  # type: ignore[attr-defined]


class Withdraw(OfMove, AskMixin, AboutPress):
    """Take an unanswered ask back."""

    move = ASK["withdraw"]
    service = services.withdraw_ask


class Reveal(AskMixin, AboutPress):
    """Show the requester who it is, and write down that it was shown (VIS-1)."""

    permission = "requests.view"
    service = disclosure.reveal_advocate


class PickSlot(AskMixin, AboutPress):
    """Book one of the times the advocate offered."""

    permission = "requests.view"
    success_message = gettext_lazy("Booked. Both of you get an invitation.")

    def perform(self) -> Activity:
        return scheduling.pick_slot(
            actor=self.actor,
            request=self.row,
            slot=selectors.get_slot(self.ask, self.kwargs["slot"]),
        )


class _AskForm(AskMixin, AboutForm):
    """A question about one ask."""

    abstract = True
    permission = "requests.view"


class Schedule(_AskForm):
    """Book a time agreed otherwise, or change the place."""

    form_class = forms.TimeForm
    edits = True
    title = gettext_lazy("Book a time")
    submit_label = gettext_lazy("Book it")
    success_message = gettext_lazy("Booked. Both of you get an invitation.")

    def get_initial(self) -> dict[str, Any]:
        """The booked time, else the first one offered."""
        lasting = duration_of(self.row.activity_type)
        initial: dict[str, Any] = {"minutes": int(lasting.total_seconds() // 60)}
        if booked := self._booked():
            return booked
        slot = self.ask.slots.filter(offered=True).order_by("starts_at").first()
        return {**initial, "starts_at": slot.starts_at if slot else None}

    def get_saved(self, form: Any) -> dict[str, Any]:
        """What is booked; an offer is not."""
        return self._booked() or dict.fromkeys(form.fields)

    def _booked(self) -> dict[str, Any]:
        activity = self.ask.activity
        if activity is None or not activity.starts_at or not activity.ends_at:
            return {}
        minutes = int((activity.ends_at - activity.starts_at).total_seconds() // 60)
        return {
            "starts_at": activity.starts_at,
            "minutes": minutes,
            "location": activity.location,
        }

    def perform(self, form: forms.TimeForm) -> Activity:
        data = form.cleaned_data
        start: datetime = data["starts_at"]
        return scheduling.schedule_call(
            actor=self.actor,
            ask=self.ask,
            starts_at=start,
            ends_at=start + timedelta(minutes=data["minutes"]),
            location=data["location"],
        )


class AnswerFor(_AskForm):
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
