"""What of this app's work is finished from the mail: moments and nominations (MSG-5.a)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.messaging.work_links.presses import finish_by_link
from advocates.joining.criteria import criteria_of, needs_override
from advocates.joining.lifecycle import NOMINATION
from advocates.joining.services import accept_nomination, permit_nomination, return_nomination
from advocates.models import Nomination
from advocates.moments.lifecycle import MOMENT
from advocates.moments.pages import facts_of as facts_of_moment
from advocates.moments.services import dismiss_moment, permit_moment, use_moment


def facts_of(nomination: Nomination) -> list[tuple[Any, Any]]:
    """Why them, and which criteria they do not meet."""
    unmet = needs_override(criteria_of(nomination.advocate))
    return [
        (_("Why this person"), nomination.reasons),
        (_("Not met, or not known"), "; ".join(str(each.label) for each in unmet)),
    ]


def register() -> None:
    """Called once, when the application is ready."""
    finish_by_link(
        "moment",
        MOMENT,
        {"use": use_moment, "dismiss": dismiss_moment},
        "moment",
        permit_moment,
        asks={"dismiss": {"reason": gettext_lazy("Why is nothing made of it?")}},
        facts=facts_of_moment,
    )
    finish_by_link(
        "decide",
        NOMINATION,
        {"accept": accept_nomination, "return": return_nomination},
        "nomination",
        permit_nomination,
        asks={
            "accept": {
                "override_reason": gettext_lazy(
                    "Only where a criterion is not met: why they qualify all the same"
                )
            },
            "return": {"reason": gettext_lazy("Why not now? Who nominated reads it.")},
        },
        facts=facts_of,
    )
