"""What sales asks for (REQ-1, REQ-2)."""

from datetime import datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership, validate_time_zone
from advocacy.tenancy.text import LineField
from advocates.accounts.choices import Region, Segment
from advocates.models import ActivityType, Tag
from advocates.people.choices import Comfort, Seniority
from requests.forecasts.choices import Likeness
from requests.opportunities.models import Opportunity
from requests.requests.choices import MeetingFormat, RequestState
from requests.requests.contacts import LONGEST, Contact, contacts_in, validate_contacts
from requests.requests.lifecycle import REQUEST


class Request(TenantModel):
    """One request for one or more advocates."""

    number = models.PositiveIntegerField(editable=False)
    activity_type = TenantForeignKey(
        ActivityType, models.PROTECT, related_name="+", verbose_name=_("what is needed")
    )
    #: What the ask carries: limits per topic and per site count it (CAP-2).
    detail = LineField(_("topic or site"), max_length=100, blank=True, default="")
    needed_count = models.PositiveSmallIntegerField(
        _("how many advocates"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    needed_by = models.DateField(_("needed by"))
    rush_reason = models.CharField(_("why the rush"), max_length=300, blank=True, default="")
    opportunity = TenantForeignKey(
        Opportunity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("opportunity"),
    )
    prospect = LineField(_("prospect"), max_length=200, blank=True, default="")
    industry = LineField(_("industry"), max_length=100, blank=True, default="")
    segment = models.CharField(_("size"), max_length=12, choices=Segment, blank=True, default="")
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    region = models.CharField(_("region"), max_length=8, choices=Region, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    persona_function = LineField(_("function of the person"), max_length=60, blank=True, default="")
    persona_seniority = models.CharField(
        _("seniority of the person"), max_length=12, choices=Seniority, blank=True, default=""
    )
    competitor = LineField(_("competitor"), max_length=100, blank=True, default="")
    questions = models.TextField(
        _("what the prospect wants to know"),
        blank=True,
        default="",
        help_text=_("One question a line."),
    )
    meeting_format = models.CharField(
        _("format"), max_length=10, choices=MeetingFormat, default=MeetingFormat.VIDEO
    )
    contacts = LimitedText(
        _("who joins from their side"),
        max_length=LONGEST,
        blank=True,
        default="",
        validators=[validate_contacts],
        help_text=_("One person a line: name and e-mail. They get the invitation to the call."),
    )
    time_zone = models.CharField(
        _("the prospect's time zone"),
        max_length=64,
        blank=True,
        default="",
        validators=[validate_time_zone],
    )
    is_confidential = models.BooleanField(
        _("do not tell the advocate who the prospect is"), default=False
    )
    intended_use = LineField(_("intended use"), max_length=300, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")
    requester = TenantForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("requester")
    )
    manager = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("program manager"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState, default=RequestState.DRAFT
    )
    state_reason = models.CharField(max_length=500, blank=True, default="")
    #: How many confirmations the requester agreed to be enough (REQ-2).
    accepted_count = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True)
    #: First human answer, in business hours of the tenant (REQ-2); the clock pauses for
    #: ``needs_info``.
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirm_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    #: Since when it waits for approval (REQ-3.b): nobody is asked, and the clock stands still.
    approval_since = models.DateTimeField(null=True, editable=False)
    #: When the sweep looks whether anybody is left to ask; set when an ask ends without a yes.
    check_at = models.DateTimeField(null=True, editable=False)
    #: What was said of a yes when it was submitted (TIMER-1): how many asks of which likeness
    #: there were, how many of them a yes (null: too few to say), and within how many minutes half
    #: of these came.
    forecast_likeness = models.CharField(
        max_length=8, choices=Likeness, blank=True, default="", editable=False
    )
    forecast_asks = models.PositiveIntegerField(null=True, editable=False)
    forecast_yes = models.PositiveIntegerField(null=True, editable=False)
    forecast_minutes = models.PositiveIntegerField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="request_number_once"),
            REQUEST.check("request_state_known"),
            models.CheckConstraint(
                condition=models.Q(needed_count__gte=1), name="request_needs_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(forecast_likeness__in=["", *Likeness.values]),
                name="request_likeness_known",
            ),
            models.CheckConstraint(
                condition=models.Q(forecast_yes__isnull=True)
                | models.Q(forecast_asks__gt=0, forecast_yes__lte=models.F("forecast_asks")),
                name="request_forecast_share",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "needed_by"], name="request_by_state"),
            models.Index(fields=["tenant", "requester", "-number"], name="request_by_requester"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number people say aloud."""
        return f"REQ-{self.number:04d}"

    @property
    def what(self) -> str:
        """What is asked for, with the topic or site: "Testimonial about Security"."""
        kind = self.activity_type
        if not self.detail:
            return str(kind)
        if kind.is_on_site:
            text = _("%(type)s on %(detail)s")
        elif kind.carries_detail:
            text = _("%(type)s about %(detail)s")
        else:
            text = _("%(type)s: %(detail)s")
        return str(text) % {"type": kind, "detail": self.detail}

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        return [self.opportunity] if self.opportunity else []

    @property
    def number_needed(self) -> int:
        """How many yeses make it confirmed."""
        return self.accepted_count or self.needed_count

    @property
    def deadline(self) -> datetime:
        """The moment the day it is needed by is over, where the tenant is."""
        return datetime.combine(self.needed_by + timedelta(days=1), time(), tzinfo=self.tenant.zone)

    @property
    def people(self) -> list[Contact]:
        """Who joins from the prospect's side."""
        return contacts_in(self.contacts)

    @property
    def people_meet(self) -> bool:
        """Whether people meet, so that a time has to be found; ``selectors.people_meet`` asks it
        of many.
        """
        return (
            self.meeting_format != MeetingFormat.WRITTEN
            and Comfort.PRIVATE_CALL in self.activity_type.needs_comfort
        )


class RequestTag(TenantModel):
    """A product or use case the prospect asks about."""

    request = TenantForeignKey(Request, models.CASCADE, related_name="request_tags")
    tag = TenantForeignKey(Tag, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "request", "tag"], name="request_tag_once"),
        ]
