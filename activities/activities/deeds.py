"""What an advocate did, as it stands in a sentence about somebody else: letters, titles."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity

#: What was done, as it follows "for" or "of" in a sentence about somebody else.
_DEEDS: dict[str, str | Promise] = {
    "short_reference_call": gettext_lazy("the short reference call"),
    "reference_call": gettext_lazy("the reference call"),
    "executive_reference_call": gettext_lazy("the executive reference call"),
    "testimonial": gettext_lazy("the testimonial"),
    "video_testimonial": gettext_lazy("the video testimonial"),
    "review": gettext_lazy("the review"),
    "case_study": gettext_lazy("the case study"),
    "referral": gettext_lazy("the referral"),
    "speaking": gettext_lazy("the talk"),
    "customer_panel": gettext_lazy("the panel"),
    "guest_article": gettext_lazy("the article"),
    "site_visit": gettext_lazy("the site visit"),
    "reference_list": gettext_lazy("the place on the reference list"),
    "logo_use": gettext_lazy("the logo"),
    "event_attendance": gettext_lazy("the visit to the event"),
    "advisory_board": gettext_lazy("the work on the advisory board"),
    "beta_test": gettext_lazy("the beta test"),
    "community_contribution": gettext_lazy("the contribution to the community"),
    "community_leadership": gettext_lazy("the leadership in the community"),
    "product_feedback": gettext_lazy("the product feedback"),
    "social_share": gettext_lazy("the share"),
    "survey": gettext_lazy("the survey"),
    "co_marketing": gettext_lazy("the joint campaign"),
}


def deed_of(activity: Activity) -> str:
    """ "the reference call": what was done, for the middle of a sentence."""
    kind = activity.activity_type
    known = _DEEDS.get(kind.code)
    return str(known) if known else _("the activity “%(name)s”") % {"name": kind.name}
