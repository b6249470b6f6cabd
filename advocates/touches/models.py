"""Touches: what was between us and somebody that asked for nothing (REL-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.people.models import Advocate


class TouchKind(models.TextChoices):
    """What it was. Thank-yous and bulk mail are none of these (REL-1.b)."""

    CHECK_IN = "check_in", _("Personal check-in")
    EXECUTIVE = "executive", _("Contact with an executive")
    PREVIEW = "preview", _("They saw something new before others")
    COMMUNITY = "community", _("Invited to the community")
    FEEDBACK = "feedback", _("They gave feedback")
    NOTE = "note", _("Note")


#: What cultivates a relationship before somebody is invited into the program (ENR-1.b).
CULTIVATING = (TouchKind.EXECUTIVE, TouchKind.PREVIEW, TouchKind.COMMUNITY, TouchKind.CHECK_IN)


class Touch(TenantModel):
    """Somebody of ours and a person were in touch on a day (REL-1)."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="touches", verbose_name=_("person")
    )
    kind = models.CharField(
        _("what it was"), max_length=10, choices=TouchKind, default=TouchKind.CHECK_IN
    )
    happened_on = models.DateField(_("when"))
    by = TenantForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by whom"),
        help_text=_("Empty: you."),
    )
    about_ask = models.BooleanField(
        _("it was about an ask"),
        default=False,
        help_text=_("Then it is kept, and is no check-in."),
    )
    note = LimitedText(_("note"), max_length=2000, blank=True, default="")
    recorded_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("touch")
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=TouchKind.values), name="touch_kind_known"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "advocate", "-happened_on"], name="touch_of"),
            models.Index(fields=["tenant", "-happened_on"], name="touch_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
