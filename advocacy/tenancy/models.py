"""Tenants, users and the memberships that join them."""

import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.absences import Absence
from advocacy.tenancy.base import TenantForeignKey, TenantManager, TenantModel
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.text import LineField

__all__ = [
    "Absence",
    "Attempt",
    "Holiday",
    "Membership",
    "MergedRecord",
    "ScheduleFiring",
    "StuckWork",
    "Tenant",
    "TenantForeignKey",
    "TenantManager",
    "TenantModel",
    "User",
    "validate_time_zone",
]


def validate_time_zone(name: str) -> None:
    """Accept the names of the IANA time zone database only."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone; use a name like Europe/Berlin."),
            params={"name": name},
        )


validate_currency = RegexValidator(r"^[A-Z]{3}\Z", _("Use a three-letter code such as EUR."))


def working_days() -> list[int]:
    """Monday to Friday, as ISO weekdays."""
    return [1, 2, 3, 4, 5]


class Tenant(models.Model):
    """A company that runs its advocate program here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=50, unique=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    currency = models.CharField(
        _("base currency"), max_length=3, default="EUR", validators=[validate_currency]
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    work_days = ArrayField(models.SmallIntegerField(), default=working_days)
    work_starts = models.TimeField(_("work starts"), default="09:00")
    work_ends = models.TimeField(_("work ends"), default="17:00")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's time zone."""
        return ZoneInfo(self.time_zone)


class UserManager(BaseUserManager["User"]):
    """Users by their e-mail, which is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user; without a password none can be used to sign in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Look up by e-mail, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in, in any number of tenants (ID-1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = LineField(_("name"), max_length=100)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="", validators=[validate_time_zone]
    )
    is_active = models.BooleanField(default=True)
    #: Raised to end every session of the person.
    session_generation = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Keep the address in lower case, so that one person has one account."""
        super().clean()
        self.email = self.email.lower()

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: it ends with the password and with the generation."""
        return f"{super().get_session_auth_hash()}.{self.session_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for found in super().get_session_auth_fallback_hash():
            yield f"{found}.{self.session_generation}"


class Membership(TenantModel):
    """A user's place in a tenant, with one role. Everything staff do points here."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    is_active = models.BooleanField(_("active"), default=True)
    #: Where their calls take place, unless a booking says otherwise: a link or a room.
    meeting_place = LineField(_("your own meeting link"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user"],
                name="membership_once_per_tenant",
                violation_error_message=_("This person is already a member."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "role", "is_active"], name="membership_role")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.user)

    @property
    def email(self) -> str:
        """The person's e-mail."""
        return self.user.email

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, else the tenant's."""
        return ZoneInfo(self.user.time_zone) if self.user.time_zone else self.tenant.zone

    def can(self, action: str) -> bool:
        """Whether this member's role may do an action of the permission matrix (ID-2)."""
        return self.is_active and allowed(self.role, action)


class Holiday(TenantModel):
    """A day on which the tenant's business clock stands still (REQ-2)."""

    day = models.DateField(_("day"))
    name = LineField(_("name"), max_length=100)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "day"], name="holiday_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"


class ScheduleFiring(TenantModel):
    """A daily schedule has run for a day; the row is what makes it run once (BAD-2)."""

    schedule = models.CharField(max_length=60)
    day = models.DateField()
    fired_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "schedule", "day"], name="schedule_once_per_day"
            ),
        ]


class StuckWork(TenantModel):
    """A row that a sweep could not do: when it is tried again, or that somebody has to look
    (BAD-2). Written by ``stuck.work_through``; gone once the row is done or needs no doing.
    """

    #: What was to be done: ``thank-you-reminder``.
    work = models.CharField(max_length=40)
    #: The row itself, and what people know it by: a reminder's thank-you.
    row_id = models.UUIDField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    attempts = models.SmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    #: Given up; a person sees it, and may have it tried again.
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("stuck work")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "work", "row_id"], name="stuck_once"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "failed_at"],
                condition=models.Q(failed_at__isnull=False),
                name="stuck_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.row_id}"


class MergedRecord(TenantModel):
    """A record became part of another one; whoever asks for its id is led there (ADV-1).

    The guard of the ledger lets history follow where a row says so (``records.merging``).
    """

    #: What kind of record: ``advocates.advocate``.
    kind = models.CharField(max_length=60)
    gone_id = models.UUIDField()
    into_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now, editable=False)
    merged_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "gone_id"], name="merged_record_once"),
            models.CheckConstraint(
                condition=~models.Q(gone_id=models.F("into_id")), name="merged_into_another"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "into_id"], name="merged_record_into")]


class Attempt(models.Model):
    """Somebody tried something that may be tried only so often (ID-4).

    ``key`` says by whom, as a keyed hash: the table holds neither addresses nor machines.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "people_attempt"
        indexes = [
            models.Index(fields=["kind", "key", "at"], name="attempt_by_key"),
            models.Index(fields=["at"], name="attempt_age"),
        ]


TenantRef = Tenant | uuid.UUID
