"""What stands on the recognition wall (BEN-8.a)."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocacy.web.formatting import month
from advocates.models import Advocate
from benefits.commitments.quarters import Quarter
from benefits.recognition.lifecycle import RECOGNITION, WallState


class WallKind(models.TextChoices):
    """What it is."""

    SPOTLIGHT = "spotlight", _("Spotlight")
    AWARD = "award", _("Award")


class Period(models.TextChoices):
    """For how long a time it is given."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


class EndedBy(models.TextChoices):
    """Why it is not on the wall any more."""

    HAND = "hand", _("A colleague took it down")
    LEAVE = "leave", _("The person's leave has ended")
    COMPANY = "company", _("Their company has not approved it, or does not any more")
    LEFT = "left", _("They are not in the program any more")


class Recognition(TenantModel):
    """One person on the recognition wall, for a period."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="recognitions", verbose_name=_("who")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=WallKind, default=WallKind.SPOTLIGHT)
    title = LineField(
        _("title"), max_length=150, help_text=_("The award's name, or what the spotlight is about.")
    )
    text = LimitedText(_("what it says"), max_length=2000)
    period = models.CharField(_("for a"), max_length=8, choices=Period, default=Period.QUARTER)
    period_on = models.DateField(
        _("in which this day lies"), help_text=_("Any day of the month, quarter or year.")
    )
    names_company = models.BooleanField(
        _("names their company"),
        default=True,
        help_text=_("Then their company has to have approved it, where its policy asks for that."),
    )
    state = models.CharField(_("state"), max_length=10, choices=WallState, default=WallState.DRAFT)
    published_at = models.DateTimeField(_("on the wall since"), null=True, editable=False)
    ended_at = models.DateTimeField(_("taken down"), null=True, editable=False)
    ended_by = models.CharField(
        _("why it was taken down"),
        max_length=8,
        choices=EndedBy,
        blank=True,
        default="",
        editable=False,
    )
    created_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("recognition")
        ordering = ["-period_on", "-id"]
        constraints = [
            RECOGNITION.check("recognition_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=WallKind.values), name="recognition_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(period__in=Period.values), name="recognition_period_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by__in=["", *EndedBy.values]),
                name="recognition_end_known",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-period_on", "-id"], name="recognition_by_period"),
            models.Index(fields=["tenant", "advocate"], name="recognition_of"),
        ]

    @property
    def period_words(self) -> str:
        """The month, quarter or year."""
        day = self.period_on
        if self.period == Period.MONTH:
            return month(day)
        if self.period == Period.YEAR:
            return str(day.year)
        return _now("Quarter %(number)d, %(year)d") % {
            "number": Quarter.of(day).number,
            "year": day.year,
        }

    def __str__(self) -> str:
        return self.title
