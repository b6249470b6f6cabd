"""Reading what was asked about booked slots (ACT-4)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.activities.models import Activity
from activities.slot_checks.lifecycle import CheckState
from activities.slot_checks.models import SlotCheck
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership


def listed_checks(membership: Membership) -> QuerySet[SlotCheck]:
    """All for who may open activities; the others read those they are asked (VIS-1)."""
    rows = SlotCheck.objects.select_related(
        "activity__activity_type", "activity__advocate__account", "requester__user"
    )
    if membership.can("activities.view"):
        return rows
    return rows.filter(requester__in=answers_for(membership))


def check_of(activity: Activity) -> SlotCheck | None:
    """What is asked about the slot an activity has, or had last."""
    rows = SlotCheck.objects.filter(activity=activity).select_related("requester__user")
    return rows.order_by("-starts_at").first()


def is_managers(path: str = "") -> Q:
    """Of booked activities: it is the program's to say whether it took place.

    Also where nobody was asked: what was over long before anybody could be, or a sweep that does
    not run.
    """
    return Q(
        ~Exists(
            SlotCheck.objects.filter(
                activity=OuterRef(f"{path}pk"),
                starts_at=OuterRef(f"{path}starts_at"),
                state=CheckState.ASKED,
            )
        )
    )


def unanswered_by(membership: Membership) -> QuerySet[SlotCheck]:
    """What a member asked for, is over, and has not said anything of."""
    return SlotCheck.objects.filter(
        requester=membership, requester_says="", state__in=[CheckState.ASKED, CheckState.MANAGER]
    )
