"""People at customers, what they achieved and agreed to (ADV-1, ADV-3, ADV-4)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership, validate_time_zone
from advocacy.tenancy.text import LineField
from advocacy.tenant_settings.reading import current
from advocates.accounts.models import Account, Tag
from advocates.joining.numbers import Recruiting
from advocates.people.choices import (
    AdvocateStatus,
    ConsentUse,
    Disclosure,
    Readiness,
    Seniority,
)
from advocates.people.lifecycle import ENROLMENT

_SKILL = [MinValueValidator(1), MaxValueValidator(5)]


class Advocate(TenantModel):
    """A person at an account. E-mail is contact data, not identity (ADV-1)."""

    account = TenantForeignKey(
        Account, models.PROTECT, related_name="advocates", verbose_name=_("account")
    )
    first_name = LineField(_("first name"), max_length=100, blank=True, default="")
    last_name = LineField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = LineField(_("phone"), max_length=50, blank=True, default="")
    job_title = LineField(_("job title"), max_length=150, blank=True, default="")
    seniority = models.CharField(
        _("seniority"), max_length=12, choices=Seniority, blank=True, default=""
    )
    function = LineField(_("function"), max_length=60, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="", validators=[validate_time_zone]
    )
    nps = models.PositiveSmallIntegerField(
        _("own NPS"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    nps_on = models.DateField(_("own NPS of"), null=True, blank=True)
    communication_skill = models.PositiveSmallIntegerField(
        _("communication skill"), null=True, blank=True, validators=_SKILL
    )
    presentation_skill = models.PositiveSmallIntegerField(
        _("presentation skill"), null=True, blank=True, validators=_SKILL
    )
    travels = models.BooleanField(_("travels"), null=True, blank=True)
    interests = LineField(_("personal interests"), max_length=300, blank=True, default="")
    status = models.CharField(
        _("status"), max_length=12, choices=AdvocateStatus, default=AdvocateStatus.CANDIDATE
    )
    readiness = models.CharField(
        _("readiness"), max_length=10, choices=Readiness, default=Readiness.WILLING
    )
    executive_sponsor = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("executive sponsor"),
    )
    #: From then on the sponsor's cadence counts (SPN-1).
    sponsored_since = models.DateField(_("sponsored since"), null=True, editable=False)
    sponsor_days = models.PositiveSmallIntegerField(
        _("days between two words of the sponsor"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Empty: as the tier says."),
    )
    disclosure = models.CharField(
        _("sales may see the name"), max_length=16, choices=Disclosure, blank=True, default=""
    )
    enrolled_at = models.DateTimeField(_("enrolled"), null=True, blank=True)
    last_asked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    #: When they came to where they stand on the way; empty for who never moved (ENR-1.a).
    status_since = models.DateTimeField(_("there since"), null=True, blank=True, editable=False)
    #: A declined invitation is final for a while (ENR-1).
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    #: When everything personal went; what they gave stays, and is nobody's (GDPR-1).
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    notes = models.TextField(_("notes"), blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            ENROLMENT.check("advocate_status_known"),
            models.CheckConstraint(
                condition=models.Q(readiness__in=Readiness.values),
                name="advocate_readiness_known",
            ),
            models.CheckConstraint(
                condition=models.Q(nps__isnull=True) | models.Q(nps__lte=10),
                name="advocate_nps_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "last_name", "first_name", "id"], name="advocate_by_name"
            ),
            models.Index(fields=["tenant", "status", "id"], name="advocate_by_status"),
            models.Index(fields=["tenant", "account"], name="advocate_by_account"),
            # The few words in use, without a look at the rows (MAT-1).
            models.Index(fields=["tenant", "function"], name="advocate_by_function"),
            # What the score needs of everybody: a seventh of the rows' width (MAT-1).
            models.Index(
                fields=["tenant", "status", "account"],
                include=["id", "function", "seniority", "time_zone", "last_asked_at"],
                name="advocate_merits",
            ),
            models.Index(fields=["tenant", "email"], name="advocate_by_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def decline_final_until(self) -> date | None:
        """The day until which a declined invitation is to be respected; ``None`` for no such day
        (ENR-1).
        """
        if self.status != AdvocateStatus.DECLINED or self.declined_at is None:
            return None
        until = self.declined_at + timedelta(days=current(Recruiting).decline_days)
        return until.astimezone(self.zone).date() if until > clock.now() else None

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, else the tenant's."""
        return ZoneInfo(self.time_zone) if self.time_zone else self.tenant.zone


class Erasure(TenantModel):
    """Somebody's personal data was erased: when, by whom and why (GDPR-1). Never whose it was."""

    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="erasures")
    reason = LineField(_("reason"), max_length=300)
    erased_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="erasure_once"),
        ]


class AdvocateIdentifier(TenantModel):
    """An advocate's id in another system (API-4)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="identifiers")
    source = models.CharField(_("source"), max_length=50)
    external_id = models.CharField(_("external id"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "external_id"], name="advocate_identifier_once"
            ),
        ]


class AdvocateTag(TenantModel):
    """A topic of expertise, product or use case of a person."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="advocate_tags")
    tag = TenantForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate", "tag"], name="advocate_tag_once"),
        ]


class Outcome(TenantModel):
    """A measurable result the customer reached (ADV-3)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="outcomes")
    metric = LineField(_("what was measured"), max_length=150)
    before = LineField(_("before"), max_length=60, blank=True, default="")
    after = LineField(_("after"), max_length=60, blank=True, default="")
    period = LineField(_("over"), max_length=60, blank=True, default="")
    narrative = models.TextField(_("the story"), blank=True, default="")
    may_be_quoted = models.BooleanField(_("may be quoted"), default=False)
    use_case = TenantForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        if self.before and self.after:
            return f"{self.metric}: {self.before} → {self.after}"
        return f"{self.metric} {self.after}".strip()


class Consent(TenantModel):
    """A person's consent to one use, or the employer's approval, with its evidence (ADV-4)."""

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="consents")
    use = models.CharField(_("covers"), max_length=16, choices=ConsentUse)
    given_by = LineField(_("given by"), max_length=200, blank=True, default="")
    evidence = LineField(_("evidence"), max_length=300, blank=True, default="")
    #: Of the employer's approval: codes of the kinds of activity; none: every kind.
    scope = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("approves"),
        default=list,
        db_default=[],
        blank=True,
    )
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    #: When whoever looks after the person was told that it ends.
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["use", "-given_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(use__in=ConsentUse.values), name="consent_use_known"
            ),
        ]
