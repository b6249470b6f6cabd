"""What is recorded of a person in fixed words (ADV-1 to ADV-4, VIS-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seniority(models.TextChoices):
    """How senior a person is (ADV-1)."""

    EXECUTIVE = "executive", _("Executive")
    MANAGER = "manager", _("Manager")
    PRACTITIONER = "practitioner", _("Practitioner")


class AdvocateStatus(models.TextChoices):
    """Where a person stands on the way into, in, and out of the program (ADV-1)."""

    CANDIDATE = "candidate", _("Candidate")
    NOMINATED = "nominated", _("Nominated")
    QUALIFIED = "qualified", _("Qualified")
    CULTIVATING = "cultivating", _("Cultivating")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    DECLINED = "declined", _("Declined")
    ALUMNI = "alumni", _("Alumni")


#: Enrolled people count for tiers; everybody else holds no tier (TIER-1).
ENROLLED = frozenset({AdvocateStatus.ACTIVE, AdvocateStatus.PAUSED})


class Readiness(models.TextChoices):
    """How far a person would go, whatever the status (ADV-1)."""

    ACTIVE = "active", _("Helps unasked")
    WILLING = "willing", _("Willing when asked")
    POTENTIAL = "potential", _("Easy entry only")
    NOT_A_FIT = "not_a_fit", _("Never to be asked")


class Disclosure(models.TextChoices):
    """When sales may see who a reference is (VIS-1)."""

    NAMED = "named", _("Always")
    AFTER_ACCEPTANCE = "after_acceptance", _("After acceptance")
    NEVER = "never", _("Never")


class ReferenceFrequency(models.TextChoices):
    """How often an advocate takes a reference call, of either type (ADV-2)."""

    MONTHLY = "monthly", _("Once a month at most")
    QUARTERLY = "quarterly", _("Once a quarter at most")
    TWICE_A_YEAR = "twice_a_year", _("Twice a year at most")
    NONE = "none", _("No fixed distance")


REFERENCE_GAP_DAYS: dict[str, int] = {
    ReferenceFrequency.MONTHLY: 30,
    ReferenceFrequency.QUARTERLY: 91,
    ReferenceFrequency.TWICE_A_YEAR: 182,
    ReferenceFrequency.NONE: 0,
}


class Comfort(models.TextChoices):
    """Kinds of exposure an advocate is comfortable with (ADV-2)."""

    PRIVATE_CALL = "private_call", _("A private call")
    WRITTEN_QUOTE = "written_quote", _("A written quote")
    LOGO = "logo", _("Our logo shown")
    RECORDED_VIDEO = "recorded_video", _("A recorded video")
    PUBLIC_STAGE = "public_stage", _("A public stage")


class ConsentUse(models.TextChoices):
    """What a consent covers; ``employer`` is the employer's approval (ADV-4)."""

    REFERENCE_POOL = "reference_pool", _("Being asked for references")
    QUOTE = "quote", _("Quotes")
    LOGO = "logo", _("Logo")
    VIDEO = "video", _("Video")
    EMAIL = "email", _("E-mail")
    RECOGNITION = "recognition", _("Being recognised by name")
    EMPLOYER = "employer", _("Employer's approval")


class Importance(models.TextChoices):
    """How soon a maturing program needs an activity type (ACT-3)."""

    MUST = "must", _("Must have")
    IMPORTANT = "important", _("Important")
    NICE = "nice", _("Nice to have")
