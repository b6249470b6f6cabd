"""What somebody said of what they did, on their page (FUL-3.a)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.feedback.selectors import said_by
from advocacy.tenancy.models import Membership
from advocates import panels
from advocates.models import Advocate

_SHOWN = 3


def said(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The newest words; no card where there are none."""
    found = said_by(advocate.pk, most=_SHOWN)
    return {"said": found} if found else None


def register() -> None:
    """Called once, when the application is ready."""
    panels.register(
        panels.Panel(
            "advocate",
            "feedback",
            _("What they said of it"),
            "activities/feedback_panel.html",
            said,
            "activities.view",
            order=45,
        )
    )
