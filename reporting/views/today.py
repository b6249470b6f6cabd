"""Today: the queue first, then few numbers (UI-2)."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.identity.absences.words import said_on_today
from advocacy.records.resource import registered
from advocacy.web.http import is_for
from advocacy.web.queue import DUE_GROUPS
from advocacy.web.views import MemberView
from reporting import first_pages, overview, pictures, presentation
from reporting.queue import Item, everything, groups_of, kinds_of, rows_of

_KINDS = {
    "requests": _("Requests"),
    "nominations": _("Nominations"),
    "thanks": _("Thanks"),
    "consents": _("Consents"),
    "stuck": _("Stuck"),
    "capacity": _("Load"),
}


def kinds() -> dict[str, Any]:
    """What the queue can be narrowed to, in words."""
    return {**_KINDS, **{each.name: each.title for each in registered() if each.work}}


#: Things put off that are listed below the queue; the count beside them is of all.
_ASLEEP = 20


class Today(MemberView):
    """The role's home: what is overdue, due today and this week; then numbers with targets."""

    permission = "today.view"
    nav_item = "today"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; to htmx the queue alone. ``?kind=`` narrows it, ``?group=`` opens one part."""
        if is_for(request, "queue"):
            return render(request, "reporting/queue_anew.html", self.queue_context())
        member = self.membership
        context = {
            **self.queue_context(),
            "numbers": presentation.numbers_for(member),
            "load": presentation.load_for(member),
            "segments_asked": pictures.segments_for(member),
            "picture": pictures.program_picture(member),
            "by_state": pictures.requests_by_state(member),
            "by_month": pictures.activities_by_month(member),
            "own_requests": overview.own_requests(member),
            "asked": overview.asked_at_own_accounts(member),
            "own_accounts": overview.own_accounts(member),
            "steps": (steps := first_pages.first_steps(member)),
            "steps_done": sum(step.done for step in steps),
            "next_step": next((s for s in steps if not s.done and s.url), None),
            "voices": first_pages.voices_for(member),
            "sponsoring": first_pages.sponsoring_for(member),
            "turn_to": first_pages.running_the_program(member),
        }
        return render(request, "reporting/today.html", context)

    @cached_property
    def kind(self) -> str:
        """What the queue is narrowed to."""
        asked = self.request.GET.get("kind", "")
        return asked if asked in kinds() else ""

    @cached_property
    def alone(self) -> str:
        """The one group by due time that is shown."""
        asked = self.request.GET.get("group", "")
        return asked if asked in DUE_GROUPS else ""

    def queue_context(self) -> dict[str, Any]:
        """The queue and the sentence above it."""
        member = self.membership
        items = everything(member)
        awake = [item for item in items if item.until is None]
        asleep = [item for item in items if item.until is not None]
        asleep.sort(key=lambda item: (item.until, item.key))
        shown = [item for item in awake if self.kind in ("", item.work.kind)]
        now = clock.now()
        narrowed = f"?kind={self.kind}&group=" if self.kind else "?group="
        return {
            "headline": presentation.headline(len(awake), sum(item.due < now for item in awake)),
            "eyebrow": date_format(now.astimezone(member.zone), "l, j F", use_l10n=False),
            "groups": groups_of(member, shown, alone=self.alone, more_url=narrowed),
            "absence": said_on_today(member),
            "waiting": len(awake),
            "segments": self._segments(awake),
            "asleep": self._asleep(asleep[:_ASLEEP]),
            "asleep_count": len(asleep),
            "queue_url": self.request.get_full_path(),
            "alone": self.alone,
            "all_url": f"?kind={self.kind}" if self.kind else "?",
            "nothing": overview.nothing_for(member),
            "begin": first_pages.begin_for(member) if not awake else None,
            "may_hand_over": member.can("thanks.send"),
            "may_log": member.can("activities.log"),
            "may_submit": member.can("requests.submit"),
            "may_nominate": member.can("nominations.submit"),
        }

    def _asleep(self, items: list[Item]) -> list[tuple[Any, Any]]:
        until = {item.key: item.until for item in items}
        return [(row, until[row.id]) for row in rows_of(self.membership, items)]

    def _segments(self, items: list[Item]) -> list[dict[str, Any]]:
        """The choice between everything and one kind; hidden while there is only one kind."""
        counts = kinds_of(items)
        if len(counts) < 2 and not self.kind:
            return []
        found = [{"url": "?", "label": _("All"), "count": len(items), "active": not self.kind}]
        found += [
            {
                "url": f"?kind={key}",
                "label": label,
                "count": counts[key],
                "active": key == self.kind,
            }
            for key, label in kinds().items()
            if counts[key] or key == self.kind
        ]
        return found
