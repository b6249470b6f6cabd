"""Numbers that a goal can be set for, by the codes of their metrics."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GoalMetric(models.TextChoices):
    """The same names as the metrics have; a test compares them."""

    THANKED_IN_TIME = "thanked_in_time", _("Thanked in time")
    TIME_TO_FILL = "time_to_fill", _("Time to fill")
    ASK_ACCEPTANCE = "ask_acceptance", _("Asks accepted")
    ENGAGEMENT = "engagement", _("Engaged advocates")
    RECRUITMENT = "recruitment", _("Invitations accepted")
    COMPLETION = "completion", _("Activities completed")
    FIRST_ACTIVITY = "first_activity", _("Time to first activity")
    ACTIVITIES = "activities", _("Activities")
    INFLUENCED_REVENUE = "influenced_revenue", _("Influenced revenue")
    QUALIFIED_REFERENCES = "qualified_references", _("Qualified references")
    REFERENCE_CLOSE_RATE = "reference_close_rate", _("Reference close rate")
    DEALS_SUPPORTED = "deals_supported", _("Qualified deals supported")
    WIN_RATE_DIFFERENCE = "win_rate_difference", _("Win rate with a touchpoint")
    CYCLE_DIFFERENCE = "cycle_difference", _("Sales cycle with a reference")
