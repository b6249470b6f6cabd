"""What of the first steps somebody ticked; the other steps follow from facts (ENR-2.a)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.people.models import Advocate


class Step(models.TextChoices):
    """The checklist, in its order (ENR-2.a)."""

    OVERVIEW = "overview", _("Program overview read")
    PREFERENCES = "preferences", _("Preferences set")
    CONSENT = "consent", _("Consent given")
    FIRST_ACTIVITY = "first_activity", _("First low-effort activity done")
    WELCOME = "welcome", _("Welcome package granted")
    COMMUNITY = "community", _("Community invited")


#: Done by what is on record alone, and what to do instead of ticking.
BY_FACT = {
    Step.CONSENT: _("Record the consent to being asked; that ticks the step."),
    Step.FIRST_ACTIVITY: _("Record what they did; a small thing that is done ticks the step."),
}


class OnboardingMark(TenantModel):
    """Somebody said that a step is done: a colleague, or the person on their own page."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="onboarding_marks")
    step = models.CharField(max_length=16, choices=Step)
    at = models.DateTimeField(default=clock.now, editable=False)
    #: Nobody where the person said so themselves.
    by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate", "step"], name="onboarding_step_once"
            ),
            models.CheckConstraint(
                condition=models.Q(step__in=Step.values), name="onboarding_step_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())
