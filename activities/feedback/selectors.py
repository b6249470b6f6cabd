"""Reading what both sides said (FUL-3.a)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from activities.feedback.lifecycle import FeedbackState, Side
from activities.feedback.models import Feedback
from activities.settings import Fulfilment
from advocacy import clock
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current

#: The side's own rating and words, in a statement.
RATING = Case(
    When(side=Side.ADVOCATE, then=F("activity__advocate_rating")),
    default=F("activity__requester_rating"),
)
COMMENT = Case(
    When(side=Side.ADVOCATE, then=F("activity__advocate_comment")),
    default=F("activity__requester_comment"),
)


def listed_feedback(membership: Membership) -> QuerySet[Feedback]:
    """All for who may open activities; the others read what they were asked (VIS-1)."""
    rows = Feedback.objects.select_related(
        "activity__activity_type",
        "activity__advocate__account",
        "activity__advocate__tenant",
        "member__user",
        "handled_by__user",
    )
    if membership.can("activities.view"):
        return rows
    return rows.filter(side=Side.REQUESTER, member__in=answers_for(membership))


def asked_of(membership: Membership) -> QuerySet[Feedback]:
    """What a member is asked and can still say."""
    return Feedback.objects.filter(
        member=membership, state=FeedbackState.ASKED, closes_at__gt=clock.now()
    )


def low_ratings() -> QuerySet[Feedback]:
    """What was rated low and nobody has looked into."""
    low = current(Fulfilment).low_rating
    return Feedback.objects.filter(
        Q(side=Side.ADVOCATE, activity__advocate_rating__lte=low)
        | Q(side=Side.REQUESTER, activity__requester_rating__lte=low),
        state=FeedbackState.GIVEN,
    )


def feedback_on(activities: Collection[UUID]) -> dict[UUID, dict[str, Feedback]]:
    """Of some activities what each side was asked or said, by side."""
    found: dict[UUID, dict[str, Feedback]] = {}
    for row in Feedback.objects.filter(activity__in=activities).select_related("activity"):
        found.setdefault(row.activity_id, {})[row.side] = row  # type: ignore[attr-defined]
    return found


def said_by(advocate: UUID, *, most: int) -> list[Feedback]:
    """What somebody said of what they did, the newest first."""
    rows = Feedback.objects.filter(activity__advocate=advocate, side=Side.ADVOCATE)
    given = rows.exclude(state=FeedbackState.ASKED).select_related("activity__activity_type")
    return list(given.order_by("-given_at", "-id")[:most])
