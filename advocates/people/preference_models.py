"""What an advocate allows, from whom and when (ADV-2, VIS-1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.text import LineField
from advocates.people.choices import Comfort, ReferenceFrequency
from advocates.people.models import Advocate
from advocates.program.catalogue.models import ActivityType


class Preference(TenantModel):
    """What an advocate allows; owned by the advocate (ADV-2). One row per advocate."""

    class Channel(models.TextChoices):
        """How the advocate likes to be contacted."""

        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        CSM = "csm", _("Through my contact person")

    class Appreciation(models.TextChoices):
        """What an advocate likes to get back."""

        RECOGNITION = "recognition", _("Recognition")
        ACCESS = "access", _("Access")
        NETWORKING = "networking", _("Networking")
        GIFTS = "gifts", _("Gifts")
        INFLUENCE = "influence", _("Influence")
        PERSONAL_BRAND = "personal_brand", _("Personal brand")
        CHARITY = "charity", _("Charity")

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="preferences")
    comforts = ArrayField(
        models.CharField(max_length=16, choices=Comfort), default=list, blank=True
    )
    reference_frequency = models.CharField(
        _("reference calls"),
        max_length=14,
        choices=ReferenceFrequency,
        default=ReferenceFrequency.QUARTERLY,
    )
    yearly_cap = models.PositiveSmallIntegerField(
        _("at most this many activities a year"), null=True, blank=True
    )
    snoozed_until = models.DateField(_("no asks until"), null=True, blank=True)
    appreciation = ArrayField(
        models.CharField(max_length=16, choices=Appreciation), default=list, blank=True
    )
    channel = models.CharField(_("contact by"), max_length=8, choices=Channel, default="email")
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="preference_once"),
            models.CheckConstraint(
                condition=models.Q(reference_frequency__in=ReferenceFrequency.values),
                name="preference_frequency_known",
            ),
        ]


class TypePreference(TenantModel):
    """Whether an advocate accepts one activity type. No row means accepted (ADV-2)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="type_preferences")
    activity_type = TenantForeignKey(ActivityType, models.CASCADE, related_name="+")
    accepted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate", "activity_type"], name="type_preference_once"
            ),
        ]


class Blackout(TenantModel):
    """Days on which an advocate wants to hear nothing (ADV-2)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="blackouts")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="blackout_order"
            ),
        ]


class BlockedCompany(TenantModel):
    """A company an advocate does not want to be put in touch with (VIS-1)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="blocked_companies")
    name = LineField(_("company"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate", "name"], name="blocked_company_once"
            ),
        ]
