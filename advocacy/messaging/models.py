"""Outgoing mail and personal links. Both name what they are about by id only: the apps above
point down here, never the other way round.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.messaging.body import Body
from advocacy.messaging.wording.models import MailTemplate
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField

__all__ = [
    "MailState",
    "MailTemplate",
    "OutgoingMail",
    "PersonalLink",
    "QueuedMail",
    "UndoWindow",
]


class MailState(models.TextChoices):
    """Life of an outgoing mail."""

    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class QueuedMail(models.Model):
    """A mail to be sent at a time, written in the transaction that causes it.

    What an ``Outbox`` has to know of a row, whoever it belongs to. What there is to send is in the
    columns of the table that adds them.
    """

    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    due_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class PersonalLink(TenantModel):
    """An unguessable, expiring, single-purpose link to one thing (ID-3).

    Only the SHA-256 of the secret is stored. The secret is derived from the link's id with the
    server's key when a mail goes out, so that no table ever holds a link that works.
    """

    purpose = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    #: Whose link it is, where what it is about does not say.
    member = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="personal_link_digest"),
        ]
        indexes = [
            # tenant_of() looks a digest up before the tenant is known.
            models.Index(fields=["digest"], name="personal_link_by_digest"),
            models.Index(fields=["tenant", "subject_id"], name="personal_link_subject"),
        ]


class OutgoingMail(TenantModel, QueuedMail):
    """A mail of a tenant.

    ``unique_key`` makes "exactly once" a constraint (``reminder:<thank-you>:12h``). ``body`` are
    the parts of its text; those that stand for ``link`` and ``path`` are filled in at sending.
    """

    to_email = models.EmailField()
    to_name = LineField(max_length=200, blank=True, default="")
    from_name = LineField(max_length=200, blank=True, default="")
    reply_to = models.EmailField(blank=True, default="")
    sender = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    subject = LineField(max_length=300)
    body = models.JSONField(help_text="see Body")
    language = models.CharField(max_length=8, blank=True, default="")
    link = TenantForeignKey(PersonalLink, models.PROTECT, null=True, related_name="+")
    #: A page of this site that the text leads to.
    path = models.CharField(max_length=300, blank=True, default="")
    calendar = models.TextField(blank=True, default="", help_text="iCalendar attachment")
    calendar_method = models.CharField(max_length=10, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    #: The press it belongs to, as long as that can be taken back.
    window_id = models.UUIDField(null=True)
    unique_key = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unique_key"], name="mail_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values), name="mail_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(state="queued"),
                name="mail_due",
            ),
            models.Index(fields=["tenant", "subject_id"], name="mail_subject"),
            models.Index(fields=["tenant", "due_at", "id"], name="mail_by_due"),
            models.Index(
                fields=["tenant", "window_id"],
                condition=models.Q(window_id__isnull=False),
                name="mail_of_press",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def text(self) -> str:
        """The text to read, with names in the places of its links."""
        return str(Body.kept(self.body))


class UndoWindow(TenantModel):
    """What one press sent, while it can be taken back (``undo``).

    ``key`` says what was pressed, ``subject`` on which row. ``journal`` holds what the press
    changed: it may quote what somebody wrote, so rows are deleted soon after their time.
    """

    key = models.CharField(max_length=60)
    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    journal = models.JSONField()
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "subject_id", "-until"], name="undo_of_subject"),
            models.Index(fields=["tenant", "until"], name="undo_over"),
        ]
