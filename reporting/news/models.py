"""What happened to what is somebody's: a row a person and thing, never its words (VIS-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership


class News(TenantModel):
    """A colleague hears of an event; the same thing again makes the row new and unread.

    ``verb`` and subject are the event's, kept here so that one index finds them. ``read_at`` is set
    from the start where Today shows the same as work: then the bell has nothing to say.
    """

    member = TenantForeignKey(Membership, models.CASCADE, related_name="+")
    event = TenantForeignKey(Event, models.PROTECT, related_name="+")
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    at = models.DateTimeField(_("when"), default=clock.now)
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "verb", "subject_id"], name="news_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "member", "-at", "-id"], name="news_of_member"),
            models.Index(
                fields=["tenant", "member"],
                condition=models.Q(read_at__isnull=True),
                name="news_unread",
            ),
            # By age, for what is dropped; by subject, for what is taken back.
            models.Index(fields=["tenant", "at"], name="news_by_age"),
            models.Index(fields=["tenant", "subject_id"], name="news_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_id}"
