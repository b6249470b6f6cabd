"""A file, and bytes that are still to be removed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.files.choices import AUDIO, IMAGES, VIDEO, FileState, Reason, Use
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField


class StoredFile(TenantModel):
    """A file of a record. Its bytes lie in the storage ``files`` under tenant and id alone; they
    are served in state ``ready`` only, and never change then: another file is another row.
    """

    #: Of which record: the label of its model and its id.
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    use = models.CharField(_("put in as"), max_length=9, choices=Use)
    name = LineField(_("name"), max_length=200)
    #: By its content; empty until its beginning is here.
    type = models.CharField(_("type"), max_length=40, blank=True, default="")
    #: Bytes: as announced, and of what is kept once it is ready.
    size = models.BigIntegerField(_("size"))
    received = models.BigIntegerField(_("received"), default=0)
    part_sizes = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=9, choices=FileState, default=FileState.UPLOADING
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True, default="")
    by_advocate = models.BooleanField(_("by the advocate"), default=False)
    added_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("put in by")
    )
    #: Whether somebody has confirmed what it is part of: it is not thrown away for another one.
    is_kept = models.BooleanField(_("kept for good"), default=False)
    #: When the sweep looks at it next: to check it, to give up waiting for the rest of it, to take
    #: a refused one off the list. Nobody else takes it up before then.
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    ready_at = models.DateTimeField(_("ready"), null=True)

    class Meta:
        verbose_name = _("file")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=FileState.values), name="stored_file_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(use__in=Use.values), name="stored_file_use_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=["", *Reason.values]),
                name="stored_file_reason_known",
            ),
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")),
                name="stored_file_not_more_than_announced",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready")
                | ~models.Q(sha256="") & ~models.Q(type="") & models.Q(ready_at__isnull=False),
                name="stored_file_ready_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "subject_id", "created_at"], name="stored_file_of"),
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="stored_file_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_video(self) -> bool:
        """Whether it is shown as moving pictures."""
        return self.type in VIDEO

    @property
    def is_audio(self) -> bool:
        """Whether it is only heard."""
        return self.type in AUDIO

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.type in IMAGES

    @property
    def is_ready(self) -> bool:
        """Whether it can be had."""
        return self.state == FileState.READY

    @property
    def is_coming(self) -> bool:
        """Whether it is on its way or being checked."""
        return self.state in (FileState.UPLOADING, FileState.CHECKING)


class FileDiscard(TenantModel):
    """The bytes of a file whose row is gone, or refused: the storage forgets them after the commit,
    and again until it did (GDPR-1).
    """

    file_id = models.UUIDField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("bytes to be removed")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "file_id"], name="file_discard_once"),
        ]
