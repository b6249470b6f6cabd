"""The checklist that an activity has of its type's playbook (PLB-1)."""

from typing import Any

from django.http import HttpRequest

from activities.activities.models import Activity
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from activities.duties.services import permit_duty
from activities.playbooks.selectors import texts_for
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse


def checklist_of(activity: Activity) -> list[Duty]:
    """The steps of its playbook in their order, without what is not needed any more."""
    rows = Duty.objects.filter(activity=activity, item__isnull=False)
    return list(
        rows.exclude(state=DutyState.DROPPED)
        .select_related("owner__user", "done_by__user", "activity__advocate__account")
        .order_by("item__position", "id")
    )


def checklist_card(
    request: HttpRequest, membership: Membership, activity: Activity
) -> dict[str, Any]:
    """What ``activities/checklist.html`` draws: each step with the press this member may make."""
    lines = []
    duties = checklist_of(activity)
    for duty in duties:
        move = "reopen" if duty.state == DutyState.DONE else "finish"
        url = tenant_reverse(request, f"duties:{move}", duty.pk) if _may(membership, duty) else ""
        lines.append((duty, url * (move == "finish"), url * (move == "reopen")))
    return {
        "checklist": lines,
        "done": sum(duty.state == DutyState.DONE for duty in duties),
        "texts": list(texts_for(activity.activity_type)),
        "here": tenant_reverse(request, "activities:detail", activity.pk),
    }


def _may(membership: Membership, duty: Duty) -> bool:
    try:
        permit_duty(Actor.member(membership), duty, "finish")
    except NotAllowed:
        return False
    return True
