"""The page behind the question: one tap, and no sign-in (ACT-4.a, ID-3)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from activities.activities.choices import OPEN
from activities.activities.deeds import deed_of
from activities.feedback.services import feedback_path
from activities.slot_checks.asking import PURPOSE, REQUESTER_PURPOSE
from activities.slot_checks.lifecycle import CheckState, Says
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.services import answer_check
from activities.slot_checks.ways import ADVOCATE, REQUESTER, way_to_another_time
from activities.slot_checks.words import choices_for
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.web.formatting import letter_moment
from advocates.language import language_of


class HappenedPage(LinkPage):
    """Four answers."""

    purposes = (PURPOSE, REQUESTER_PURPOSE)

    check: SlotCheck
    side: str

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        self.side = ADVOCATE if link.purpose == PURPOSE else REQUESTER
        found = (
            SlotCheck.objects.select_related(
                "activity__advocate__account",
                "activity__advocate__tenant",
                "activity__activity_type",
                "activity__owner__user",
                "requester__user",
                "requester__tenant",
            )
            .filter(pk=link.subject_id)
            .first()
        )
        if found is None:
            raise LinkGone("unknown")
        self.check, person, asker = found, found.activity.advocate, found.requester
        if self.side == ADVOCATE:
            return language_of(person), person.zone
        if asker is None or not asker.is_active:
            raise LinkGone("revoked")
        return asker.user.language, asker.zone

    @property
    def actor(self) -> Actor:
        """Whose word it is."""
        if self.side == ADVOCATE:
            return Actor.advocate(self.check.activity.advocate_id)  # type: ignore[attr-defined]
        assert self.check.requester is not None  # noqa: S101 - else the link is gone
        return Actor.member(self.check.requester)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, or what became of it."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the word; then on to how it was, or to another time."""
        try:
            says = request.POST.get("says", "")
            self.check = answer_check(actor=self.actor, check=self.check, says=says)
        except DomainError as error:
            self.find(self.link)
            return self.show(problem=error.message, status=error.status)
        return HttpResponseRedirect(self._next(says) or request.path)

    def _next(self, says: str) -> str:
        if says == Says.HAPPENED:
            return feedback_path(self.check.activity, self.side, self.check.requester)
        if says == Says.MOVED and self.check.came_out == Says.MOVED:
            return way_to_another_time(self.check.activity, self.side)
        return ""

    def show(self, *, problem: str = "", status: int = 200) -> HttpResponse:
        """The page."""
        check, activity = self.check, self.check.activity
        is_open = check.state != CheckState.SETTLED and activity.state in OPEN
        sender = activity.owner or activity.advocate.account.owner
        context = {
            "brand": self.tenant.name,
            "problem": problem if is_open else "",
            "is_open": is_open,
            "is_requester": self.side == REQUESTER,
            "given": activity.advocate.first_name or activity.advocate.name,
            "sender": sender.name if sender and self.side == ADVOCATE else "",
            "purpose": activity.purpose if self.side == REQUESTER else "",
            "deed": deed_of(activity),
            "when": letter_moment(timezone.localtime(check.starts_at)),
            "choices": choices_for(self.side),
            "said": check.said_by(self.side),
            "came_out": check.came_out,
            "way": way_to_another_time(activity, self.side) if check.came_out == Says.MOVED else "",
        }
        return render(self.request, "activities/portal/happened.html", context, status=status)
