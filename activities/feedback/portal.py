"""How it was, on a personal link: two taps and a line, without sign-in or script (FUL-3.a)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from activities.activities.choices import ActivityState
from activities.activities.deeds import deed_of
from activities.feedback.lifecycle import Again, FeedbackState, Side
from activities.feedback.models import LONGEST, Feedback
from activities.feedback.services import PURPOSE, give_feedback
from advocacy import clock
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.web.formatting import letter_moment
from advocates.language import language_of

_RATINGS = {"1", "2", "3", "4", "5"}


class FeedbackPage(LinkPage):
    """What was said shows, and can be changed for a while."""

    purposes = (PURPOSE,)

    feedback: Feedback

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = (
            Feedback.objects.select_related(
                "activity__advocate__account",
                "activity__advocate__tenant",
                "activity__activity_type",
                "activity__owner__user",
                "member__user",
                "member__tenant",
            )
            .filter(pk=link.subject_id)
            .first()
        )
        if found is None:
            raise LinkGone("unknown")
        if found.side == Side.REQUESTER and not (found.member and found.member.is_active):
            raise LinkGone("revoked")
        self.feedback = found
        if self.is_requester and found.member is not None:
            return found.member.user.language, found.member.zone
        return language_of(found.activity.advocate), found.activity.advocate.zone

    @property
    def is_requester(self) -> bool:
        """Whose page it is."""
        return self.feedback.side == Side.REQUESTER

    @property
    def actor(self) -> Actor:
        """Whose word it is."""
        if self.is_requester and self.feedback.member is not None:
            return Actor.member(self.feedback.member)
        return Actor.advocate(self.feedback.activity.advocate_id)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question with what was said already; or thanks."""
        row = self.feedback
        return self.show(
            {"rating": str(row.rating or ""), "comment": row.comment, "again": row.again}
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it; what is wrong is said at its field, and what was typed stays."""
        typed = {name: request.POST.get(name, "") for name in ("rating", "comment", "again")}
        rating = typed["rating"]
        try:
            give_feedback(
                actor=self.actor,
                feedback=self.feedback,
                rating=int(rating) if rating in _RATINGS else None,
                comment=typed["comment"],
                again=typed["again"],
            )
        except DomainError as error:
            self.find(self.link)
            return self.show(typed, problem=error, status=error.status)
        return HttpResponseRedirect(f"{request.path}?thanks=1")

    def show(
        self, typed: dict[str, str], *, problem: DomainError | None = None, status: int = 200
    ) -> HttpResponse:
        """The page."""
        row, activity = self.feedback, self.feedback.activity
        sender = activity.owner or activity.advocate.account.owner
        at = activity.starts_at or activity.happened_at
        given = row.state != FeedbackState.ASKED
        context = {
            "brand": self.tenant.name,
            "is_requester": self.is_requester,
            "given": activity.advocate.first_name or activity.advocate.name,
            "sender": sender.name if sender and not self.is_requester else "",
            "deed": deed_of(activity),
            "when": letter_moment(timezone.localtime(at)) if at else "",
            "purpose": activity.purpose if self.is_requester else "",
            "typed": typed,
            "ratings": ("1", "2", "3", "4", "5"),
            "agains": Again.choices,
            "longest": LONGEST,
            "problem": problem.message if problem else "",
            "fields": problem.fields if problem else {},
            "is_closed": row.closes_at <= clock.now() or activity.state == ActivityState.VOIDED,
            "until": letter_moment(timezone.localtime(row.closes_at)),
            "was_given": given,
            "thanks": given and "thanks" in self.request.GET and not problem,
        }
        return render(self.request, "activities/portal/feedback.html", context, status=status)
