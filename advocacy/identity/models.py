"""Invitations to work in a tenant, and what signing in needs outside any tenant (ID-1, ID-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.messaging.models import MailState, QueuedMail
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership, User
from advocacy.tenancy.roles import Role


class Invitation(TenantModel):
    """Somebody is invited by e-mail to take a role; open until accepted, revoked or expired."""

    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    invited_by = TenantForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("invited"), default=clock.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(null=True)
    accepted_as = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("This person is invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="invitation_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_as__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_as__isnull=False),
                name="invitation_accepted_as",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at <= clock.now()


class AccountMailPurpose(models.TextChoices):
    """What the link in the mail is good for, and nothing else."""

    SIGN_IN = "sign_in", _("Sign in")
    NEW_PASSWORD = "new_password", _("Set a new password")


class AccountMail(QueuedMail):
    """A link to get into one's account: the mail that carries it and the proof it was used.

    The person belongs to any number of tenants, so the row belongs to none, and holds nothing of
    theirs. Neither the text nor the link is stored: both are made when the mail goes out.
    ``digest`` is the SHA-256 of a sign-in link's secret; a link for a new password carries
    Django's own token, which ends by itself with the password it replaces.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=AccountMailPurpose)
    digest = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=8)
    #: The page of ours that signing in goes on to.
    next_page = models.CharField(max_length=300, blank=True, default="")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=~models.Q(digest=""), name="account_mail_digest"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values),
                name="account_mail_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="sign_in") ^ models.Q(digest=""),
                name="account_mail_sign_in_has_digest",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="queued"), name="account_mail_due"
            ),
            models.Index(fields=["created_at"], name="account_mail_age"),
        ]


class SecondFactor(models.Model):
    """An authenticator app that shows codes for a person (RFC 6238); counts once confirmed.

    The secret is stored sealed with the server's key: a database dump alone makes no codes.
    ``last_step`` is the latest time step whose code was taken; it and everything before it are
    refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    sealed = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """Stands in for the app once. Only the SHA-256 is stored; the code carries 80 random bits."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once"),
        ]
