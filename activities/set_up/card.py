"""What an activity's page shows of its set-up (FUL-4)."""

from typing import Any

from django.http import HttpRequest

from activities.access import permit_move
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.set_up.pages import facts_of, missing_of
from activities.set_up.selectors import set_up_of
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse

_HAS_ONE = (ActivityState.SCHEDULED, ActivityState.COMPLETED)


def set_up_card(request: HttpRequest, membership: Membership, activity: Activity) -> dict[str, Any]:
    """Facts, what is missing, and where it is changed by who may; nothing before a booking."""
    set_up = set_up_of(activity) if activity.state in _HAS_ONE else None
    if set_up is None:
        return {}
    may = permit_move(membership, "activities.complete", activity)
    return {
        "set_up": set_up,
        "set_up_facts": facts_of(set_up),
        "set_up_missing": missing_of(set_up),
        "set_up_url": tenant_reverse(request, "set-ups:edit", set_up.pk) if may else "",
    }
