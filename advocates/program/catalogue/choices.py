"""Properties of an activity type in fixed words (CAT-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Effort(models.TextChoices):
    """What an activity asks of the advocate."""

    LOW = "low", _("Low effort")
    MODERATE = "moderate", _("Moderate effort")
    HIGH = "high", _("High effort")


class TierCredit(models.TextChoices):
    """When a completed activity counts towards tiers (spec.md, section 5)."""

    YES = "yes", _("When completed")
    QUALIFIED = "qualified", _("When qualified")
    CALLED = "called", _("When called")
    TERM = "term", _("Once a term")
    NO = "no", _("Never")


class Approval(models.TextChoices):
    """Who approves before it goes out, unless said otherwise (APR-1)."""

    ADVOCATE = "advocate", _("The advocate")
    LEGAL = "legal", _("Our legal")
    EMPLOYER = "employer", _("The employer")
    CUSTOMER_PR = "customer_pr", _("The customer's PR")
    #: Only under a condition: when the person is named, when the account's policy says so.
    CUSTOMER_PR_IF_NAMED = "customer_pr_if_named", _("The customer's PR, if named")
    EMPLOYER_IF_POLICY = "employer_if_policy", _("The employer, if the company's policy says so")


class Produces(models.TextChoices):
    """What comes of an activity (CAT-1)."""

    QUOTE = "quote", _("A quote")
    VIDEO = "video", _("A video")
    LINK = "link", _("A link")
    DOCUMENT = "document", _("A document")
    RECORDING = "recording", _("A recording")
    REFERRAL = "referral", _("A referral")
    LOGO = "logo", _("A logo")
    FEEDBACK = "feedback", _("Feedback")


class Reach(models.TextChoices):
    """Whether people anywhere may be asked, or those of the region it takes place in (SEG-1.d)."""

    GLOBAL = "global", _("Anywhere")
    REGIONAL = "regional", _("Within the region")


class Rewards(models.TextChoices):
    """Whether benefits may be tied to an activity type (BEN-4)."""

    YES = "yes", _("Allowed")
    TENANT = "tenant", _("As the program decides")
    NEVER = "never", _("Never")
