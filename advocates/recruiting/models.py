"""The words of a recruitment message per activity type, and the messages that were sent (ENR-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.people.models import Advocate
from advocates.program.catalogue.models import ActivityType

#: The seven parts, in the order of the letter (ENR-3.a).
PARTS = ("together", "outcome", "project", "effort", "benefit", "no_pressure", "signed")


def _part(label: str) -> LimitedText:
    return LimitedText(label, max_length=1000, blank=True, default="")


class _Parts(TenantModel):
    """The seven parts."""

    together = _part(_("how long we have worked together"))  # type: ignore[arg-type]
    outcome = _part(_("the specific outcome"))  # type: ignore[arg-type]
    project = _part(_("the project"))  # type: ignore[arg-type]
    effort = _part(_("time and steps"))  # type: ignore[arg-type]
    benefit = _part(_("what is in it for them"))  # type: ignore[arg-type]
    no_pressure = _part(_("no pressure"))  # type: ignore[arg-type]
    signed = LineField(_("a person's name"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class RecruitmentTemplate(_Parts):
    """A tenant's own words for one type; an empty part is said in the usual words (ENR-3.a)."""

    activity_type = TenantForeignKey(ActivityType, models.CASCADE, related_name="+")
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type"], name="recruitment_template_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity_type)


class RecruitmentMessage(_Parts):
    """A letter to one person who is not in the program: begin with this, if you like (ENR-3)."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="recruitment_messages", verbose_name=_("person")
    )
    activity_type = TenantForeignKey(
        ActivityType, models.PROTECT, related_name="+", verbose_name=_("kind of activity")
    )
    sender = TenantForeignKey(Membership, models.PROTECT, related_name="+")
    #: What was left out although it was marked.
    without = models.CharField(max_length=100, blank=True, default="", editable=False)
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("recruitment message")
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-sent_at"], name="recruitment_of"),
            models.Index(fields=["tenant", "-sent_at", "-id"], name="recruitment_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.activity_type)
